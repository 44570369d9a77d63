//! Reads the settings, opens the playground, serves until it is told to stop, and cleans up.

use session_playground::{config::Config, server};
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        EnvFilter::new("warn,session_playground=info,tower_sessions=off,tower_sessions_core=off")
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .init();
    let stop = CancellationToken::new();
    let served = async {
        let config = Config::from_env()?;
        server::serve(config, stop).await
    };
    match served.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
