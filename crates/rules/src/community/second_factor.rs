//! A second factor: codes that an app makes of the time, and codes on paper for a lost phone.
use crate::base::Moment;
use crate::codes;

codes! {
    /// Not asked for before its first code was typed.
    pub enum State { Begun = "begun", On = "on" }
}

/// Bytes of a secret: as many as its hash gives.
pub const SECRET: usize = 20;
const STEP_MS: i64 = 30_000;
/// Codes on paper.
pub const RECOVERY: usize = 10;
/// A new factor opens no money for so long: who got into the account sets one up as easily as its
/// owner, who hears of it and has the time to say so.
pub const REST_MS: i64 = 3 * 24 * 60 * 60 * 1000;
/// A setup nobody finished within this is begun anew.
pub const UNFINISHED_MS: i64 = 60 * 60 * 1000;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Without i, l, o and u, as ids are spelled.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Which step of thirty seconds a moment lies in.
pub const fn step(now: Moment) -> i64 {
    now.0.div_euclid(STEP_MS)
}
/// The steps whose codes count: phones are a little early or late.
pub const fn steps(now: Moment) -> [i64; 3] {
    let at = step(now);
    [at - 1, at, at + 1]
}

/// From when on a factor that is on since then opens money.
pub const fn rested(since: Moment) -> Moment {
    since.plus(REST_MS)
}

/// The step a typed code belongs to, if it was not used up: no step at or before `last` counts.
pub fn fits(typed: &str, codes: &[(i64, String)], last: i64) -> Option<i64> {
    codes.iter().find(|(step, code)| *step > last && same(code, typed)).map(|(step, _)| *step)
}

fn same(a: &str, b: &str) -> bool {
    crate::base::secret::same(a.as_bytes(), b.as_bytes())
}

/// Six digits of a keyed hash (RFC 4226, 5.3).
pub fn code_of(mac: &[u8]) -> String {
    let at = mac.last().map_or(0, |b| usize::from(b & 0xf));
    let four = (0..4).map(|i| u32::from(mac.get(at + i).copied().unwrap_or(0)));
    let number = four.fold(0, |n: u32, byte| (n << 8) | byte) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// What was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// From the app.
    Code(String),
    /// From the paper.
    Recovery(String),
}

/// Spaces and dashes between the signs are fine.
pub fn read(text: &str) -> Option<Typed> {
    let kept: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{3000}')).collect();
    let kept = kept.to_ascii_lowercase();
    if kept.len() == 6 && kept.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Typed::Code(kept));
    }
    let paper = kept.len() == 10 && kept.bytes().all(|b| LETTERS.contains(&b));
    paper.then_some(Typed::Recovery(kept))
}

/// A recovery code, without its dash: fifty bits.
pub fn recovery(chance: [u8; 10]) -> String {
    chance.iter().map(|b| char::from(LETTERS[usize::from(b & 31)])).collect()
}
/// As it is printed.
pub fn printed(recovery: &str) -> String {
    let (one, two) = recovery.split_at(recovery.len() / 2);
    format!("{one}-{two}")
}

/// A secret as people type it into an app (RFC 4648, without padding).
pub fn base32(secret: &[u8]) -> String {
    let (mut out, mut bits, mut left) = (String::new(), 0_u32, 0);
    for byte in secret {
        bits = (bits << 8) | u32::from(*byte);
        left += 8;
        while left >= 5 {
            left -= 5;
            out.push(char::from(BASE32[(bits >> left & 31) as usize]));
        }
        bits &= (1 << left) - 1;
    }
    if left > 0 {
        out.push(char::from(BASE32[(bits << (5 - left) & 31) as usize]));
    }
    out
}

/// What the QR code says to an app.
pub fn address(issuer: &str, secret: &[u8]) -> String {
    let name: String = issuer.bytes().map(escaped).collect();
    format!("otpauth://totp/{name}?secret={}&issuer={name}", base32(secret))
}

fn escaped(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).into(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_as_typed() {
        // RFC 4648, 10, without its padding
        let table = [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ")];
        for (secret, want) in
            table.into_iter().chain([("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")])
        {
            assert_eq!(base32(secret.as_bytes()), want);
        }
        let said = address("桃 Court", b"foobar");
        assert_eq!(
            said,
            "otpauth://totp/%E6%A1%83%20Court?secret=MZXW6YTBOI&issuer=%E6%A1%83%20Court"
        );
    }

    #[test]
    fn codes_as_typed() {
        assert_eq!(read(" 418 206"), Some(Typed::Code("418206".into())));
        assert_eq!(read("ABCDE-23456"), Some(Typed::Recovery("abcde23456".into())));
        for bad in ["", "41820", "4182066", "abcde2345", "abcde-2345l", "４１８２０６"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        let code = recovery([0, 1, 2, 3, 4, 5, 6, 255, 254, 33]);
        assert_eq!(read(&printed(&code)), Some(Typed::Recovery(code)));
    }

    #[test]
    fn a_code_counts_in_its_step_and_its_neighbours_once() {
        let now = Moment(1_000 * STEP_MS + 5);
        let codes: Vec<(i64, String)> =
            steps(now).into_iter().map(|s| (s, format!("{s:06}"))).collect();
        let check = |typed: &str, last: i64, want: Option<i64>| {
            assert_eq!(fits(typed, &codes, last), want, "{typed} after {last}");
        };
        check("001000", 0, Some(1000));
        check("000999", 0, Some(999));
        check("001001", 0, Some(1001));
        check("000998", 0, None);
        check("001002", 0, None);
        check("001000", 999, Some(1000));
        check("001000", 1000, None);
        check("000999", 1000, None);
        check("001001", 1000, Some(1001));
    }
}
