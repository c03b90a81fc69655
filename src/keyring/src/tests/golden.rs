//! Locks: bytes once written by this format must open for ever. Never regenerate them; a new format is a new version.

use super::disk::{CRASHES, Failing, SimulatedDisk};
use super::world::{FixedEntropy, HOST, directory, options};
use crate::disk::Disk;
use crate::*;
use std::sync::Arc;

const ADDRESS: KeyAddress = KeyAddress::subject(4_098, 5);
const SHREDDED: KeyAddress = KeyAddress::subject(4_098, 4);
/// The same in versions 1 and 2, whose second block began there.
const WIDE_ADDRESS: KeyAddress = KeyAddress::subject(65_538, 5);
const WIDE_SHREDDED: KeyAddress = KeyAddress::subject(65_538, 4);
const PLAINTEXT: &[u8] = b"ada@example.com";

fn open(disk: &SimulatedDisk, entropy: FixedEntropy) -> Keyring {
    let entropy = Arc::new(entropy);
    Keyring::open_on(Arc::new(disk.clone()), KeyringOptions { entropy, ..options() }).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..][..2], 16).unwrap()).collect()
}

#[test]
fn fixed_entropy_gives_the_locked_bytes() {
    let disk = SimulatedDisk::default();
    let keyring = open(&disk, FixedEntropy::from(0));
    keyring.provision(KeySpace::Subject, 0).unwrap();
    let sealed = keyring.seal(ADDRESS, HOST, PLAINTEXT).unwrap();
    keyring.shred(&[SHREDDED]).unwrap();
    let file = |name: &str| hex(&disk.read(&directory().join(name)).unwrap().unwrap());
    for (name, locked) in VERSION_3 {
        assert_eq!(file(name), locked, "{name}");
    }
    assert_eq!(hex(sealed.as_bytes()), SEALED);
    assert_eq!(hex(&keyring.keyed_digest("email", PLAINTEXT)), DIGEST);
}

#[test]
fn the_locked_bytes_open() {
    let disk = SimulatedDisk::default();
    for (name, digits) in VERSION_3 {
        disk.put(&directory().join(name), &unhex(digits));
    }
    assert_opens(&disk, (SEALED, DIGEST), [ADDRESS, SHREDDED]);
}

#[test]
fn the_locked_bytes_of_earlier_versions_open_and_turn_into_those_of_this_one() {
    for version in [VERSION_1, VERSION_2] {
        let disk = SimulatedDisk::default();
        for (name, digits) in version {
            disk.put(&directory().join(name), &unhex(digits));
        }
        for _ in 0..2 {
            assert_opens(&disk, (WIDE_SEALED, WIDE_DIGEST), [WIDE_ADDRESS, WIDE_SHREDDED]);
        }
        let names = disk.names(&directory()).unwrap();
        assert_eq!(names.iter().filter(|name| name.starts_with("subject-")).count(), 32);
        assert!(names.iter().all(|name| name != "subject-00001.keys"));
        assert_eq!(disk.read(&directory().join("manifest")).unwrap().unwrap()[8], 3);
    }
}

#[test]
fn what_earlier_versions_left_is_noise_once_it_has_turned() {
    let disk = SimulatedDisk::default();
    for (name, digits) in VERSION_2 {
        disk.put(&directory().join(name), &unhex(digits));
    }
    open(&disk, FixedEntropy::from(1_000));
    let is_old_manifest = |bytes: &Vec<u8>| bytes.starts_with(b"rollkeym") && bytes[8] < 3;
    assert!(!disk.remnants().iter().any(is_old_manifest), "the keys of the old files were wiped");
}

#[test]
fn turning_stopped_at_any_step_is_done_by_the_next_start() {
    for failing in [Failing::Before, Failing::After] {
        for steps in 0.. {
            let disk = SimulatedDisk::default();
            for (name, digits) in VERSION_2 {
                disk.put(&directory().join(name), &unhex(digits));
            }
            disk.fail_after(steps, failing);
            let entropy = Arc::new(FixedEntropy::from(1_000));
            let turned = Keyring::open_on(Arc::new(disk.clone()), KeyringOptions { entropy, ..options() });
            let turned = turned.is_ok();
            if disk.heal() {
                assert!(turned && steps > 0);
                break;
            }
            for crash in CRASHES {
                assert_opens(&disk.after(crash), (WIDE_SEALED, WIDE_DIGEST), [WIDE_ADDRESS, WIDE_SHREDDED]);
            }
        }
    }
}

fn assert_opens(disk: &SimulatedDisk, (sealed, digest): (&str, &str), [address, shredded]: [KeyAddress; 2]) {
    let keyring = open(disk, FixedEntropy::from(2_000));
    let sealed = Sealed::decode(unhex(sealed)).unwrap();
    let Ok(Opened::Value(opened)) = keyring.open_sealed(address, HOST, &sealed) else { panic!("not opened") };
    assert_eq!(*opened, PLAINTEXT);
    assert_eq!(keyring.open_sealed(shredded, HOST, &sealed), Ok(Opened::Erased));
    assert_eq!(hex(&keyring.keyed_digest("email", PLAINTEXT)), digest);
}

/// The derivation again, written out from its description, from the seed the fixed entropy gave the second block.
#[test]
fn the_locked_commitment_follows_from_the_described_derivation() {
    let leaf = (4_098 % 4_096) << 3 | 5;
    let mut secret = block_seed();
    for level in (0..15).rev() {
        let side = if leaf >> level & 1 == 0 { "left" } else { "right" };
        secret = *blake3::keyed_hash(&secret, format!("rollbook/keyring/1/{side}").as_bytes()).as_bytes();
    }
    let commitment = blake3::keyed_hash(&secret, b"rollbook/keyring/1/commit");
    assert_eq!(hex(commitment.as_bytes()), SEALED[2 * 25..2 * 57]);
}

/// Drawn before it: envelope, its nonce, digest key, manifest nonce; first seed, its wrapping key, three nonces.
fn block_seed() -> [u8; 32] {
    let mut seed = [0; 32];
    FixedEntropy::from(9).fill(&mut seed);
    seed
}

const VERSION_1: [(&str, &str); 3] = [
    ("manifest", VERSION_1_MANIFEST),
    ("subject-00000.keys", VERSION_1_WHOLE_BLOCK),
    ("subject-00001.keys", VERSION_1_CUT_BLOCK),
];
const VERSION_2: [(&str, &str); 3] = [
    ("manifest", VERSION_2_MANIFEST),
    ("subject-00000.keys", VERSION_2_WHOLE_BLOCK),
    ("subject-00001.keys", VERSION_2_CUT_BLOCK),
];
const VERSION_3: [(&str, &str); 3] =
    [("manifest", MANIFEST), ("subject-000000.keys", WHOLE_BLOCK), ("subject-000001.keys", CUT_BLOCK)];

const VERSION_2_MANIFEST: &str = concat!(
    "726f6c6c6b65796d02020000000000000048001a0d12016999e47689dae5744d2b8c1903faf7ca2886a6582368cfd634",
    "1c9b787134580f9630a635d10d1d72e245d7cd766d1d32a4f325833c74803b80d2b92b10ade8c74e430de4659594faee",
    "e82e1dff7da3ffdd9b1903360273a2799ee40c0a51b07e263764e942e6c82221f1efcf7a8684d8998307c2104eea662c",
    "0b3a5f67834828c0ceec99cf2739b3452db1a192ab7a08b2057de62bbfa1a4f5b120b4822cec9a2e21a22a3416bda06f",
    "680cce449214a3e5d57ff676788dd5cfc7a8e302c853e58c37fa7052ff3336be97b629644f2ffcc2dae2c1dd8f4d7e3d",
);
const VERSION_2_WHOLE_BLOCK: &str = concat!(
    "726f6c6c6b657962020000000000010000000000000000b7890e7019b8e244e32f4d84a995c0f01ea9776cbae2408587",
    "a56bdad945ba791f6247dd1c405d44f1bf8a079121741278afdeafaa6d7329d4b1ce5a74f6b6826bcecdbfb35524ef0b",
    "36875d",
);
const VERSION_2_CUT_BLOCK: &str = concat!(
    "726f6c6c6b657962020001000000010000000000000001cb0a92dc1310165905495a3e8dc6a8385e4adae4bd56f58570",
    "96e272e1d5354e65463466dcbdb846e3acec4ed7bd3450aa7e20de8fe4c637a0859b97985bd324fd027a7596f136bd90",
    "dbddcf5a3f9b93fc122fd84f1782cd4e20aebc7feaf001afa2e5398144534c7917f7aa0b8b5345efe9408e1921a18204",
    "d8610a039f74cc136f29da2f383c067fea6e76188cdf37e952b9d2b1eb333d84d77d8ca580d672e9f2542ae13f76b3fe",
    "3b86a569801c74f843ba1dace2974ea08a6b8eb8f35973c76a58b3dbdb1ddf127c20197f2b66016edaf2762b60b416c8",
    "7078ae1328f626815e385eaefdd65f5e439f7cbdb6fcd8e12685a2e59e610342a229ecb1b693a6150b2e0575704f8cea",
    "8e35794d96b83720468af80eff275d4f29b6f3b6e1f9e63a2675079534ba8d0c2d554cb1f40227bdd09ecf9eee21fe0b",
    "2b0d411642dfff70e8a652fcd9cff9661acc8a3806c9a781dfd5cf0e5d8e83043d522bca07154ffad5ece19a2f6e5824",
    "f4c4f10fa9c7ffd22dab33666aaeca29164c49fed51d12b46a9a98a1aa8616d36f8868e0c7e6bda5e6e4cce03145be95",
    "789e403e96bed49f29d9aa16faba36ba6ec1001131a35d6dacbf3dad73e9158a3fd4bbe74d57a04a2db2c6231fdd2eac",
    "22776892168184ebdcd90b3d81268feec00478aa69e0609cc1a21e381fff2f8c5731b0ea03f10f3336c4e2d620cfe06c",
    "bfaa564403a016c9f8b11000c4bb4f8a4c5238dff80617d744109848b96d2fb0ad70f6b0e63785a4ef074e3f56505273",
    "cfb52e437f80001236365023dd3e3efa1ad15a5d26d0266da9b87e8e65d5ba65bfcb9859ac04046e05047caaa683cd22",
    "86f6a7ff3b49e09b7699fc91a520d31135c426b7abb7104df0c94df0a7d4b71b7fbf1fd55b154c29b0f927056cad0bcb",
    "ca8422f3aeef94a1fd7450b4ab0be15cfd481667064a2f2debfbd3d4a0d7eb8c1e1c2974fc1e8ace52e9c475c18770e9",
    "8068ff511ff3d3cb048f45f61a451bfaa374eafdd7fce316403b33",
);

const VERSION_1_MANIFEST: &str = concat!(
    "726f6c6c6b65796d01020000000000000048001a0d12016999e47689dae5744d2b8c1903faf7ca2886a6582368cfd634",
    "1c9b787134580f9630a635d10d1d72e245d7cd766d1d32a4f325833c74803b80d2b92b10ade8c74e430de4659594faee",
    "e82e1dff7da3ffdd9b1903360273a2799ee40c0a51b07e263764e942e6c82221f1efcf7a8684d8998307c2104eea662c",
    "0b3a5f99834828c0cfec992506fe008d425f49942444969cdcb1e6d61cd09d2ad11d9a17218d88c5933b24efee45057e",
    "847a2df393aeff47156757a1d73649c1761da69c22bef9671f7757e50905f61f2368ce7fab49d397bd5a51",
);
const VERSION_1_WHOLE_BLOCK: &str = concat!(
    "726f6c6c6b6579620100000000000100000000000000b7890e7019b8e244e32f4d84a995c0f01ea9776cbae2408587a5",
    "6bdad945ba791f6247dd1c405d44f1bf8a079121741278afdeafaa6d7329d4b1ce5a4c7250db2b1dad34a3266042af7b",
    "461c",
);
const VERSION_1_CUT_BLOCK: &str = concat!(
    "726f6c6c6b6579620100010000000100000000000000cb0a92dc1310165905495a3e8dc6a8385e4adae4bd56f5857096",
    "e272e1d5354e65463466dcbdb846e3acec4ed7bd3450aa7e20de8fe4c637a0859b97985bd324fd027a7596f136bd90db",
    "ddcf5a3f9b93fc122fd84f1782cd4e20aebc7feaf001afa2e5398144534c7917f7aa0b8b5345efe9408e1921a18204d8",
    "610a039f74cc136f29da2f383c067fea6e76188cdf37e952b9d2b1eb333d84d77d8ca580d672e9f2542ae13f76b3fe3b",
    "86a569801c74f843ba1dace2974ea08a6b8eb8f35973c76a58b3dbdb1ddf127c20197f2b66016edaf2762b60b416c870",
    "78ae1328f626815e385eaefdd65f5e439f7cbdb6fcd8e12685a2e59e610342a229ecb1b693a6150b2e0575704f8cea8e",
    "35794d96b83720468af80eff275d4f29b6f3b6e1f9e63a2675079534ba8d0c2d554cb1f40227bdd09ecf9eee21fe0b2b",
    "0d411642dfff70e8a652fcd9cff9661acc8a3806c9a781dfd5cf0e5d8e83043d522bca07154ffad5ece19a2f6e5824f4",
    "c4f10fa9c7ffd22dab33666aaeca29164c49fed51d12b46a9a98a1aa8616d36f8868e0c7e6bda5e6e4cce03145be9578",
    "9e403e96bed49f29d9aa16faba36ba6ec1001131a35d6dacbf3dad73e9158a3fd4bbe74d57a04a2db2c6231fdd2eac22",
    "776892168184ebdcd90b3d81268feec00478aa69e0609cc1a21e381fff2f8c5731b0ea03f10f3336c4e2d620cfe06cbf",
    "aa564403a016c9f8b11000c4bb4f8a4c5238dff80617d744109848b96d2fb0ad70f6b0e63785a4ef074e3f56505273cf",
    "b52e437f80001236365023dd3e3efa1ad15a5d26d0266da9b87e8e65d5ba65bfcb9859ac04046e05047caaa683cd2286",
    "f6a7ff3b49e09b7699fc91a520d31135c426b7abb7104df0c94df0a7d4b71b7fbf1fd55b154c29b0f927056cad0bcbca",
    "8422f3aeef94a1fd7450b4ab0be15cfd481667064a2f2debfbd3d4a0d7eb8c1e1c2974fc1e8ace52e9c475c18770e980",
    "68ff511ff3d3cb048f45f46fff741aeaf6ac6b32d9747d2d9700",
);
const WIDE_SEALED: &str = concat!(
    "01384ee28c1ed29088b3790964efc1f477ff0f5a6fc92ab56b24ef2c3ec049a42db4474120f5df848a5ee82638c526e0",
    "13ee48e403ab8437086f32e1cb2bdae2c227738a83900cdd0e4551721f582a5ea9107146c5c2c237",
);
const MANIFEST: &str = concat!(
    "726f6c6c6b65796d03020000000000000048001a0d12016999e47689dae5744d2b8c1903faf7ca2886a6582368cfd634",
    "1c9b787134580f9630a635d10d1d72e245d7cd766d1d32a4f325833c74803b80d2b92b10ade8c74e430de444b8c8a388",
    "9b1ebab1b1861d23870a88e8727cee895f3ef69830860bbd1381b7b1239ba4c8ae6b32b43d15ee02cfde9c8cb414ba23",
    "f889f657532ac4fb67771b6ddd9bab9bc63ebc94ac287a2743b028bcdad36cbfd5fca5f177b55e504175969e09b8073a",
    "3c5181b12e995cdf9a5fcad28127f7c1ae8156b0d7f0e86ca11b313ad6e6d104b6dc378a8626e56dc263f4f35c7c1ee7",
    "08f258475d0dc13d0f0a21053e4e84438695c72b30156bd7de18bde8dbbfb59db653f3f1749dc74b7701dc1114",
);
const WHOLE_BLOCK: &str = concat!(
    "726f6c6c6b6579620300000000000100000000000000006f3287cd13d7e1d790ece8ec6da9b2a553d1506c07351269c6",
    "72838810b7b28e38798f0f959292e6ef9092e0647f2615349d30563352586fc6b54155e10d9ce186cd00c49cb8a2081f",
    "1d2593",
);
const CUT_BLOCK: &str = concat!(
    "726f6c6c6b6579620300010000000200000000000000010f7c5197aafa4535fe99e08cd08769b50a74e8c033807fcaaf",
    "a785e279d1fb41255b77e39a33b5fa93d581a399ce6464e7c9f760fc03655341daf650911d46d15f474839108776e165",
    "56036095d5bab4e5b7691674798faf28aabab7ec3920739120a23591c1a63e75c3206b2e2eafb1d0129680b9272adcd5",
    "dfd6ad61cd172432296394e427d77ccbf794eeabe6763e6031e502f156e50375beecf3e04849153bb36a9db051468a3a",
    "77b6c30576670840b2d0bdd616383dba7cac7822933f53a23beaa238c6cde4887a067e99dde18210a7400480c89b25c4",
    "edeb7220afba3a44f81933cc43e12b2369d4888d8be085c80ee6bf58dd27a15c0f2441075b19f60f1fd79c16ccaa322d",
    "237c06bf46ed549f3ef27dc92428704d728e81ea85813923daf052f75d51d4d4cf18f16896097142729dae09d6dc269e",
    "5fd576f3e23fa0b24b09190ae59dbc40731aab7606ac4e20fb510abaec98b5075817329374066d864c925ad697aca9fe",
    "47aed278ffcbe994107e495314ede15ae74ce3c02762e551702bc452b5cd251746982e8887ed7a2ecf7713b9823e86ab",
    "4e8007f12f2e3ce6b27c82e3bf80eda63bdea22123266c9740bd3c2b0287791672db113c4f3b9d9bb9e777e2fea4ac7a",
    "d4961e41ad4567f9c238e8dcda1a6b95465c546770ac76d7ca0e7cbad6532ded53071500de4cba202c421e0f39cc0fe7",
    "f3bd305600ad3189018d81cc791aec7837771debcadb594959e38067c44b4cb76039e0a0b23ba0c5f623e33cde6c83c8",
    "4280ceb4e4989668952b30a5538b19d647945e861caeda0af7d697",
);
const SEALED: &str = concat!(
    "01780c6cb710cf3032985383a660de14b6f3e006233e662bbca87a5d4f08753c05e3ba4c5cfcdedc73d45782594a1cbf",
    "471f65a78d3f0e1bc3868c8061dc22bf3ef205d05f8ed7287d56b718cbb38ff61a83e3fe2769ffa4",
);
const DIGEST: &str = "75e4abd4f7f6004237b18709054eb52a7ffeef9a3cac651226ad63b94872ac55";
const WIDE_DIGEST: &str = "b54f290bc153f14f0aa578d400841a013acf59ec6a37856a1b6d63153a712fe0";
