//! `kith insight --orders FILE`: the figures of a plain order log, with no server at all.
mod draw;
mod files;
mod json;
mod tables;

use crate::config::{Insight, Unit};
use anyhow::{Context, Result, anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};
use insight::columns::Wanted;
use insight::date::{self, DAY, Written};
use insight::read::{self, Reading};
use insight::{Analysis, Asked, analyse};
use std::process::ExitCode;
use std::time::Duration;

pub fn insight(asked: &Insight) -> Result<ExitCode> {
    let until = asked.until.as_deref().map(day).transpose()?;
    let reading = reading(asked)?;
    let unit = match asked.unit {
        Unit::Day => insight::Unit::Day,
        Unit::Week => insight::Unit::Week,
    };
    let bar = ProgressBar::new_spinner().with_message("looking for the most likely models");
    bar.enable_steady_tick(Duration::from_millis(100));
    let analysis = analyse(&reading.log, Asked { until, unit });
    bar.finish_and_clear();
    let Some(analysis) = analysis else {
        bail!("nobody had bought anything by {}", asked.until.as_deref().unwrap_or("then"));
    };
    let all = Figures { reading: &reading, analysis: &analysis, unit };
    if asked.json {
        println!("{}", json::of(&all));
    } else {
        print!("{}", tables::of(&all));
    }
    if let Some(folder) = &asked.out {
        let written = files::write(&all, folder)
            .with_context(|| format!("the folder {} cannot be written", folder.display()))?;
        eprintln!("written to {}: {}", folder.display(), written.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that is shown.
struct Figures<'a> {
    reading: &'a Reading,
    analysis: &'a Analysis,
    unit: insight::Unit,
}
impl Figures<'_> {
    fn unit(&self) -> &'static str {
        match self.unit {
            insight::Unit::Day => "day",
            insight::Unit::Week => "week",
        }
    }
}

fn day(text: &str) -> Result<i64> {
    match date::read(text.as_bytes()) {
        Some(Written::At(at)) => Ok(at.div_euclid(DAY)),
        _ => bail!("--until \"{text}\" is no day; write it as 2026-03-31"),
    }
}

fn reading(asked: &Insight) -> Result<Reading> {
    let file = asked.orders.display();
    let bytes = std::fs::read(&asked.orders).with_context(|| format!("{file} cannot be read"))?;
    let wanted = Wanted {
        customer: asked.customer.clone(),
        date: asked.date.clone(),
        amount: asked.amount.clone(),
        order: asked.order.clone(),
    };
    let bar = ProgressBar::new(bytes.len() as u64);
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} read")?;
    bar.set_style(style);
    let reading = read::read(&bytes, &wanted, |done| bar.set_position(done));
    bar.finish_and_clear();
    reading.map_err(|why| anyhow!("{file}: {why}"))
}
