//! SIGTERM and SIGINT: the first asks for an orderly stop, the second ends the process at once.

use crate::stream::Shutdown;
use std::io;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// The exit code after a second signal: 128 and SIGINT, as shells have it.
const INTERRUPTED: i32 = 130;

/// Listens on the runtime for as long as it lives.
pub(super) fn stop_on_signal(runtime: &Runtime, shutdown: Shutdown) -> io::Result<()> {
    let _inside = runtime.enter();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    runtime.spawn(async move {
        let mut asked = false;
        loop {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            if asked {
                tracing::warn!(signal = name, "second signal, stopping at once; the open batch will be read again");
                std::process::exit(INTERRUPTED);
            }
            asked = true;
            tracing::info!(signal = name, "stopping: finishing the open batch; a second signal stops at once");
            shutdown.signal();
        }
    });
    Ok(())
}

/// A small runtime for HTTP and signals; the workers have threads of their own and never touch it. Searches over what the page holds
/// are worked on a few at a time.
pub(super) fn runtime() -> io::Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).max_blocking_threads(4).thread_name("http").enable_all().build()
}
