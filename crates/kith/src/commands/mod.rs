//! Every command and its function, on one screen.
mod audit;
mod backup;
mod doctor;
mod import;
mod insight;
pub mod serve;
mod webhook_key;

use crate::config::{Cli, Command, Import, Reach, Settings};
use anyhow::{Context, Result, anyhow};
use app::{App, Chance, Db};
use gateway::Gateway;
use gateway::files::Files;
use gateway::mail::Mail;
use gateway::outward::Outward;
use gateway::payments::Payments;
use gateway::second_factor::SecondFactor;
use gateway::webhooks::Webhooks;
use std::process::ExitCode;

pub async fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        Command::Serve { place, reach } => serve::serve(Settings::of(&place, &reach)?).await,
        Command::Demo { place, reach, quiet_cast, json } => {
            let settings = Settings::of(&place, &reach)?;
            crate::demo::run(settings, quiet_cast, json).await
        }
        Command::Import(Import::Products { file, community, dry_run, place }) => {
            let settings = Settings::of(&place, &Reach::default())?;
            import::products(settings, file, community, dry_run).await
        }
        Command::Insight(asked) => insight::insight(&asked),
        Command::Backup { to, place } => {
            backup::backup(Settings::of(&place, &Reach::default())?, to).await
        }
        Command::Restore { from, place } => {
            backup::restore(&Settings::of(&place, &Reach::default())?, &from)
        }
        Command::Audit { place, json } => {
            audit::audit(Settings::of(&place, &Reach::default())?, json).await
        }
        Command::Openapi => {
            println!("{}", web::api::description().to_pretty_json()?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Doctor { place, reach } => doctor::doctor(Settings::of(&place, &reach)?).await,
    }
}

/// Opens the database and everything outside the house.
pub async fn open(settings: &Settings, chance: Chance) -> Result<App> {
    std::fs::create_dir_all(&settings.data_dir)
        .with_context(|| format!("the folder {} cannot be made", settings.data_dir.display()))?;
    let at = settings.at.clone();
    let db = tokio::task::spawn_blocking(move || Db::open(&at)).await?;
    let db = db.map_err(|e| anyhow!("the database does not open: {e}"))?;
    let mail = match &settings.smtp {
        Some(url) => Mail::smtp(url, &settings.mail_from).map_err(|e| anyhow!(e))?,
        None => Mail::Off,
    };
    // the sandbox signs its own callbacks; its secret lives as long as the process
    let secret: Option<[u8; 32]> = settings.development.then(|| Chance::system().bytes());
    let payments = Payments::new(secret.as_ref().map(|s| &s[..]));
    let files = Files::new(settings.data_dir.join("files")).context("the folder for pictures")?;
    let outward = Outward::real(settings.webhook_plain.clone()).map_err(|e| anyhow!(e))?;
    let key = webhook_key::of(settings)?;
    let (webhooks, second_factor) = (Webhooks::new(outward, &key), SecondFactor::new(&key));
    Ok(App::new(db, chance, Gateway { payments, mail, files, webhooks, second_factor }))
}
