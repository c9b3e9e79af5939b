//! Stopping when the system says so.

use tokio_util::sync::CancellationToken;

/// Cancels `stop` at the first SIGTERM, SIGINT or Ctrl-C.
///
/// # Errors
/// If the system will not tell of signals.
pub async fn on_signal(stop: CancellationToken) -> std::io::Result<()> {
    wait_for_signal().await?;
    tracing::info!("stopping");
    stop.cancel();
    Ok(())
}

#[cfg(unix)]
async fn wait_for_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn wait_for_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
