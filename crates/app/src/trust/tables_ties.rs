//! Writes of ties and consents, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::trust::tie::{Consent, Why};

type C = Id<id::Community>;
type M = Id<id::Member>;

pub(super) const TIE: &str = "INSERT INTO tie (community_id, member_id, other_id, why, at)
    VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING";
pub(super) const UNTIE: &str = "DELETE FROM tie WHERE community_id = $1 AND member_id = $2
    AND other_id = $3 AND why = $4";
const COUNT: &str = "SELECT count(*) FROM tie
    WHERE community_id = $1 AND member_id = $2 AND why = 'follow'";
const CONSENT: &str = "INSERT INTO consent (community_id, member_id, what, given, at)
    VALUES ($1,$2,$3,$4,$5)
    ON CONFLICT (community_id, member_id, what) DO UPDATE SET given = $4, at = $5";
const FORGET: &str = "DELETE FROM tie WHERE community_id = $1 AND member_id = $2";
const FORGET_OTHERS: &str = "DELETE FROM tie WHERE community_id = $1 AND other_id = $2";
const FORGET_CONSENT: &str = "DELETE FROM consent WHERE community_id = $1 AND member_id = $2";

pub(super) fn follows(rx: &mut Rx<'_>, c: C, member: M) -> Result<i64, Fault> {
    Ok(rx.one(COUNT, p![c, member], |r| r.int(0))?.unwrap_or(0))
}
/// One brought the other: they know each other, in both directions.
pub(crate) fn brought<R>(w: &mut Writes<R>, c: C, (a, b): (M, M), at: Moment) {
    for (a, b) in [(a, b), (b, a)] {
        w.put(TIE, p![c, a, b, Why::Referral.code(), at]);
    }
}
pub(super) fn set_consent<R>(w: &mut Writes<R>, c: C, member: M, of: (Consent, bool), at: Moment) {
    w.put(CONSENT, p![c, member, of.0.code(), of.1, at]);
}
/// Somebody closed their account: nobody knows them any more.
pub(crate) fn forget<R>(w: &mut Writes<R>, c: C, member: M) {
    for sql in [FORGET, FORGET_OTHERS, FORGET_CONSENT] {
        w.put(sql, p![c, member]);
    }
}
