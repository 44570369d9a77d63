//! The buttons of the page as server functions, under readable URLs.
//!
//! Each answers with the new [`Snapshot`]; a form of the page is led back to the page. An empty `store`
//! means all four.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::{
    button::{Pressed, press},
    snapshot::Snapshot,
};
use crate::error::LabError;

/// The lab as it is now, with the tape's entries after number `since`.
///
/// # Errors
/// [`LabError::Offline`] if the playground does not answer.
#[server(prefix = "/api", endpoint = "view", input = GetUrl)]
pub async fn view(
    /// Number of the newest tape entry that the caller has.
    #[server(default)]
    since: u64,
) -> Result<Snapshot, LabError> {
    press(Pressed::Nothing, since).await
}

/// Logs in to one store or to all with a demo account (`ana` if none is named).
///
/// # Errors
/// [`LabError`] if no store could do it.
#[server(prefix = "/api", endpoint = "login")]
pub async fn log_in(
    /// The store, or empty for all.
    #[server(default)]
    store: String,
    /// The demo account, or empty for `ana`.
    #[server(default)]
    account: String,
) -> Result<Snapshot, LabError> {
    press(Pressed::LogIn { store, account }, 0).await
}

/// Counts a visit in one store or in all.
///
/// # Errors
/// [`LabError`] if no store could do it.
#[server(prefix = "/api", endpoint = "visit")]
pub async fn visit(
    /// The store, or empty for all.
    #[server(default)]
    store: String,
) -> Result<Snapshot, LabError> {
    press(Pressed::Visit { store }, 0).await
}

/// Puts a product into the cart in one store or in all.
///
/// # Errors
/// [`LabError`] if no store could do it.
#[server(prefix = "/api", endpoint = "cart")]
pub async fn add_to_cart(
    /// The store, or empty for all.
    #[server(default)]
    store: String,
    /// The product, or empty for `pan`.
    #[server(default)]
    product: String,
) -> Result<Snapshot, LabError> {
    press(Pressed::AddToCart { store, product }, 0).await
}

/// Logs out of one store or of all.
///
/// # Errors
/// [`LabError`] if no store could do it.
#[server(prefix = "/api", endpoint = "logout")]
pub async fn log_out(
    /// The store, or empty for all.
    #[server(default)]
    store: String,
) -> Result<Snapshot, LabError> {
    press(Pressed::LogOut { store }, 0).await
}

/// Notes what the student expects of a store: `kept`, `lost` or `unsure`.
///
/// # Errors
/// [`LabError::BadForm`] for anything else.
#[server(prefix = "/api", endpoint = "predict")]
pub async fn predict(
    /// The store, or empty for all.
    #[server(default)]
    store: String,
    /// `kept`, `lost` or `unsure`.
    #[server(default)]
    guess: String,
) -> Result<Snapshot, LabError> {
    press(Pressed::Predict { store, guess }, 0).await
}

/// Restarts the server and asks all four stores again. Predictions may come along, store by store.
///
/// # Errors
/// [`LabError::BadForm`] for a prediction that is none.
#[server(prefix = "/api", endpoint = "restart")]
pub async fn restart(
    /// What the student expects of memory, or empty.
    #[server(default)]
    memory: String,
    /// What the student expects of file, or empty.
    #[server(default)]
    file: String,
    /// What the student expects of Redis, or empty.
    #[server(default)]
    redis: String,
    /// What the student expects of MongoDB, or empty.
    #[server(default)]
    mongo: String,
) -> Result<Snapshot, LabError> {
    press(
        Pressed::Restart {
            predictions: [memory, file, redis, mongo],
        },
        0,
    )
    .await
}

/// Asks all four stores again, without a restart.
///
/// # Errors
/// [`LabError::Offline`] if the playground does not answer.
#[server(prefix = "/api", endpoint = "check")]
pub async fn check() -> Result<Snapshot, LabError> {
    press(Pressed::Check, 0).await
}

/// Takes the lab back to its beginning.
///
/// # Errors
/// [`LabError::Offline`] if the playground does not answer.
#[server(prefix = "/api", endpoint = "reset")]
pub async fn reset() -> Result<Snapshot, LabError> {
    press(Pressed::Reset, 0).await
}
