//! The shop opens a red packet in a group: the money is set aside, the slots are drawn, and a card
//! stands in the talk, all at once.
use super::tables_packet::{self as tables, NewPacket};
use crate::community::who::Who;
use crate::community::{Card, audit_log, post_card, who};
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::facts::Fact;
use crate::jobs::{self, Kind};
use crate::ledger::Meets;
use crate::{App, Stop, facts, ledger};
use rules::base::{Id, Moment, id, secret};
use rules::community::message::MessageKind;
use rules::community::role::Right;
use rules::ledger::{Account, Event, Group};
use rules::spread::packet::{self, Needs, Plan, Split, Unfit};

#[derive(Clone, Debug)]
pub struct OpenPacket {
    pub who: Who,
    /// Minted into the form: sent twice, it is one packet. Its card in the talk has it too.
    pub id: Id<id::RedPacket>,
    pub group: Id<id::Group>,
    pub split: Split,
    pub total: i64,
    pub slots: i64,
    pub needs: Needs,
    pub hours: i64,
    pub wish: String,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchGroup = "no_such_group",
    /// Another packet carries this number.
    IdUsed = "id_taken",
    BadSum = "bad_sum",
    TooMuch = "too_much",
    BadSlots = "bad_slots",
    TooThin = "bad_sum_for_slots",
    TooThick = "bad_slot_size",
    BadHours = "bad_hours",
    WishTooLong = "wish_too_long",
    Faster = "changed_meanwhile",
}
impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::BadSum => Refused::BadSum,
            Unfit::TooMuch => Refused::TooMuch,
            Unfit::BadSlots => Refused::BadSlots,
            Unfit::TooThin => Refused::TooThin,
            Unfit::TooThick => Refused::TooThick,
            Unfit::BadHours => Refused::BadHours,
            Unfit::WishTooLong => Refused::WishTooLong,
        }
    }
}

/// What the draw is made of: for each slot the first 64 bits of SHA-256 over the seed, a colon
/// and the slot's place, counted from 0. Whoever knows the seed can do it again.
pub fn chance(seed: &str, slots: i64) -> Vec<u64> {
    let one = |i: i64| {
        let digest = sha256(&format!("{seed}:{i}"));
        u64::from_str_radix(&digest[..16], 16).unwrap_or(0)
    };
    (0..slots).map(one).collect()
}

impl App {
    pub async fn open_packet(&self, now: Moment, cmd: OpenPacket) -> Result<(), Stop<Refused>> {
        let seed = secret::hex(&self.chance.bytes::<32>());
        self.db.write(now, move |tx| open(tx, &cmd, &seed)).await
    }
}

fn open(tx: &mut Tx<'_>, o: &OpenPacket, seed: &str) -> Result<(), Stop<Refused>> {
    let (c, now) = (o.who.community, tx.now());
    let who = who::member_is(tx, c, o.who.member)?.filter(|w| w.rights.may(Right::Money));
    let who = who.ok_or(Refused::NotAllowed)?;
    if let Some(known) = tables::packet(tx, c, o.id)? {
        let same = known.by == who.member && known.group == o.group;
        return if same { Ok(()) } else { Err(Refused::IdUsed.into()) };
    }
    let plan = Plan::of(o.split, o.total, o.slots).map_err(Refused::from)?;
    let until = packet::until(now, o.hours).map_err(Refused::from)?;
    let wish = packet::wish(&o.wish).map_err(Refused::from)?;
    let (amounts, seed_hash) = (plan.draw(&chance(seed, o.slots)), sha256(seed));

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let new = NewPacket {
        id: o.id,
        group: o.group,
        by: who.member,
        wish: &wish,
        plan,
        needs: o.needs,
        seed,
        seed_hash: &seed_hash,
        until,
        amounts: &amounts,
    };
    tables::open(tx, &mut w, c, &new, Refused::Faster);
    let parts = ledger::single(Account::Promotion, Account::RedPacket(o.id), plan.total());
    let group =
        Group { id: o.id.as_id(), event: Event::PacketFunded, cause: o.id.raw(), at: now, parts };
    ledger::posted(&mut w, c, &group, Meets { short: Refused::Faster, twice: Refused::Faster });
    jobs::later(&mut w, c, Kind::EndPacket, o.id.raw(), until);
    tell(tx, &mut w, o, plan);
    let card = Card {
        group: o.group,
        id: o.id.as_id(),
        member: who.member,
        kind: MessageKind::RedPacket,
        body: &wish,
    };
    if !post_card(tx, &mut w, c, &card, Refused::Faster)? {
        return Err(Refused::NoSuchGroup.into());
    }
    tx.run(w)
}

fn tell(tx: &Tx<'_>, w: &mut Writes<Refused>, o: &OpenPacket, plan: Plan) {
    let (c, actor, subject) = (o.who.community, o.who.member, o.id.raw());
    let (total, slots) = (plan.total(), plan.slots());
    let body = format!(r#"{{"group":{},"total":{total},"slots":{slots}}}"#, o.group.raw());
    let fact = Fact { kind: "packet_opened", subject, actor: Some(actor), body: &body };
    facts::write(tx, w, c, fact);
    let became = format!("{total} / {slots}");
    let what = "open_packet";
    let deed = audit_log::Deed { actor, what, subject, was: "", became: &became, reason: "" };
    audit_log::write(tx, w, c, deed);
}
