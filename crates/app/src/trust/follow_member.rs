//! Follow another member, or stop; who follow each other are friends.
use super::tables_ties as tables;
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::reach::{self, Notice};
use crate::{App, Stop, p};
use rules::base::{Id, Moment, id};
use rules::reach::notice::Kind;
use rules::trust::tie::{FOLLOWS, Why};

#[derive(Clone, Copy, Debug)]
pub struct FollowMember {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub other: Id<id::Member>,
    /// What it shall be, not a switch: a repeated form does not undo itself.
    pub follow: bool,
}

crate::refusals! {
    NotAMember = "not_a_member",
    NoSuchMember = "no_such_member",
    Oneself = "oneself",
    TooMany = "too_many_follows",
}

impl App {
    pub async fn follow_member(&self, now: Moment, f: FollowMember) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| follow(tx, &f)).await
    }
}

fn follow(tx: &mut Tx<'_>, f: &FollowMember) -> Result<(), Stop<Refused>> {
    let (c, now) = (f.community, tx.now());
    let me = who::member_is(tx, c, f.by)?.ok_or(Refused::NotAMember)?;
    if f.by == f.other {
        return Err(Refused::Oneself.into());
    }
    // one may stop following somebody who has left
    if f.follow {
        who::member_is(tx, c, f.other)?.ok_or(Refused::NoSuchMember)?;
        if tables::follows(tx, c, f.by)? >= FOLLOWS {
            return Err(Refused::TooMany.into());
        }
    }
    let why = Why::Follow.code();
    let touched = match f.follow {
        true => tx.exec(tables::TIE, p![c, me.member, f.other, why, now])?,
        false => tx.exec(tables::UNTIE, p![c, me.member, f.other, why])?,
    };
    if touched == 0 {
        return Ok(());
    }
    let mut w: Writes<Refused> = Writes::default();
    let kind = if f.follow { "member_followed" } else { "member_unfollowed" };
    let (subject, actor) = (f.other.raw(), Some(f.by));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    if f.follow {
        let notice = Notice { kind: Kind::Followed, subject: f.by.raw(), actor, args: &[] };
        reach::notify(tx, &mut w, c, f.other, notice)?;
    }
    tx.run(w)
}
