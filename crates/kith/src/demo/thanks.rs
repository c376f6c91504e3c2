//! Thanks and news of the story: red packets (all taken, out of time, open today), a relay.
use super::Shared;
use super::world::{DAYS, Event, Person, World, told};
use anyhow::{Result, anyhow};
use app::Stop;
use app::reach::relay_message::{RelayMessage, To};
use app::spread::open_packet::OpenPacket;
use app::spread::take_packet::TakePacket;
use rules::base::moment::{HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::spread::packet::{Needs, Split};

/// Of one packet: its words, sum, slots, how it is parted, who may take, how many people try.
struct Thanks {
    words: [&'static str; 3],
    total: i64,
    slots: i64,
    split: Split,
    needs: Needs,
    takers: usize,
}

const THANKS: [Thanks; 3] = [
    Thanks {
        words: ["第一百单，谢谢大家", "第一百單，謝謝大家", "A hundred orders. Thank you!"],
        total: 8_800,
        slots: 12,
        split: Split::Lucky,
        needs: Needs::Member,
        takers: 16,
    },
    Thanks {
        words: ["雨天等货辛苦了", "雨天等貨辛苦了", "For waiting in the rain"],
        total: 3_000,
        slots: 15,
        split: Split::Equal,
        needs: Needs::Buyer,
        takers: 8,
    },
    Thanks {
        words: ["一起吃桃", "一起吃桃", "Have a peach on us"],
        total: 10_000,
        slots: 50,
        split: Split::Lucky,
        needs: Needs::Day,
        takers: 32,
    },
];

/// Two in the past, one a few hours ago.
pub fn plan(world: &World) {
    world.plan(world.at(DAYS - 30, 20), Event::Thank(0));
    world.plan(world.at(DAYS - 9, 18), Event::Thank(1));
    world.plan(world.end.plus(-3 * HOUR), Event::Thank(2));
    world.plan(world.at(DAYS - 2, 17), Event::Relay);
}

/// The owner opens it in the largest group; people come within the hours that follow.
pub async fn open(world: &Shared, at: Moment, i: usize) -> Result<()> {
    let Some(thanks) = THANKS.get(i) else { return Ok(()) };
    let people = |slug: &str| world.members_of(slug);
    let largest = world.set.groups.iter().max_by_key(|g| people(&g.slug).len());
    let Some((slug, group)) = largest.and_then(|g| Some((&g.slug, world.group(&g.slug)?))) else {
        return Ok(());
    };
    let id: Id<id::RedPacket> = world.app.mint(at);
    let cmd = OpenPacket {
        who: world.owner()?.who,
        id,
        group,
        split: thanks.split,
        total: thanks.total,
        slots: thanks.slots,
        needs: thanks.needs,
        hours: 24,
        wish: world.lang.pick(thanks.words).into(),
    };
    told("a red packet", world.app.open_packet(at, cmd).await)?;
    let people: Vec<Person> = people(slug);
    let step = (people.len() / thanks.takers.max(1)).max(1);
    for (n, person) in (0_i64..).zip(people.into_iter().step_by(step).take(thanks.takers)) {
        world.plan(at.plus((n * 4 + 1) * MINUTE), Event::Take(id, person.who));
    }
    Ok(())
}

/// The owner says one thing in four groups, in the last of them on the next morning.
pub async fn relay(world: &Shared, at: Moment) -> Result<()> {
    let groups = world.set.groups.iter().filter_map(|g| world.group(&g.slug)).take(4);
    let mut to: Vec<To> = groups.map(|group| To { group, text: String::new(), at: None }).collect();
    if let Some(last) = to.last_mut() {
        last.at = Some(at.plus(15 * HOUR));
        last.text = world.lang.pick(TODAY).into();
    }
    let text = world.lang.pick(TOMORROW).into();
    let (who, id) = (world.owner()?.who, world.app.mint(at));
    let cmd = RelayMessage { who, id, text, link: String::new(), to };
    told("a relay", world.app.relay_message(at, cmd).await)
}
const TOMORROW: [&str; 3] = [
    "明早九点到货，带好取件码，先到先取，都有份。",
    "明早九點到貨，帶好取件碼，先到先取，都有份。",
    "Goods arrive at nine tomorrow. Bring your code; there is enough for everybody.",
];
const TODAY: [&str; 3] = [
    "今天九点到货，带好取件码，先到先取，都有份。",
    "今天九點到貨，帶好取件碼，先到先取，都有份。",
    "Goods arrive at nine today. Bring your code; there is enough for everybody.",
];

pub async fn take(world: &Shared, at: Moment, cmd: TakePacket) -> Result<()> {
    match world.app.take_packet(at, cmd).await {
        Ok(_) | Err(Stop::Refused(_)) => Ok(()),
        Err(Stop::Fault(fault)) => Err(anyhow!("a share of a packet: {fault}")),
    }
}
