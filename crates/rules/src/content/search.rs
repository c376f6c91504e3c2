//! Search: how words are made comparable, and which document comes first. Segmentation of Chinese
//! needs dictionaries and is done by the caller; everything here is plain.
use crate::base::text;
use crate::codes;
use crate::content::reading::han;

codes! {
    pub enum Kind { Product = "product", Post = "post" }
}

/// Where in a document a word stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Title,
    Brand,
    Keywords,
    Brief,
    Body,
}

impl Field {
    pub const fn weight(self) -> i64 {
        match self {
            Field::Title => 40,
            Field::Brand | Field::Keywords => 30,
            Field::Brief => 8,
            Field::Body => 4,
        }
    }
    /// Single characters are kept only where words are few: `枕` must find `羽绒枕`.
    pub const fn keeps_singles(self) -> bool {
        matches!(self, Field::Title | Field::Brand)
    }
}

/// A document keeps this many terms, a query this many words.
pub const MOST_TERMS: usize = 300;
pub const MOST_WORDS: usize = 8;
/// Only the beginning of a long text is searched by.
pub const BODY: usize = 1_500;
const LONGEST_WORD: usize = 24;
/// Shorter Latin words are left as they were typed: one letter is too much of them.
const SHORTEST_TYPO: usize = 4;

/// Full-width forms become half-width, capitals small, accents go.
pub fn fold(typed: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text::line(typed).chars().map(narrow).flat_map(char::to_lowercase).filter_map(plain).collect()
}

/// Latin letters without their accents; combining marks vanish.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' => return None,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    })
}

/// A stretch of folded text: Chinese characters to be segmented, or one word of letters and digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Run<'a> {
    Han(&'a str),
    Word(&'a str),
}

pub fn runs(folded: &str) -> Vec<Run<'_>> {
    let class = |c: char| if han(c) { 1 } else { 2 * i32::from(c.is_alphanumeric()) };
    let (mut out, mut start, mut before) = (Vec::new(), 0, 0);
    for (at, now) in folded.char_indices().map(|(i, c)| (i, class(c))).chain([(folded.len(), 0)]) {
        if now != before {
            match before {
                1 => out.push(Run::Han(&folded[start..at])),
                2 => out.push(Run::Word(&folded[start..at])),
                _ => {}
            }
            (start, before) = (at, now);
        }
    }
    out
}

/// A Latin word as it is kept: at most 24 characters, English plurals made singular.
pub fn stem(word: &str) -> String {
    let word: String = word.chars().take(LONGEST_WORD).collect();
    let ends = |all: &[&str]| all.iter().any(|e| word.ends_with(e));
    let cut = |n: usize| word[..word.len() - n].to_string();
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word;
    }
    if word.len() > 4 && ends(&["ies"]) {
        return format!("{}y", cut(3));
    }
    if ends(&["sses", "xes", "zes", "ches", "shes"]) {
        return cut(2);
    }
    if ends(&["s"]) && !ends(&["ss", "us", "is"]) {
        return cut(1);
    }
    word
}

/// The letters and the digits of a mixed word such as `28cm`, each by itself.
pub fn parts(word: &str) -> Vec<&str> {
    let turn = word.char_indices().zip(word.chars().skip(1)).find_map(|((i, a), b)| {
        (a.is_ascii_digit() != b.is_ascii_digit()).then_some(i + a.len_utf8())
    });
    match turn {
        Some(at) => [&word[..at]].into_iter().chain(parts(&word[at..])).collect(),
        None => vec![word],
    }
}

/// Every two neighbouring characters of a run.
pub fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let starts = run.char_indices().map(|(i, _)| i);
    let ends = run.char_indices().map(|(i, c)| i + c.len_utf8()).skip(1);
    starts.zip(ends).map(|(a, b)| &run[a..b])
}
pub fn singles(run: &str) -> impl Iterator<Item = &str> {
    run.char_indices().map(|(i, c)| &run[i..i + c.len_utf8()])
}

/// A word and what is left of it when one letter is missing. Two words one typing mistake apart
/// share one of these, which is how a vocabulary is asked for neighbours by key.
pub fn neighbours(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let fine = (SHORTEST_TYPO..=LONGEST_WORD).contains(&letters.len());
    if !fine || letters.iter().any(|c| !c.is_alphabetic() || han(*c)) {
        return Vec::new();
    }
    let without = |skip: usize| {
        letters.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c).collect::<String>()
    };
    let mut out: Vec<String> = (0..letters.len()).map(without).chain([word.into()]).collect();
    out.sort();
    out.dedup();
    out
}

/// One letter put in, left out, changed, or two neighbours swapped; or no difference at all.
pub fn one_mistake(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - tail], &b[..b.len() - tail]) {
        ([], [] | [_]) | ([_], [] | [_]) => true,
        ([p, q], [r, s]) => p == s && q == r,
        _ => false,
    }
}

/// What one document has of one word of the query.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Found {
    /// The word itself: its weight in the document, or 0.
    pub exact: i64,
    /// The beginning of a word that is still being typed.
    pub prefix: i64,
    /// A word one mistake away.
    pub near: i64,
    /// How many of the word's pairs and single characters the document has, and of how many.
    pub pairs: (i64, i64),
    pub singles: (i64, i64),
    /// The weight those have together.
    pub pieces: i64,
}

/// How much of the word is there, in hundredths.
pub fn covered(f: Found) -> i64 {
    let share = |(have, of): (i64, i64), worth: i64| if of > 0 { worth * have / of } else { 0 };
    let pieces = share(f.pairs, 45) + share(f.singles, 35);
    let whole = match (f.exact, f.prefix, f.near) {
        (1.., _, _) => 100,
        (_, 1.., _) => 80,
        (_, _, 1..) => 60,
        _ => 0,
    };
    whole.max(pieces)
}

/// All words first: how much of the query is there decides, then weight times rarity. `found` goes
/// with how many documents have the word.
pub fn score(found: &[(Found, i64)]) -> i64 {
    let words = found.len().max(1) as i64;
    let covered_all: i64 = found.iter().map(|(f, _)| covered(*f)).sum();
    let weight = |f: &Found| f.exact.max(f.prefix * 4 / 5).max(f.near / 2).max(f.pieces / 3);
    let fine: i64 = found.iter().map(|(f, seen)| weight(f) * rarity(*seen)).sum();
    covered_all / words * 1_000_000 + fine.clamp(0, 999_999)
}

/// Rare words tell more: 20 for a word one document has, 1 for one that half a million have.
pub fn rarity(seen: i64) -> i64 {
    (20 - i64::from(seen.max(1).ilog2())).max(1)
}

/// The smallest score worth showing beside this best one: half of a word is not enough.
pub fn floor(best: i64) -> i64 {
    (best / 3).max(18_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check;

    #[test]
    fn folding_and_runs() {
        check(
            "
            ＣＡＲＡＴ钻石　煎锅28cm | carat 钻石 煎锅 28cm
            Café Crème | cafe creme
            300根水洗棉*2 | 300 根水洗棉 2
            -- !! | ",
            |c| {
                let folded = fold(c[0]);
                let word = |r: &Run<'_>| match r {
                    Run::Han(t) | Run::Word(t) => t.to_string(),
                };
                runs(&folded).iter().map(word).collect::<Vec<_>>().join(" ")
            },
        );
    }

    #[test]
    fn stems() {
        check(
            "
            pillows | pillow
            berries | berry
            boxes | box
            dishes | dish
            glass | glass
            bus | bus
            ties | tie
            80s | 80s
            tea | tea",
            |c| stem(c[0]),
        );
        check("28cm | 28 cm \n abc | abc \n a1b | a 1 b", |c| parts(c[0]).join(" "));
        check("四件套 | 四件 件套\n四 | \n四件 | 四件", |c| {
            pairs(c[0]).collect::<Vec<_>>().join(" ")
        });
    }

    #[test]
    fn mistakes() {
        check(
            "
            carat | carat | yes
            carat | cart | yes
            carat | carrat | yes
            carat | karat | yes
            carat | craat | yes
            carat | crta | no
            carat | market | no
            abcd | badc | no",
            |c| {
                let shared = neighbours(c[0]).iter().any(|n| neighbours(c[1]).contains(n));
                let one = one_mistake(c[0], c[1]);
                assert!(!one || shared, "one mistake apart, so the key must find it: {c:?}");
                if one { "yes" } else { "no" }.into()
            },
        );
        assert!(neighbours("tea").is_empty() && neighbours("28cm").is_empty());
    }

    #[test]
    fn all_words_first() {
        let exact = |weight| Found { exact: weight, ..Found::default() };
        let none = Found::default();
        let both = score(&[(exact(1), 1000), (exact(1), 1000)]);
        let one = score(&[(exact(4000), 1), (none, 0)]);
        assert!(both > one, "two common words beat one rare and heavy one");
        assert!(score(&[(exact(9), 3)]) > score(&[(exact(5), 3)]));
        let pieces = Found { pairs: (2, 2), singles: (3, 3), pieces: 9, ..none };
        assert_eq!(covered(pieces), 80);
        assert!(score(&[(exact(1), 1)]) > score(&[(pieces, 1)]));
        assert_eq!((rarity(0), rarity(1), rarity(1024), rarity(i64::MAX)), (20, 20, 10, 1));
    }
}
