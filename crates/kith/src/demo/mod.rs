//! `kith demo`: a living community, played through the ordinary verbs from `demo/`.
mod cast;
mod cheaper;
mod data;
mod dice;
mod earning;
mod fill;
mod lists;
mod payouts;
mod people;
mod points;
mod sharing;
mod thanks;
mod tiers;
mod together;
mod trade;
mod world;

use crate::clock;
use crate::commands::{open, serve};
use crate::config::Settings;
use anyhow::{Result, anyhow};
use app::community::make_key::MakeKey;
use app::{App, Chance};
use rules::base::{Id, Moment, id};
use rules::community::scope::Scopes;
use std::process::ExitCode;
use std::sync::Arc;
use world::{World, told};

/// The accounts the printed links sign in as.
struct Links {
    owner: Id<id::Account>,
    leader: Id<id::Account>,
    member: Id<id::Account>,
}

pub async fn run(settings: Settings, quiet: bool, json: bool) -> Result<ExitCode> {
    let settings = Settings { development: true, ..settings };
    let app = open(&settings, Chance::system()).await?;
    let listener = serve::bind(&settings).await?;
    let played = match app.place("taoyuanli").await.map_err(|e| anyhow!("{e}"))? {
        Some(_) => None,
        None => {
            let other = open(&settings, Chance::system()).await?;
            Some(fill::fill(&app, other, clock::now()).await?)
        }
    };
    if let Some(world) = &played {
        payouts::some(world, clock::now().plus_minutes(-5)).await?;
    }
    let house = serve::house(&settings, app.clone(), &listener)?;
    let links = links(&app, played.as_deref()).await?;
    announce(&app, &house.setup.address, &links, json).await?;
    if !quiet && let Some(world) = played {
        tokio::spawn(cast::keep_talking(world));
    }
    serve::run(house, listener).await;
    Ok(ExitCode::SUCCESS)
}

async fn links(app: &App, played: Option<&World>) -> Result<Links> {
    if let Some(world) = played {
        let leader = world.named("周姐").ok_or_else(|| anyhow!("the leader is missing"))?;
        let member = (100..world.set.members.len()).find_map(|i| world.person(i));
        let member = member.ok_or_else(|| anyhow!("the member is missing"))?;
        let owner = world.owner()?.account;
        return Ok(Links { owner, leader: leader.account, member: member.account });
    }
    // a folder that was filled before: find the same people by name
    let place = app.place("taoyuanli").await.map_err(|e| anyhow!("{e}"))?;
    let c = place.ok_or_else(|| anyhow!("the community is missing"))?.id;
    let set = data::chinese()?;
    let of = async |name: &str| -> Result<Id<id::Account>> {
        let found = app.account_named(c, name).await.map_err(|e| anyhow!("{e}"))?;
        found.ok_or_else(|| anyhow!("{name} is missing"))
    };
    let name = |i: usize| set.members.get(i).map_or("", |m| m.name.as_str());
    let member = of(name(100)).await?;
    Ok(Links { owner: of(name(0)).await?, leader: of("周姐").await?, member })
}

async fn announce(app: &App, address: &str, links: &Links, json: bool) -> Result<()> {
    let now: Moment = clock::now();
    let link = async |account| -> Result<String> {
        let opened = app.open_session_for(now, account, "demo").await;
        let token = told("a session", opened)?.token;
        Ok(format!("{address}/enter/{token}?to=/c/taoyuanli"))
    };
    let owner = link(links.owner).await?;
    let leader = link(links.leader).await?;
    let member = link(links.member).await?;
    let key = owners_key(app, now, links.owner).await?;
    if json {
        let line = serde_json::json!({
            "url": address,
            "communities": ["taoyuanli", "harbour-row"],
            "owner": {"link": owner, "api_key": key},
            "leader": {"link": leader}, "member": {"link": member},
        });
        println!("{line}");
        return Ok(());
    }
    println!("Kith 熟客 answers at {address}");
    println!("  stranger  {address}/c/taoyuanli   and   {address}/c/harbour-row");
    println!("  owner     {owner}");
    println!("  api key   {key}   (docs at {address}/api/v1/docs)");
    println!("  leader    {leader}");
    println!("  member    {member}");
    println!("  (the console is at {address}/c/taoyuanli/console; Ctrl-C stops)");
    Ok(())
}

/// A key of the API with every scope; the one of an earlier start ends.
async fn owners_key(app: &App, now: Moment, owner: Id<id::Account>) -> Result<String> {
    const NAME: &str = "demo";
    let place = app.place("taoyuanli").await.map_err(|e| anyhow!("{e}"))?;
    let c = place.ok_or_else(|| anyhow!("the community is missing"))?.id;
    let who = app.who_of(c, owner).await.map_err(|e| anyhow!("{e}"))?;
    let who = who.ok_or_else(|| anyhow!("the owner is missing"))?;
    for old in app.keys(c).await.map_err(|e| anyhow!("{e}"))? {
        if old.name == NAME {
            told("an old key", app.end_key(now, who, old.id).await)?;
        }
    }
    let make = MakeKey { who, id: app.mint(now), name: NAME.into(), scopes: Scopes::all() };
    told("a key", app.make_key(now, make).await)
}

type Shared = Arc<World>;
