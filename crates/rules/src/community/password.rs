//! Passwords: long enough, not among the commonest, otherwise what the person likes.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weak {
    TooShort,
    TooLong,
    /// Everybody's first guess.
    Common,
}

pub const LEAST: usize = 8;
pub const MOST: usize = 128;

/// The commonest of eight characters and more, lower case; shorter ones fall by length.
const COMMON: &str = "
    12345678 123456789 1234567890 87654321 987654321 0987654321 11111111 00000000 88888888
    66666666 99999999 12341234 12121212 11223344 1122334455 123123123 123321123 147258369
    789456123 741852963 963852741 159357456 135792468 1357924680 01234567 0123456789 password
    password1 password12 password123 password! passw0rd p@ssw0rd p@ssword pa55word qwertyui
    qwertyuiop qwerty123 qwerty12 qwerty1234 qwer1234 1qaz2wsx 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
    q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 qazwsxedc qazwsx123 asdfghjk asdfghjkl asdf1234
    zxcvbnm1 zxcvbnm123 1234qwer 123qweasd 123456qwerty qweasdzxc abcd1234 abc12345 abc123456
    abcdefgh abcdefg1 a1234567 a12345678 a123456789 aa123456 aa12345678 qq123456 123456aa
    123456abc 123456789a 5201314520 1314520520 woaini520 woaini1314 woaini123 woaini521
    iloveyou iloveyou1 sunshine princess football baseball superman starwars trustno1 whatever
    computer michelle jennifer samantha welcome1 welcome123 letmein1 letmein123 monkey123
    dragon123 charlie1 shadow123 master123 freedom1 internet admin123 admin1234 administrator
    changeme changeme123 test1234 testtest hello123 hello1234 login123 secret123 wangyang
    88888888a 11111111a 1111111111 0000000000 8888888888";

/// Counted in characters; no rule about which ones.
pub fn check(password: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < LEAST {
        return Err(Weak::TooShort);
    }
    if length > MOST {
        return Err(Weak::TooLong);
    }
    let folded = password.to_lowercase();
    let mut chars = folded.chars();
    let first = chars.next();
    if chars.all(|c| Some(c) == first) || COMMON.split_whitespace().any(|c| c == folded) {
        return Err(Weak::Common);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::{self, outcome};

    #[test]
    fn refused_and_allowed() {
        table::check(
            "
            1234567           | TooShort
            Password1         | Common
            5201314520        | Common
            zzzzzzzzzz        | Common
            correct horse     | ok
            一二三四五六七八  | ok
            一二三四五六七    | TooShort",
            |c| outcome(check(c[0])),
        );
        assert_eq!(check(&"ab".repeat(64)), Ok(()));
        assert_eq!(check(&"ab".repeat(65)), Err(Weak::TooLong));
        assert!(COMMON.split_whitespace().count() >= 100);
        assert!(COMMON.split_whitespace().all(|c| c.len() >= LEAST), "shorter ones are idle");
    }
}
