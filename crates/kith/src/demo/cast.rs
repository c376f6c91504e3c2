//! After the story: a few members keep chatting and ordering, so that pages move.
use super::{Shared, people, trade};
use crate::clock;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::sale::address::Address;
use std::time::Duration;

pub async fn keep_talking(world: Shared) {
    let mut round = 0usize;
    loop {
        tokio::time::sleep(Duration::from_secs(6 + world.dice.below(8) as u64)).await;
        round += 1;
        if let Err(error) = one(&world, round).await {
            tracing::warn!(%error, "the cast stumbled");
        }
    }
}

async fn one(world: &Shared, round: usize) -> anyhow::Result<()> {
    let now = clock::now();
    if round.is_multiple_of(4) {
        return order(world).await;
    }
    let talk = &world.set.talks[world.dice.below(world.set.talks.len())];
    let there = world.members_of(&talk.group);
    let (Some(turn), Some(person)) = (world.dice.one(&talk.turns), world.dice.one(&there)) else {
        return Ok(());
    };
    let Some(group) = world.group(&talk.group) else { return Ok(()) };
    people::say(world, group, *person, now, (&turn.text, None), None).await.map(drop)
}

async fn order(world: &Shared) -> anyhow::Result<()> {
    let now = clock::now();
    let Some(person) = world.buyer() else { return Ok(()) };
    let goods = world.goods.read().map(|g| g.clone()).unwrap_or_default();
    let variant = world.dice.one(&goods).and_then(|g| world.dice.one(&g.variants));
    let Some(variant) = variant else { return Ok(()) };
    let id: Id<id::Order> = world.app.mint(now);
    let region = "上海市 徐汇区".to_string();
    let street = format!("桃源村 {} 号", world.dice.between(1, 60));
    let phone = "19000000000".to_string();
    let to = To::Ship(Address { recipient: "桃源里邻居".into(), phone, region, street });
    let placed = PlaceOrder {
        who: person.who,
        id,
        lines: vec![(*variant, 1)],
        to,
        note: String::new(),
        provider: Provider::Sandbox,
        expected: None,
        source: None,
        seat: None,
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: None,
    };
    if world.app.place_order(now, placed).await.is_ok() {
        trade::pay(world, person, id, now).await?;
    }
    Ok(())
}
