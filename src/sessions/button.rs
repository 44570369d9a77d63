//! A pressed button: from the words of a form to the caller's action, and back to a snapshot.

use axum::http::{StatusCode, header};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;

use super::{control::Caller, inspector, snapshot::Snapshot, verdict::Prediction};
use crate::{error::LabError, sandbox::identity::Identity, stores::StoreKind};

/// Which button, with what its form said.
pub enum Pressed {
    /// None: the page only looks.
    Nothing,
    /// Log in.
    LogIn {
        /// The store, or empty for all.
        store: String,
        /// The demo account, or empty for `ana`.
        account: String,
    },
    /// Visit.
    Visit {
        /// The store, or empty for all.
        store: String,
    },
    /// Add to the cart.
    AddToCart {
        /// The store, or empty for all.
        store: String,
        /// The product, or empty for the first one.
        product: String,
    },
    /// Log out.
    LogOut {
        /// The store, or empty for all.
        store: String,
    },
    /// Predict.
    Predict {
        /// The store.
        store: String,
        /// `kept`, `lost` or `unsure`.
        guess: String,
    },
    /// Restart the server.
    Restart {
        /// A prediction per store, or empty.
        predictions: [String; 4],
    },
    /// Ask again.
    Check,
    /// Back to the beginning.
    Reset,
}

/// Does what the button says for the caller of the running server function.
///
/// # Errors
/// [`LabError`] if no store could do it, or the form says what is not possible.
pub async fn press(pressed: Pressed, since: u64) -> Result<Snapshot, LabError> {
    let mut caller = expect_context::<Caller>();
    let identity = expect_context::<Identity>();
    let response = expect_context::<ResponseOptions>();
    let done = act(&mut caller, pressed).await;
    // Appended, never inserted: each store sets its own cookie, and an error must not lose one.
    for line in &caller.set_cookies {
        response.append_header(header::SET_COOKIE, line.clone());
    }
    if let Err(error) = done {
        // A plain form is led back to the page with a redirect instead.
        if !caller.wants_page {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            response.set_status(status);
        }
        return Err(error);
    }
    Ok(inspector::look(&caller, &identity, since).await)
}

async fn act(caller: &mut Caller, pressed: Pressed) -> Result<(), LabError> {
    match pressed {
        Pressed::Nothing => Ok(()),
        Pressed::LogIn { store, account } => {
            let account = if account.is_empty() { "ana" } else { &account };
            caller.log_in(&stores(&store)?, account).await
        }
        Pressed::Visit { store } => caller.visit(&stores(&store)?).await,
        Pressed::AddToCart { store, product } => {
            let product = if product.is_empty() { "pan" } else { &product };
            caller.add_to_cart(&stores(&store)?, product).await
        }
        Pressed::LogOut { store } => caller.log_out(&stores(&store)?).await,
        Pressed::Predict { store, guess } => {
            let store = StoreKind::from_name(&store).ok_or(LabError::UnknownStore)?;
            let guess = Prediction::from_name(&guess).ok_or(LabError::BadForm)?;
            caller.predict(store, guess).await;
            Ok(())
        }
        Pressed::Restart { predictions } => {
            for (store, guess) in StoreKind::ALL.into_iter().zip(&predictions) {
                if !guess.is_empty() {
                    let guess = Prediction::from_name(guess).ok_or(LabError::BadForm)?;
                    caller.bench().notebook.page().predictions[store.index()] = Some(guess);
                }
            }
            caller.restart().await;
            Ok(())
        }
        Pressed::Check => {
            caller.check().await;
            Ok(())
        }
        Pressed::Reset => {
            caller.reset().await;
            Ok(())
        }
    }
}

fn stores(name: &str) -> Result<Vec<StoreKind>, LabError> {
    match name {
        "" | "all" => Ok(StoreKind::ALL.to_vec()),
        name => StoreKind::from_name(name)
            .map(|store| vec![store])
            .ok_or(LabError::UnknownStore),
    }
}
