//! A share link: what it shows, where that is, and what its code looks like.
use crate::base::{Id, id};

crate::codes! {
    /// The kinds of things a member may show to somebody.
    pub enum Shown {
        Product = "product", Group = "group", Post = "post", Campaign = "campaign",
    }
}

/// Letters of a code: no `i`, `l`, `o`, `u`, so that one read aloud is written down right.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 40 bits: short enough to be typed, and who guesses one has found a public page.
pub const CODE: usize = 8;

/// The code of a link, from randomness that comes in from outside.
pub fn code(random: u64) -> String {
    let letter = |i: usize| LETTERS[(random >> (5 * i)) as usize & 31];
    (0..CODE).map(|i| char::from(letter(i))).collect()
}
/// A code as somebody typed or scanned it; `None` when it cannot be one.
pub fn code_of(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let fits = text.len() == CODE && text.bytes().all(|b| LETTERS.contains(&b));
    fits.then_some(text)
}

/// The page of what is shown, inside its community.
pub fn page(shown: Shown, thing: i64) -> String {
    match shown {
        Shown::Product => format!("/products/{}", Id::<id::Product>::of(thing)),
        Shown::Group => format!("/groups/{}", Id::<id::Group>::of(thing)),
        Shown::Post => format!("/posts/{}", Id::<id::Post>::of(thing)),
        Shown::Campaign => format!("/campaigns/{}", Id::<id::Campaign>::of(thing)),
    }
}
/// Reads back what people and programs call a thing: `prd_…` of a product.
pub fn thing(shown: Shown, text: &str) -> Option<i64> {
    match shown {
        Shown::Product => Id::<id::Product>::parse(text).map(Id::raw),
        Shown::Group => Id::<id::Group>::parse(text).map(Id::raw),
        Shown::Post => Id::<id::Post>::parse(text).map(Id::raw),
        Shown::Campaign => Id::<id::Campaign>::parse(text).map(Id::raw),
    }
}
/// What people and programs call it.
pub fn name(shown: Shown, thing: i64) -> String {
    page(shown, thing).rsplit('/').next().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_and_read_back() {
        for random in [0, 1, 31, 32, u64::MAX, 0x1234_5678_9abc_def0] {
            let code = code(random);
            assert_eq!(code_of(&code).as_deref(), Some(code.as_str()));
            assert_eq!(code_of(&code.to_uppercase()), Some(code));
        }
        assert_ne!(code(1), code(2));
        for bad in ["", "abcdefg", "abcdefghj", "abcdefgi", "abcdefg/", "龙井龙井"] {
            assert_eq!(code_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_kind_has_a_page_and_a_name_that_reads_back() {
        for shown in Shown::ALL.iter().copied() {
            let name = name(shown, 77);
            assert_eq!(thing(shown, &name), Some(77), "{shown:?}");
            assert!(page(shown, 77).ends_with(&format!("/{name}")));
            assert_eq!(thing(shown, "ord_000000000002d"), None, "another noun's id");
        }
        assert!(page(Shown::Campaign, 77).starts_with("/campaigns/"));
    }
}
