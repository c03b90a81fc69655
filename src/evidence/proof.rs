//! Roots and proofs of any tree whose complete subtrees can be asked for; and their checks, which need
//! nothing but hashes (RFC 6962 2.1.1 and 2.1.2; RFC 9162 2.1.3.2 and 2.1.4.2).

use rollbook_schema::id::Digest;

use super::merkle::{empty_root, node_hash};

/// Hashes in a proof, at most: a tree has at most 2^63 leaves, and a consistency proof one hash more than
/// it has levels.
pub const PROOF_HASHES_MAX: usize = 64;

/// Where the hashes of complete subtrees come from.
pub trait Subtrees {
    /// Why one could not be had.
    type Fault;

    /// The root of the complete subtree over the leaves from `index << level` to
    /// `(index + 1) << level`. Asked only for subtrees that lie within the tree.
    ///
    /// # Errors
    /// Whatever reading meets.
    fn subtree(&self, level: u32, index: u64) -> Result<Digest, Self::Fault>;
}

/// The root over the first `size` leaves.
///
/// # Errors
/// As [`Subtrees::subtree`].
pub fn root<S: Subtrees>(tree: &S, size: u64) -> Result<Digest, S::Fault> {
    if size == 0 { Ok(empty_root()) } else { range(tree, 0, size) }
}

/// Proves that the leaf at `index` (from 0) is in the tree of the first `size` leaves, from the leaf
/// upwards. Needs `index < size`.
///
/// # Errors
/// As [`Subtrees::subtree`].
pub fn inclusion<S: Subtrees>(tree: &S, index: u64, size: u64) -> Result<Vec<Digest>, S::Fault> {
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(range(tree, middle, end)?);
            end = middle;
        } else {
            path.push(range(tree, start, middle)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// Proves that the tree of the first `from` leaves is the beginning of the tree of the first `to`. Needs
/// `from <= to`; the proof from or to the same size, and from nothing, is empty.
///
/// # Errors
/// As [`Subtrees::subtree`].
pub fn consistency<S: Subtrees>(tree: &S, from: u64, to: u64) -> Result<Vec<Digest>, S::Fault> {
    if from == 0 || from == to {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, to);
    let mut path = Vec::new();
    while from != end {
        let middle = start + split(end - start);
        if from <= middle {
            path.push(range(tree, middle, end)?);
            end = middle;
        } else {
            path.push(range(tree, start, middle)?);
            start = middle;
        }
    }
    // The old tree itself, unless it is where the way ended: its root is known to whoever checks.
    if start != 0 {
        path.push(range(tree, start, end)?);
    }
    path.reverse();
    Ok(path)
}

/// The root over the leaves from `start` to `end`, where `start` is a multiple of a power of two that is not
/// less than their number.
fn range<S: Subtrees>(tree: &S, start: u64, end: u64) -> Result<Digest, S::Fault> {
    let count = end - start;
    if count.is_power_of_two() {
        let level = count.trailing_zeros();
        return tree.subtree(level, start >> level);
    }
    let middle = start + split(count);
    Ok(node_hash(&range(tree, start, middle)?, &range(tree, middle, end)?))
}

/// The largest power of two less than `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}

/// Whether the path proves that a leaf with this hash stands at `index` in the tree of `size` leaves with
/// this root.
#[must_use]
pub fn includes(root: &Digest, size: u64, index: u64, leaf: &Digest, path: &[Digest]) -> bool {
    if index >= size || path.len() > PROOF_HASHES_MAX {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            // A right edge without a left half has no node of its own at these levels.
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether the path proves that the tree `from` is the beginning of the tree `to`, each as its size and root.
#[must_use]
pub fn is_consistent(from: (u64, &Digest), to: (u64, &Digest), path: &[Digest]) -> bool {
    let ((from_size, from_root), (to_size, to_root)) = (from, to);
    if from_size > to_size || path.len() > PROOF_HASHES_MAX {
        return false;
    }
    if from_size == to_size {
        return path.is_empty() && from_root == to_root;
    }
    if from_size == 0 {
        return path.is_empty() && *from_root == empty_root();
    }
    let mut path = path.iter();
    let first = if from_size.is_power_of_two() { Some(from_root) } else { path.next() };
    let Some(first) = first else { return false };
    let shift = (from_size - 1).trailing_ones();
    let (mut at, mut last) = ((from_size - 1) >> shift, (to_size - 1) >> shift);
    let (mut old, mut new) = (*first, *first);
    for hash in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            (old, new) = (node_hash(hash, &old), node_hash(hash, &new));
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, hash);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old == *from_root && new == *to_root
}
