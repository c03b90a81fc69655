//! What kind of program signs in (PRF-16).

/// As the program says itself: nobody can prove it, so what hangs on it is advice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientType {
    /// A browser, or anything that says nothing.
    #[default]
    Web,
    /// An app on a telephone or a tablet.
    Mobile,
    /// A program on a desk.
    Desktop,
}
