//! `kith serve`: pages, the worker, the sealer, until told to stop.
use super::open;
use crate::config::Settings;
use crate::{clock, listen};
use anyhow::{Context, Result};
use app::{App, Chance};
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::{House, Setup};

pub async fn serve(settings: Settings) -> Result<ExitCode> {
    let app = open(&settings, Chance::system()).await?;
    let listener = bind(&settings).await?;
    let house = house(&settings, app, &listener)?;
    println!("Kith answers at {}", house.setup.address);
    run(house, listener).await;
    Ok(ExitCode::SUCCESS)
}

pub async fn bind(settings: &Settings) -> Result<TcpListener> {
    let listen = &settings.listen;
    TcpListener::bind(listen).await.with_context(|| {
        format!("{listen} cannot be listened on; choose another address with --listen")
    })
}

pub fn house(settings: &Settings, app: App, listener: &TcpListener) -> Result<House> {
    let here = format!("http://{}", listener.local_addr()?);
    let address = settings.address.clone().unwrap_or(here);
    if let Some(file) = settings.clock_ahead.clone().filter(|_| settings.development) {
        clock::look_ahead(file);
    }
    let setup = Setup {
        secure: address.starts_with("https://"),
        address: address.trim_end_matches('/').to_string(),
        show_codes: settings.development,
        development: settings.development,
    };
    Ok(House::new(app, clock::now, setup).watched_with(settings.metrics_token.clone()))
}

/// Serves until Ctrl-C or a terminate signal.
pub async fn run(house: House, listener: TcpListener) {
    let (tell, stop) = watch::channel(false);
    let live = house.live.clone();
    tokio::spawn(async move {
        stop_signal().await;
        // open streams end first, so that their connections can
        live.close();
        let _ = tell.send(true);
    });
    let worker = tokio::spawn(work(house.app.clone(), stop.clone()));
    let teller = tokio::spawn(tell_others(house.app.clone(), stop.clone()));
    tokio::spawn(sweep(house.app.clone()));
    tokio::spawn(tidy_numbers());
    // dictionaries take a moment to unpack; the first search should not wait for them
    tokio::task::spawn_blocking(App::warm_up_search);
    let fan = house.clone();
    tokio::spawn(async move { fan.live.run(fan.app.clone()).await });
    listen::serve(listener, web::routes::router(house), stop).await;
    let _ = worker.await;
    let _ = teller.await;
}

/// Measured times go into their buckets, whether anybody asks for them or not.
async fn tidy_numbers() {
    loop {
        tokio::time::sleep(Duration::from_secs(10)).await;
        web::health::tidy_up();
    }
}

/// Once an hour: sessions, codes, throttles and kept answers that are over go.
async fn sweep(app: App) {
    loop {
        if let Err(stop) = app.sweep_people(clock::now()).await {
            tracing::warn!(?stop, "what is over could not be swept");
        }
        if let Err(stop) = app.sweep_calls(clock::now()).await {
            tracing::warn!(?stop, "old answers could not be swept");
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    match terminate {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}

/// Tells other programs what was sealed, until the stop. Strangers may let it wait, so it waits by
/// itself.
async fn tell_others(app: App, mut stop: watch::Receiver<bool>) {
    let by = i64::from(std::process::id());
    loop {
        if let Err(stop) = app.queue_webhooks(clock::now()).await {
            tracing::warn!(?stop, "webhooks could not be queued");
        }
        let busy = match app.deliver(clock::now(), by).await {
            Ok(n) => n > 0,
            Err(stop) => {
                tracing::warn!(?stop, "webhooks could not be claimed");
                false
            }
        };
        let pause = Duration::from_millis(if busy { 1 } else { 500 });
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|s| *s) => return,
        }
    }
}

/// Runs due jobs and seals what was committed, twice a second, until the stop.
pub async fn work(app: App, mut stop: watch::Receiver<bool>) {
    let by = i64::from(std::process::id());
    loop {
        let busy = match app.work(clock::now(), by).await {
            Ok(n) => n > 0,
            Err(stop) => {
                tracing::warn!(?stop, "the worker could not claim jobs");
                false
            }
        };
        if let Err(stop) = app.seal(clock::now()).await {
            tracing::warn!(?stop, "the sealer could not seal");
        }
        let pause = Duration::from_millis(if busy { 1 } else { 500 });
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|s| *s) => return,
        }
    }
}
