//! Drives a served house as three members do, remembers every success it was answered, and asks
//! for all of them again later.
//!
//!     load fill sqlite|postgres WHERE TOKENS TEAM   makes a community with a shop and three
//!                                              members, and a team of 500 that paid and failed
//!     load paid-back sqlite|postgres WHERE TEAM   how many of the team have their money back?
//!     load ready ADDRESS                       waits until it answers
//!     load run ADDRESS TOKENS NOTES            orders, pays and chats until the house is gone
//!     load check ADDRESS TOKENS NOTES          is all of that still there?
//!
//! TOKENS is a file of the members' sessions, TEAM one of the team's orders, NOTES one of what was
//! acknowledged.
mod acknowledged;
mod client;
mod team;
mod visit;

use anyhow::{Context, Result, bail};
use app::db::At;
use client::Client;
use load::shop;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const USAGE: &str = "usage: load fill sqlite|postgres WHERE TOKENS TEAM | \
    load paid-back sqlite|postgres WHERE TEAM | load ready ADDRESS | \
    load run|check ADDRESS TOKENS NOTES";
const MEMBERS: usize = 3;
const PRODUCTS: usize = 24;
/// A house that is not there after this long does not come.
const PATIENCE: Duration = Duration::from_secs(5);
/// Tasks of each member; they share the member's stock of requests.
const TASKS: usize = 6;
/// bin/check-kill waits for this line.
const UNDER_WAY: &str = "under way";

fn main() -> ExitCode {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let out = built.map_err(Into::into).and_then(|runtime| runtime.block_on(run()));
    match out {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["fill", engine, place, tokens, team] => fill(at(engine, place)?, tokens, team).await,
        ["paid-back", engine, place, team] => paid_back(at(engine, place)?, team).await,
        ["ready", to] => ready(to).await,
        ["run", to, tokens, file] => drive(to, &read_tokens(tokens)?, file).await,
        ["check", to, tokens, file] => check(to, &read_tokens(tokens)?, file).await,
        _ => bail!(USAGE),
    }
}

fn at(engine: &str, place: &str) -> Result<At> {
    match engine {
        "sqlite" => Ok(At::File(place.into())),
        "postgres" => Ok(At::Postgres { url: place.to_owned(), connections: 16 }),
        _ => bail!(USAGE),
    }
}

async fn fill(at: At, tokens: &str, team: &str) -> Result<()> {
    let app = shop::open_at(at, &Path::new(tokens).with_extension("files")).await?;
    let shop = shop::fill(&app, PRODUCTS, MEMBERS).await?;
    team::fill(&app, &shop, team).await?;
    std::fs::write(tokens, shop.tokens.join("\n"))
        .with_context(|| format!("{tokens} cannot be written"))
}

async fn paid_back(at: At, team: &str) -> Result<()> {
    let app = shop::open_at(at, &Path::new(team).with_extension("files")).await?;
    let (back, all) = team::paid_back(&app, team).await?;
    println!("{back} of {all}");
    Ok(())
}

fn read_tokens(file: &str) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("no sessions in {file}"))?;
    Ok(text.lines().map(str::to_owned).collect())
}

async fn ready(to: &str) -> Result<()> {
    let began = Instant::now();
    loop {
        let answer = Client::new(to, "").get("/healthz").await;
        if answer.is_ok_and(|r| r.status == 200) {
            return Ok(());
        }
        if began.elapsed() > PATIENCE {
            bail!("{to} does not answer");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn drive(to: &str, tokens: &[String], file: &str) -> Result<()> {
    let mut known = Vec::new();
    for token in tokens {
        known.push(visit::look_around(&mut Client::new(to, token)).await?);
    }
    // from here on the house may be killed
    println!("{UNDER_WAY}");
    let mut tasks = Vec::new();
    for (member, (token, known)) in tokens.iter().zip(known).enumerate() {
        for task in 0..TASKS {
            let node = (member * TASKS + task) as i64;
            let (client, known) = (Client::new(to, token), known.clone());
            tasks.push(tokio::spawn(visit::keep_busy(client, known, member, node)));
        }
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.context("a task of the driver broke")?);
    }
    if let Some(what) = acknowledged::none_of(&all) {
        bail!("not one of these was taken: {what}");
    }
    acknowledged::write(file, &all)?;
    println!("{}", acknowledged::counted(&all));
    Ok(())
}

async fn check(to: &str, tokens: &[String], file: &str) -> Result<()> {
    let all = acknowledged::read(file)?;
    let mut clients: Vec<Client> = tokens.iter().map(|t| Client::new(to, t)).collect();
    let mut missing = 0;
    for note in &all {
        let client = clients.get_mut(note.member()).context("a note of nobody")?;
        if let Some(what) = visit::missing(client, note).await? {
            eprintln!("load: acknowledged and gone: {note} ({what})");
            missing += 1;
        }
    }
    if missing > 0 {
        bail!("{missing} of {} acknowledged things are gone", all.len());
    }
    println!("{} still there", acknowledged::counted(&all));
    Ok(())
}
