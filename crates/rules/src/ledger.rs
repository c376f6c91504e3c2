//! Double entry: accounts, groups of transfers, and the text the hash chain is computed over.
use crate::base::{Id, Moment, id};
use crate::codes;
use std::borrow::Cow;

codes! {
    /// A group is posted at once, or pending first and then posted or voided by a second group.
    pub enum State { Pending = "pending", Posted = "posted", Voided = "voided" }
}
codes! {
    /// The business event behind a group; `docs/money.md` tells each as its transfers.
    pub enum Event {
        OrderDue = "order_due", Capture = "capture", Refund = "refund",
        SuspenseIn = "suspense_in", SuspenseOut = "suspense_out",
        PacketFunded = "packet_funded", PacketTaken = "packet_taken",
        PacketReturned = "packet_returned",
        CommissionEarned = "commission_earned", CommissionFrozen = "commission_frozen",
        CommissionThawed = "commission_thawed",
        CommissionAvailable = "commission_available",
        CommissionTakenBack = "commission_taken_back",
        ServiceEarned = "service_earned", ServiceAvailable = "service_available",
        ServiceTakenBack = "service_taken_back",
        WalletPaid = "wallet_paid", WalletRefund = "wallet_refund",
        Payout = "payout",
        PointsEarned = "points_earned", PointsSpent = "points_spent",
        PointsReturned = "points_returned", PointsTakenBack = "points_taken_back",
        PointsSettled = "points_settled", PointsExpired = "points_expired",
        PointsCorrected = "points_corrected",
    }
}
codes! {
    /// What an account counts. No transfer goes from one unit to the other.
    pub enum Unit { Money = "money", Points = "points" }
}
codes! {
    /// Who moves the money outside; of an order that the wallet pays whole, nobody.
    pub enum Provider { Sandbox = "sandbox", Manual = "manual", Wallet = "wallet" }
}

codes! {
    /// The parts of a member's wallet, in the order of spending; money goes back to the part it
    /// came from.
    pub enum Bucket { RedPacket = "red_packet", Commission = "commission" }
}

codes! {
    /// Commission that is not in the wallet yet.
    pub enum Earning { Pending = "pending", Frozen = "frozen" }
}

/// A typed account of one community, in the community's currency or in points.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Account {
    /// What buyers owe for orders placed.
    Receivable,
    /// Money at a provider or on its way from or to it.
    Clearing(Provider),
    Sales,
    ShippingIncome,
    /// Sales given back.
    Refunds,
    /// Money nobody has explained yet.
    Suspense,
    /// What the shop gives away.
    Promotion,
    /// Commission that left by a transfer a person made.
    PayoutByHand,
    /// What the shop keeps of payouts.
    Fees,
    /// What a packet holds for those who will take it.
    RedPacket(Id<id::RedPacket>),
    /// What the shop owes a member, part by part.
    Wallet(Id<id::Member>, Bucket),
    /// What sharing costs the shop.
    CommissionCost,
    /// What a member earned and may not spend yet.
    Commission(Id<id::Member>, Earning),
    /// What a member owes: commission or service pay taken back after it was spent.
    CommissionDebt(Id<id::Member>),
    /// What leaders' service costs the shop.
    ServiceCost,
    /// What a leader earned by serving a list and may not spend yet.
    Service(Id<id::Member>),
    /// All points that members ever got, less those that are gone.
    PointsIssued,
    /// The points a member has, those reserved by unpaid orders among them.
    Points(Id<id::Member>),
    /// Points a member owes: taken back after they were spent.
    PointsDebt(Id<id::Member>),
}

impl Account {
    /// Those of which a community has one.
    pub const SINGLE: [Account; 13] = [
        Account::Receivable,
        Account::Clearing(Provider::Sandbox),
        Account::Clearing(Provider::Manual),
        Account::Sales,
        Account::ShippingIncome,
        Account::Refunds,
        Account::Suspense,
        Account::Promotion,
        Account::CommissionCost,
        Account::ServiceCost,
        Account::PayoutByHand,
        Account::Fees,
        Account::PointsIssued,
    ];
    /// The name in tables and on pages.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Account::Receivable => "receivable",
            Account::Clearing(Provider::Sandbox) => "clearing:sandbox",
            Account::Clearing(Provider::Manual) => "clearing:manual",
            // nothing is on its way there, so no transfer names it
            Account::Clearing(Provider::Wallet) => "clearing:wallet",
            Account::Sales => "sales",
            Account::ShippingIncome => "shipping_income",
            Account::Refunds => "refunds",
            Account::Suspense => "suspense",
            Account::Promotion => "promotion",
            Account::CommissionCost => "commission_cost",
            Account::ServiceCost => "service_cost",
            Account::PayoutByHand => "payout:manual",
            Account::Fees => "fees",
            Account::RedPacket(packet) => return format!("redpacket:{}", packet.raw()).into(),
            Account::Wallet(member, bucket) => {
                return format!("wallet:{}:{}", member.raw(), bucket.code()).into();
            }
            Account::Commission(member, earning) => {
                return format!("commission:{}:{}", member.raw(), earning.code()).into();
            }
            Account::CommissionDebt(member) => {
                return format!("commission_debt:{}", member.raw()).into();
            }
            Account::Service(member) => return format!("service:{}", member.raw()).into(),
            Account::PointsIssued => "points_issued",
            Account::Points(member) => return format!("points:{}", member.raw()).into(),
            Account::PointsDebt(member) => return format!("points_debt:{}", member.raw()).into(),
        })
    }
    pub fn of(name: &str) -> Option<Account> {
        let mut parts = name.split(':');
        let number = |part: Option<&str>| part?.parse::<i64>().ok().filter(|n| *n > 0);
        let found = match parts.next()? {
            "redpacket" => Account::RedPacket(Id::of(number(parts.next())?)),
            "wallet" => Account::Wallet(Id::of(number(parts.next())?), Bucket::of(parts.next()?)?),
            "commission" => {
                Account::Commission(Id::of(number(parts.next())?), Earning::of(parts.next()?)?)
            }
            "commission_debt" => Account::CommissionDebt(Id::of(number(parts.next())?)),
            "service" => Account::Service(Id::of(number(parts.next())?)),
            "points" => Account::Points(Id::of(number(parts.next())?)),
            "points_debt" => Account::PointsDebt(Id::of(number(parts.next())?)),
            _ => return Account::SINGLE.into_iter().find(|a| a.name() == name),
        };
        // one account has one name: `redpacket:07` is none
        (found.name() == name).then_some(found)
    }
    /// A limited account never pays out more than came in. Its balance is kept by the verb; the
    /// balances of the others are brought forward by the sealer.
    pub const fn limited(self) -> bool {
        matches!(
            self,
            Account::Suspense
                | Account::RedPacket(_)
                | Account::Wallet(..)
                | Account::Commission(..)
                | Account::Service(_)
                | Account::Points(_)
        )
    }
    pub const fn unit(self) -> Unit {
        match self {
            Account::PointsIssued | Account::Points(_) | Account::PointsDebt(_) => Unit::Points,
            _ => Unit::Money,
        }
    }
}

/// One debit and one credit of the same amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    pub debit: Account,
    pub credit: Account,
    /// Minor units, above zero.
    pub amount: i64,
}

/// Transfers that post together or not at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Deterministic where the cause has a number of its own.
    pub id: Id<id::Transfer>,
    pub event: Event,
    /// The raw id of the order, payment or refund behind it.
    pub cause: i64,
    pub at: Moment,
    pub parts: Vec<Part>,
}

/// One stored transfer, as the chain covers it.
pub struct Stored<'a> {
    pub id: i64,
    pub part: i64,
    pub state: &'a str,
    pub pending_id: Option<i64>,
    pub event: &'a str,
    pub cause: i64,
    pub debit: &'a str,
    pub credit: &'a str,
    pub amount: i64,
    pub at: i64,
}

/// What the hash chain covers: the previous link, then every field, parted by `|`. No field can
/// hold that sign, so two rows never give one text.
pub fn chained(previous: &str, t: &Stored<'_>) -> String {
    let pending = t.pending_id.unwrap_or(0);
    format!(
        "{previous}|{}|{}|{}|{pending}|{}|{}|{}|{}|{}|{}",
        t.id, t.part, t.state, t.event, t.cause, t.debit, t.credit, t.amount, t.at
    )
}

/// The same for a fact; the free text stands last.
pub fn chained_fact(
    previous: &str,
    id: i64,
    kind: &str,
    subject: i64,
    at: i64,
    body: &str,
) -> String {
    format!("{previous}|{id}|{kind}|{subject}|{at}|{body}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        let (packet, wallet) = (Account::RedPacket(Id::of(7)), Id::of(8));
        let numbered = [
            packet,
            Account::Wallet(wallet, Bucket::RedPacket),
            Account::Commission(wallet, Earning::Frozen),
            Account::CommissionDebt(wallet),
            Account::Service(wallet),
            Account::Points(wallet),
            Account::PointsDebt(wallet),
        ];
        for account in Account::SINGLE.into_iter().chain(numbered) {
            assert_eq!(Account::of(&account.name()), Some(account));
        }
        assert_eq!(numbered[1].name(), "wallet:8:red_packet");
        let none = ["wallets", "wallet:8", "wallet:8:tips", "wallet:x:red_packet", "redpacket:07"];
        let none = none.into_iter().chain(["points", "points:", "points:8:red_packet"]);
        for name in none.chain(["redpacket:", "redpacket:-1", "wallet:8:red_packet:9"]) {
            assert_eq!(Account::of(name), None, "{name}");
        }
    }

    #[test]
    fn every_field_moves_the_chain() {
        let base = || Stored {
            id: 1,
            part: 0,
            state: "posted",
            pending_id: None,
            event: "capture",
            cause: 2,
            debit: "clearing:sandbox",
            credit: "receivable",
            amount: 100,
            at: 5,
        };
        let changes: [fn(&mut Stored<'_>); 10] = [
            |t| t.id = 9,
            |t| t.part = 9,
            |t| t.state = "voided",
            |t| t.pending_id = Some(9),
            |t| t.event = "refund",
            |t| t.cause = 9,
            |t| t.debit = "sales",
            |t| t.credit = "sales",
            |t| t.amount = 9,
            |t| t.at = 9,
        ];
        let seen = chained("00", &base());
        for change in changes {
            let mut t = base();
            change(&mut t);
            assert_ne!(chained("00", &t), seen);
        }
    }
}
