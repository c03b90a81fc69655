//! Where a key stands: which tree, which number, which group; and the block and leaf this comes to.

/// Numbers that share one block seed, and so one file.
pub const NUMBERS_PER_BLOCK: u64 = 1 << NUMBER_BITS;
/// Blocks one space may hold, which makes 2^30 numbers.
pub const BLOCKS_MAX: u64 = 1 << 18;

/// Small, so that destroying a key writes little: a block in which half of the leaves were shredded has some 30 KiB (a
/// secret each) or 200 KiB (a subject's eight groups apart).
const NUMBER_BITS: u8 = 12;
const SUBJECT_GROUP_BITS: u8 = 3;

/// The two trees of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum KeySpace {
    /// One number for each data subject, eight groups (0 to 7) under it, each erasable alone.
    Subject = 0,
    /// One number for each secret that goes alone, such as a password: one group (0), shredding it leaves nothing behind.
    Credential = 1,
}

impl KeySpace {
    /// Both, in the order of their stored numbers.
    pub const ALL: [KeySpace; 2] = [KeySpace::Subject, KeySpace::Credential];

    /// Depth of the tree under a block seed, in bits.
    pub(crate) const fn tree_depth(self) -> u8 {
        NUMBER_BITS + self.group_bits()
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            KeySpace::Subject => "subject",
            KeySpace::Credential => "credential",
        }
    }

    const fn group_bits(self) -> u8 {
        match self {
            KeySpace::Subject => SUBJECT_GROUP_BITS,
            KeySpace::Credential => 0,
        }
    }
}

/// The address of one key. Numbers are dense within their space, from 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyAddress {
    /// The tree.
    pub space: KeySpace,
    /// The subject's or the credential's number.
    pub number: u64,
    /// 0 to 7 for a subject, always 0 for a credential.
    pub group: u8,
}

impl KeyAddress {
    /// The key of one group (0 to 7) of a subject.
    pub const fn subject(number: u64, group: u8) -> KeyAddress {
        KeyAddress { space: KeySpace::Subject, number, group }
    }

    /// The key of one password.
    pub const fn credential(number: u64) -> KeyAddress {
        KeyAddress { space: KeySpace::Credential, number, group: 0 }
    }

    /// All eight keys of a subject: shredding them together leaves no trace of it in the tree.
    pub fn whole_subject(number: u64) -> [KeyAddress; 1 << SUBJECT_GROUP_BITS] {
        std::array::from_fn(|group| KeyAddress::subject(number, group as u8))
    }
}

/// A block: one seed, one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BlockId {
    pub space: KeySpace,
    pub index: u32,
}

impl BlockId {
    /// The block a number falls in; `None` past [`BLOCKS_MAX`].
    pub fn of(space: KeySpace, number: u64) -> Option<BlockId> {
        let index = number / NUMBERS_PER_BLOCK;
        (index < BLOCKS_MAX).then_some(BlockId { space, index: index as u32 })
    }

    pub fn file_name(self) -> String {
        format!("{}-{:06}.keys", self.space.name(), self.index)
    }

    /// The block whose file bears this name.
    pub fn parse(file_name: &str) -> Option<BlockId> {
        let stem = file_name.strip_suffix(".keys")?;
        let (name, index) = stem.split_once('-')?;
        let space = KeySpace::ALL.into_iter().find(|space| space.name() == name)?;
        let block = BlockId { space, index: index.parse().ok()? };
        (block.file_name() == file_name).then_some(block)
    }
}

/// An address as a place in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub block: BlockId,
    pub leaf: u32,
}

impl Place {
    /// `None` when the group or the number lies outside the space.
    pub fn of(address: KeyAddress) -> Option<Place> {
        let bits = address.space.group_bits();
        if u32::from(address.group) >> bits != 0 {
            return None;
        }
        let block = BlockId::of(address.space, address.number)?;
        let within = (address.number % NUMBERS_PER_BLOCK) as u32;
        Some(Place { block, leaf: within << bits | u32::from(address.group) })
    }

    /// One number for the place, unique over all spaces and blocks.
    pub fn packed(self) -> u64 {
        u64::from(self.block.index) << 32 | u64::from(self.leaf) << 1 | self.block.space as u64
    }
}
