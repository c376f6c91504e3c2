//! Find posts and products by words.
use super::Reader;
use super::views::{PAGE, PostCard, ProductCard, posts, products};
use super::words::{self, Need};
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, id};
use rules::content::search::{self, Found, Kind};
use std::collections::HashMap;

type C = Id<id::Community>;

/// Of a word that more documents have, the newest of them are looked at, and all that have a rarer
/// word of the query.
const LOOKED_AT: i64 = 3_000;
const CORRECTIONS: usize = 5;

const EXACT: &str = "SELECT doc_id, weight FROM search_term
    WHERE community_id = $1 AND term = $2 AND kind = $3 ORDER BY doc_id DESC LIMIT $4";
const BEGINS: &str = "SELECT doc_id, weight FROM search_term
    WHERE community_id = $1 AND term >= $2 AND term < $5 AND kind = $3 LIMIT $4";
const BESIDE: &str = "SELECT a.doc_id, a.weight FROM search_term b JOIN search_term a
    ON a.community_id = b.community_id AND a.term = $5 AND a.kind = b.kind AND a.doc_id = b.doc_id
    WHERE b.community_id = $1 AND b.term = $2 AND b.kind = $3 LIMIT $4";
const NEAR: &str = "SELECT word FROM search_near WHERE community_id = $1 AND near = $2
    ORDER BY word LIMIT 20";

/// Documents found so far, each with what it has of every word.
struct Finding<'n> {
    needs: &'n [Need],
    docs: HashMap<i64, Vec<Found>>,
    /// How many documents have each word.
    seen: Vec<i64>,
}

impl<'n> Finding<'n> {
    fn new(needs: &'n [Need]) -> Self {
        Finding { needs, docs: HashMap::new(), seen: vec![0; needs.len()] }
    }
    fn add(&mut self, need: usize, rows: &[(i64, i64)], how: impl Fn(&mut Found, i64)) {
        for (doc, weight) in rows {
            let found = self.docs.entry(*doc).or_insert_with(|| {
                let blank = |n: &Need| Found {
                    pairs: (0, n.pairs.len() as i64),
                    singles: (0, n.singles.len() as i64),
                    ..Found::default()
                };
                self.needs.iter().map(blank).collect()
            });
            how(&mut found[need], *weight);
        }
    }
    /// Documents that have every word, one way or another.
    fn whole(&self) -> usize {
        let has = |f: &Found| f.exact.max(f.prefix).max(f.near) > 0;
        self.docs.values().filter(|all| all.iter().all(has)).count()
    }
    fn best(self, most: usize) -> Vec<i64> {
        let seen = self.seen;
        let mut all: Vec<(i64, i64)> = self
            .docs
            .into_iter()
            .map(|(doc, found)| {
                let found: Vec<_> = found.into_iter().zip(seen.iter().copied()).collect();
                (search::score(&found), doc)
            })
            .collect();
        all.sort_unstable_by_key(|x| std::cmp::Reverse(*x));
        let floor = search::floor(all.first().map_or(0, |(score, _)| *score));
        all.into_iter().take_while(|(s, _)| *s >= floor).map(|(_, d)| d).take(most).collect()
    }
}

fn pair(r: Row<'_>) -> (i64, i64) {
    (r.int(0), r.int(1))
}
fn exact(rx: &mut Rx<'_>, c: C, kind: Kind, term: &str) -> Result<Vec<(i64, i64)>, Fault> {
    rx.all(EXACT, p![c, term.as_bytes(), kind.code(), LOOKED_AT], pair)
}
fn begins(rx: &mut Rx<'_>, c: C, kind: Kind, term: &str) -> Result<Vec<(i64, i64)>, Fault> {
    let mut end = term.as_bytes().to_vec();
    // no byte of UTF-8 is 255, so the next one is a bound
    let Some(last) = end.last_mut() else { return Ok(Vec::new()) };
    *last += 1;
    let args = p![c, term.as_bytes(), kind.code(), LOOKED_AT, end.as_slice()];
    rx.all(BEGINS, args, pair)
}
/// Words of this community one typing mistake away.
fn corrections(rx: &mut Rx<'_>, c: C, term: &str) -> Result<Vec<String>, Fault> {
    let mut out: Vec<String> = Vec::new();
    for near in search::neighbours(term) {
        for word in rx.all(NEAR, p![c, near.as_bytes()], |r| r.bytes(0))? {
            let word = String::from_utf8_lossy(&word).into_owned();
            if out.len() < CORRECTIONS && !out.contains(&word) && search::one_mistake(term, &word) {
                out.push(word);
            }
        }
    }
    Ok(out)
}

/// Words as they are, as they begin, and as they may have been meant.
fn by_words(rx: &mut Rx<'_>, c: C, kind: Kind, f: &mut Finding<'_>) -> Result<(), Fault> {
    let mut lengths = Vec::new();
    for (i, need) in f.needs.iter().enumerate() {
        let mut rows = exact(rx, c, kind, &need.term)?;
        f.add(i, &rows, |found, weight| found.exact = weight);
        lengths.push(rows.len() as i64);
        if let Some(start) = need.begins.as_ref().filter(|s| s.len() > 1) {
            let some = begins(rx, c, kind, start)?;
            f.add(i, &some, |found, weight| found.prefix = found.prefix.max(weight));
            rows.extend(some);
        }
        if need.latin && rows.is_empty() {
            for word in corrections(rx, c, &need.term)? {
                let some = exact(rx, c, kind, &word)?;
                f.add(i, &some, |found, weight| found.near = found.near.max(weight));
                rows.extend(some);
            }
        }
        f.seen[i] = rows.len() as i64;
    }
    // a common word was only looked at in part: complete it where a rarer one was found
    let rarest = (0..lengths.len()).filter(|i| lengths[*i] > 0).min_by_key(|i| lengths[*i]);
    let Some(rare) = rarest.filter(|i| lengths[*i] < LOOKED_AT) else { return Ok(()) };
    for i in (0..lengths.len()).filter(|i| lengths[*i] >= LOOKED_AT) {
        let (term, beside) = (f.needs[rare].term.as_bytes(), f.needs[i].term.as_bytes());
        let rows = rx.all(BESIDE, p![c, term, kind.code(), LOOKED_AT, beside], pair)?;
        f.add(i, &rows, |found, weight| found.exact = weight);
    }
    Ok(())
}

/// Chinese words in pieces, for documents that were cut differently.
fn by_pieces(rx: &mut Rx<'_>, c: C, kind: Kind, f: &mut Finding<'_>) -> Result<(), Fault> {
    for (i, need) in f.needs.iter().enumerate() {
        for piece in &need.pairs {
            let rows = exact(rx, c, kind, piece)?;
            f.add(i, &rows, |found, weight| {
                found.pairs.0 += 1;
                found.pieces += weight;
            });
        }
        for piece in &need.singles {
            let rows = exact(rx, c, kind, piece)?;
            f.add(i, &rows, |found, weight| {
                found.singles.0 += 1;
                found.pieces += weight;
            });
        }
    }
    Ok(())
}

fn found(
    rx: &mut Rx<'_>,
    c: C,
    kind: Kind,
    needs: &[Need],
    most: usize,
) -> Result<Vec<i64>, Fault> {
    let mut finding = Finding::new(needs);
    by_words(rx, c, kind, &mut finding)?;
    if finding.whole() < most {
        by_pieces(rx, c, kind, &mut finding)?;
    }
    Ok(finding.best(most))
}

impl App {
    /// Products, best first. Also for suggestions while somebody types: ask for few.
    pub async fn search_products(
        &self,
        c: C,
        typed: &str,
        most: usize,
    ) -> Result<Vec<ProductCard>, Fault> {
        let needs = words::needs(typed);
        self.db
            .read(move |rx| {
                let ids = found(rx, c, Kind::Product, &needs, most.min(200))?;
                let ids: Vec<_> = ids.into_iter().map(Id::<id::Product>::of).collect();
                products(rx, c, &ids)
            })
            .await
    }
    /// Posts the reader may see, best first.
    pub async fn search_posts(
        &self,
        c: C,
        typed: &str,
        reader: Reader,
        most: usize,
    ) -> Result<Vec<PostCard>, Fault> {
        let needs = words::needs(typed);
        self.db
            .read(move |rx| {
                let ids = found(rx, c, Kind::Post, &needs, 200)?;
                let ids: Vec<_> = ids.into_iter().map(Id::<id::Post>::of).collect();
                let mut out = Vec::new();
                for some in ids.chunks(PAGE) {
                    out.extend(posts(rx, c, some, &reader)?);
                    if out.len() >= most {
                        break;
                    }
                }
                out.truncate(most);
                Ok(out)
            })
            .await
    }
    /// Reads the dictionaries of search now; call it once at start, from a thread that may block.
    pub fn warm_up_search() {
        words::warm_up();
    }
}
