//! Numbers in as few bytes as they need: seven bits a byte, least first, the top bit for "goes on".

/// Appends a number.
pub(super) fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// How many numbers there are.
pub(super) fn count(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte < 0x80).count() as u64
}

/// The numbers, in the order in which they were appended.
pub(super) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let mut rest = bytes.iter();
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = *rest.next()?;
            number |= u64::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                return Some(number);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| super::push(&mut bytes, *number));
        assert_eq!(super::numbers(&bytes).collect::<Vec<_>>(), numbers);
        assert_eq!(super::count(&bytes), numbers.len() as u64);
    }
}
