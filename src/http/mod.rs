//! What the service shows over HTTP: `/metrics` for Prometheus, `/livez` and `/readyz` for an orchestrator, the page at `/`
//! for people, its API under `/api/v1` for programs.
//!
//! *In:* an address, the [`Metrics`], something that knows whether the service is well ([`Probe`]), what is live ([`Live`]). *Out:* a server that
//! runs until its shutdown future ends. *Guaranteed:* an address that cannot be had is one clear error before anything
//! is read from Kafka; open requests are answered before the server ends, but no client can hold it up for longer than
//! [`GRACE`]; nothing here can change the service, every route only reads.

mod api;
mod page;
mod push;
mod routes;

use crate::live::{self, Live};
use crate::metrics::{Metrics, PushMetrics};
use crate::stream::Health;
use axum::Router;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long open requests may take once the server is asked to stop.
pub const GRACE: Duration = Duration::from_secs(3);

/// Whether the service is well, with the reasons if it is not.
pub trait Probe: Send + Sync + 'static {
    /// Not live: only a restart can help.
    fn live(&self) -> Result<(), Vec<String>>;
    /// Not ready: not working now, but it may become so by itself.
    fn ready(&self) -> Result<(), Vec<String>>;
}

impl Probe for Health {
    fn live(&self) -> Result<(), Vec<String>> {
        Health::live(self)
    }

    fn ready(&self) -> Result<(), Vec<String>> {
        Health::ready(self)
    }
}

/// What the routes show.
#[derive(Clone)]
pub struct Status {
    /// All metrics.
    pub metrics: Arc<Metrics>,
    /// Whether the service is well.
    pub probe: Arc<dyn Probe>,
    /// Version of the lexicon, for the page.
    pub lexicon_version: String,
    /// What the page and its API show; without it neither is served.
    pub live: Option<Arc<Live>>,
}

/// An address that cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {listen}: {source}; {}", advice(source))]
pub struct ListenError {
    /// The address, as configured.
    pub listen: SocketAddr,
    /// Why not.
    pub source: io::Error,
}

/// What to do about it.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program (perhaps another lodestream) holds this port: choose another with --listen or http.listen, \
             port 0 takes any free one"
        }
        io::ErrorKind::PermissionDenied => "ports below 1024 need a privilege: choose a higher one with --listen",
        io::ErrorKind::AddrNotAvailable => {
            "this machine has no such address: 127.0.0.1 is this machine, 0.0.0.0 all of its addresses"
        }
        _ => "choose another address with --listen or http.listen",
    }
}

/// Takes the address. Separate from [`serve`], so that a taken port is known before anything else starts.
///
/// # Errors
/// When the address cannot be had.
pub async fn bind(listen: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(listen).await.map_err(|source| ListenError { listen, source })
}

/// Answers requests until `shutdown` ends, then at most [`GRACE`] longer.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    status: Status,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let live = status.live.clone();
    let turning = tokio::spawn(turn(live.clone()));
    let shutdown = async move {
        shutdown.await;
        // Streams of changes have no end of their own.
        live.iter().for_each(|live| live.close());
        turning.abort();
    };
    serve_routes(listener, routes::router(status), shutdown).await
}

/// The same for a push, which has metrics and a probe of its own and no page.
///
/// # Errors
/// When the listener fails.
pub async fn serve_push(
    listener: TcpListener,
    metrics: Arc<PushMetrics>,
    probe: Arc<dyn Probe>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    serve_routes(listener, push::router(metrics, probe), shutdown).await
}

async fn serve_routes(
    listener: TcpListener,
    routes: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, mut stopped) = tokio::sync::oneshot::channel();
    let server = axum::serve(listener, routes).with_graceful_shutdown(async move {
        shutdown.await;
        // the receiver lives as long as the server
        _ = stopping.send(());
    });
    let server = std::future::IntoFuture::into_future(server);
    tokio::pin!(server);
    tokio::select! {
        ended = &mut server => return ended,
        _ = &mut stopped => {}
    }
    // A client that keeps its request open for longer is cut off.
    tokio::time::timeout(GRACE, server).await.unwrap_or(Ok(()))
}

/// Has those who watch told, as long as the server runs.
async fn turn(live: Option<Arc<Live>>) {
    let Some(live) = live else { return };
    let mut turns = tokio::time::interval(live::TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        let live = live.clone();
        // a fault in it ends one turn, not the server
        _ = tokio::task::spawn_blocking(move || live.turn()).await;
    }
}

#[cfg(test)]
mod tests;
