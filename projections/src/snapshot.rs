//! What folds come to, as bytes: written part by part, so that no more than one part stands in memory twice.
//!
//! The bytes are of use to the folds that wrote them ([`FOLDS`]), and to others only where these read the same digests in
//! them; they name no part, and say everything the folds know: whoever keeps them seals them.

use std::io;

use postcard::ser_flavors::Flavor;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// A fingerprint of events, folds and the libraries they are written by, made when the program was built.
pub const FOLDS: &str = env!("ROLLBOOK_FOLDS");

/// Takes a snapshot, part after part.
pub trait PartSink {
    /// The next part begins.
    ///
    /// # Errors
    /// What the disk says.
    fn begin(&mut self) -> io::Result<()>;

    /// More of the part.
    ///
    /// # Errors
    /// What the disk says.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// Keeps nothing but how many bytes each part comes to.
#[derive(Clone, Debug, Default)]
pub struct PartSizes(pub Vec<u64>);

impl PartSink for PartSizes {
    fn begin(&mut self) -> io::Result<()> {
        self.0.push(0);
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.iter_mut().last().into_iter().for_each(|size| *size += bytes.len() as u64);
        Ok(())
    }
}

/// Gives the parts of a snapshot back, in the order in which they were written.
pub trait PartSource {
    /// The next part, whole.
    ///
    /// # Errors
    /// What the disk says, or that there is no further part.
    fn next(&mut self) -> io::Result<Zeroizing<Vec<u8>>>;
}

/// Why a snapshot could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotFault {
    /// The disk, or whoever seals.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The bytes are no such part, or no bytes say it.
    #[error("a part of a snapshot does not fit: {0}")]
    Part(postcard::Error),
}

/// Writes one part.
pub(crate) fn put<T: Serialize + ?Sized>(value: &T, sink: &mut dyn PartSink) -> Result<(), SnapshotFault> {
    sink.begin()?;
    let mut fault = None;
    match postcard::serialize_with_flavor(value, Into { sink, fault: &mut fault }) {
        Ok(()) => Ok(()),
        Err(unfit) => Err(fault.map_or(SnapshotFault::Part(unfit), SnapshotFault::Io)),
    }
}

/// Reads one part.
pub(crate) fn take<T: DeserializeOwned>(source: &mut dyn PartSource) -> Result<T, SnapshotFault> {
    let part = source.next()?;
    let (value, rest) = postcard::take_from_bytes(&part).map_err(SnapshotFault::Part)?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(SnapshotFault::Part(postcard::Error::DeserializeBadEncoding))
    }
}

struct Into<'a> {
    sink: &'a mut dyn PartSink,
    /// What stopped it, since the format's own faults cannot say.
    fault: &'a mut Option<io::Error>,
}

impl Flavor for Into<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.sink.write(bytes).map_err(|fault| {
            *self.fault = Some(fault);
            postcard::Error::SerializeBufferFull
        })
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Gives a type whose every field is a part `store` and `restore`. A field that is not named does not compile.
macro_rules! parts {
    ($whole:ident: $($field:ident,)*) => {
        impl $whole {
            /// Writes everything, part by part.
            ///
            /// # Errors
            /// What the sink says.
            pub fn store(&self, sink: &mut dyn PartSink) -> Result<(), SnapshotFault> {
                let $whole { $($field,)* } = self;
                $(put($field, sink)?;)*
                Ok(())
            }

            /// What [`Self::store`] wrote.
            ///
            /// # Errors
            /// What the source says, or a part that is none of these.
            pub fn restore(source: &mut dyn PartSource) -> Result<Self, SnapshotFault> {
                Ok($whole { $($field: take(source)?,)* })
            }

            /// The names of the parts, in their order.
            pub const PARTS: &[&str] = &[$(stringify!($field),)*];
        }
    };
}

pub(crate) use parts;

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Parts in memory.
    #[derive(Clone, Default)]
    pub(crate) struct Parts(VecDeque<Vec<u8>>);

    impl PartSink for Parts {
        fn begin(&mut self) -> io::Result<()> {
            self.0.push_back(Vec::new());
            Ok(())
        }

        fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
            self.0.back_mut().ok_or(io::ErrorKind::NotFound)?.extend_from_slice(bytes);
            Ok(())
        }
    }

    impl PartSource for Parts {
        fn next(&mut self) -> io::Result<Zeroizing<Vec<u8>>> {
            self.0.pop_front().map(Zeroizing::new).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        }
    }

    #[test]
    fn a_part_that_ends_too_soon_or_too_late_is_refused() {
        let mut whole = Parts::default();
        put(&vec![1_u64, 2, 3], &mut whole).unwrap();
        let bytes = whole.0[0].clone();
        let read = |bytes: &[u8]| take::<Vec<u64>>(&mut Parts([bytes.to_vec()].into()));
        assert_eq!(read(&bytes).unwrap(), [1, 2, 3]);
        assert!(matches!(read(&bytes[..3]), Err(SnapshotFault::Part(_))));
        assert!(matches!(read(&[&bytes[..], &[0]].concat()), Err(SnapshotFault::Part(_))));
        assert!(matches!(take::<u8>(&mut Parts::default()), Err(SnapshotFault::Io(_))));
    }
}
