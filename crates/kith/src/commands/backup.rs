//! `kith backup FILE` and `kith restore FILE`.
use super::open;
use crate::config::Settings;
use anyhow::{Context, Result, anyhow, bail};
use app::Chance;
use app::db::At;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub async fn backup(settings: Settings, to: PathBuf) -> Result<ExitCode> {
    let app = open(&settings, Chance::system()).await?;
    let target = to.clone();
    let copied = tokio::task::spawn_blocking(move || app.database().copy_to(&target)).await?;
    copied.map_err(|e| anyhow!("{e}"))?;
    println!(
        "{} holds the database; pictures lie in {}/files",
        to.display(),
        settings.data_dir.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// The copy is opened and migrated before it is said to be restored.
pub fn restore(settings: &Settings, from: &Path) -> Result<ExitCode> {
    let At::File(path) = &settings.at else {
        bail!("restore brings a SQLite backup back; for PostgreSQL use pg_restore");
    };
    if path.exists() {
        bail!("{} exists already; restore into another folder", path.display());
    }
    std::fs::create_dir_all(&settings.data_dir)?;
    std::fs::copy(from, path).with_context(|| format!("{} cannot be copied", from.display()))?;
    if let Err(fault) = app::Db::open(&settings.at) {
        std::fs::remove_file(path)?;
        bail!("{} is not a database of kith: {fault}", from.display());
    }
    println!("restored into {}", path.display());
    Ok(ExitCode::SUCCESS)
}
