//! Random batches against the simplest log there is: a vector.

use arbtest::arbitrary::{Result, Unstructured};

use super::{Adapter, OnDisk, filler, records};
use crate::{Batch, BatchId, MemoryLog, Receipt};

/// Record sizes that meet each way of packing.
fn arbitrary_batch(u: &mut Unstructured<'_>, number: u64) -> Result<Batch> {
    let count = u.int_in_range(1..=24)?;
    let mut records = Vec::new();
    for record in 0..count {
        let size = match u.int_in_range(0..=9)? {
            0 => u.int_in_range(3980..=4100)?,
            1 => u.int_in_range(4100..=20_000)?,
            2 => 0,
            _ => u.int_in_range(1..=900)?,
        };
        records.push(filler(number * 100 + record, size));
    }
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    Ok(Batch { id: BatchId(id), records })
}

fn behaves_like_a_vector<A: Adapter>(u: &mut Unstructured<'_>) -> Result<()> {
    let mut adapter = A::start();
    let mut model: Vec<Vec<u8>> = Vec::new();
    let mut receipts: Vec<(BatchId, Receipt)> = Vec::new();
    for number in 0..u.int_in_range(1..=8)? {
        let batch = arbitrary_batch(u, number)?;
        let receipt = adapter.log().append(model.len() as u64, &batch).unwrap();
        model.extend(batch.records);
        assert_eq!(receipt.last, model.len() as u64);
        receipts.push((batch.id, receipt));
        if u.ratio(1, 4)? {
            adapter = adapter.restart();
        }
    }
    let adapter = adapter.restart();
    let log = adapter.log();
    assert!(records(log, 0) == (1..).zip(model.iter().cloned()).collect::<Vec<_>>());
    let after = u.int_in_range(0..=model.len() as u64)?;
    assert!(records(log, after).iter().map(|(_, bytes)| bytes).eq(&model[after as usize..]));
    for (position, bytes) in (1..).zip(&model) {
        assert!(log.get(position).unwrap().unwrap().bytes == *bytes);
    }
    for (id, receipt) in &receipts {
        assert_eq!(log.find_batch(*id).unwrap(), Some(*receipt));
    }
    let verified = log.verify(&mut |_| ()).unwrap();
    assert_eq!((verified.records, verified.batches), (model.len() as u64, receipts.len() as u64));
    assert_eq!(verified.head.batch_digest, receipts.last().unwrap().1.batch_digest);
    Ok(())
}

#[test]
fn the_log_in_memory_behaves_like_a_vector() {
    arbtest::arbtest(behaves_like_a_vector::<MemoryLog>).budget_ms(2_000);
}

#[test]
fn the_log_on_disk_behaves_like_a_vector() {
    arbtest::arbtest(behaves_like_a_vector::<OnDisk>).budget_ms(4_000);
}

#[test]
fn both_adapters_give_the_same_digests() {
    let digests = |log: &dyn crate::EventLog| -> Vec<_> {
        (0..5u64)
            .map(|n| log.append(n, &super::batch(n as u8, &[&filler(n, 5000)])).unwrap().batch_digest)
            .collect()
    };
    assert_eq!(digests(&MemoryLog::new()), digests(OnDisk::start().log()));
}
