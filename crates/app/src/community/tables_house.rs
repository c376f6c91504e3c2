//! Writes of communities, members and tags, and what verbs decide by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Currency, Id, Lang, Moment, id};
use rules::community::open::Jurisdiction;
use rules::community::role::Membership;
use rules::community::role::{Right, Role};
use rules::community::tag::{Source, Thing};

type C = Id<id::Community>;
type Member = Id<id::Member>;
type Account = Id<id::Account>;

const ADD_COMMUNITY: &str = "INSERT INTO community (id, slug, name, purpose, story, rules, lang,
    currency, zone, jurisdiction, theme, state, created_at)
    VALUES ($1,$2,$3,$4,'',$5,$6,$7,$8,$9,$10,'open',$11) ON CONFLICT DO NOTHING";
const IS_OPEN: &str = "SELECT id FROM community WHERE id = $1 AND state = 'open'";
const CHANGE_COMMUNITY: &str = "UPDATE community SET name = $2, purpose = $3, story = $4,
    rules = $5, theme = $6 WHERE id = $1 AND state = 'open'";
const CLOSE_COMMUNITY: &str = "UPDATE community SET state = 'closed'
    WHERE id = $1 AND state = 'open'";

const ADD_MEMBER: &str = "INSERT INTO member (community_id, id, account_id, name, bio, role,
    rights, state, joined_at) VALUES ($1,$2,$3,$4,'',$5,'','active',$6) ON CONFLICT DO NOTHING";
const BROUGHT: &str = "UPDATE member SET brought_by = $3
    WHERE community_id = $1 AND id = $2 AND brought_by IS NULL";
const MEMBER_OF: &str = "SELECT id, state FROM member WHERE community_id = $1 AND account_id = $2";
const MEMBERSHIPS: &str = "SELECT community_id, id, role FROM member
    WHERE account_id = $1 AND state <> 'closed' ORDER BY community_id";
const OWNED: &str = "SELECT m.community_id FROM member m JOIN community c ON c.id = m.community_id
    WHERE m.account_id = $1 AND m.role = 'owner' AND m.state = 'active' AND c.state = 'open'
    LIMIT 1";
const COME_BACK: &str = "UPDATE member SET state = 'active', name = $3, role = 'member',
    rights = '', ended_at = NULL WHERE community_id = $1 AND id = $2 AND state = 'left'";
const END: &str = "UPDATE member SET state = $3, ended_at = $4, role = 'member', rights = ''
    WHERE community_id = $1 AND id = $2 AND state = 'active'";
const UNBAN: &str = "UPDATE member SET state = 'left'
    WHERE community_id = $1 AND id = $2 AND state = 'banned'";
const IS_BANNED: &str = "SELECT account_id FROM member
    WHERE community_id = $1 AND id = $2 AND state = 'banned'";
const EDIT: &str = "UPDATE member SET name = $3, bio = $4
    WHERE community_id = $1 AND id = $2 AND state = 'active'";
const SET_ROLE: &str = "UPDATE member SET role = $4, rights = $5
    WHERE community_id = $1 AND id = $2 AND state = 'active' AND role = $3";
const MUTE: &str = "UPDATE member SET muted_until = $3
    WHERE community_id = $1 AND id = $2 AND state = 'active'";
const ANONYMOUS: &str = "UPDATE member SET name = '', bio = '', state = 'closed', role = 'member',
    rights = '', ended_at = $3 WHERE community_id = $1 AND id = $2 AND state <> 'closed'";

const TAG_NAMED: &str = "SELECT id FROM tag WHERE community_id = $1 AND folded = $2";
const ADD_TAG: &str = "INSERT INTO tag (community_id, id, name, folded, created_at)
    VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING";
const TAG: &str = "SELECT name FROM tag WHERE community_id = $1 AND id = $2";
const UNCHOOSE: &str = "DELETE FROM member_tag
    WHERE community_id = $1 AND member_id = $2 AND source = 'chosen'";
const UNTAG_MEMBER: &str = "DELETE FROM member_tag WHERE community_id = $1 AND member_id = $2";
const CHOOSE: &str = "INSERT INTO member_tag (community_id, member_id, tag_id, source, at)
    VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING";
const TAG_THING: &str = "INSERT INTO thing_tag (community_id, kind, thing_id, tag_id)
    VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING";
const UNTAG_THING: &str = "DELETE FROM thing_tag
    WHERE community_id = $1 AND kind = $2 AND thing_id = $3";

pub struct NewCommunity<'a> {
    pub id: C,
    pub slug: &'a str,
    pub name: &'a str,
    pub purpose: &'a str,
    pub rules: &'a str,
    pub lang: Lang,
    pub currency: Currency,
    pub zone: &'a str,
    pub jurisdiction: Jurisdiction,
    pub theme: &'a str,
}
pub fn add_community<R>(w: &mut Writes<R>, n: &NewCommunity<'_>, now: Moment, taken: R) {
    let (lang, currency, law) = (n.lang.tag(), n.currency.code(), n.jurisdiction.code());
    let args =
        p![n.id, n.slug, n.name, n.purpose, n.rules, lang, currency, n.zone, law, n.theme, now];
    w.must(ADD_COMMUNITY, args, taken);
}
pub fn is_open(rx: &mut Rx<'_>, c: C) -> Result<bool, Fault> {
    Ok(rx.one(IS_OPEN, p![c], |_| ())?.is_some())
}
pub struct Face<'a> {
    pub name: &'a str,
    pub purpose: &'a str,
    pub story: &'a str,
    pub rules: &'a str,
    pub theme: &'a str,
}
pub fn change_community<R>(w: &mut Writes<R>, c: C, f: &Face<'_>, gone: R) {
    w.must(CHANGE_COMMUNITY, p![c, f.name, f.purpose, f.story, f.rules, f.theme], gone);
}
pub fn close_community<R>(w: &mut Writes<R>, c: C, gone: R) {
    w.must(CLOSE_COMMUNITY, p![c], gone);
}

pub struct NewMember<'a> {
    pub id: Member,
    pub account: Account,
    pub name: &'a str,
    pub role: Role,
}
pub fn add_member<R>(w: &mut Writes<R>, c: C, m: &NewMember<'_>, now: Moment, faster: R) {
    w.must(ADD_MEMBER, p![c, m.id, m.account, m.name, m.role.code(), now], faster);
}
/// Who showed a new member the way.
pub fn brought<R>(w: &mut Writes<R>, c: C, member: Member, by: Member) {
    w.put(BROUGHT, p![c, member, by]);
}
/// The account's place in the community, whatever became of it.
pub fn member_of(
    rx: &mut Rx<'_>,
    c: C,
    account: Account,
) -> Result<Option<(Member, Membership)>, Fault> {
    rx.one(MEMBER_OF, p![c, account], |r| (r.id(0), r.word(1, Membership::of)))
}
pub fn memberships(rx: &mut Rx<'_>, account: Account) -> Result<Vec<(C, Member, Role)>, Fault> {
    rx.all(MEMBERSHIPS, p![account], |r| (r.id(0), r.id(1), r.word(2, Role::of)))
}
pub fn owns_one(rx: &mut Rx<'_>, account: Account) -> Result<bool, Fault> {
    Ok(rx.one(OWNED, p![account], |_| ())?.is_some())
}
pub fn come_back<R>(w: &mut Writes<R>, c: C, member: Member, name: &str, faster: R) {
    w.must(COME_BACK, p![c, member, name], faster);
}
/// Left or banned.
pub fn end<R>(w: &mut Writes<R>, c: C, member: Member, how: Membership, now: Moment, gone: R) {
    w.must(END, p![c, member, how.code(), now], gone);
}
pub fn unban<R>(w: &mut Writes<R>, c: C, member: Member, gone: R) {
    w.must(UNBAN, p![c, member], gone);
}
pub fn is_banned(rx: &mut Rx<'_>, c: C, member: Member) -> Result<bool, Fault> {
    Ok(rx.one(IS_BANNED, p![c, member], |_| ())?.is_some())
}
pub fn edit_member<R>(w: &mut Writes<R>, c: C, m: Member, name: &str, bio: &str, gone: R) {
    w.must(EDIT, p![c, m, name, bio], gone);
}
/// `rights_text` of one member, as `member.rights` holds it.
pub fn rights_text(rights: &[Right]) -> String {
    let all = Right::ALL.iter().filter(|r| rights.contains(r));
    all.map(|r| r.code()).collect::<Vec<_>>().join(",")
}
pub struct Place<'a> {
    pub was: Role,
    pub role: Role,
    pub rights: &'a str,
}
pub fn set_role<R>(w: &mut Writes<R>, c: C, m: Member, place: &Place<'_>, faster: R) {
    w.must(SET_ROLE, p![c, m, place.was.code(), place.role.code(), place.rights], faster);
}
pub fn mute<R>(w: &mut Writes<R>, c: C, member: Member, until: Option<Moment>, gone: R) {
    w.must(MUTE, p![c, member, until], gone);
}
/// The name and words of a member go, the row that money rows point at stays.
pub fn anonymise<R>(w: &mut Writes<R>, c: C, member: Member, now: Moment) {
    w.put(ANONYMOUS, p![c, member, now]);
    w.put(UNTAG_MEMBER, p![c, member]);
}

pub fn add_tag<R>(w: &mut Writes<R>, c: C, t: (Id<id::Tag>, &str, &str), now: Moment, taken: R) {
    w.must(ADD_TAG, p![c, t.0, t.1, t.2, now], taken);
}
pub fn tag_name(rx: &mut Rx<'_>, c: C, tag: Id<id::Tag>) -> Result<Option<String>, Fault> {
    rx.one(TAG, p![c, tag], |r| r.text(0))
}
/// All of them are tags of this community.
pub fn are_tags(tx: &mut Tx<'_>, c: C, tags: &[Id<id::Tag>]) -> Result<bool, Fault> {
    for tag in tags {
        if tag_name(tx, c, *tag)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}
/// The community's tags of these names; names it does not have are passed over.
pub fn tags_named(tx: &mut Tx<'_>, c: C, names: &[String]) -> Result<Vec<Id<id::Tag>>, Fault> {
    let mut out: Vec<Id<id::Tag>> = Vec::new();
    for name in names {
        let folded = rules::community::tag::folded(name);
        let found = tx.one(TAG_NAMED, p![c, &folded], |r| r.id(0))?;
        out.extend(found.filter(|id| !out.contains(id)));
    }
    Ok(out)
}
/// Exactly these are the member's own choice from now on; given and kept tags stay.
pub fn choose<R>(w: &mut Writes<R>, c: C, member: Member, tags: &[Id<id::Tag>], now: Moment) {
    w.put(UNCHOOSE, p![c, member]);
    for tag in tags {
        w.put(CHOOSE, p![c, member, *tag, Source::Chosen.code(), now]);
    }
}
/// Exactly these tags are on the group, post or product from now on. Other shelves call this in
/// the transaction that writes the thing; check them with [`are_tags`] first.
pub fn tag_thing<R>(w: &mut Writes<R>, c: C, kind: Thing, thing: i64, tags: &[Id<id::Tag>]) {
    w.put(UNTAG_THING, p![c, kind.code(), thing]);
    for tag in tags {
        w.put(TAG_THING, p![c, kind.code(), thing, *tag]);
    }
}
