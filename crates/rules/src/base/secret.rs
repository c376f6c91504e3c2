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

/// A key of 32 bytes as [`hex`] writes it, in large or small letters; space around it is no matter.
pub fn key(text: &str) -> Option<[u8; 32]> {
    let (text, mut key) = (text.trim(), [0; 32]);
    if text.len() != 2 * key.len() || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(key)
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
        assert_eq!(key(&format!(" {}\n", "0F".repeat(32))), Some([15; 32]));
        for bad in ["", "0f", &"0g".repeat(32), &"0f".repeat(31), &"0f".repeat(33)] {
            assert_eq!(key(bad), None, "{bad}");
        }
        assert!(same(b"ab", b"ab") && !same(b"ab", b"ac") && !same(b"ab", b"abc"));
    }
}
