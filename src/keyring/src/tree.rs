//! The key tree of one block: a seed at the top, a one-way step to each child, a key at each leaf.
//!
//! Only the nodes from which living leaves can be derived are held. At first that is the seed alone. Shredding a
//! leaf replaces the node above it by the siblings along the path: the leaf is gone for good, all others stand.

use crate::recent::Recent;
use crate::secret::{SECRET_BYTES, Secret, one_way};
use std::collections::BTreeMap;
use std::sync::{Mutex, TryLockError};
use zeroize::Zeroizing;

/// Bytes of one stored node: its position as a heap index (root 1, children 2i and 2i+1), then its secret.
pub(crate) const NODE_BYTES: usize = 4 + SECRET_BYTES;

const CHILD_LABELS: [&[u8]; 2] = [b"rollbook/keyring/1/left", b"rollbook/keyring/1/right"];

/// The living part of one block's tree.
#[derive(Debug)]
pub(crate) struct Tree {
    depth: u8,
    /// Disjoint subtrees by their first leaf; a leaf under none of them is shredded.
    nodes: BTreeMap<u32, Node>,
    /// Taken only if free: who does not get it goes the whole way.
    recent: Mutex<Recent>,
}

#[derive(Debug)]
struct Node {
    depth: u8,
    secret: Secret,
}

impl Node {
    fn copy(&self) -> Node {
        Node { depth: self.depth, secret: self.secret.copy() }
    }
}

/// The stored nodes make no tree: not ascending, overlapping, too deep or cut short.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotATree;

impl Tree {
    /// A whole tree with 2^depth leaves under a fresh seed.
    pub fn whole(depth: u8, seed: Secret) -> Tree {
        assert!(depth < 31, "leaves are numbered in 32 bits");
        Tree {
            depth,
            nodes: BTreeMap::from([(0, Node { depth: 0, secret: seed })]),
            recent: Mutex::default(),
        }
    }

    /// The secret of a leaf, or `None` if it is shredded.
    pub fn leaf(&self, leaf: u32) -> Option<Secret> {
        let (first, node) = self.above(leaf)?;
        let steps = self.depth - node.depth;
        let mut held = match self.recent.try_lock() {
            Ok(held) => Some(held),
            // Whoever panicked left a way that may be half walked.
            Err(TryLockError::Poisoned(held)) => {
                let mut held = held.into_inner();
                held.clear();
                Some(held)
            }
            Err(TryLockError::WouldBlock) => None,
        };
        let mut apart;
        let recent = match held.as_deref_mut() {
            Some(recent) => recent,
            None => {
                apart = Recent::default();
                &mut apart
            }
        };
        let (shared, reached) = recent.shared((first, node.depth), leaf, steps);
        let mut secret = Zeroizing::new(reached.unwrap_or(*node.secret.bytes()));
        for level in (0..steps - shared).rev() {
            *secret = one_way(&secret, CHILD_LABELS[bit(leaf, level)]);
            recent.step(&secret);
        }
        Some(Secret::new(*secret))
    }

    pub fn holds(&self, leaf: u32) -> bool {
        self.above(leaf).is_some()
    }

    /// Makes a leaf underivable for ever; `false` if it already was.
    pub fn shred(&mut self, leaf: u32) -> bool {
        let Some((first, node)) = self.above(leaf) else { return false };
        let mut siblings = Vec::new();
        let mut on_path = Zeroizing::new(*node.secret.bytes());
        for level in (0..self.depth - node.depth).rev() {
            let side = bit(leaf, level);
            let sibling = Secret::new(one_way(&on_path, CHILD_LABELS[1 - side]));
            let sibling_first = (leaf >> level ^ 1) << level;
            siblings.push((sibling_first, Node { depth: self.depth - level, secret: sibling }));
            *on_path = one_way(&on_path, CHILD_LABELS[side]);
        }
        self.forget_recent();
        // Nothing below can fail, so the tree is never left half cut.
        self.nodes.remove(&first);
        self.nodes.extend(siblings);
        true
    }

    /// The nodes in order of their first leaf, [`NODE_BYTES`] each.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.nodes.len() * NODE_BYTES));
        for (first, node) in &self.nodes {
            let heap_index = 1 << node.depth | first >> (self.depth - node.depth);
            bytes.extend_from_slice(&u32::to_le_bytes(heap_index));
            bytes.extend_from_slice(node.secret.bytes());
        }
        bytes
    }

    /// Reads what [`Tree::encode`] wrote, and nothing else.
    pub fn decode(depth: u8, bytes: &[u8]) -> Result<Tree, NotATree> {
        let (stored, []) = bytes.as_chunks::<NODE_BYTES>() else { return Err(NotATree) };
        let mut nodes = BTreeMap::new();
        let mut next_free = 0;
        for bytes in stored {
            let [a, b, c, d, secret @ ..] = bytes;
            let heap_index = u32::from_le_bytes([*a, *b, *c, *d]);
            let node_depth = heap_index.checked_ilog2().ok_or(NotATree)? as u8;
            if node_depth > depth {
                return Err(NotATree);
            }
            let first = (heap_index ^ 1 << node_depth) << (depth - node_depth);
            if first < next_free {
                return Err(NotATree);
            }
            next_free = first + (1 << (depth - node_depth));
            nodes.insert(first, Node { depth: node_depth, secret: Secret::new(*secret) });
        }
        Ok(Tree { depth, nodes, recent: Mutex::default() })
    }

    /// The trees of 2^`levels` equal parts, in order: a key stands in its part where it stood here.
    pub fn split(&self, levels: u8) -> Vec<Tree> {
        let depth = self.depth - levels;
        let part = || Tree { depth, nodes: BTreeMap::new(), recent: Mutex::default() };
        let mut parts: Vec<Tree> = (0..1 << levels).map(|_| part()).collect();
        let mut above: Vec<(u32, Node)> =
            self.nodes.iter().map(|(first, node)| (*first, node.copy())).collect();
        while let Some((first, node)) = above.pop() {
            if node.depth < levels {
                let half = 1 << (self.depth - node.depth - 1);
                let child = |label| Node {
                    depth: node.depth + 1,
                    secret: Secret::new(one_way(node.secret.bytes(), label)),
                };
                let [left, right] = CHILD_LABELS.map(child);
                above.extend([(first, left), (first + half, right)]);
            } else {
                let nodes = &mut parts[(first >> depth) as usize].nodes;
                nodes.insert(first & ((1 << depth) - 1), Node { depth: node.depth - levels, ..node });
            }
        }
        parts
    }

    fn forget_recent(&mut self) {
        self.recent.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    /// The held node whose subtree has the leaf.
    fn above(&self, leaf: u32) -> Option<(u32, &Node)> {
        let (&first, node) = self.nodes.range(..=leaf).next_back()?;
        (leaf - first < 1 << (self.depth - node.depth)).then_some((first, node))
    }
}

fn bit(leaf: u32, level: u8) -> usize {
    (leaf >> level & 1) as usize
}
