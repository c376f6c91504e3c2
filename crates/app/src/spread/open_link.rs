//! Somebody opened a link: counted once a visit, and never the sharer's own.
use super::bind;
use super::known_visitor::Visitor;
use super::tables::{self, NewVisit, Opened};
use crate::community::tables_people;
use crate::community::who::Membership;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop, community};
use rules::base::{Id, Moment, id};
use rules::community::throttle;
use rules::spread::visit::{self, Channel};

#[derive(Clone, Debug)]
pub struct OpenLink {
    pub community: Id<id::Community>,
    pub link: Id<id::ShareLink>,
    pub visitor: Visitor,
    /// Whoever is signed in.
    pub account: Option<Id<id::Account>>,
    pub channel: Channel,
    /// The client's network address, for the throttle; not kept.
    pub address: String,
}

/// What became of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    Yes,
    /// The same visit goes on.
    Before,
    /// One's own link.
    Own,
    /// Whose link it was has gone.
    Ended,
    /// Too many from one address.
    TooMany,
}

crate::refusals! {
    NoSuchLink = "no_such_link",
    /// Another request of the same member was faster.
    Faster = "another_was_faster",
}

impl App {
    pub async fn open_link(&self, now: Moment, x: OpenLink) -> Result<Counted, Stop<Refused>> {
        self.db.write(now, move |tx| open(tx, &x)).await
    }
}

fn open(tx: &mut Tx<'_>, x: &OpenLink) -> Result<Counted, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let link = tables::link(tx, c, x.link)?.ok_or(Refused::NoSuchLink)?;
    if !link.active {
        return Ok(Counted::Ended);
    }
    let reader = match x.account {
        Some(account) => community::tables_house::member_of(tx, c, account)?,
        None => None,
    };
    let reader = reader.filter(|(_, m)| *m == Membership::Active).map(|(id, _)| id);
    let (visitor, mut w) = (x.visitor.hash(), Writes::default());
    if reader == Some(link.member) {
        tables::claim(&mut w, c, visitor, link.member, now);
        tx.run(w)?;
        return Ok(Counted::Own);
    }
    let before = tables::last_visit(tx, c, visitor)?;
    if before.is_some_and(|(id, at)| id == link.id && visit::goes_on(at, now)) {
        return Ok(Counted::Before);
    }
    let bucket = sha256(&format!("visit from {}", x.address));
    if !tables_people::tried(tx, &bucket, throttle::VISITS)? {
        return Ok(Counted::TooMany);
    }
    if let Some(member) = reader {
        tables::claim(&mut w, c, visitor, member, now);
    }
    let id = tx.mint();
    let new = NewVisit { id, link: link.id, visitor, member: reader, channel: x.channel };
    tables::add_visit(&mut w, c, &new, now);
    if let Some(member) = reader
        && tables::others(tx, c, visitor, member)? == 0
    {
        let seen = Opened { link: link.id, by: link.member, at: now };
        bind::take_over(tx, &mut w, (c, member), seen, Refused::Faster)?;
    }
    tx.run(w)?;
    Ok(Counted::Yes)
}
