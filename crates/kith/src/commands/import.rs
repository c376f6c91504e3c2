//! `kith import products FILE --community SLUG [--dry-run]`.
use super::open;
use crate::clock;
use crate::config::Settings;
use anyhow::{Context, Result, anyhow, bail};
use app::sale::import_products;
use app::{Chance, Stop};
use indicatif::ProgressBar;
use std::path::PathBuf;
use std::process::ExitCode;

pub async fn products(
    settings: Settings,
    file: PathBuf,
    slug: String,
    dry_run: bool,
) -> Result<ExitCode> {
    let bytes =
        std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let app = open(&settings, Chance::system()).await?;
    let place = app.place(&slug).await.map_err(|e| anyhow!("{e}"))?;
    let place = place.ok_or_else(|| anyhow!("there is no community {slug}"))?;
    let checked = import_products::check(&bytes, place.currency)
        .map_err(|no| anyhow!("{} is refused: {}", file.display(), no.code()))?;
    for error in &checked.errors {
        println!("line {}: {} ({})", error.line, error.why.code(), error.detail);
    }
    if !checked.errors.is_empty() {
        println!("{} rows to mend; nothing was written", checked.errors.len());
        return Ok(ExitCode::FAILURE);
    }
    println!("{} rows, {} products", checked.rows, checked.products.len());
    if dry_run {
        return Ok(ExitCode::SUCCESS);
    }
    let owner = app.owner_of(place.id).await.map_err(|e| anyhow!("{e}"))?;
    let owner = owner.ok_or_else(|| anyhow!("the community {slug} has no owner"))?;
    let bar = ProgressBar::new(checked.products.len() as u64);
    let name = file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let told = |done: usize, _| bar.set_position(done as u64);
    let out = app.import_products(clock::now(), owner, (name, bytes), place.currency, told).await;
    bar.finish_and_clear();
    match out {
        Ok(done) => {
            println!("{} added, {} changed, {} as before", done.added, done.changed, done.same);
            Ok(ExitCode::SUCCESS)
        }
        Err(Stop::Refused(no)) => bail!("stopped: {}; run it again to go on", no.code()),
        Err(Stop::Fault(fault)) => bail!("stopped: {fault}; run it again to go on"),
    }
}
