//! `kith audit [--json]`: the independent re-derivation, as a table or for a program.
use super::open;
use crate::clock;
use crate::config::Settings;
use anyhow::{Result, anyhow};
use app::Chance;
use std::process::ExitCode;

pub async fn audit(settings: Settings, json: bool) -> Result<ExitCode> {
    let app = open(&settings, Chance::system()).await?;
    let report = app.audit(clock::now()).await.map_err(|e| anyhow!("{e}"))?;
    if json {
        let checks: Vec<_> = report
            .checks
            .iter()
            .map(|(code, name, rows, broken)| {
                serde_json::json!({"check": code, "name": name, "rows": rows, "broken": broken})
            })
            .collect();
        let findings: Vec<_> = report
            .findings
            .iter()
            .map(|f| serde_json::json!({"check": f.check, "row": f.row, "says": f.says}))
            .collect();
        let clean = report.clean();
        println!("{}", serde_json::json!({"clean": clean, "checks": checks, "findings": findings}));
    } else {
        for (code, name, rows, broken) in &report.checks {
            let verdict = if *broken == 0 { "ok".into() } else { format!("{broken} BROKEN") };
            println!("{code:<7} {name:<60} {rows:>9} rows  {verdict}");
        }
        for f in &report.findings {
            println!("{}: {}: {}", f.check, f.row, f.says);
        }
    }
    Ok(if report.clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
