//! `kith doctor`: what is wrong with an installation, in sentences.
use super::{open, serve};
use crate::clock;
use crate::config::Settings;
use anyhow::Result;
use app::Chance;
use std::process::ExitCode;

pub async fn doctor(settings: Settings) -> Result<ExitCode> {
    let mut ill = 0;
    let mut say = |fine: bool, what: &str| {
        ill += usize::from(!fine);
        println!("{} {what}", if fine { "ok  " } else { "FIX " });
    };
    let folder = settings.data_dir.display();
    match std::fs::create_dir_all(&settings.data_dir)
        .and_then(|()| std::fs::write(settings.data_dir.join(".doctor"), b"x"))
        .and_then(|()| std::fs::remove_file(settings.data_dir.join(".doctor")))
    {
        Ok(()) => say(true, &format!("{folder} can be written")),
        Err(e) => say(false, &format!("{folder} cannot be written: {e}")),
    }
    match open(&settings, Chance::system()).await {
        Ok(app) => {
            say(true, "the database opens and is up to date");
            match app.audit(clock::now()).await {
                Ok(report) if report.clean() => say(true, "the audit finds nothing"),
                Ok(report) => {
                    let n = report.findings.len();
                    say(false, &format!("the audit finds {n} broken rows: run kith audit"));
                }
                Err(e) => say(false, &format!("the audit could not run: {e}")),
            }
            let mail = app.gateway.mail.is_on();
            let hint = "mail is not configured: set KITH_SMTP, or people cannot get codes by mail";
            say(mail || settings.development, if mail { "mail is configured" } else { hint });
        }
        Err(e) => say(false, &format!("{e:#}")),
    }
    match serve::bind(&settings).await {
        Ok(_) => say(true, &format!("{} is free to listen on", settings.listen)),
        Err(e) => say(false, &format!("{e:#}; if kith is serving, that is why")),
    }
    match app::App::poster_font() {
        Ok(file) => say(true, &format!("posters are written with {file}")),
        Err(why) => say(false, why),
    }
    let https = settings.address.as_deref().is_some_and(|a| a.starts_with("https://"));
    let hint = "the public address is not https: session cookies go without the __Host- prefix; \
        fine on a trusted local network only";
    say(https || settings.development, if https { "the public address is https" } else { hint });
    Ok(if ill == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
