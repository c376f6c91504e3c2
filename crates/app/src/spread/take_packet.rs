//! A member takes a slot of a red packet: its amount goes into their wallet, once.
use super::tables_packet as tables;
use crate::community::refresh_card;
use crate::community::who::{self, Who};
use crate::db::{Fault, Rx, Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Kind};
use crate::ledger::Meets;
use crate::{App, Stop, facts, ledger};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket, Event, Group};
use rules::spread::packet::{self, Barred, State, Taker};

#[derive(Clone, Copy, Debug)]
pub struct TakePacket {
    pub who: Who,
    pub packet: Id<id::RedPacket>,
}

/// What a slot held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    pub slot: i64,
    pub amount: i64,
    pub at: Moment,
}

crate::refusals! {
    NotAMember = "not_a_member",
    NoSuchPacket = "no_such_packet",
    NotIn = "not_in_group",
    /// It is the shop's money: who works for the shop takes none of it.
    Staff = "staff_take_none",
    TooNew = "too_new_here",
    NotABuyer = "not_a_buyer",
    /// Every slot is taken.
    AllTaken = "all_taken",
    Over = "packet_over",
    /// The same tap twice at one moment; asked once more by itself.
    Twice = "twice",
}
impl From<Barred> for Refused {
    fn from(b: Barred) -> Refused {
        match b {
            Barred::NotIn => Refused::NotIn,
            Barred::Staff => Refused::Staff,
            Barred::TooNew => Refused::TooNew,
            Barred::NotABuyer => Refused::NotABuyer,
        }
    }
}

impl App {
    /// Taking twice is taking once: the second answer is the first one.
    pub async fn take_packet(&self, now: Moment, t: TakePacket) -> Result<Taken, Stop<Refused>> {
        let run = move |tx: &mut Tx<'_>| take(tx, t);
        match self.db.write(now, run).await {
            // the loser gives the winner's answer
            Err(Stop::Refused(Refused::Twice)) => self.db.write(now, run).await,
            out => out,
        }
    }
    /// Why a member cannot take a share of it now; and from when on they can, where it is only a
    /// matter of time.
    pub async fn packet_barred(
        &self,
        now: Moment,
        who: Who,
        packet: Id<id::RedPacket>,
    ) -> Result<Option<(Refused, Option<Moment>)>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let c = who.community;
            let Some(known) = tables::packet(rx, c, packet)? else { return Ok(None) };
            let taker = taker(rx, &who, known.group)?;
            let barred = packet::barred(known.needs, taker, now);
            let from = taker.joined_at.map(packet::day_over);
            Ok(barred.map(|b| (Refused::from(b), from.filter(|_| b == Barred::TooNew))))
        };
        self.db.read(read).await
    }
}

fn taker(rx: &mut Rx<'_>, who: &Who, group: Id<id::Group>) -> Result<Taker, Fault> {
    Ok(Taker {
        staff: who.rights.any(),
        joined_at: tables::joined(rx, who.community, group, who.member)?,
        bought: tables::bought(rx, who.community, who.member)?,
    })
}

fn take(tx: &mut Tx<'_>, t: TakePacket) -> Result<Taken, Stop<Refused>> {
    let (c, id, member, now) = (t.who.community, t.packet, t.who.member, tx.now());
    let who = who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
    let known = tables::packet(tx, c, id)?.ok_or(Refused::NoSuchPacket)?;
    if let Some((slot, amount, at)) = tables::mine(tx, c, id, member)? {
        return Ok(Taken { slot, amount, at });
    }
    let taker = taker(tx, &who, known.group)?;
    if let Some(barred) = packet::barred(known.needs, taker, now) {
        return Err(Refused::from(barred).into());
    }
    // after this point it must succeed, unless another was faster
    let Some((slot, last)) = tables::next(tx, c, id)? else {
        // another look: what the first one saw may have moved, by our own other tap too
        if let Some((slot, amount, at)) = tables::mine(tx, c, id, member)? {
            return Ok(Taken { slot, amount, at });
        }
        let known = tables::packet(tx, c, id)?.ok_or(Refused::NoSuchPacket)?;
        let all = known.state == State::Finished;
        return Err(if all { Refused::AllTaken } else { Refused::Over }.into());
    };
    let (number, amount) = tables::take(tx, c, (id, slot), member)?.ok_or(Refused::Twice)?;
    let mut w = Writes::default();
    let wallet = Account::Wallet(member, Bucket::RedPacket);
    let parts = ledger::single(Account::RedPacket(id), wallet, amount);
    let group = Group { id: number, event: Event::PacketTaken, cause: id.raw(), at: now, parts };
    ledger::posted(&mut w, c, &group, Meets { short: Refused::AllTaken, twice: Refused::Twice });
    if last {
        jobs::cancel(&mut w, c, Kind::EndPacket, id.raw());
    }
    let body = format!(r#"{{"amount":{amount},"slot":{slot}}}"#);
    let (subject, actor) = (id.raw(), Some(member));
    facts::write(tx, &mut w, c, Fact { kind: "packet_taken", subject, actor, body: &body });
    refresh_card(tx, &mut w, c, known.group, id.as_id())?;
    tx.run(w)?;
    Ok(Taken { slot, amount, at: now })
}
