//! Words of documents and queries: simplified, segmented, and in pieces where that fails.
//!
//! Two dictionaries are read at first use and kept: see `warm_up`.
pub use super::tables_search::Terms;
use crate::digest::sha256;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use jieba_rs::Jieba;
use rules::content::search::{self, Field, Run};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

struct Dictionaries {
    jieba: Jieba,
    /// Without it traditional and simplified stay two languages; the log says so.
    simplify: Option<OpenCC>,
}
static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(|| Dictionaries {
    jieba: Jieba::new(),
    simplify: OpenCC::from_config(BuiltinConfig::T2s)
        .inspect_err(|e| tracing::error!(%e, "no dictionary of traditional Chinese"))
        .ok(),
});

/// Reads the dictionaries now instead of at the first search; blocks for as long as that takes.
pub fn warm_up() {
    let _ = DICTIONARIES.jieba.cut("熟客", false);
}

/// Folded and in simplified characters: what is the same to a searcher is the same text.
fn level(typed: &str) -> String {
    let folded = search::fold(typed);
    match &DICTIONARIES.simplify {
        Some(cc) if !folded.is_ascii() => cc.convert(&folded),
        _ => folded,
    }
}

/// Done before a transaction begins: segmenting is slow beside writing.
pub fn terms(fields: &[(Field, &str)]) -> Terms {
    let mut out = Terms::default();
    let mut whole = String::new();
    for (field, text) in fields {
        let text: String = text.chars().take(search::BODY).collect();
        whole.push_str(&text);
        whole.push('\u{1f}');
        let mut here: BTreeMap<String, i64> = BTreeMap::new();
        let leveled = level(&text);
        for run in search::runs(&leveled) {
            match run {
                Run::Han(run) => han_terms(run, field.keeps_singles(), &mut here),
                Run::Word(word) => latin_terms(word, &mut here, &mut out.vocabulary),
            }
        }
        // a word of a short text says more about it
        let share = field.weight() * 100 / (30 + here.len() as i64);
        for (term, worth) in here {
            *out.weights.entry(term).or_default() += (share * worth / 4).max(1);
        }
    }
    out.digest = sha256(&whole);
    if out.weights.len() > search::MOST_TERMS {
        let mut all: Vec<(String, i64)> = std::mem::take(&mut out.weights).into_iter().collect();
        all.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        out.weights = all.into_iter().take(search::MOST_TERMS).collect();
    }
    out
}

/// In quarters: a word counts four, a pair two, a single character one.
fn han_terms(run: &str, singles: bool, here: &mut BTreeMap<String, i64>) {
    let mut keep = |term: &str, worth: i64| {
        let now = here.entry(term.into()).or_default();
        *now = (*now).max(worth);
    };
    for token in DICTIONARIES.jieba.cut_for_search(run, true) {
        keep(token.word, 4);
        // what a thing is stands last: 普洱茶 is tea, 茶几 is none
        let head = search::singles(token.word).last().filter(|_| singles);
        head.filter(|one| *one != token.word).into_iter().for_each(|one| keep(one, 3));
    }
    search::pairs(run).for_each(|pair| keep(pair, 2));
    if singles {
        search::singles(run).for_each(|one| keep(one, 1));
    }
}
fn latin_terms(word: &str, here: &mut BTreeMap<String, i64>, known: &mut BTreeSet<String>) {
    for part in [word].into_iter().chain(search::parts(word)) {
        let stem = search::stem(part);
        if !search::neighbours(&stem).is_empty() {
            known.insert(stem.clone());
        }
        here.insert(stem, 4);
    }
}

/// One word somebody looks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    pub term: String,
    /// Pieces of a Chinese word, in case documents were cut differently.
    pub pairs: Vec<String>,
    pub singles: Vec<String>,
    /// The beginning of a Latin word that may still be going on.
    pub begins: Option<String>,
    pub latin: bool,
}

pub fn needs(query: &str) -> Vec<Need> {
    let query: String = query.chars().take(100).collect();
    let leveled = level(&query);
    let mut out: Vec<Need> = Vec::new();
    for run in search::runs(&leveled) {
        match run {
            Run::Han(run) => {
                out.extend(DICTIONARIES.jieba.cut(run, true).iter().map(|t| han_need(t.word)));
            }
            Run::Word(word) => out.push(Need {
                term: search::stem(word),
                pairs: Vec::new(),
                singles: Vec::new(),
                begins: leveled.ends_with(word).then(|| word.to_string()),
                latin: true,
            }),
        }
    }
    let mut seen = BTreeSet::new();
    out.retain(|n| seen.insert(n.term.clone()));
    out.truncate(search::MOST_WORDS);
    out
}
fn han_need(word: &str) -> Need {
    let many = word.chars().nth(1).is_some();
    let pieces = |all: Vec<&str>| all.into_iter().filter(|_| many).map(String::from).collect();
    Need {
        term: word.into(),
        pairs: pieces(search::pairs(word).take(6).collect()),
        singles: pieces(search::singles(word).take(6).collect()),
        begins: None,
        latin: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_and_simplified_are_one() {
        let table =
            [("純棉四件套", "纯棉四件套"), ("護頸記憶枕", "护颈记忆枕"), ("鵝絨被", "鹅绒被")];
        for (hant, hans) in table {
            assert_eq!(needs(hant), needs(hans), "{hant}");
            let (a, b) = (terms(&[(Field::Title, hant)]), terms(&[(Field::Title, hans)]));
            assert_eq!(a.weights, b.weights, "{hant}");
        }
    }

    fn terms_of(title: &str) -> BTreeMap<String, i64> {
        terms(&[(Field::Title, title)]).weights
    }

    #[test]
    fn words_of_a_title() {
        let terms = terms(&[(Field::Title, "Carat钻石 煎锅28cm"), (Field::Body, "适合pancakes")]);
        for word in ["carat", "钻石", "煎锅", "28cm", "28", "cm", "锅", "pancake", "适合"] {
            assert!(terms.weights.contains_key(word), "{word} of {:?}", terms.weights);
        }
        assert!(terms.weights["carat"] > terms.weights["pancake"]);
        assert!(terms.vocabulary.contains("carat") && !terms.vocabulary.contains("28cm"));
        let (table, tea) = (terms_of("红木茶几"), terms_of("云南普洱茶"));
        assert!(tea["茶"] > 2 * table["茶"], "{tea:?} {table:?}");
        let many: String = ('\u{4e00}'..'\u{5200}').collect();
        assert_eq!(super::terms(&[(Field::Body, &many)]).weights.len(), search::MOST_TERMS);
        assert_eq!(needs("pan")[0].begins.as_deref(), Some("pan"));
        assert_eq!(needs("pan ")[0].begins.as_deref(), Some("pan"), "a blank is cut off");
    }
}
