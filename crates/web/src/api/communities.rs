//! Communities and their people.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::shapes::{Listed, Onward, Problem, id_in, time, unknown_word};
use super::tiers::{self, MemberTier};
use crate::House;
use crate::community::open::{LOBBY, RULES};
use crate::reply::Sorry;
use app::community::join_community::JoinCommunity;
use app::community::open_community::OpenCommunity;
use app::community::views::MemberRow;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Currency, Lang, id};
use rules::community::open::Jurisdiction;
use rules::community::role::{Right, Rights};
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct NewCommunity {
    #[schema(example = "桃源里熟客", max_length = 40)]
    name: String,
    /// The end of its address: small letters, digits and hyphens. It stays.
    #[schema(example = "taoyuanli")]
    slug: String,
    /// What people gather around.
    purpose: String,
    /// When left out, a short set of house rules in the community's language.
    rules: Option<String>,
    /// `zh-Hans`, `zh-Hant` or `en`.
    #[schema(example = "zh-Hans")]
    language: String,
    /// ISO 4217; it stays.
    #[schema(example = "CNY")]
    currency: String,
    /// An IANA time zone.
    #[schema(example = "Asia/Shanghai")]
    zone: String,
    /// Whose law applies: `CN`, `EU`, `UK`, `US` or `other`.
    jurisdiction: Option<String>,
    /// `#rrggbb`; left out, the colour of the house.
    theme: Option<String>,
    /// The first group; left out, a lobby.
    first_group: Option<String>,
}
#[derive(Serialize, ToSchema)]
pub struct CommunityOpened {
    slug: String,
    community: String,
    /// You, its owner.
    member: String,
    /// The first group.
    group: String,
}

/// Open a community
#[utoipa::path(post, path = "/api/v1/communities", tag = "Communities",
    operation_id = "open_community", request_body = NewCommunity,
    responses((status = 201, body = CommunityOpened), (status = "4XX", body = Problem)))]
pub async fn open_community(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewCommunity>,
) -> Result<Response, Sorry> {
    let account = caller.person()?.account;
    let b = &ask.body;
    let lang = Lang::of(&b.language).ok_or_else(|| unknown_word("language", &b.language))?;
    let money = Currency::of(&b.currency).ok_or_else(|| unknown_word("currency", &b.currency))?;
    let law = b.jurisdiction.as_deref().unwrap_or("other");
    let law = Jurisdiction::of(law).ok_or_else(|| unknown_word("jurisdiction", law))?;
    let or = |given: &Option<String>, else_: &str| given.clone().unwrap_or_else(|| else_.into());
    let open = async |number| {
        let cmd = OpenCommunity {
            id: app::calls::numbered(number),
            account,
            name: b.name.clone(),
            slug: b.slug.clone(),
            purpose: b.purpose.clone(),
            rules: or(&b.rules, lang.pick(RULES)),
            lang,
            currency: money,
            zone: b.zone.clone(),
            jurisdiction: law,
            theme: or(&b.theme, ""),
            first_group: or(&b.first_group, lang.pick(LOBBY)),
        };
        let o = house.app.open_community(caller.now, cmd).await?;
        let (community, member) = (o.community.to_string(), o.member.to_string());
        Ok(CommunityOpened { slug: o.slug, community, member, group: o.group.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, open).await
}

#[derive(Serialize, ToSchema)]
pub struct Community {
    slug: String,
    name: String,
    purpose: String,
    story: String,
    rules: String,
    language: String,
    currency: String,
    zone: String,
    jurisdiction: String,
    members: i64,
    groups: i64,
    opened_at: String,
}

/// One community
#[utoipa::path(get, path = "/api/v1/communities/{community}", tag = "Communities",
    operation_id = "get_community", params(("community" = String, Path)),
    responses((status = 200, body = Community), (status = "4XX", body = Problem)))]
pub async fn get_community(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Community>, Sorry> {
    let place = caller.place()?;
    let a = house.app.about(place.id).await?.ok_or(Sorry::NotFound)?;
    Ok(Json(Community {
        slug: place.slug.clone(),
        name: a.name,
        purpose: a.purpose,
        story: a.story,
        rules: a.rules,
        language: place.lang.tag().into(),
        currency: place.currency.code().into(),
        zone: place.zone.clone(),
        jurisdiction: a.jurisdiction,
        members: a.members,
        groups: a.groups,
        opened_at: time(a.created_at),
    }))
}

#[derive(Deserialize, ToSchema)]
pub struct Joining {
    /// What the member is called here.
    name: String,
    /// Ids of tags, at most 20.
    #[serde(default)]
    tags: Vec<String>,
    /// Yes to the rules of the house.
    agreed: bool,
}
#[derive(Serialize, ToSchema)]
pub struct Joined {
    #[schema(example = "mem_06d4zq0n8g008")]
    member: String,
}

/// Join a community
#[utoipa::path(post, path = "/api/v1/communities/{community}/members", tag = "Communities",
    operation_id = "join_community", params(("community" = String, Path)),
    request_body = Joining,
    responses((status = 201, body = Joined), (status = "4XX", body = Problem)))]
pub async fn join_community(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<Joining>,
) -> Result<Response, Sorry> {
    let (account, place) = (caller.person()?.account, caller.place()?.id);
    let tags = ask.body.tags.iter().map(|t| id_in("tags", t)).collect::<Result<Vec<_>, _>>()?;
    let join = async |_| {
        let cmd = JoinCommunity {
            community: place,
            account,
            name: ask.body.name.clone(),
            tags,
            agreed: ask.body.agreed,
        };
        let member = house.app.join_community(caller.now, cmd).await?;
        Ok(Joined { member: member.to_string() })
    };
    // before joining the caller is an account, afterwards a member: the verb itself is idempotent
    ask.once(&house, &Caller { who: None, ..caller.clone() }, StatusCode::CREATED, join).await
}

#[derive(Serialize, ToSchema)]
pub struct Member {
    #[schema(example = "mem_06d4zq0n8g008")]
    id: String,
    /// Empty: the account was closed.
    name: String,
    /// `owner`, `staff` or `member`.
    role: String,
    /// Of staff: what they may do.
    rights: Vec<String>,
    /// `active`, `left`, `banned` or `closed`.
    state: String,
    joined_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    muted_until: Option<String>,
    /// Of the caller, and for staff who see members; only when one member is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<MemberTier>,
}

/// `frank`: whose eyes may see who is muted and who was banned.
fn member(m: MemberRow, frank: bool) -> Member {
    let rights = Rights::of(m.role, &m.rights);
    let rights = Right::ALL.iter().filter(|r| rights.may(**r)).map(|r| r.code().into());
    Member {
        id: m.member.to_string(),
        name: m.name,
        role: m.role.code().into(),
        rights: if frank { rights.collect() } else { Vec::new() },
        state: m.state.code().into(),
        joined_at: time(m.joined_at),
        muted_until: m.muted_until.filter(|_| frank).map(time),
        tier: None,
    }
}

/// Members, in the order of their joining
#[utoipa::path(get, path = "/api/v1/communities/{community}/members", tag = "Communities",
    operation_id = "list_members", params(("community" = String, Path), Onward),
    responses((status = 200, body = Listed<Member>), (status = "4XX", body = Problem)))]
pub async fn list_members(
    State(house): State<House>,
    caller: Caller,
    Query(on): Query<Onward>,
) -> Result<Json<Listed<Member>>, Sorry> {
    let who = caller.member(Scope::ReadMembers)?;
    let after = on.after.as_deref().map(|a| id_in("after", a)).transpose()?;
    let mut rows = house.app.members(who.community, after).await?;
    // the view gives pages of fifty
    let full = rows.len() >= 50;
    let most = on.most().min(50) as usize;
    let more = full || rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|m| m.member.to_string());
    let frank = who.rights.may(Right::Members);
    Ok(Json(Listed { items: rows.into_iter().map(|m| member(m, frank)).collect(), next }))
}

/// One member
#[utoipa::path(get, path = "/api/v1/communities/{community}/members/{member}",
    tag = "Communities", operation_id = "get_member",
    params(("community" = String, Path), ("member" = String, Path)),
    responses((status = 200, body = Member), (status = "4XX", body = Problem)))]
pub async fn get_member(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<Member>, Sorry> {
    let who = caller.member(Scope::ReadMembers)?;
    let id = named::<id::Member>(&wanted)?;
    let card = house.app.member_card(who.community, id, Some(who.member)).await?;
    let card = card.ok_or(Sorry::NotFound)?;
    let frank = who.rights.may(Right::Members);
    // growth tells of purchases
    let buys = who.rights.may(Right::Orders) || who.rights.may(Right::Money);
    let tier = match (frank && buys) || id == who.member {
        true => tiers::of_member(&house, &caller, id).await?,
        false => None,
    };
    Ok(Json(Member { tier, ..member(card.row, frank) }))
}

#[derive(Serialize, ToSchema)]
pub struct Tag {
    id: String,
    name: String,
    /// How many members chose it.
    members: i64,
}

/// Tags members can choose
#[utoipa::path(get, path = "/api/v1/communities/{community}/tags", tag = "Communities",
    operation_id = "list_tags", params(("community" = String, Path)),
    responses((status = 200, body = Listed<Tag>), (status = "4XX", body = Problem)))]
pub async fn list_tags(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Listed<Tag>>, Sorry> {
    let rows = house.app.community_tags(caller.place()?.id).await?;
    let tag = |t: app::community::views::TagRow| Tag {
        id: t.id.to_string(),
        name: t.name,
        members: t.members,
    };
    Ok(Json(Listed::whole(rows.into_iter().map(tag).collect())))
}
