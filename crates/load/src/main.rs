//! Drives a served house as three members do, remembers every success it was answered, and asks
//! for all of them again later.
//!
//!     load ready ADDRESS                    waits until it answers
//!     load run ADDRESS SESSIONS NOTES       orders, pays and chats until the house is gone
//!     load check ADDRESS SESSIONS NOTES     is all of that still there?
//!
//! SESSIONS is the line of `kith demo --json`, NOTES a file of what was acknowledged.
mod client;
mod notes;
mod visit;

use anyhow::{Context, Result, bail};
use client::Client;
use notes::Note;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const USAGE: &str = "usage: load ready ADDRESS | load run|check ADDRESS SESSIONS NOTES";
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
        ["ready", to] => ready(to).await,
        ["run", to, sessions, file] => drive(to, &tokens(sessions)?, file).await,
        ["check", to, sessions, file] => check(to, &tokens(sessions)?, file).await,
        _ => bail!(USAGE),
    }
}

/// The three members' session tokens, from the links they would open.
fn tokens(file: &str) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("no sessions in {file}"))?;
    let line: serde_json::Value = serde_json::from_str(&text).context("the demo's line")?;
    let token = |who: &str| {
        let link = line[who]["link"].as_str()?;
        let (_, rest) = link.split_once("/enter/")?;
        Some(rest.split('?').next()?.to_owned())
    };
    let all = ["owner", "leader", "member"]
        .map(|who| token(who).with_context(|| format!("no link of the {who} in the demo's line")));
    all.into_iter().collect()
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
    if !all.iter().any(|n| matches!(n, Note::Order { .. })) {
        bail!("not one order was taken");
    }
    notes::write(file, &all)?;
    println!("{}", notes::counted(&all));
    Ok(())
}

async fn check(to: &str, tokens: &[String], file: &str) -> Result<()> {
    let all = notes::read(file)?;
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
    println!("{} still there", notes::counted(&all));
    Ok(())
}
