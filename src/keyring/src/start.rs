//! Opening a keyring: make it if it may be made, else read every file and refuse what is not whole.

use crate::address::{BlockId, KeySpace};
use crate::block_file::{self, Stored, Width};
use crate::cache::LeafCache;
use crate::disk::{Claim, Disk, FRESH_SUFFIX, RealDisk, on_disk};
use crate::entropy::{Entropy, OsEntropy};
use crate::fault::KeyringFault;
use crate::keeper::{Blocks, Keeper, Site};
use crate::keyring::{Keyring, Snapshots};
use crate::manifest::{self, Decoded, Manifest};
use crate::master::MasterKey;
use crate::wide;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};

/// Opened keys kept in memory unless told otherwise, about 300 bytes each.
pub const CACHE_KEYS_MAX_DEFAULT: usize = 65_536;

const LOCK_FILE_NAME: &str = "lock";

/// What a keyring is opened with.
pub struct KeyringOptions {
    /// Its directory (mode 0700), which holds nothing else and has its own backup life.
    pub directory: PathBuf,
    /// Where the master key comes from.
    pub master: MasterKey,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Opened keys kept in memory, at most.
    pub cache_keys_max: usize,
    /// What to do when there is no keyring.
    pub when_absent: WhenAbsent,
}

/// What opening does when there is no keyring yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenAbsent {
    /// Make one: right only where nothing was ever sealed.
    Create,
    /// Refuse: right wherever a log has events, since a new keyring could open none of them.
    Refuse,
}

impl KeyringOptions {
    /// The operating system's entropy, the default cache, and a keyring made if absent.
    pub fn new(directory: impl Into<PathBuf>, master: MasterKey) -> KeyringOptions {
        KeyringOptions {
            directory: directory.into(),
            master,
            entropy: Arc::new(OsEntropy),
            cache_keys_max: CACHE_KEYS_MAX_DEFAULT,
            when_absent: WhenAbsent::Create,
        }
    }
}

impl Keyring {
    /// Opens the keyring of a directory, or makes it on first use.
    ///
    /// Reads every block, finishes a rotation that was stopped half way, and removes files left half written.
    pub fn open(options: KeyringOptions) -> Result<Keyring, KeyringFault> {
        Keyring::open_on(Arc::new(RealDisk), options)
    }

    pub(crate) fn open_on(disk: Arc<dyn Disk>, options: KeyringOptions) -> Result<Keyring, KeyringFault> {
        let KeyringOptions { directory, master, entropy, cache_keys_max, when_absent } = options;
        let found = Found::look(disk.as_ref(), &directory)?;
        if !found.manifest {
            found.may_create(&directory, when_absent)?;
            make_directory(disk.as_ref(), &directory)?;
        }
        let claim = claim(disk.as_ref(), &directory)?;
        // Again, now that no other process can change it.
        let found = Found::look(disk.as_ref(), &directory)?;
        if !found.manifest {
            found.may_create(&directory, when_absent)?;
        }
        remove_half_written(disk.as_ref(), &directory)?;
        let master = master.resolve(disk.as_ref(), &entropy, !found.manifest)?;
        let site = Site { disk, directory, entropy, master };
        let (keeper, blocks) = load(&site, &found)?;
        let keyring = Keyring {
            provisioned: keeper.manifest.blocks.map(|count| AtomicU64::new(count.into())),
            digest_key: keeper.manifest.digest_key.copy(),
            blocks: RwLock::new(blocks),
            cache: LeafCache::new(cache_keys_max),
            keeper: Mutex::new(keeper),
            site,
            _claim: claim,
        };
        let mut keeper = keyring.keeper();
        if keeper.manifest.keys.is_rotating() {
            keyring.finish_rotation(&mut keeper, Snapshots::Forgotten)?;
        }
        drop(keeper);
        Ok(keyring)
    }
}

/// What stands in the directory.
struct Found {
    manifest: bool,
    /// Blocks per space, by the highest file name.
    blocks: [u32; 2],
    /// Blocks of versions before.
    wide: bool,
}

impl Found {
    fn look(disk: &dyn Disk, directory: &Path) -> Result<Found, KeyringFault> {
        let names = disk.names(directory).map_err(on_disk("list", directory))?;
        let mut blocks = [0; 2];
        for block in names.iter().filter_map(|name| BlockId::parse(name)) {
            let count = &mut blocks[block.space as usize];
            *count = block.index.saturating_add(1).max(*count);
        }
        let manifest = names.iter().any(|name| name == manifest::FILE_NAME);
        Ok(Found { manifest, blocks, wide: names.iter().any(|name| wide::parse(name).is_some()) })
    }

    fn may_create(&self, directory: &Path, when_absent: WhenAbsent) -> Result<(), KeyringFault> {
        let directory = directory.to_owned();
        match when_absent {
            _ if self.blocks != [0, 0] || self.wide => Err(KeyringFault::ManifestMissing { directory }),
            WhenAbsent::Refuse => Err(KeyringFault::Absent { directory }),
            WhenAbsent::Create => Ok(()),
        }
    }
}

fn make_directory(disk: &dyn Disk, directory: &Path) -> Result<(), KeyringFault> {
    disk.create_directory(directory).map_err(on_disk("create", directory))?;
    match directory.parent() {
        Some(parent) if parent != Path::new("") => {
            disk.sync_directory(parent).map_err(on_disk("sync", parent))
        }
        _ => Ok(()),
    }
}

fn claim(disk: &dyn Disk, directory: &Path) -> Result<Claim, KeyringFault> {
    let path = directory.join(LOCK_FILE_NAME);
    let claim = disk.claim(&path).map_err(on_disk("lock", &path))?;
    claim.ok_or_else(|| KeyringFault::InUse { directory: directory.to_owned() })
}

fn remove_half_written(disk: &dyn Disk, directory: &Path) -> Result<(), KeyringFault> {
    for name in disk.names(directory).map_err(on_disk("list", directory))? {
        if name.ends_with(FRESH_SUFFIX) {
            let path = directory.join(name);
            disk.remove(&path).map_err(on_disk("remove", &path))?;
        }
    }
    Ok(())
}

fn load(site: &Site, found: &Found) -> Result<(Keeper, Blocks), KeyringFault> {
    let path = site.directory.join(manifest::FILE_NAME);
    let (master, entropy) = (site.master.as_ref(), site.entropy.as_ref());
    let Some(bytes) = site.disk.read(&path).map_err(on_disk("read", &path))? else {
        let keeper = Keeper::new(Manifest::new(master, entropy)?);
        site.write(&[(manifest::FILE_NAME.to_owned(), keeper.manifest.encode(entropy))])?;
        return Ok((keeper, Blocks::default()));
    };
    let manifest = match Manifest::decode(&bytes, master)? {
        Decoded::Current(manifest) => manifest,
        Decoded::Wide(manifest, keys) => {
            let narrow = wide::narrow(site, (manifest, keys))?;
            wide::remove(site)?;
            return Ok(narrow);
        }
    };
    // Left by a stop in between.
    wide::remove(site)?;
    let mut keeper = Keeper::new(manifest);
    let mut blocks = Blocks::default();
    for space in KeySpace::ALL {
        let counted = keeper.manifest.blocks[space as usize];
        for index in 0..counted.max(found.blocks[space as usize]) {
            blocks.push(space, load_block(site, BlockId { space, index }, &keeper.manifest)?);
        }
        // A stop between a block and the manifest that counts it leaves a whole block: it is adopted, never remade.
        let uncounted = found.blocks[space as usize].saturating_sub(counted);
        if uncounted > 0 {
            keeper.save(site, keeper.manifest.with_more_blocks(space, uncounted))?;
        }
    }
    Ok((keeper, blocks))
}

fn load_block(site: &Site, id: BlockId, manifest: &Manifest) -> Result<Stored, KeyringFault> {
    let path = site.directory.join(id.file_name());
    let bytes = site.disk.read(&path).map_err(on_disk("read", &path))?;
    let bytes = bytes.ok_or_else(|| KeyringFault::BlockMissing { file: id.file_name() })?;
    block_file::decode(Width::Narrow, (id, id.file_name()), &bytes, |generation| {
        manifest.keys.of(id, generation)
    })
}
