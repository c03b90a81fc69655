//! The tree alone, at a depth where every leaf can be looked at.

use crate::secret::Secret;
use crate::tree::{NODE_BYTES, NotATree, Tree};
use std::collections::BTreeSet;

const DEPTH: u8 = 6;
const SEED: [u8; 32] = [7; 32];

/// A leaf's secret by the plain formula, from the top.
fn by_formula(leaf: u32) -> [u8; 32] {
    (0..DEPTH).rev().fold(SEED, |secret, level| {
        let label =
            if leaf >> level & 1 == 0 { "rollbook/keyring/1/left" } else { "rollbook/keyring/1/right" };
        *blake3::keyed_hash(&secret, label.as_bytes()).as_bytes()
    })
}

fn whole() -> Tree {
    Tree::whole(DEPTH, Secret::new(SEED))
}

#[test]
fn shredding_takes_the_chosen_leaves_and_no_others() {
    arbtest::arbtest(|u| {
        let mut tree = whole();
        let mut gone = BTreeSet::new();
        for _ in 0..u.int_in_range(0..=100)? {
            let leaf = u.int_in_range(0..=(1 << DEPTH) - 1)?;
            assert_eq!(tree.shred(leaf), gone.insert(leaf));
            if u.ratio(1, 4)? {
                tree = Tree::decode(DEPTH, &tree.encode()).unwrap();
            }
        }
        for leaf in 0..1 << DEPTH {
            let secret = tree.leaf(leaf).map(|secret| *secret.bytes());
            assert_eq!(secret, (!gone.contains(&leaf)).then(|| by_formula(leaf)), "leaf {leaf}");
            assert_eq!(tree.holds(leaf), secret.is_some());
        }
        Ok(())
    });
}

#[test]
fn a_leaf_is_the_same_whatever_was_derived_or_shredded_before_it() {
    arbtest::arbtest(|u| {
        let mut tree = whole();
        let mut gone = BTreeSet::new();
        while !u.is_empty() {
            let leaf = u.int_in_range(0..=(1 << DEPTH) - 1)?;
            if u.ratio(1, 6)? {
                tree.shred(leaf);
                gone.insert(leaf);
            }
            let secret = tree.leaf(leaf).map(|secret| *secret.bytes());
            assert_eq!(secret, (!gone.contains(&leaf)).then(|| by_formula(leaf)), "leaf {leaf}");
        }
        Ok(())
    });
}

#[test]
fn no_stored_node_stands_above_a_shredded_leaf() {
    arbtest::arbtest(|u| {
        let mut tree = whole();
        let gone: BTreeSet<u32> = u
            .arbitrary_iter::<u32>()?
            .map(|leaf| leaf.map(|leaf| leaf % (1 << DEPTH)))
            .collect::<Result<_, _>>()?;
        gone.iter().for_each(|leaf| assert!(tree.shred(*leaf)));
        let bytes = tree.encode();
        for node in bytes.chunks(NODE_BYTES) {
            let index = u32::from_le_bytes(node[..4].try_into().unwrap());
            let above =
                gone.iter().find(|leaf| ((1 << DEPTH) | **leaf) >> (DEPTH - index.ilog2() as u8) == index);
            assert_eq!(above, None, "node {index}");
        }
        Ok(())
    });
}

#[test]
fn shredding_a_whole_subtree_leaves_as_many_nodes_as_its_path_is_long() {
    let mut tree = whole();
    (8..16).for_each(|leaf| assert!(tree.shred(leaf)));
    assert_eq!(tree.encode().len() / NODE_BYTES, usize::from(DEPTH) - 3);
    assert!(tree.leaf(7).is_some() && tree.leaf(16).is_some());
}

#[test]
fn a_block_grows_with_its_erasures_to_its_worst_case_and_shrinks_again() {
    let mut tree = Tree::whole(16, Secret::new(SEED));
    let bytes = |tree: &Tree| tree.encode().len();
    assert_eq!(bytes(&tree), NODE_BYTES);
    (0..1 << 16).step_by(2).for_each(|leaf| assert!(tree.shred(leaf)));
    assert_eq!(bytes(&tree), (1 << 15) * NODE_BYTES, "every second one: 1.2 MB");
    (1..1 << 16).step_by(2).for_each(|leaf| assert!(tree.shred(leaf)));
    assert_eq!(bytes(&tree), 0);
}

#[test]
fn a_tree_with_every_leaf_shredded_is_empty_and_stays_so() {
    let mut tree = whole();
    (0..1 << DEPTH).for_each(|leaf| assert!(tree.shred(leaf)));
    assert!(tree.encode().is_empty());
    let tree = Tree::decode(DEPTH, &[]).unwrap();
    assert!((0..1 << DEPTH).all(|leaf| tree.leaf(leaf).is_none()));
}

#[test]
fn bytes_that_are_no_tree_are_refused() {
    let node = |index: u32| [index.to_le_bytes().as_slice(), &[1; 32]].concat();
    let refused = |bytes: &[u8]| assert_eq!(Tree::decode(DEPTH, bytes).err(), Some(NotATree));
    refused(&node(1)[1..]);
    refused(&node(0));
    refused(&node(1 << (DEPTH + 1)));
    refused(&[node(1), node(2)].concat());
    refused(&[node(3), node(2)].concat());
    refused(&[node(2), node(2)].concat());
}

#[test]
fn any_bytes_decode_or_are_refused_without_a_panic() {
    arbtest::arbtest(|u| {
        let bytes: Vec<u8> = u.arbitrary()?;
        if let Ok(tree) = Tree::decode(DEPTH, &bytes) {
            assert_eq!(*tree.encode(), bytes);
        }
        Ok(())
    });
}

#[test]
fn a_split_tree_has_the_same_leaves_in_its_parts() {
    arbtest::arbtest(|u| {
        let mut tree = whole();
        for _ in 0..u.int_in_range(0..=100)? {
            tree.shred(u.int_in_range(0..=(1 << DEPTH) - 1)?);
        }
        let levels = u.int_in_range(0..=DEPTH)?;
        let parts = tree.split(levels);
        for leaf in 0..1 << DEPTH {
            let part = &parts[(leaf >> (DEPTH - levels)) as usize];
            let inside = part.leaf(leaf & ((1 << (DEPTH - levels)) - 1));
            assert_eq!(inside.map(|it| *it.bytes()), tree.leaf(leaf).map(|it| *it.bytes()), "leaf {leaf}");
        }
        Ok(())
    });
}
