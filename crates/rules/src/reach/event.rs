//! The catalogue of events that leave the house: each is a fact under a name for programs, with
//! the fields of its body and what they name.

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The id of something, by its prefix; absent when there is none.
    Id(&'static str),
    /// A whole number; money in the smallest unit.
    Number,
    Word,
    Flag,
}

#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// `order.paid`: what programs know it by.
    pub name: &'static str,
    /// The kind of the fact.
    pub fact: &'static str,
    /// The prefix of the id it is about.
    pub about: &'static str,
    pub fields: &'static [(&'static str, Holds)],
}

const fn event(
    name: &'static str,
    fact: &'static str,
    about: &'static str,
    fields: &'static [(&'static str, Holds)],
) -> Event {
    Event { name, fact, about, fields }
}

use Holds::{Flag, Id, Number, Word};

#[rustfmt::skip]
pub const EVENTS: &[Event] = &[
    event("order.placed", "order_placed", "ord", &[("total", Number), ("lines", Number)]),
    event("order.paid", "order_paid", "ord",
        &[("payment", Id("pay")), ("amount", Number), ("goods", Number)]),
    event("order.shipped", "order_shipped", "ord", &[("parcel", Id("par")), ("lines", Number)]),
    event("order.ready", "order_ready", "ord", &[]),
    event("order.received", "order_received", "ord", &[]),
    event("order.hand_out_undone", "hand_out_undone", "ord", &[]),
    event("order.completed", "order_completed", "ord", &[]),
    event("order.cancelled", "order_cancelled", "ord", &[]),
    event("order.closed_unpaid", "order_closed_unpaid", "ord", &[]),
    event("order.proof_given", "proof_given", "ord", &[]),
    event("order.proof_refused", "proof_refused", "ord", &[]),
    event("refund.asked", "refund_asked", "ord", &[("case", Id("cas")), ("amount", Number)]),
    event("refund.declined", "refund_declined", "ord", &[("case", Id("cas"))]),
    event("refund.withdrawn", "refund_ask_withdrawn", "ord", &[("case", Id("cas"))]),
    event("refund.decided", "order_refunded", "ord",
        &[("refund", Id("ref")), ("amount", Number), ("goods", Number)]),
    event("refund.settled", "refund_settled", "ord", &[("refund", Id("ref")), ("amount", Number)]),
    event("money.unexplained", "money_unexplained", "pay",
        &[("order", Id("ord")), ("amount", Number)]),
    event("money.returned", "money_returned", "pay", &[]),
    event("stock.adjusted", "stock_adjusted", "var", &[("qty", Number), ("reason", Word)]),
    event("product.added", "product_added", "prd", &[]),
    event("product.changed", "product_changed", "prd", &[]),
    event("member.joined", "member_joined", "mem", &[("back", Flag), ("tags", Number)]),
    event("member.left", "member_left", "mem", &[]),
    event("group.created", "group_created", "grp", &[("kind", Word), ("leader", Id("mem"))]),
    event("group.joined", "group_joined", "grp", &[("member", Id("mem")), ("invite", Id("inv"))]),
    event("group.left", "group_left", "grp", &[("member", Id("mem"))]),
    event("message.posted", "message_posted", "msg",
        &[("group", Id("grp")), ("kind", Word), ("state", Word)]),
    event("post.published", "post_published", "pst", &[]),
    event("comment.made", "comment_made", "cmt", &[("post", Id("pst"))]),
    event("review.written", "review_written", "rev",
        &[("product", Id("prd")), ("line", Id("lin")), ("stars", Number)]),
    event("review.followed", "review_followed", "rev", &[("product", Id("prd"))]),
    event("review.replied", "review_replied", "rev", &[]),
    event("packet.opened", "packet_opened", "pkt",
        &[("group", Id("grp")), ("total", Number), ("slots", Number)]),
    event("packet.taken", "packet_taken", "pkt", &[("amount", Number), ("slot", Number)]),
    event("packet.ended", "packet_ended", "pkt", &[("returned", Number)]),
    event("campaign.opened", "campaign_opened", "cam", &[("product", Id("prd")), ("size", Number)]),
    event("campaign.closed", "campaign_closed", "cam", &[]),
    event("team.filled", "team_filled", "ord", &[]),
    event("team.failed", "team_failed", "ord", &[]),
    event("chain.reached", "chain_reached", "ord", &[]),
    event("chain.failed", "chain_failed", "ord", &[]),
    event("coupon.opened", "coupon_opened", "cou", &[]),
    event("coupon.closed", "coupon_closed", "cou", &[]),
    event("coupon.claimed", "coupon_claimed", "clm", &[("coupon", Id("cou"))]),
    event("commission.earned", "commission_earned", "cms",
        &[("order", Id("ord")), ("amount", Number)]),
    event("commission.available", "commission_available", "cms",
        &[("amount", Number), ("owed", Number)]),
    event("commission.taken_back", "commission_taken_back", "cms",
        &[("order", Id("ord")), ("amount", Number)]),
    event("programme.joined", "programme_joined", "mem", &[]),
    event("programme.left", "programme_left", "mem", &[]),
    event("payout.requested", "payout_requested", "pyo", &[("amount", Number), ("fee", Number)]),
    event("payout.settled", "payout_settled", "pyo", &[("state", Word), ("amount", Number)]),
    event("member.bound", "member_bound", "mem", &[("by", Id("mem")), ("link", Id("shl"))]),
    event("account.closed", "account_closed", "mem", &[]),
];

pub fn named(name: &str) -> Option<&'static Event> {
    EVENTS.iter().find(|e| e.name == name)
}
pub fn of_fact(kind: &str) -> Option<&'static Event> {
    EVENTS.iter().find(|e| e.fact == kind)
}

/// The chosen ones, as a table keeps them: their facts with commas around, in the order of the
/// catalogue. `None` for an unknown name.
pub fn chosen<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Vec<&'static Event>> {
    let mut out: Vec<&'static Event> = Vec::new();
    for name in names {
        let event = named(name)?;
        if !out.iter().any(|e| e.name == event.name) {
            out.push(event);
        }
    }
    out.sort_by_key(|e| EVENTS.iter().position(|x| x.name == e.name));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_facts_are_one_to_one() {
        for (i, e) in EVENTS.iter().enumerate() {
            let (what, did) = e.name.split_once('.').expect("a dot");
            assert!(!what.is_empty() && !did.is_empty(), "{}", e.name);
            assert!(EVENTS[..i].iter().all(|x| x.name != e.name && x.fact != e.fact), "{}", e.name);
            assert!(e.about.len() == 3 && named(e.name).is_some() && of_fact(e.fact).is_some());
            for (field, _) in e.fields {
                assert!(!matches!(*field, "id" | "actor" | "community"), "{}: {field}", e.name);
            }
        }
    }

    #[test]
    fn chosen_once_and_in_order() {
        let names = |list: Vec<&Event>| list.iter().map(|e| e.name).collect::<Vec<_>>().join(" ");
        let some = chosen(["packet.taken", "order.paid", "packet.taken"]).map(names);
        assert_eq!(some.as_deref(), Some("order.paid packet.taken"));
        assert!(chosen(["order.paid", "order.eaten"]).is_none());
    }
}
