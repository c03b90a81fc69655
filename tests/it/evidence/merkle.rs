//! The tree held against the RFC's definition, written down once more in the plainest way.

use std::convert::Infallible;

use rollbook::evidence::leaves::LeafFile;
use rollbook::evidence::merkle::{Frontier, empty_root, leaf_hash, node_hash};
use rollbook::evidence::proof::{Subtrees, consistency, includes, inclusion, is_consistent, root};
use rollbook::evidence::tree::Tree;
use rollbook_schema::id::Digest;
use tempfile::TempDir;

/// MTH of RFC 6962 2.1, to the letter.
fn mth(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node_hash(&mth(&leaves[..k]), &mth(&leaves[k..]))
        }
    }
}

/// PATH of RFC 6962 2.1.1, to the letter.
fn path(m: usize, leaves: &[Digest]) -> Vec<Digest> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut proof, other) = if m < k {
        (path(m, &leaves[..k]), mth(&leaves[k..]))
    } else {
        (path(m - k, &leaves[k..]), mth(&leaves[..k]))
    };
    proof.push(other);
    proof
}

/// SUBPROOF of RFC 6962 2.1.2, to the letter.
fn subproof(m: usize, leaves: &[Digest], whole: bool) -> Vec<Digest> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![mth(leaves)] };
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut proof, other) = if m <= k {
        (subproof(m, &leaves[..k], whole), mth(&leaves[k..]))
    } else {
        (subproof(m - k, &leaves[k..], false), mth(&leaves[..k]))
    };
    proof.push(other);
    proof
}

/// Leaves whose complete subtrees are computed by the definition.
struct Plain(Vec<Digest>);

impl Subtrees for Plain {
    type Fault = Infallible;

    fn subtree(&self, level: u32, index: u64) -> Result<Digest, Infallible> {
        let (start, count) = ((index << level) as usize, 1 << level);
        Ok(mth(&self.0[start..start + count]))
    }
}

fn leaves(count: u64) -> Vec<Digest> {
    (0..count).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

fn hex(text: &str) -> Digest {
    serde_json::from_value(text.into()).unwrap()
}

/// The vectors that implementations of RFC 6962 have shared since the first one.
#[test]
fn the_known_trees_have_the_known_roots() {
    let leaves: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut frontier = Frontier::default();
    assert_eq!(frontier.root(), hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (leaf, root) in leaves.iter().zip(roots) {
        frontier.push(leaf_hash(leaf), |_, _| ());
        assert_eq!(frontier.root(), hex(root), "{} leaves", frontier.size());
    }
}

#[test]
fn roots_and_proofs_are_those_of_the_definition() {
    let all = Plain(leaves(70));
    let mut frontier = Frontier::default();
    for size in 1..=70_u64 {
        let some = &all.0[..size as usize];
        frontier.push(some[some.len() - 1], |_, _| ());
        assert_eq!(frontier.root(), mth(some));
        assert_eq!(root(&all, size).unwrap(), mth(some));
        for index in 0..size {
            assert_eq!(inclusion(&all, index, size).unwrap(), path(index as usize, some));
        }
        for from in 1..=size {
            assert_eq!(consistency(&all, from, size).unwrap(), subproof(from as usize, some, true));
        }
    }
}

#[test]
fn every_proof_is_accepted_and_proves_nothing_else() {
    let all = Plain(leaves(40));
    let roots: Vec<Digest> = (0..=40).map(|size| mth(&all.0[..size])).collect();
    for size in 1..=40_u64 {
        for index in 0..size {
            let path = inclusion(&all, index, size).unwrap();
            for other in 0..size {
                let leaf = &all.0[other as usize];
                assert_eq!(includes(&roots[size as usize], size, index, leaf, &path), other == index);
            }
            assert!(
                !includes(&roots[size as usize], size, index + 1, &all.0[index as usize], &path) || size == 1
            );
        }
        for from in 0..=size {
            let path = consistency(&all, from, size).unwrap();
            for (other, root) in roots.iter().enumerate() {
                let holds = is_consistent((from, root), (size, &roots[size as usize]), &path);
                assert_eq!(holds, other as u64 == from, "{from} to {size}, root of {other}");
            }
        }
    }
}

#[test]
fn no_proof_survives_a_changed_missing_or_added_hash() {
    arbtest::arbtest(|u| {
        let size = u.int_in_range(2..=300_u64)?;
        let all = Plain(leaves(size));
        let whole = mth(&all.0);
        let index = u.int_in_range(0..=size - 1)?;
        let from = u.int_in_range(1..=size - 1)?;
        let old = mth(&all.0[..from as usize]);
        let mut proofs = [inclusion(&all, index, size).unwrap(), consistency(&all, from, size).unwrap()];
        let which = u.int_in_range(0..=2)?;
        for proof in &mut proofs {
            let at = u.int_in_range(0..=proof.len() - 1)?;
            match which {
                0 => proof[at].0[u.int_in_range(0..=31)?] ^= 1 << u.int_in_range(0..=7)?,
                1 => drop(proof.remove(at)),
                _ => proof.insert(at, leaf_hash(b"another")),
            }
        }
        assert!(!includes(&whole, size, index, &all.0[index as usize], &proofs[0]));
        assert!(!is_consistent((from, &old), (size, &whole), &proofs[1]));
        Ok(())
    })
    .budget_ms(1_000);
}

#[test]
fn the_tree_on_disk_is_the_one_of_the_definition_at_every_size_it_ever_had() {
    let folder = TempDir::new().unwrap();
    let all = Plain(leaves(70_000));
    let mut tree = Tree::empty(LeafFile::open(&folder.path().join("leaves")).unwrap());
    let mut added = 0;
    for step in [1, 254, 1, 1, 300, 4_096, 60_883, 4_464] {
        tree.extend(&all.0[added..added + step]).unwrap();
        added += step;
        assert_eq!((tree.size(), tree.root()), (added as u64, mth(&all.0[..added])));
    }
    for size in [1, 255, 256, 257, 511, 65_536, 65_537, 69_999] {
        assert_eq!(tree.root_at(size).unwrap(), mth(&all.0[..size as usize]));
        let path = inclusion(&tree, size - 1, 70_000).unwrap();
        assert!(includes(&tree.root(), 70_000, size - 1, &all.0[size as usize - 1], &path));
        let path = consistency(&tree, size, 70_000).unwrap();
        assert!(is_consistent((size, &mth(&all.0[..size as usize])), (70_000, &tree.root()), &path));
    }
    // Opened again, and cut back to a size that was signed.
    let again = Tree::over(LeafFile::open(&folder.path().join("leaves")).unwrap(), 65_537).unwrap();
    assert_eq!((again.size(), again.root()), (65_537, mth(&all.0[..65_537])));
}

/// A tree of 70,000 records, as C2SP tlog-tiles counts its tiles.
#[test]
fn tiles_are_cut_as_the_specification_says() {
    let folder = TempDir::new().unwrap();
    let all = leaves(70_000);
    let mut tree = Tree::empty(LeafFile::open(&folder.path().join("leaves")).unwrap());
    tree.extend(&all).unwrap();
    assert_eq!(tree.tile(0, 272, 256).unwrap().unwrap(), all[69_632..69_888]);
    assert_eq!(tree.tile(0, 273, 112).unwrap().unwrap(), all[69_888..]);
    assert_eq!(tree.tile(0, 273, 113).unwrap(), None);
    let level_1 = tree.tile(1, 1, 17).unwrap().unwrap();
    assert_eq!(level_1[16], mth(&all[272 * 256..273 * 256]));
    assert_eq!(tree.tile(1, 1, 18).unwrap(), None);
    assert_eq!(tree.tile(2, 0, 1).unwrap().unwrap(), [mth(&all[..65_536])]);
    assert_eq!(tree.tile(3, 0, 1).unwrap(), None);
    assert_eq!(tree.tile(63, u64::MAX, 256).unwrap(), None);
}
