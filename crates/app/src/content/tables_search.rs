//! Writes of the search tables. A document is written whole, and only when its words changed.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, id};
use rules::content::search::{self, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// What a document is found by.
#[derive(Clone, Default, Debug)]
pub struct Terms {
    /// Tells whether the words changed since they were last kept.
    pub(super) digest: String,
    pub(super) weights: BTreeMap<String, i64>,
    /// Latin words, for the tolerance of typing mistakes.
    pub(super) vocabulary: BTreeSet<String>,
}

const SAME: &str = "SELECT 1 FROM search_doc
    WHERE community_id = $1 AND kind = $2 AND doc_id = $3 AND digest = $4";
const CLEAR: &str = "DELETE FROM search_term
    WHERE community_id = $1 AND kind = $2 AND doc_id = $3";
const TERM: &str = "INSERT INTO search_term (community_id, term, kind, doc_id, weight)
    VALUES ($1,$2,$3,$4,$5)
    ON CONFLICT (community_id, term, kind, doc_id) DO UPDATE SET weight = $5";
const NEAR: &str = "INSERT INTO search_near (community_id, near, word) VALUES ($1,$2,$3)
    ON CONFLICT DO NOTHING";
const DOC: &str = "INSERT INTO search_doc (community_id, kind, doc_id, digest)
    VALUES ($1,$2,$3,$4) ON CONFLICT (community_id, kind, doc_id) DO UPDATE SET digest = $4";
const NO_DOC: &str = "DELETE FROM search_doc
    WHERE community_id = $1 AND kind = $2 AND doc_id = $3";
const KNOWN: &str = "SELECT 1 FROM search_near
    WHERE community_id = $1 AND near = $2 AND word = $2";

type C = Id<id::Community>;

pub(super) fn index<R>(
    rx: &mut Rx<'_>,
    w: &mut Writes<R>,
    c: C,
    kind: Kind,
    doc: i64,
    terms: &Terms,
) -> Result<(), Fault> {
    if rx.one(SAME, p![c, kind.code(), doc, &terms.digest], |_| ())?.is_some() {
        return Ok(());
    }
    w.put(CLEAR, p![c, kind.code(), doc]);
    for (term, weight) in &terms.weights {
        w.put(TERM, p![c, term.as_bytes(), kind.code(), doc, *weight]);
    }
    for word in &terms.vocabulary {
        if rx.one(KNOWN, p![c, word.as_bytes()], |_| ())?.is_none() {
            for near in search::neighbours(word) {
                w.put(NEAR, p![c, near.as_bytes(), word.as_bytes()]);
            }
        }
    }
    w.put(DOC, p![c, kind.code(), doc, &terms.digest]);
    Ok(())
}
pub(super) fn unindex<R>(w: &mut Writes<R>, c: C, kind: Kind, doc: i64) {
    w.put(CLEAR, p![c, kind.code(), doc]);
    w.put(NO_DOC, p![c, kind.code(), doc]);
}
