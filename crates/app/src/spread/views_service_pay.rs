//! Reads of service pay: what a leader earned list by list, and what each list costs the shop.
use super::tables_service_pay as tables;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket};
use rules::spread::service_pay::{State, Terms};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// One list that pays its leader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServedList {
    pub id: Id<id::Campaign>,
    pub title: String,
    pub group_name: String,
    /// Who serves it; empty for who has gone.
    pub leader: String,
    pub terms: Terms,
    /// Orders of which something was handed out and kept.
    pub orders: i64,
    pub waiting: i64,
    pub available: i64,
}

/// One sum of an order of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceLine {
    pub id: Id<id::ServicePay>,
    pub list: Id<id::Campaign>,
    /// The order's running number.
    pub number: i64,
    /// What was handed out; empty: the flat sum of the order.
    pub title: String,
    pub base: i64,
    pub earned: i64,
    pub amount: i64,
    pub state: State,
    pub at: Moment,
    pub available_at: Option<Moment>,
    pub terms: Terms,
}

/// What a leader sees over her lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ServiceSums {
    /// Handed out, within the days of return.
    pub waiting: i64,
    /// All that came into the wallet and was not taken back.
    pub came: i64,
    /// In the wallet now with commission, less what is owed.
    pub in_wallet: i64,
    pub owed: i64,
    /// Paid out of the wallet, with commission.
    pub paid_out: i64,
}

/// Terms of a group alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupTerms {
    pub group: Id<id::Group>,
    pub name: String,
    pub terms: Terms,
}

const SUMS: &str =
    "SELECT coalesce(CAST(sum(amount) FILTER (WHERE state = 'frozen') AS bigint), 0),
    coalesce(CAST(sum(amount) FILTER (WHERE state = 'available') AS bigint), 0)
    FROM service_pay WHERE community_id = $1 AND member_id = $2";
const OWED: &str = "SELECT amount FROM commission_debt WHERE community_id = $1 AND member_id = $2";
const WALLET: &str = "SELECT credits_posted - debits_posted - debits_pending FROM balance
    WHERE community_id = $1 AND account = $2";
const PAID_OUT: &str = "SELECT coalesce(CAST(sum(amount) AS bigint), 0) FROM payout
    WHERE community_id = $1 AND member_id = $2 AND state = 'paid'";

macro_rules! lists {
    ($rest:literal) => {
        concat!(
            "SELECT s.campaign_id, k.title, coalesce(g.name, ''),
             CASE WHEN m.state = 'active' THEN m.name ELSE '' END, s.rate, s.flat,
             (SELECT count(DISTINCT v.order_id) FROM service_pay v
              WHERE v.community_id = s.community_id AND v.campaign_id = s.campaign_id
              AND v.state <> 'ended'),
             (SELECT coalesce(CAST(sum(v.amount) AS bigint), 0) FROM service_pay v
              WHERE v.community_id = s.community_id AND v.campaign_id = s.campaign_id
              AND v.state = 'frozen'),
             (SELECT coalesce(CAST(sum(v.amount) AS bigint), 0) FROM service_pay v
              WHERE v.community_id = s.community_id AND v.campaign_id = s.campaign_id
              AND v.state = 'available')
             FROM list_service s
             JOIN campaign k ON k.community_id = s.community_id AND k.id = s.campaign_id
             JOIN member m ON m.community_id = s.community_id AND m.id = s.leader_id
             LEFT JOIN room g ON g.community_id = k.community_id AND g.id = k.group_id ",
            $rest
        )
    };
}
const MY_LISTS: &str = lists!(
    "WHERE s.community_id = $1 AND s.leader_id = $2 AND s.campaign_id < $3
     ORDER BY s.campaign_id DESC LIMIT $4"
);
const LISTS: &str =
    lists!("WHERE s.community_id = $1 AND s.campaign_id < $2 ORDER BY s.campaign_id DESC LIMIT $3");
const LINES: &str = "SELECT v.id, v.campaign_id, p.number, coalesce(l.title, ''), v.base, v.earned,
    v.amount, v.state, v.frozen_at, v.available_at, s.rate, s.flat FROM service_pay v
    JOIN chain_place p ON p.community_id = v.community_id AND p.order_id = v.order_id
    JOIN list_service s ON s.community_id = v.community_id AND s.campaign_id = v.campaign_id
    LEFT JOIN order_line l ON l.community_id = v.community_id AND l.id = v.line_id
    WHERE v.community_id = $1 AND v.member_id = $2 AND v.id < $3 ORDER BY v.id DESC LIMIT $4";
const PROMISED: &str = "SELECT rate, flat FROM list_service
    WHERE community_id = $1 AND campaign_id = $2";
const OF_GROUPS: &str = "SELECT t.group_id, coalesce(g.name, ''), t.rate, t.flat
    FROM service_terms t
    LEFT JOIN room g ON g.community_id = t.community_id AND g.id = t.group_id
    WHERE t.community_id = $1 AND t.group_id > 0 ORDER BY t.group_id";
const TOTALS: &str = "SELECT
    coalesce(CAST(sum(amount) FILTER (WHERE state = 'frozen') AS bigint), 0),
    coalesce(CAST(sum(amount) FILTER (WHERE state = 'available') AS bigint), 0)
    FROM service_pay WHERE community_id = $1";

fn list(r: Row<'_>) -> ServedList {
    ServedList {
        id: r.id(0),
        title: r.text(1),
        group_name: r.text(2),
        leader: r.text(3),
        terms: Terms { rate: r.int(4), flat: r.int(5) },
        orders: r.int(6),
        waiting: r.int(7),
        available: r.int(8),
    }
}
fn line(r: Row<'_>) -> ServiceLine {
    ServiceLine {
        id: r.id(0),
        list: r.id(1),
        number: r.int(2),
        title: r.text(3),
        base: r.int(4),
        earned: r.int(5),
        amount: r.int(6),
        state: r.word(7, State::of),
        at: r.moment(8),
        available_at: r.opt_moment(9),
        terms: Terms { rate: r.int(10), flat: r.int(11) },
    }
}

fn sums(rx: &mut Rx<'_>, c: C, member: M) -> Result<ServiceSums, Fault> {
    let (waiting, came) =
        rx.one(SUMS, p![c, member], |r| (r.int(0), r.int(1)))?.unwrap_or_default();
    let wallet = Account::Wallet(member, Bucket::Commission).name();
    let has = rx.one(WALLET, p![c, wallet.as_ref()], |r| r.int(0))?.unwrap_or(0);
    let owed = rx.one(OWED, p![c, member], |r| r.int(0))?.unwrap_or(0);
    let paid_out = rx.one(PAID_OUT, p![c, member], |r| r.int(0))?.unwrap_or(0);
    Ok(ServiceSums { waiting, came, in_wallet: (has - owed).max(0), owed, paid_out })
}

impl App {
    pub async fn service_sums(&self, c: C, member: M) -> Result<ServiceSums, Fault> {
        self.db.read(move |rx| sums(rx, c, member)).await
    }
    /// A leader's lists that pay her, the newest first.
    pub async fn my_served_lists(
        &self,
        c: C,
        member: M,
        before: Option<Id<id::Campaign>>,
        most: i64,
    ) -> Result<Vec<ServedList>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(MY_LISTS, p![c, member, before, most], list)).await
    }
    /// What each list costs the shop, the newest first.
    pub async fn served_lists(
        &self,
        c: C,
        before: Option<Id<id::Campaign>>,
        most: i64,
    ) -> Result<Vec<ServedList>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(LISTS, p![c, before, most], list)).await
    }
    /// Waiting and available, of all lists of the community.
    pub async fn service_totals(&self, c: C) -> Result<(i64, i64), Fault> {
        self.db
            .read(move |rx| {
                Ok(rx.one(TOTALS, p![c], |r| (r.int(0), r.int(1)))?.unwrap_or_default())
            })
            .await
    }
    /// Sum by sum, the newest first.
    pub async fn service_lines(
        &self,
        c: C,
        member: M,
        before: Option<Id<id::ServicePay>>,
        most: i64,
    ) -> Result<Vec<ServiceLine>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(LINES, p![c, member, before, most], line)).await
    }
    /// What a list that is there pays its leader; nothing when it does not.
    pub async fn promised_service(
        &self,
        c: C,
        list: Id<id::Campaign>,
    ) -> Result<Option<Terms>, Fault> {
        let read = |r: Row<'_>| Terms { rate: r.int(0), flat: r.int(1) };
        self.db.read(move |rx| rx.one(PROMISED, p![c, list], read)).await
    }
    /// What a list of the group that opens now would promise; no group: the community's terms.
    pub async fn service_terms(&self, c: C, group: Option<Id<id::Group>>) -> Result<Terms, Fault> {
        let group = group.unwrap_or(Id::of(0));
        self.db.read(move |rx| tables::terms(rx, c, group)).await
    }
    /// Groups with terms of their own.
    pub async fn service_of_groups(&self, c: C) -> Result<Vec<GroupTerms>, Fault> {
        let read = |r: Row<'_>| GroupTerms {
            group: r.id(0),
            name: r.text(1),
            terms: Terms { rate: r.int(2), flat: r.int(3) },
        };
        self.db.read(move |rx| rx.all(OF_GROUPS, p![c], read)).await
    }
}
