//! Members show what they found to their friends, who join and buy through their links.
use super::data::listed;
use super::world::{Person, World, told};
use anyhow::{Result, anyhow};
use app::spread::Visitor;
use app::spread::create_share_link::CreateShareLink;
use app::spread::open_link::OpenLink;
use rules::base::moment::MINUTE;
use rules::base::{Id, Moment, id};
use rules::spread::link::Shown;
use rules::spread::visit::Channel;

/// One order in so many follows a friend's link.
const SHOWN: i64 = 6;
const CHANNELS: [Channel; 4] = [Channel::Wechat, Channel::Wechat, Channel::Chat, Channel::Direct];

/// The browser of the member of this row.
fn browser(world: &World, i: usize) -> Option<Visitor> {
    Visitor::of(&format!("{:016x}{i:016x}", world.community.raw()))
}

/// Before somebody joins, whoever the story says brought them sends a link: to a thing, or to the
/// group they will meet in.
pub async fn shown_the_way(world: &World, i: usize, at: Moment) -> Result<Option<Visitor>> {
    let m = &world.set.members[i];
    let by = m.referrer_row.and_then(|row| world.person(row.checked_sub(1)?));
    let (Some(by), Some(visitor)) = (by, browser(world, i)) else { return Ok(None) };
    let group = listed(&m.groups).find_map(|slug| world.group(slug));
    let good = {
        let goods = world.goods.read().map_err(|_| anyhow!("the goods"))?;
        goods.get(i * 7 % goods.len().max(1)).map(|g| g.id)
    };
    let what = match (group, good) {
        (Some(group), _) if i % 2 == 1 => (Shown::Group, group.raw()),
        (_, Some(good)) => (Shown::Product, good.raw()),
        _ => return Ok(None),
    };
    opened(world, by, what, (visitor.clone(), None, i), at).await?;
    Ok(Some(visitor))
}

/// A buyer looks at what a friend sent before they order it.
pub async fn shown_to(
    world: &World,
    buyer: Person,
    product: Id<id::Product>,
    at: Moment,
) -> Result<()> {
    let minute = at.0 / MINUTE;
    let n = world.people.read().map_or(0, |p| p.len());
    let (row, by) = {
        let people = world.people.read().map_err(|_| anyhow!("the people"))?;
        let row = people.iter().find(|(_, p)| p.account == buyer.account).map(|(i, _)| *i);
        let by = people.values().nth((minute / SHOWN) as usize % n.max(1)).copied();
        (row, by)
    };
    let (Some(row), Some(by)) = (row, by) else { return Ok(()) };
    if minute % SHOWN != 0 || by.account == buyer.account {
        return Ok(());
    }
    let Some(visitor) = browser(world, row) else { return Ok(()) };
    let what = (Shown::Product, product.raw());
    opened(world, by, what, (visitor, Some(buyer.account), row), at).await
}

async fn opened(
    world: &World,
    by: Person,
    (kind, thing): (Shown, i64),
    (visitor, account, row): (Visitor, Option<Id<id::Account>>, usize),
    at: Moment,
) -> Result<()> {
    let (app, community) = (&world.app, world.community);
    let make = CreateShareLink { community, by: by.who.member, kind, thing, visitor: None };
    let code = told("a link", app.create_share_link(at, make).await)?;
    let link = app.share_link(&code).await.map_err(|e| anyhow!("{e}"))?;
    let link = link.ok_or_else(|| anyhow!("the link {code} is missing"))?.id;
    let channel = CHANNELS[row % CHANNELS.len()];
    let address = format!("192.0.2.{}", row % 250);
    let open = OpenLink { community, link, visitor, account, channel, address };
    told("a visit", app.open_link(at, open).await).map(drop)
}
