//! Secrets as people and tables see them. Randomness comes in as bytes.

/// A six-digit code from 64 random bits; the bias of the remainder is below 10^-13.
pub fn six_digits(random: u64) -> String {
    format!("{:06}", random % 1_000_000)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from(b"0123456789abcdef"[usize::from(n & 15)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect()
}

/// Equal in time that does not depend on where the first difference is.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |seen, (x, y)| seen | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits() {
        assert_eq!(six_digits(7), "000007");
        assert_eq!(six_digits(u64::MAX).len(), 6);
        assert_eq!(hex(&[0, 255, 16]), "00ff10");
        assert!(same(b"ab", b"ab") && !same(b"ab", b"ac") && !same(b"ab", b"abc"));
    }
}
