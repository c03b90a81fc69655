// Verifies a Rollbook log with golang.org/x/mod/sumdb/note and tlog, which know nothing of Rollbook:
// the signature of the checkpoint, its root out of the tiles, every entry against its leaf, an inclusion
// proof, and a consistency proof with an older checkpoint.
//
// Arguments: the address of the log, its verifier key, a file with an older checkpoint, a file with a
// proof (C2SP tlog-proof), and a file with the hashes of a consistency proof, base64, one a line.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func must(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

func read(path string) string {
	text, err := os.ReadFile(path)
	must(err, path)
	return string(text)
}

func hash(text string) tlog.Hash {
	bytes, err := base64.StdEncoding.DecodeString(text)
	must(err, "a hash")
	if len(bytes) != tlog.HashSize {
		must(fmt.Errorf("%d bytes", len(bytes)), "a hash")
	}
	return *(*tlog.Hash)(bytes)
}

func hashes(text string) []tlog.Hash {
	var all []tlog.Hash
	for _, line := range strings.Fields(text) {
		all = append(all, hash(line))
	}
	return all
}

// A checkpoint whose signature holds.
func checkpoint(text string, key note.Verifier) tlog.Tree {
	opened, err := note.Open([]byte(text), note.VerifierList(key))
	must(err, "the signature")
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		must(fmt.Errorf("%q", opened.Text), "not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "the size")
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

// Tiles over HTTP.
type tiles struct{ base string }

func (t tiles) get(path string) []byte {
	response, err := http.Get(t.base + path)
	must(err, path)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	must(err, path)
	if response.StatusCode != http.StatusOK {
		must(fmt.Errorf("%s", response.Status), path)
	}
	return body
}

func (t tiles) Height() int { return height }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		// The library names the height of tiles; C2SP tlog-tiles does not, since there is one.
		all = append(all, t.get("/"+strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
	}
	return all, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// A tile's number in a path: three digits an element, all but the last behind an x (C2SP tlog-tiles).
func elements(number int64) string {
	path := fmt.Sprintf("%03d", number%1000)
	for number >= 1000 {
		number /= 1000
		path = fmt.Sprintf("x%03d/%s", number%1000, path)
	}
	return path
}

func main() {
	log := tiles{os.Args[1]}
	key, err := note.NewVerifier(os.Args[2])
	must(err, "the key")
	tree := checkpoint(string(log.get("/checkpoint")), key)
	reader := tlog.TileHashReader(tree, log)

	// Every entry hashes to its leaf, and every leaf is in the tree that was signed.
	var at int64
	for at < tree.N {
		width, path := tree.N-at, "/tile/entries/"+elements(at>>height)
		if width >= 1<<height {
			width = 1 << height
		} else {
			path += fmt.Sprintf(".p/%d", width)
		}
		bundle := bytes.NewReader(log.get(path))
		// A bundle at once: the library holds every tile that it reads against the signed root, each time.
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, at+int64(i))
		}
		leaves, err := reader.ReadHashes(indexes)
		must(err, "leaves that the root covers")
		for _, leaf := range leaves {
			var length uint16
			must(binary.Read(bundle, binary.BigEndian, &length), "an entry's length")
			entry := make([]byte, length)
			_, err := io.ReadFull(bundle, entry)
			must(err, "an entry")
			if tlog.RecordHash(entry) != leaf {
				must(fmt.Errorf("is not the leaf at %d", at), "an entry")
			}
			at++
		}
	}

	// An inclusion proof that the log made.
	parts := strings.SplitN(read(os.Args[4]), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		must(fmt.Errorf("%q", lines[0]), "not a proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	must(err, "the index")
	of := checkpoint(parts[1], key)
	leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	must(err, "the leaf")
	path := hashes(strings.Join(lines[2:], "\n"))
	must(tlog.CheckRecord(path, of.N, of.Hash, index, leaf[0]), "the inclusion proof")

	// A consistency proof that the log made.
	older := checkpoint(read(os.Args[3]), key)
	must(tlog.CheckTree(hashes(read(os.Args[5])), tree.N, tree.Hash, older.N, older.Hash), "the consistency proof")
	fmt.Printf("verified: %d entries, record %d in a tree of %d, which continues one of %d\n", at, index, of.N, older.N)
}
