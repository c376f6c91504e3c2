//! The console's list of groups: who leads them, when somebody spoke last, who waits.
use crate::db::{Fault, Row};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::community::group::{Admission, GroupKind};

type C = Id<id::Community>;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedGroup {
    pub id: Id<id::Group>,
    pub name: String,
    pub kind: GroupKind,
    pub admission: Admission,
    pub members: i64,
    pub capacity: i64,
    /// The one who leads longest.
    pub leader: Option<(Id<id::Member>, String)>,
    pub leaders: i64,
    /// When somebody spoke last.
    pub last: Option<Moment>,
    /// Invite codes that still open its door.
    pub invites: i64,
    /// Applications that wait.
    pub applied: i64,
    pub created_at: Moment,
}

const LISTED: &str = "SELECT r.id, r.name, r.kind, r.admission, r.members, r.capacity,
    (SELECT s.member_id FROM room_member s WHERE s.community_id = r.community_id
      AND s.room_id = r.id AND s.role = 'leader' ORDER BY s.joined_at, s.member_id LIMIT 1),
    (SELECT p.name FROM room_member s
      JOIN member p ON p.community_id = s.community_id AND p.id = s.member_id
      WHERE s.community_id = r.community_id AND s.room_id = r.id AND s.role = 'leader'
      ORDER BY s.joined_at, s.member_id LIMIT 1),
    (SELECT count(*) FROM room_member s WHERE s.community_id = r.community_id
      AND s.room_id = r.id AND s.role = 'leader'), t.at,
    (SELECT count(*) FROM invite i WHERE i.community_id = r.community_id AND i.room_id = r.id
      AND i.uses < i.most AND i.until_at > $4),
    (SELECT count(*) FROM application a WHERE a.community_id = r.community_id
      AND a.room_id = r.id AND a.state = 'waiting'), r.created_at
    FROM room r LEFT JOIN message t ON t.community_id = r.community_id AND t.room_id = r.id
      AND t.seq = r.last_line
    WHERE r.community_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3";

fn listed(r: Row<'_>) -> ListedGroup {
    ListedGroup {
        id: r.id(0),
        name: r.text(1),
        kind: r.word(2, GroupKind::of),
        admission: r.word(3, Admission::of),
        members: r.int(4),
        capacity: r.int(5),
        leader: r.opt_id(6).map(|id| (id, r.opt_text(7).unwrap_or_default())),
        leaders: r.int(8),
        last: r.opt_moment(9),
        invites: r.int(10),
        applied: r.int(11),
        created_at: r.moment(12),
    }
}

impl App {
    /// The newest group first.
    pub async fn list_groups(
        &self,
        now: Moment,
        c: C,
        before: Option<Id<id::Group>>,
        most: i64,
    ) -> Result<Vec<ListedGroup>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(LISTED, p![c, before, most, now], listed)).await
    }
}
