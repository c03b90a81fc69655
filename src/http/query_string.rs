//! `application/x-www-form-urlencoded` as the query string of a GET carries it.

/// Why a query string cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Undecodable;

/// The pairs of `query`, in order, with `+` and percent escapes resolved.
pub(crate) fn pairs(query: &str) -> Result<Vec<(String, String)>, Undecodable> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

fn decode(text: &str) -> Result<String, Undecodable> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => {
                bytes.push(digit(*high)? << 4 | digit(*low)?);
                rest = after;
            }
            (b'%', _) => return Err(Undecodable),
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).map_err(|_| Undecodable)
}

fn digit(ascii: u8) -> Result<u8, Undecodable> {
    let digit = char::from(ascii).to_digit(16).ok_or(Undecodable)?;
    u8::try_from(digit).map_err(|_| Undecodable)
}
