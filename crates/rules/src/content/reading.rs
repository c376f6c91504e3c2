//! How long a text takes to read, its beginning, and the address its title makes.
use crate::base::text;

/// Chinese characters and Latin words a minute that an unhurried reader manages.
const CHARACTERS: usize = 400;
const WORDS: usize = 200;

pub fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

/// Whole minutes, at least one.
pub fn minutes(text: &str) -> i64 {
    let characters = text.chars().filter(|c| han(*c)).count();
    let latin = |w: &&str| w.chars().any(|c| c.is_alphanumeric() && !han(c));
    let words = text.split_whitespace().filter(latin).count();
    let sixtieths = characters * 60 / CHARACTERS + words * 60 / WORDS;
    (sixtieths as i64 + 30) / 60 + i64::from(sixtieths < 30)
}

/// The ASCII words of a title, or `None` when it has too few of them to be an address.
pub fn slug(title: &str) -> Option<String> {
    if title.chars().any(han) {
        return None;
    }
    let lower = title.to_ascii_lowercase().replace(['\'', '’'], "");
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let mut out = String::new();
    for word in words {
        let room = 60usize.saturating_sub(out.len() + 1);
        if word.len() > room {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    // digits alone say nothing
    (out.len() >= 3 && !out.bytes().all(|b| b.is_ascii_digit())).then_some(out)
}

/// The first words of a plain text on one line, for lists and previews.
pub fn lead(plain: &str) -> String {
    text::clip(&text::line(plain), 140)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check;

    #[test]
    fn addresses() {
        check(
            "
            How we choose spring tea | how-we-choose-spring-tea
            Ben's  café: part 2! | bens-caf-part-2
            春茶怎么选 | -
            春茶 guide | -
            42 | -
            !! | -",
            |c| slug(c[0]).unwrap_or("-".into()),
        );
    }

    #[test]
    fn long_titles_end_at_a_word() {
        let long = slug(&"sixteen-letters-".repeat(9)).expect("a slug");
        assert!(long.len() <= 60 && !long.ends_with('-'), "{long}");
    }

    #[test]
    fn reading_time() {
        assert_eq!(minutes(""), 1);
        assert_eq!(minutes(&"读".repeat(400)), 1);
        assert_eq!(minutes(&"读".repeat(1000)), 3);
        assert_eq!(minutes(&"word ".repeat(1000)), 5);
        assert_eq!(lead(" 一\n 二"), "一 二");
    }
}
