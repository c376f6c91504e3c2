//! The owner sets the ladder: its tiers, and how long one is kept after its growth is gone.
use super::tables_tier as tables;
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Kind};
use crate::{App, Stop, facts};
use rules::base::Moment;
use rules::community::role::Right;
use rules::loyalty::tier::{self, BadLadder, Terms, Tier};

#[derive(Clone, Debug)]
pub struct SetTiers {
    pub who: Who,
    /// The version the form was made from; zero: there was none.
    pub version: i64,
    pub grace_days: i64,
    /// The whole ladder in any order; a tier that is not named any more is closed. New ones have
    /// numbers minted into the form.
    pub tiers: Vec<Tier>,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    TooMany = "too_many_tiers",
    BadName = "bad_name",
    SameName = "bad_same_name",
    BadGrowth = "bad_growth",
    BadOff = "bad_off",
    SameGrowth = "bad_same_growth",
    Worse = "bad_order_of_tiers",
    BadGrace = "bad_grace",
    ChangedMeanwhile = "changed_meanwhile",
}

impl From<BadLadder> for Refused {
    fn from(bad: BadLadder) -> Self {
        match bad {
            BadLadder::TooMany => Refused::TooMany,
            BadLadder::Name => Refused::BadName,
            BadLadder::SameName => Refused::SameName,
            BadLadder::Growth => Refused::BadGrowth,
            BadLadder::Off => Refused::BadOff,
            BadLadder::SameGrowth => Refused::SameGrowth,
            BadLadder::Worse => Refused::Worse,
            BadLadder::Grace => Refused::BadGrace,
        }
    }
}

impl App {
    pub async fn set_tiers(&self, now: Moment, s: SetTiers) -> Result<(), Stop<Refused>> {
        if !s.who.rights.may(Right::Campaigns) {
            return Err(Refused::NotAllowed.into());
        }
        let terms: Vec<Terms> = s.tiers.iter().map(|t| t.terms.clone()).collect();
        let clean = tier::ladder(&terms, s.grace_days).map_err(Refused::from)?;
        let tiers = s.tiers.iter().zip(clean);
        let tiers = tiers.map(|(t, terms)| Tier { id: t.id, terms }).collect();
        let s = SetTiers { tiers, ..s };
        self.db.write(now, move |tx| set(tx, &s)).await
    }
}

fn set(tx: &mut Tx<'_>, s: &SetTiers) -> Result<(), Stop<Refused>> {
    let (c, now) = (s.who.community, tx.now());
    let (before, stored) = (tables::ladder(tx, c)?, tables::tiers(tx, c)?);
    let same = stored.len() == s.tiers.len() && stored.iter().all(|t| s.tiers.contains(t));
    match before {
        // the same ladder sent twice
        Some(l) if same && l.grace_days == s.grace_days => return Ok(()),
        Some(l) if l.version != s.version => return Err(Refused::ChangedMeanwhile.into()),
        None if s.version != 0 => return Err(Refused::ChangedMeanwhile.into()),
        _ => {}
    }

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let other = Refused::ChangedMeanwhile;
    tables::set_ladder(&mut w, c, (s.grace_days, s.version), now, other);
    for old in stored.iter().filter(|old| s.tiers.iter().all(|t| t.id != old.id)) {
        tables::close(&mut w, c, old.id, other);
    }
    for t in &s.tiers {
        match stored.iter().any(|old| old.id == t.id) {
            true => tables::change(&mut w, c, t, other),
            false => tables::add(&mut w, c, t, now, other),
        }
    }
    jobs::afresh(&mut w, c, Kind::CountTiers, c.raw(), now);
    let (subject, actor) = (c.raw(), Some(s.who.member));
    facts::write(tx, &mut w, c, Fact { kind: "tiers_set", subject, actor, body: "{}" });
    tx.run(w)
}
