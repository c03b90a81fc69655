//! The stored bytes: locked for what was once written, total for whatever may stand there.

use arbtest::arbitrary::Unstructured;

use super::{batch, filler};
use crate::frame::{FRAME_HEADER_BYTES, FrameHeader, HEAD_BYTES, POSITION_MAX, encode_head, parse_head};
use crate::pack::pack;
use crate::page::{Body, HEAD_KEY, PAGE_BYTES_MAX, Page, PageKey};
use crate::{Batch, BatchId, Damage, Digest};

fn hex(bytes: &[u8]) -> Vec<String> {
    let line = |line: &[u8]| line.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.chunks(32).map(line).collect()
}

/// These bytes are stored for good: a change that moves one is a new version, with this one still read.
fn locked(bytes: &[u8], lock: &[&str]) {
    assert_eq!(hex(bytes), lock);
}

#[test]
fn the_bytes_of_a_page_are_locked() {
    let packed = pack(7, Digest([0xab; 32]), &batch(5, &[b"one", b"", b"three"]));
    assert_eq!(packed.pages.len(), 1);
    locked(&packed.pages[0].0.encode(), &["00000000000000070000"]);
    locked(
        &packed.pages[0].1,
        &[
            "01011e22e0880107000000000000000300000005050505050505050505050505",
            "050505ababababababababababababababababababababababababababababab",
            "ababab390bcda88ca131febcc984f06830c3ad38f3c40d1bbe411783ed27a2f8",
            "1e1f2203006f6e65000005007468726565",
        ],
    );
    locked(
        &encode_head(&packed.header),
        &[
            "01090000000000000005050505050505050505050505050505390bcda88ca131",
            "febcc984f06830c3ad38f3c40d1bbe411783ed27a2f81e1f22ae248798",
        ],
    );
    locked(&HEAD_KEY, &["ffffffffffffffffffff"]);
}

#[test]
fn the_bytes_of_a_fragmented_record_are_locked() {
    let packed = pack(1, Digest::ZERO, &Batch { id: BatchId([6; 16]), records: vec![filler(1, 4010)] });
    let [(first, opening), (second, rest)] = &packed.pages[..] else { panic!("two pages") };
    assert_eq!((first.fragment, second.fragment, opening.len()), (0, 1, PAGE_BYTES_MAX));
    locked(
        &opening[..128],
        &[
            "0103e36ab39f0101000000000000000100000006060606060606060606060606",
            "0606060000000000000000000000000000000000000000000000000000000000",
            "000000225a0b58c3514e8bcc73f0156092f06c91f6e7a0591fa6c3d37d08de02",
            "a089c6aa0f0000ad763674ec79cfea8b8e1503fd9e1fffb8754f196def1adebd",
        ],
    );
    locked(&second.encode(), &["00000000000000010001"]);
    locked(rest, &["0102048ce1d6aa0f000008c495ca034db1c23bb308d60549d302d6"]);
}

#[test]
fn keys_sort_as_their_positions_and_the_head_comes_last() {
    let key = |position, fragment| PageKey { position, fragment }.encode();
    let sorted =
        [key(1, 0), key(1, 1), key(1, 256), key(2, 0), key(256, 0), key(u64::MAX - 1, u16::MAX), HEAD_KEY];
    assert!(sorted.is_sorted());
}

#[test]
fn no_page_is_larger_than_the_engine_keeps_in_its_file() {
    arbtest::arbtest(|u| {
        let sizes: Vec<u16> = u.arbitrary()?;
        let records: Vec<_> = sizes.iter().map(|size| filler(1, usize::from(*size) % 9000)).collect();
        if records.is_empty() {
            return Ok(());
        }
        let packed = pack(1, Digest::ZERO, &Batch { id: BatchId([0; 16]), records });
        assert!(packed.pages.iter().all(|(_, value)| value.len() <= PAGE_BYTES_MAX));
        assert!(packed.pages.is_sorted_by_key(|(key, _)| *key));
        Ok(())
    });
}

#[test]
fn pages_of_small_records_are_filled() {
    let records = vec![vec![1; 300]; 1000];
    let packed = pack(1, Digest::ZERO, &Batch { id: BatchId([0; 16]), records });
    // 13 records of 302 bytes in a page of 4,090.
    assert_eq!(packed.pages.len(), 77);
}

#[test]
fn arbitrary_bytes_never_panic_a_parser() {
    arbtest::arbtest(|u| {
        let key = PageKey { position: u.arbitrary()?, fragment: u.arbitrary()? };
        let bytes: Vec<u8> = u.arbitrary()?;
        let _ = Page::parse(key, &bytes);
        let _ = FrameHeader::parse(&bytes);
        let _ = parse_head(&bytes);
        let _ = PageKey::parse(&bytes);
        Ok(())
    });
}

#[test]
fn arbitrary_bytes_under_a_valid_checksum_never_panic_the_page_parser() {
    arbtest::arbtest(|u: &mut Unstructured<'_>| {
        let key = PageKey { position: u.int_in_range(0..=3)?, fragment: u.int_in_range(0..=1)? };
        let mut bytes = vec![1, u.int_in_range(0..=4)?, 0, 0, 0, 0];
        if u.arbitrary()? {
            let header = FrameHeader {
                first: u.int_in_range(0..=2)?,
                count: u.int_in_range(0..=5000)?,
                id: BatchId(u.arbitrary()?),
                previous: Digest(u.arbitrary()?),
                digest: Digest(u.arbitrary()?),
            };
            header.encode(&mut bytes);
        }
        bytes.extend(u.bytes(u.len().min(5000))?);
        crate::page::stamp(key, &mut bytes);
        if let Ok(page) = Page::parse(key, &bytes)
            && let Body::Records(records) = page.body
        {
            let taken: usize = records.map(|record| record.len() + 2).sum();
            let opened = if page.opens.is_some() { FRAME_HEADER_BYTES } else { 0 };
            assert_eq!(6 + opened + taken, bytes.len());
        }
        Ok(())
    });
}

#[test]
fn positions_no_log_can_reach_are_refused() {
    let header = pack(1, Digest::ZERO, &batch(1, &[b"a"])).header;
    for first in [0, u64::MAX] {
        let mut bytes = Vec::new();
        FrameHeader { first, ..header }.encode(&mut bytes);
        assert_eq!(FrameHeader::parse(&bytes), Err(Damage::Layout));
    }
    let beyond = FrameHeader { first: POSITION_MAX + 1, ..header };
    assert_eq!(parse_head(&encode_head(&beyond)), Err(Damage::Layout));
}

#[test]
fn a_head_entry_is_refused_when_any_bit_differs() {
    let header = pack(1, Digest::ZERO, &batch(1, &[b"a"])).header;
    let good = encode_head(&header);
    assert_eq!(good.len(), HEAD_BYTES);
    assert_eq!(parse_head(&good), Ok(header.head()));
    for bit in 0..HEAD_BYTES * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        parse_head(&bad).unwrap_err();
    }
}
