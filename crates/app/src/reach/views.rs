//! The inbox, its badge, and the choices as pages show them.
use super::tables::MAIL_IDENTITY;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Lang, Moment, id};
use rules::reach::notice::{Channel, Kind, Section};
use rules::reach::wording;

type C = Id<id::Community>;
type M = Id<id::Member>;

#[derive(Clone, Debug)]
pub struct NoticeRow {
    pub id: Id<id::Notice>,
    pub kind: Kind,
    pub section: Section,
    /// The raw id of what it leads to.
    pub subject: i64,
    pub actor: Option<M>,
    pub args: Vec<(String, String)>,
    /// The whole sentence in the reader's language, to be escaped.
    pub said: String,
    pub at: Moment,
    pub read: bool,
}
#[derive(Clone, Debug)]
pub struct Inbox {
    pub rows: Vec<NoticeRow>,
    /// Pass it as `before` for the next page.
    pub next: Option<Id<id::Notice>>,
}
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Unread {
    pub orders: i64,
    pub community: i64,
    pub system: i64,
}
impl Unread {
    pub fn all(self) -> i64 {
        self.orders + self.community + self.system
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    pub kind: Kind,
    pub channel: Channel,
    pub wanted: bool,
}

const ALL: &str = "SELECT n.id, n.kind, n.section, n.subject, n.actor_id, a.name, n.args, n.at,
    n.read_at FROM notice n
    LEFT JOIN member a ON a.community_id = n.community_id AND a.id = n.actor_id
    WHERE n.community_id = $1 AND n.member_id = $2 AND n.id < $3 AND n.shown
    ORDER BY n.id DESC LIMIT $4";
const OF_SECTION: &str = "SELECT n.id, n.kind, n.section, n.subject, n.actor_id, a.name, n.args,
    n.at, n.read_at FROM notice n
    LEFT JOIN member a ON a.community_id = n.community_id AND a.id = n.actor_id
    WHERE n.community_id = $1 AND n.member_id = $2 AND n.id < $3 AND n.shown AND n.section = $5
    ORDER BY n.id DESC LIMIT $4";
const UNREAD: &str = "SELECT section, count(*) FROM notice
    WHERE community_id = $1 AND member_id = $2 AND read_at IS NULL AND shown GROUP BY section";
const CHOICES: &str = "SELECT kind, channel, wanted FROM notice_choice
    WHERE community_id = $1 AND member_id = $2";
const TO_MAIL: &str = "SELECT n.kind, n.args, a.lang, m.name, c.name, w.name,
    (SELECT min(i.value) FROM identity i WHERE i.account_id = m.account_id AND i.kind = $3),
    (SELECT x.wanted FROM notice_choice x WHERE x.community_id = n.community_id
      AND x.member_id = n.member_id AND x.kind = n.kind AND x.channel = 'mail')
    FROM notice n JOIN member m ON m.community_id = n.community_id AND m.id = n.member_id
    JOIN account a ON a.id = m.account_id JOIN community c ON c.id = n.community_id
    LEFT JOIN member w ON w.community_id = n.community_id AND w.id = n.actor_id
    WHERE n.community_id = $1 AND n.id = $2 AND n.mailed_at IS NULL
    AND (m.state = 'active' OR (n.section = $4 AND m.state IN ('left', 'banned')))
    AND a.state = 'active'";

/// Sentence values from their JSON, with the name of who caused it.
fn args(json: &str, who: Option<String>) -> Vec<(String, String)> {
    let map: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).unwrap_or_default();
    let text = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), String::from);
    let given = map.iter().map(|(k, v)| (k.clone(), text(v)));
    given.chain(who.map(|name| ("who".into(), name))).collect()
}
fn row(lang: Lang) -> impl Fn(Row<'_>) -> NoticeRow {
    move |r| {
        let kind = r.word(1, Kind::of);
        let args = args(&r.text(6), r.opt_text(5));
        NoticeRow {
            id: r.id(0),
            kind,
            section: r.word(2, Section::of),
            subject: r.int(3),
            actor: r.opt_id(4),
            said: wording::said(kind, lang, &args),
            args,
            at: r.moment(7),
            read: r.opt_int(8).is_some(),
        }
    }
}

pub(super) struct Due {
    pub kind: Kind,
    pub args: Vec<(String, String)>,
    pub lang: Lang,
    pub name: String,
    pub community: String,
    pub to: String,
}
/// The letter that is still wanted, or nothing.
pub(super) fn to_mail(rx: &mut Rx<'_>, c: C, n: Id<id::Notice>) -> Result<Option<Due>, Fault> {
    let due = rx.one(TO_MAIL, p![c, n, MAIL_IDENTITY, Section::Orders.code()], |r| {
        let kind = r.word(0, Kind::of);
        let wanted = r.opt_bool(7).unwrap_or(kind.wanted(Channel::Mail));
        let to = r.opt_text(6).filter(|_| wanted)?;
        Some(Due {
            kind,
            args: args(&r.text(1), r.opt_text(5)),
            lang: r.word(2, Lang::of),
            name: r.text(3),
            community: r.text(4),
            to,
        })
    })?;
    Ok(due.flatten())
}

impl App {
    /// Newest first. `section: None` is everything.
    pub async fn inbox(
        &self,
        c: C,
        member: M,
        lang: Lang,
        section: Option<Section>,
        before: Option<Id<id::Notice>>,
        most: i64,
    ) -> Result<Inbox, Fault> {
        self.db
            .read(move |rx| {
                let most = most.clamp(1, 100);
                let from = before.unwrap_or(Id::of(i64::MAX));
                let mut rows = match section {
                    Some(s) => {
                        let args = p![c, member, from, most + 1, s.code()];
                        rx.all(OF_SECTION, args, row(lang))?
                    }
                    None => rx.all(ALL, p![c, member, from, most + 1], row(lang))?,
                };
                let more = rows.len() > most as usize;
                rows.truncate(most as usize);
                let next = rows.last().filter(|_| more).map(|r| r.id);
                Ok(Inbox { rows, next })
            })
            .await
    }
    pub async fn unread(&self, c: C, member: M) -> Result<Unread, Fault> {
        self.db
            .read(move |rx| {
                let mut out = Unread::default();
                for (section, n) in
                    rx.all(UNREAD, p![c, member], |r| (r.word(0, Section::of), r.int(1)))?
                {
                    match section {
                        Section::Orders => out.orders = n,
                        Section::Community => out.community = n,
                        Section::System => out.system = n,
                    }
                }
                Ok(out)
            })
            .await
    }
    /// Every kind and channel with what is wanted now, staff kinds only on request.
    pub async fn notice_choices(&self, c: C, member: M, staff: bool) -> Result<Vec<Choice>, Fault> {
        self.db
            .read(move |rx| {
                let chosen = rx.all(CHOICES, p![c, member], |r| {
                    (r.word(0, Kind::of), r.word(1, Channel::of), r.bool(2))
                })?;
                let kinds = Kind::ALL.iter().filter(|k| staff || !k.for_staff());
                let pairs = kinds.flat_map(|k| Channel::ALL.iter().map(move |ch| (*k, *ch)));
                let choice = |(kind, channel): (Kind, Channel)| {
                    let set = chosen.iter().find(|(k, ch, _)| (*k, *ch) == (kind, channel));
                    let wanted = set.map_or(kind.wanted(channel), |(_, _, w)| *w);
                    Choice { kind, channel, wanted }
                };
                Ok(pairs.map(choice).collect())
            })
            .await
    }
}
