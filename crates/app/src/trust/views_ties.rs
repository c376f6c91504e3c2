//! Who follows whom, who of one's friends bought a thing.
use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::trust::tie::Consent;

type C = Id<id::Community>;
type M = Id<id::Member>;

/// How a member stands to the reader.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Standing {
    pub followers: i64,
    pub follows: i64,
    /// The reader follows them.
    pub followed: bool,
    /// They follow the reader.
    pub follows_me: bool,
}

/// Somebody one follows.
#[derive(Clone, Debug)]
pub struct Followed {
    pub member: M,
    pub name: String,
    pub since: Moment,
    /// They follow back.
    pub friend: bool,
}

/// What people near the reader did with a product; nobody is named who did not agree to it.
#[derive(Clone, Default, Debug)]
pub struct Vouched {
    /// Friends who received it, the latest first.
    pub friends: Vec<(M, String)>,
    pub more: i64,
    /// Somebody whom the reader follows, and the stars they gave.
    pub gave: Option<(M, String, i64)>,
}

const COUNTS: &str = "SELECT
    (SELECT count(*) FROM tie t WHERE t.community_id = $1 AND t.other_id = $2 AND t.why = 'follow'),
    (SELECT count(*) FROM tie t WHERE t.community_id = $1 AND t.member_id = $2
      AND t.why = 'follow')";
const TIED: &str = "SELECT 1 FROM tie
    WHERE community_id = $1 AND member_id = $2 AND other_id = $3 AND why = 'follow'";
const FOLLOWED: &str = "SELECT t.other_id, m.name, t.at, EXISTS (SELECT 1 FROM tie b
      WHERE b.community_id = t.community_id AND b.member_id = t.other_id
      AND b.other_id = t.member_id AND b.why = 'follow')
    FROM tie t JOIN member m ON m.community_id = t.community_id AND m.id = t.other_id
    WHERE t.community_id = $1 AND t.member_id = $2 AND t.why = 'follow' AND m.state = 'active'
    ORDER BY t.at DESC LIMIT 200";
const FRIENDS: &str = "SELECT f.member_id, f.name FROM (SELECT l.member_id, m.name,
      max(l.id) AS last FROM tie a
    JOIN tie b ON b.community_id = a.community_id AND b.member_id = a.other_id
      AND b.other_id = a.member_id AND b.why = a.why
    JOIN consent s ON s.community_id = a.community_id AND s.member_id = a.other_id
      AND s.what = 'purchases' AND s.given
    JOIN member m ON m.community_id = a.community_id AND m.id = a.other_id AND m.state = 'active'
    JOIN order_line l ON l.community_id = a.community_id AND l.member_id = a.other_id
      AND l.product_id = $3 AND l.state IN ('received', 'completed')
    WHERE a.community_id = $1 AND a.member_id = $2
    GROUP BY l.member_id, m.name) f ORDER BY f.last DESC LIMIT 50";
const GAVE: &str = "SELECT v.member_id, m.name, v.stars FROM tie a
    JOIN consent s ON s.community_id = a.community_id AND s.member_id = a.other_id
      AND s.what = 'purchases' AND s.given
    JOIN member m ON m.community_id = a.community_id AND m.id = a.other_id AND m.state = 'active'
    JOIN review v ON v.community_id = a.community_id AND v.member_id = a.other_id
      AND v.product_id = $3 AND v.state = 'shown' AND v.anonymous = false AND v.stars >= 4
    WHERE a.community_id = $1 AND a.member_id = $2 AND a.why = 'follow'
    ORDER BY v.stars DESC, v.id DESC LIMIT 1";
const CONSENT: &str = "SELECT given FROM consent
    WHERE community_id = $1 AND member_id = $2 AND what = $3";

/// Names a page draws; the rest are counted.
const NAMED: usize = 3;

impl App {
    pub async fn standing(&self, c: C, of: M, reader: Option<M>) -> Result<Standing, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let counts = rx.one(COUNTS, p![c, of], |r| (r.int(0), r.int(1)))?.unwrap_or_default();
            let mut out =
                Standing { followers: counts.0, follows: counts.1, ..Standing::default() };
            if let Some(me) = reader {
                out.followed = rx.one(TIED, p![c, me, of], |_| ())?.is_some();
                out.follows_me = rx.one(TIED, p![c, of, me], |_| ())?.is_some();
            }
            Ok(out)
        };
        self.db.read(read).await
    }
    /// Whom a member follows, the latest first.
    pub async fn followed(&self, c: C, member: M) -> Result<Vec<Followed>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(FOLLOWED, p![c, member], |r| Followed {
                member: r.id(0),
                name: r.text(1),
                since: r.moment(2),
                friend: r.bool(3),
            })
        };
        self.db.read(read).await
    }
    pub async fn vouched(
        &self,
        c: C,
        product: Id<id::Product>,
        reader: M,
    ) -> Result<Vouched, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let mut friends = rx.all(FRIENDS, p![c, reader, product], |r| (r.id(0), r.text(1)))?;
            let more = friends.len().saturating_sub(NAMED) as i64;
            friends.truncate(NAMED);
            let gave = rx.one(GAVE, p![c, reader, product], |r| (r.id(0), r.text(1), r.int(2)))?;
            Ok(Vouched { friends, more, gave })
        };
        self.db.read(read).await
    }
    /// None: never asked.
    pub async fn consent(&self, c: C, member: M, what: Consent) -> Result<Option<bool>, Fault> {
        self.db.read(move |rx| rx.one(CONSENT, p![c, member, what.code()], |r| r.bool(0))).await
    }
}
