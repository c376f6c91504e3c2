//! The buyer asks for money back for some lines, or takes the question back. Asking moves nothing;
//! it keeps the order from completing until somebody has answered.
use super::tables::{self, Order};
use super::tables_case::{self, NewCase};
use super::tell;
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts, pictures};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::sale::case::{self, Reason, State, Unfit};
use rules::sale::refund::worth;

#[derive(Clone, Debug)]
pub struct AskRefund {
    pub who: Who,
    /// Minted into the form: sent twice, it is one question.
    pub id: Id<id::Case>,
    pub order: Id<id::Order>,
    /// Which lines, how many units of each.
    pub lines: Vec<(Id<id::Line>, i64)>,
    pub reason: Option<Reason>,
    pub words: String,
    /// Names of private pictures of this order.
    pub pictures: Vec<String>,
}

crate::refusals! {
    NoSuchOrder = "no_such_order",
    /// Another question carries this id.
    IdUsed = "id_taken",
    AlreadyAsked = "already_asked",
    NothingChosen = "nothing_chosen",
    BadLine = "bad_line",
    MoreThanPaid = "more_than_paid",
    BadReason = "bad_reason",
    WordsMissing = "words_missing",
    TextTooLong = "text_too_long",
    TooManyPictures = "too_many_pictures",
    NoSuchPicture = "no_such_picture",
    /// It was answered in the meantime.
    Answered = "case_answered",
}

impl From<Unfit> for Refused {
    fn from(no: Unfit) -> Refused {
        match no {
            Unfit::WordsMissing => Refused::WordsMissing,
            Unfit::TextTooLong => Refused::TextTooLong,
            Unfit::TooManyPictures => Refused::TooManyPictures,
        }
    }
}

impl App {
    pub async fn ask_refund(&self, now: Moment, a: AskRefund) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| ask(tx, &a)).await
    }
    /// The buyer needs no answer any more.
    pub async fn withdraw_case(
        &self,
        now: Moment,
        who: Who,
        order: Id<id::Order>,
        case: Id<id::Case>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| withdraw(tx, who, order, case)).await
    }
}

/// The lines that are asked for and what they are worth together.
fn chosen(order: &Order, a: &AskRefund) -> Result<(Vec<(Id<id::Line>, i64)>, i64), Refused> {
    let (mut lines, mut amount) = (Vec::new(), 0);
    for (id, qty) in a.lines.iter().filter(|(_, qty)| *qty != 0) {
        let line = order.lines.iter().find(|l| l.id == *id).ok_or(Refused::BadLine)?;
        let twice = lines.iter().any(|(known, _)| known == id);
        if twice || !case::may_ask(line.state, line.refundable()) {
            return Err(Refused::BadLine);
        }
        amount += worth(line.refundable(), *qty).map_err(|_| Refused::MoreThanPaid)?;
        lines.push((*id, *qty));
    }
    // a part of a very cheap line may be worth nothing
    if amount == 0 { Err(Refused::NothingChosen) } else { Ok((lines, amount)) }
}

fn ask(tx: &mut Tx<'_>, a: &AskRefund) -> Result<(), Stop<Refused>> {
    let c = a.who.community;
    let order = tables::order_alone(tx, c, a.order)?.ok_or(Refused::NoSuchOrder)?;
    if order.member != a.who.member {
        return Err(Refused::NoSuchOrder.into());
    }
    if let Some(known) = tables_case::case(tx, c, a.id)? {
        let same = known.order == a.order && known.member == a.who.member;
        return if same { Ok(()) } else { Err(Refused::IdUsed.into()) };
    }
    if tables_case::open_case(tx, c, a.order)?.is_some() {
        return Err(Refused::AlreadyAsked.into());
    }
    let (lines, amount) = chosen(&order, a)?;
    let reason = a.reason.ok_or(Refused::BadReason)?;
    let words = case::check(reason, &a.words, a.pictures.len()).map_err(Refused::from)?;
    if !a.pictures.iter().all(|p| pictures::is_private(p)) {
        return Err(Refused::NoSuchPicture.into());
    }
    // after this point it must succeed, unless another was faster
    let (mut w, at, pictures) = (Writes::default(), tx.now(), a.pictures.join(" "));
    let (id, member) = (a.id, a.who.member);
    let new = NewCase {
        id,
        order: a.order,
        member,
        reason,
        words: &words,
        pictures: &pictures,
        amount,
        at,
    };
    tables_case::insert(&mut w, c, &new, Refused::AlreadyAsked);
    for (line, qty) in lines {
        tables_case::insert_line(&mut w, c, id, line, qty);
    }
    let body = format!("{{\"case\":\"{id}\",\"amount\":{amount}}}");
    let (subject, actor) = (a.order.raw(), Some(member));
    facts::write(tx, &mut w, c, Fact { kind: "refund_asked", subject, actor, body: &body });
    tell::staff_of_money(tx, &mut w, c, &order, (Right::Orders, Kind::RefundAsked, amount))?;
    tx.run(w)
}

fn withdraw(
    tx: &mut Tx<'_>,
    who: Who,
    order: Id<id::Order>,
    id: Id<id::Case>,
) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let known = tables_case::case(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    if known.member != who.member || known.order != order {
        return Err(Refused::NoSuchOrder.into());
    }
    match known.state {
        State::Withdrawn => return Ok(()),
        State::Open => {}
        _ => return Err(Refused::Answered.into()),
    }
    let (mut w, by) = (Writes::default(), (who.member, tx.now()));
    tables_case::decide(&mut w, c, (id, State::Withdrawn), "", by, Refused::Answered);
    let (subject, actor) = (order.raw(), Some(who.member));
    let body = format!("{{\"case\":\"{id}\"}}");
    facts::write(tx, &mut w, c, Fact { kind: "refund_ask_withdrawn", subject, actor, body: &body });
    tx.run(w)
}
