//! People come in, talk and write.
use super::Shared;
use super::data::listed;
use super::sharing;
use super::world::{Event, Person, World, told};
use super::{cheaper, earning, fill};
use anyhow::{Result, anyhow};
use app::Stop;
use app::community::edit_member::EditMember;
use app::community::join_community::JoinCommunity;
use app::community::join_group::JoinGroup;
use app::community::post_message::PostMessage;
use app::community::request_code::RequestCode;
use app::community::set_group_role::SetGroupRole;
use app::community::set_role::SetRole;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::who::Who;
use app::content::comment::CommentPost;
use app::content::create_post::CreatePost;
use app::content::like_post::LikePost;
use app::trust::follow_member::FollowMember;
use rules::base::moment::{HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::community::contact::ContactKind;
use rules::community::group::GroupRole;
use rules::community::role::{Right, Role};
use rules::content::post::Kind;
use rules::trust::tie::Consent;

/// Signs up with a code, joins the community, then the groups.
pub async fn join(world: &Shared, i: usize, at: Moment) -> Result<()> {
    let (app, m) = (&world.app, &world.set.members[i]);
    let account = account(world, i, at).await?;
    if i == 0 {
        fill::open(world, at, account).await?;
    } else {
        let cmd = JoinCommunity {
            community: world.community,
            account,
            name: m.name.clone(),
            tags: world.tags_of(listed(&m.tags)),
            agreed: true,
        };
        let visitor = sharing::shown_the_way(world, i, at).await?;
        told(&m.name, app.join_through(at, cmd, visitor).await)?;
    }
    let who = app.who_of(world.community, account).await.map_err(|e| anyhow!("{e}"))?;
    let who = who.ok_or_else(|| anyhow!("{} is not there after joining", m.name))?;
    if let Ok(mut people) = world.people.write() {
        people.insert(i, Person { who, account });
    }
    if !m.bio.is_empty() {
        let (name, bio) = (m.name.clone(), m.bio.clone());
        let cmd = EditMember { community: world.community, member: who.member, name, bio };
        told(&m.name, app.edit_member(at, cmd).await)?;
    }
    if m.role == "staff" {
        employ(world, who.member, at).await?;
    }
    if i > 0 {
        earning::take_part(world, i, Person { who, account }, at).await?;
        enter_groups(world, i, who.member, at).await?;
        if world.dice.percent(50) {
            cheaper::take(world, at, who).await?;
        }
    }
    Ok(())
}

/// The owner gives somebody the shop's daily work.
async fn employ(world: &World, member: Id<id::Member>, at: Moment) -> Result<()> {
    let rights = vec![Right::Orders, Right::Catalogue, Right::Content, Right::Members];
    let cmd = SetRole {
        community: world.community,
        by: world.owner()?.who.member,
        member,
        role: Role::Staff,
        rights,
        reason: String::new(),
    };
    told("employing", world.app.set_role(at, cmd).await)
}

async fn account(world: &World, i: usize, at: Moment) -> Result<Id<id::Account>> {
    let (app, m) = (&world.app, &world.set.members[i]);
    let browser = format!("demo-{}-{i}", world.set.slug);
    let target = match m.phone.strip_prefix("07") {
        Some(rest) => format!("+447{rest}"),
        None => m.phone.clone(),
    };
    let address = format!("192.0.2.{}", i % 250);
    let (kind, code_browser) = (ContactKind::Phone, browser.clone());
    let ask = RequestCode { kind, target, browser: code_browser, address };
    let sent = told(&m.name, app.request_code(at, ask).await)?;
    let cmd = SignInWithCode {
        sign_in: sent.sign_in,
        code: sent.code,
        browser,
        name: m.name.clone(),
        lang: world.lang,
        agent: "demo".into(),
    };
    Ok(told(&m.name, app.sign_in_with_code(at, cmd).await)?.account)
}

async fn enter_groups(world: &World, i: usize, member: Id<id::Member>, at: Moment) -> Result<()> {
    let (app, m, c) = (&world.app, &world.set.members[i], world.community);
    for slug in listed(&m.groups) {
        let Some(group) = world.group(slug) else { continue };
        let words = world.lang.pick(["想进来看看", "想進來看看", "I would like to join"]);
        let (code, agreed) = (None, true);
        let cmd = JoinGroup { community: c, member, group, agreed, code, words: words.into() };
        match app.join_group(at, cmd).await {
            // invited people come with a code; the script has none and leaves them outside
            Ok(_) | Err(Stop::Refused(_)) => {}
            Err(Stop::Fault(fault)) => return Err(anyhow!("{slug}: {fault}")),
        }
        let leads = world.set.groups.iter().any(|g| g.slug == slug && g.leader == m.name);
        if leads {
            show_record(world, member, at).await?;
            let by = world.owner()?.who.member;
            let role = GroupRole::Leader;
            let cmd = SetGroupRole { community: c, by, group, member, role };
            told(&m.name, app.set_group_role(at, cmd).await)?;
            // who made the group for them steps back
            let (member, role) = (by, GroupRole::Member);
            let cmd = SetGroupRole { community: c, by, group, member, role };
            told(&m.name, app.set_group_role(at, cmd).await)?;
        }
    }
    Ok(())
}

/// One conversation of the script, its speakers drawn from who is in the group.
pub async fn talk(world: &Shared, i: usize, at: Moment) -> Result<()> {
    let talk = &world.set.talks[i];
    let Some(group) = world.group(&talk.group) else { return Ok(()) };
    let mut there = world.members_of(&talk.group);
    let speakers = talk.turns.iter().map(|t| t.who + 1).max().unwrap_or(0);
    if there.len() < speakers {
        // too early in the story: later, when more have come
        world.plan(at.plus(20 * HOUR), Event::Talk(i));
        return Ok(());
    }
    let leader = world.set.groups.iter().find(|g| g.slug == talk.group);
    let leader = leader.and_then(|g| world.named(&g.leader));
    let mut cast = Vec::new();
    for n in 0..speakers {
        let wanted = (talk.leader == Some(n)).then_some(leader).flatten();
        let next = world.dice.early(there.len());
        let person = wanted.unwrap_or_else(|| there.remove(next.min(there.len() - 1)));
        cast.push(person);
    }
    let product = world.products_of(talk.product_handle.as_deref().into_iter());
    let mut asked = None;
    for (n, turn) in talk.turns.iter().enumerate() {
        let when = Moment((at.0 + n as i64 * MINUTE).min(world.end.0 - 1));
        let card = if n == 0 { product.first().copied() } else { None };
        let line = say(world, group, cast[turn.who], when, (&turn.text, asked), card).await?;
        // who asks is answered by whoever speaks next
        asked = line.filter(|_| turn.text.ends_with(['?', '？', '吗', '呢']));
    }
    Ok(())
}

pub async fn say(
    world: &World,
    group: Id<id::Group>,
    person: Person,
    at: Moment,
    (text, reply_to): (&str, Option<Id<id::Message>>),
    product: Option<Id<id::Product>>,
) -> Result<Option<Id<id::Message>>> {
    let id = world.app.mint(at);
    let cmd = PostMessage {
        community: world.community,
        member: person.who.member,
        group,
        id,
        text: text.into(),
        product,
        reply_to,
    };
    match world.app.post_message(at, cmd).await {
        Ok(_) => Ok(Some(id)),
        Err(Stop::Refused(_)) => Ok(None),
        Err(Stop::Fault(fault)) => Err(anyhow!("a line: {fault}")),
    }
}

pub async fn post(world: &Shared, i: usize, at: Moment) -> Result<()> {
    let p = world.set.posts[i].clone();
    let group = p.group.as_deref().and_then(|g| world.group(g));
    let leader = world.set.groups.iter().find(|g| Some(&g.slug) == p.group.as_ref());
    let leader = leader.and_then(|g| world.named(&g.leader));
    let in_group = p.group.as_deref().map(|g| world.members_of(g)).unwrap_or_default();
    let drawn = world.dice.one(&in_group).copied().or_else(|| world.somebody());
    let author = if p.by.as_deref() == Some("leader") { leader.or(drawn) } else { drawn };
    let Some(author) = author else { return Ok(()) };
    let id: Id<id::Post> = world.app.mint(at);
    let groups: Vec<Id<id::Group>> = group.into_iter().collect();
    let cmd = CreatePost {
        community: world.community,
        by: author.who.member,
        id,
        kind: Kind::of(&p.kind).unwrap_or(Kind::Note),
        group,
        groups: groups.clone(),
        title: p.title.clone(),
        text: if p.introduction.is_empty() { p.text.clone() } else { p.introduction.clone() },
        link: p.url.clone(),
        pictures: Vec::new(),
        cards: world.products_of(p.product_handles.iter().map(String::as_str)),
        tags: world.tags_of(p.tags.iter().map(String::as_str)),
        mentions: Vec::new(),
        lang: world.lang,
        publish: true,
    };
    told(&p.title, world.app.create_post(at, cmd).await)?;
    for (n, comment) in p.comments.iter().enumerate() {
        let when = Moment((at.0 + (n as i64 + 1) * 17 * MINUTE).min(world.end.0 - 1));
        let by = comment.by.as_deref().and_then(|name| world.named(name));
        let Some(by) = by.or_else(|| world.dice.one(&in_group).copied()) else { continue };
        let cmd = CommentPost {
            community: world.community,
            by: by.who.member,
            id: world.app.mint(when),
            post: id,
            answers: None,
            groups: groups.clone(),
            text: comment.text.clone(),
            mentions: Vec::new(),
        };
        told("a comment", world.app.comment(when, cmd).await)?;
    }
    for _ in 0..world.dice.between(1, 12) {
        let Some(by) = world.somebody() else { continue };
        let (community, by, groups) = (world.community, by.who.member, groups.clone());
        let like = LikePost { community, by, post: id, groups, liked: true };
        let when = Moment((at.0 + 3 * HOUR).min(world.end.0 - 1));
        match world.app.like_post(when, like).await {
            Ok(_) | Err(Stop::Refused(_)) => {}
            Err(Stop::Fault(fault)) => return Err(anyhow!("a like: {fault}")),
        }
    }
    Ok(())
}

/// Everybody may see how this member's advice went.
async fn show_record(world: &World, member: Id<id::Member>, at: Moment) -> Result<()> {
    let given = world.app.give_consent(at, world.community, member, Consent::Record, true).await;
    told("a consent", given)
}

/// Whoever has collected something has met somebody: some follow each other, some let friends see
/// what they bought.
pub async fn meet(world: &Shared, at: Moment, who: Who) -> Result<()> {
    if world.dice.percent(60) {
        return Ok(());
    }
    let (app, c) = (&world.app, world.community);
    cheaper::take(world, at, who).await?;
    let given = world.dice.percent(80);
    let consent = app.give_consent(at, c, who.member, Consent::Purchases, given);
    told("a consent", consent.await)?;
    if given {
        show_record(world, who.member, at).await?;
    }
    let Some(other) = world.buyer().filter(|o| o.who.member != who.member) else { return Ok(()) };
    let follow = |by: Who, other: Who| FollowMember {
        community: c,
        by: by.member,
        other: other.member,
        follow: true,
    };
    told("following", app.follow_member(at, follow(who, other.who)).await)?;
    if world.dice.percent(70) {
        told("following back", app.follow_member(at, follow(other.who, who)).await)?;
    }
    Ok(())
}
