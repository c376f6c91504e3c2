//! The accept loop: time limits for headers, caps on connections, a stop that cuts nobody off.
use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// Headers have to be there after this long; slow readers of bodies are the handlers' business.
const HEADERS: Duration = Duration::from_secs(10);
/// Open connections in all, and from one address.
const CONNECTIONS: usize = 8192;
const FROM_ONE: usize = 512;
/// Requests under way get this long after the stop.
const GRACE: Duration = Duration::from_secs(20);

type Counts = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// A place of an address among the open connections; given back when dropped.
struct Seat {
    from: IpAddr,
    counts: Counts,
}

impl Seat {
    fn take(from: IpAddr, counts: &Counts) -> Option<Seat> {
        let mut open = counts.lock().unwrap_or_else(|e| e.into_inner());
        let n = open.entry(from).or_insert(0);
        if *n >= FROM_ONE {
            return None;
        }
        *n += 1;
        drop(open);
        Some(Seat { from, counts: counts.clone() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.counts.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(n) = open.get_mut(&self.from) {
            *n -= 1;
            if *n == 0 {
                open.remove(&self.from);
            }
        }
    }
}

/// Serves until `stop` turns true, then lets what is under way end.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let (room, counts) = (Arc::new(Semaphore::new(CONNECTIONS)), Counts::default());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|s| *s) => break,
        };
        let Ok((stream, from)) = accepted else {
            // out of file handles: wait instead of spinning
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(permit) = room.clone().try_acquire_owned() else { continue };
        let Some(seat) = Seat::take(from.ip(), &counts) else { continue };
        let (router, stop) = (router.clone(), stop.clone());
        tokio::spawn(async move {
            one((stream, from), router, stop).await;
            drop((permit, seat));
        });
    }
    drop(listener);
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(GRACE, room.acquire_many(all)).await;
}

async fn one(
    (stream, from): (TcpStream, SocketAddr),
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    // throttles count by the address that is really there
    let service = TowerToHyperService::new(router.layer(Extension(ConnectInfo(from))));
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(64 * 1024);
    let connection = http.serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|s| *s) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
