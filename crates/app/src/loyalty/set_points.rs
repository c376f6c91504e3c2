//! Whether a community gives points, how many, what they are worth, when they come and when they
//! end; and corrections by hand.
use super::move_points::{book, ends, into, out_of, settle};
use super::tables_points::{self as tables, Change, NewLot};
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::moderation;
use rules::community::role::Right;
use rules::loyalty::lots::{Kind, Lot, Moved};
use rules::loyalty::points::{self, MOST, Terms, Unfit};

crate::refusals! {
    NotAllowed = "not_allowed",
    Rate = "points_rate_unfit",
    Worth = "points_worth_unfit",
    Cap = "points_cap_unfit",
    Release = "points_release_unfit",
    Expiry = "points_expiry_unfit",
    /// Say why, in at most 200 characters.
    BadReason = "bad_reason",
    BadPoints = "bad_points",
    NoSuchMember = "no_such_member",
    /// A correction takes no more than is there.
    TooFew = "too_few_points",
    Moved = "moved",
}
impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::Rate => Refused::Rate,
            Unfit::Worth => Refused::Worth,
            Unfit::Cap => Refused::Cap,
            Unfit::Release => Refused::Release,
            Unfit::Expiry => Refused::Expiry,
        }
    }
}

#[derive(Clone, Debug)]
pub struct CorrectPoints {
    pub who: Who,
    /// Minted into the form: sending it twice is one correction.
    pub id: Id<id::PointChange>,
    pub member: Id<id::Member>,
    /// Below zero: fewer.
    pub points: i64,
    pub reason: String,
}

fn told(t: Terms) -> String {
    let (on, release, expiry) = (if t.on { "on" } else { "off" }, t.release, t.expiry);
    format!(
        "{on} {} per 100, 100 are {}, cap {} %, {} {}, {} {}",
        t.rate,
        t.worth,
        t.cap,
        release.code(),
        release.days(),
        expiry.code(),
        expiry.number()
    )
}

impl App {
    /// What was earned before keeps the terms of its day.
    pub async fn set_points(
        &self,
        now: Moment,
        who: Who,
        terms: Terms,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| set(tx, who, terms)).await
    }
    pub async fn correct_points(&self, now: Moment, x: CorrectPoints) -> Result<(), Stop<Refused>> {
        if !x.who.rights.may(Right::Money) {
            return Err(Refused::NotAllowed.into());
        }
        let reason = moderation::reason(&x.reason).map_err(|_| Refused::BadReason)?;
        if x.points == 0 || x.points.saturating_abs() > MOST {
            return Err(Refused::BadPoints.into());
        }
        let x = CorrectPoints { reason, ..x };
        self.db.write(now, move |tx| correct(tx, &x)).await
    }
}

fn set(tx: &mut Tx<'_>, who: Who, terms: Terms) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let by = who::member_is(tx, c, who.member)?;
    let by = by.filter(|w| w.rights.may(Right::Campaigns)).ok_or(Refused::NotAllowed)?;
    points::check(terms).map_err(Refused::from)?;
    let old = tables::terms(tx, c)?;
    // after this point it must succeed
    let mut w: Writes<Refused> = Writes::default();
    tables::set_terms(&mut w, c, terms);
    let (was, became) = (told(old), told(terms));
    let (actor, subject, what) = (by.member, c.raw(), "set_points");
    let deed = Deed { actor, what, subject, was: &was, became: &became, reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    let (kind, actor) = ("points_terms_set", Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}

fn correct(tx: &mut Tx<'_>, x: &CorrectPoints) -> Result<(), Stop<Refused>> {
    let (c, now, member) = (x.who.community, tx.now(), x.member);
    who::member_is(tx, c, member)?.ok_or(Refused::NoSuchMember)?;
    if tables::changed(tx, c, x.id)? {
        return Ok(());
    }
    let terms = tables::terms(tx, c)?;
    let was = tables::open(tx, c, member, None)?;
    if tables::changed(tx, c, x.id)? {
        // it was made while this one waited for the account
        return Ok(());
    }
    let mut is = was.clone();
    let gone = is.expire(now);
    let mut w = Writes::default();
    let parts = if x.points > 0 {
        let (lot, earned) = (tx.mint(), x.points);
        let (order, goods, counting, at) = (None, 0, (0, 0), now);
        let new = NewLot { id: lot, member, order, terms, goods, counting, earned, at };
        tables::insert(&mut w, c, &new, Refused::Moved);
        let ends = ends(tx, c, terms.expiry)?;
        into(member, is.grant(Lot::new(lot, now, ends), x.points))
    } else {
        if !is.correct_down(-x.points) {
            return Err(Refused::TooFew.into());
        }
        out_of(member, Moved { points: -x.points, owed: 0 })
    };
    // after this point it must succeed, unless another was faster
    let (kind, order, by) = (Kind::Corrected, None, Some(x.who.member));
    let (points, reason) = (x.points, x.reason.as_str());
    let change = Change { id: x.id, member, kind, order, points, reason, by };
    book(tx, &mut w, c, &change, parts, Refused::Moved);
    settle(tx, &mut w, c, member, (&was, &is), gone, Refused::Moved);
    let (before, after) = (was.balance() - gone, is.balance());
    let deed = Deed {
        actor: x.who.member,
        what: "correct_points",
        subject: member.raw(),
        was: &before.to_string(),
        became: &after.to_string(),
        reason,
    };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)
}
