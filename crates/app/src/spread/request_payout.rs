//! A member asks for available commission: it is reserved at once, and a person makes the transfer.
use super::tables_payout::{self as tables, NewPayout, Payout};
use crate::community::second_factor::{self, Looked, Proof};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::ledger::{self, Meets};
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket, Event, Group, Part};
use rules::spread::payout::{self, Unfit};

#[derive(Clone, Debug)]
pub struct RequestPayout {
    pub who: Who,
    /// Minted into the form: sent twice, it is one payout.
    pub id: Id<id::Payout>,
    pub amount: i64,
    /// Whose account it is.
    pub payee: String,
    /// Bank and number, or the name of an account elsewhere.
    pub destination: String,
    /// Of the second factor.
    pub code: String,
}

crate::refusals! {
    NotAMember = "not_a_member",
    IdUsed = "id_used_for_another_payout",
    BadAmount = "bad_amount",
    BadDestination = "bad_destination",
    BelowLeast = "below_least_payout",
    AlreadyOpen = "payout_open",
    NotEnough = "not_enough_commission",
    /// Set one up first.
    NoSecondFactor = "second_factor_needed",
    /// It was set up a few days ago, and has to rest.
    NewSecondFactor = "second_factor_new",
    TooMany = "too_many_tries",
    WrongCode = "wrong_code",
}

impl From<Unfit> for Refused {
    fn from(no: Unfit) -> Refused {
        match no {
            Unfit::Amount => Refused::BadAmount,
            Unfit::BelowLeast => Refused::BelowLeast,
            Unfit::NotEnough => Refused::NotEnough,
        }
    }
}

impl App {
    pub async fn request_payout(&self, now: Moment, r: RequestPayout) -> Result<(), Stop<Refused>> {
        let (asked, account) = (r.clone(), r.who.account);
        // everything else first: a code is not wasted on a form that is refused anyway
        if self.db.write(now, move |tx| fits(tx, &asked)).await?.is_none() {
            return Ok(());
        }
        let proof = match self.look_at_code(now, account, r.code.clone()).await? {
            Looked::Good(proof) => proof,
            Looked::Wrong => return Err(Refused::WrongCode.into()),
            Looked::TooMany => return Err(Refused::TooMany.into()),
            Looked::None => return Err(Refused::NoSecondFactor.into()),
        };
        self.db.write(now, move |tx| request(tx, &r, &proof)).await
    }
}

/// Payee and destination as they are kept, and the fee; none: this very payout was asked for.
type Fit = Option<((String, String), i64)>;

fn fits(tx: &mut Tx<'_>, r: &RequestPayout) -> Result<Fit, Stop<Refused>> {
    let (c, member) = (r.who.community, r.who.member);
    if let Some(before) = tables::payout(tx, c, r.id)? {
        let same = before.member == member && before.amount == r.amount;
        return if same { Ok(None) } else { Err(Refused::IdUsed.into()) };
    }
    who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
    if r.amount <= 0 {
        return Err(Refused::BadAmount.into());
    }
    let to = payout::destination(&r.payee, &r.destination).ok_or(Refused::BadDestination)?;
    let (terms, left) = (tables::terms(tx, c)?, tables::available(tx, c, member)?);
    let fit = payout::ask(r.amount, terms, left);
    if fit == Err(Unfit::BelowLeast) {
        return Err(Refused::BelowLeast.into());
    }
    if tables::open_one(tx, c, member)?.is_some() {
        return Err(Refused::AlreadyOpen.into());
    }
    fit.map_err(Refused::from)?;
    let rested = second_factor::rested(tx, r.who.account)?.ok_or(Refused::NoSecondFactor)?;
    if tx.now() < rested {
        return Err(Refused::NewSecondFactor.into());
    }
    Ok(Some((to, terms.fee)))
}

fn request(tx: &mut Tx<'_>, r: &RequestPayout, proof: &Proof) -> Result<(), Stop<Refused>> {
    let Some(((payee, destination), fee)) = fits(tx, r)? else { return Ok(()) };
    let (c, at) = (r.who.community, tx.now());
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let (amount, member) = (r.amount, r.who.member);
    let new =
        NewPayout { id: r.id, member, amount, fee, payee: &payee, destination: &destination, at };
    tables::ask(&mut w, c, &new, Refused::AlreadyOpen);
    second_factor::use_up(&mut w, r.who.account, proof, at, Refused::WrongCode);
    let group = leaves(r.id, member, (amount, fee), at);
    let meets = Meets { short: Refused::NotEnough, twice: Refused::IdUsed };
    ledger::pending(&mut w, c, &group, meets);
    let body = format!("{{\"amount\":{amount},\"fee\":{fee}}}");
    let (subject, actor) = (r.id.raw(), Some(member));
    facts::write(tx, &mut w, c, Fact { kind: "payout_requested", subject, actor, body: &body });
    tx.run(w)
}

/// Out of the wallet, by hand, less what the shop keeps. Numbered by the payout.
fn leaves(
    id: Id<id::Payout>,
    member: Id<id::Member>,
    (amount, fee): (i64, i64),
    at: Moment,
) -> Group {
    let debit = Account::Wallet(member, Bucket::Commission);
    let parts = [(Account::PayoutByHand, amount - fee), (Account::Fees, fee)];
    let parts = parts.into_iter().filter(|(_, amount)| *amount > 0);
    let parts = parts.map(|(credit, amount)| Part { debit, credit, amount }).collect();
    Group { id: id.as_id(), event: Event::Payout, cause: id.raw(), at, parts }
}

pub(super) fn group_of(p: &Payout) -> Group {
    leaves(p.id, p.member, (p.amount, p.fee), p.asked_at)
}
