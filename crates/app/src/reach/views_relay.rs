//! Reads of relays: those of one member, and how each of their deliveries stands.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::reach::relay::State;

type C = Id<id::Community>;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelayRow {
    pub id: Id<id::Relay>,
    pub text: String,
    pub link: String,
    pub at: Moment,
    pub groups: i64,
    pub sent: i64,
    /// Queued, or to be tried again.
    pub waiting: i64,
    pub gave_up: i64,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelayTo {
    /// The number of its line.
    pub id: Id<id::Message>,
    pub group: Id<id::Group>,
    pub group_name: String,
    pub text: String,
    pub state: State,
    /// A code; empty when nothing went wrong.
    pub reason: String,
    pub due: Moment,
    pub ended_at: Option<Moment>,
}

const MINE: &str = "SELECT r.id, r.text, r.link, r.made_at, count(t.id),
    count(t.id) FILTER (WHERE t.state = 'sent'),
    count(t.id) FILTER (WHERE t.state IN ('queued', 'failed')),
    count(t.id) FILTER (WHERE t.state = 'gave_up')
    FROM relay r JOIN relay_to t ON t.community_id = r.community_id AND t.relay_id = r.id
    WHERE r.community_id = $1 AND r.by_member = $2 AND r.id < $3
    GROUP BY r.id, r.text, r.link, r.made_at ORDER BY r.id DESC LIMIT $4";
const ONE: &str = "SELECT r.id, r.text, r.link, r.made_at, count(t.id),
    count(t.id) FILTER (WHERE t.state = 'sent'),
    count(t.id) FILTER (WHERE t.state IN ('queued', 'failed')),
    count(t.id) FILTER (WHERE t.state = 'gave_up')
    FROM relay r JOIN relay_to t ON t.community_id = r.community_id AND t.relay_id = r.id
    WHERE r.community_id = $1 AND r.by_member = $2 AND r.id = $3
    GROUP BY r.id, r.text, r.link, r.made_at";
const DELIVERIES: &str = "SELECT t.id, t.room_id, g.name, t.text, t.state, t.reason, t.due_at,
    t.ended_at FROM relay_to t
    JOIN room g ON g.community_id = t.community_id AND g.id = t.room_id
    WHERE t.community_id = $1 AND t.relay_id = $2 ORDER BY t.due_at, t.id";
const TENDED: &str = "SELECT g.id, g.name FROM room_member s
    JOIN room g ON g.community_id = s.community_id AND g.id = s.room_id
    WHERE s.community_id = $1 AND s.member_id = $2 AND s.role IN ('leader', 'council')
    ORDER BY g.name, g.id LIMIT 500";

fn row(r: Row<'_>) -> RelayRow {
    RelayRow {
        id: r.id(0),
        text: r.text(1),
        link: r.text(2),
        at: r.moment(3),
        groups: r.int(4),
        sent: r.int(5),
        waiting: r.int(6),
        gave_up: r.int(7),
    }
}
fn to(r: Row<'_>) -> RelayTo {
    RelayTo {
        id: r.id(0),
        group: r.id(1),
        group_name: r.text(2),
        text: r.text(3),
        state: r.word(4, State::of),
        reason: r.text(5),
        due: r.moment(6),
        ended_at: r.opt_moment(7),
    }
}
fn page(
    rx: &mut Rx<'_>,
    c: C,
    member: Id<id::Member>,
    id: Id<id::Relay>,
) -> Result<Option<(RelayRow, Vec<RelayTo>)>, Fault> {
    let Some(relay) = rx.one(ONE, p![c, member, id], row)? else { return Ok(None) };
    Ok(Some((relay, rx.all(DELIVERIES, p![c, id], to)?)))
}

impl App {
    /// Somebody's relays, the newest first.
    pub async fn relays(
        &self,
        c: C,
        member: Id<id::Member>,
        before: Option<Id<id::Relay>>,
        most: i64,
    ) -> Result<Vec<RelayRow>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(MINE, p![c, member, before, most], row)).await
    }
    /// One of them with its deliveries; others' are not there.
    pub async fn relay(
        &self,
        c: C,
        member: Id<id::Member>,
        id: Id<id::Relay>,
    ) -> Result<Option<(RelayRow, Vec<RelayTo>)>, Fault> {
        self.db.read(move |rx| page(rx, c, member, id)).await
    }
    /// Groups that somebody leads or helps to lead.
    pub async fn tended_groups(
        &self,
        c: C,
        member: Id<id::Member>,
    ) -> Result<Vec<(Id<id::Group>, String)>, Fault> {
        self.db.read(move |rx| rx.all(TENDED, p![c, member], |r| (r.id(0), r.text(1)))).await
    }
}
