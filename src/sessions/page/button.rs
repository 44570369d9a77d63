//! A button of the control panel: a form that posts to a server function (`sessions::api`).

use leptos::prelude::*;

use crate::stores::StoreKind;

/// What a button does: the server function's URL, and the field of the form beside `store`.
type Act = (&'static str, Option<(&'static str, &'static str)>);

/// Count a visit.
pub const VISIT: Act = ("/api/visit", None);
/// Log out.
pub const LOG_OUT: Act = ("/api/logout", None);
/// Restart the server.
pub const RESTART: Act = ("/api/restart", None);
/// Ask all four again.
pub const CHECK: Act = ("/api/check", None);
/// Back to the beginning.
pub const RESET: Act = ("/api/reset", None);

/// Log in with this demo account.
pub const fn log_in(account: &'static str) -> Act {
    ("/api/login", Some(("account", account)))
}

/// Put this product into the cart.
pub const fn add_to_cart(product: &'static str) -> Act {
    ("/api/cart", Some(("product", product)))
}

/// How a button looks, and how it is found.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// The id of its form.
    pub id: Option<&'static str>,
    /// Its class.
    pub class: Option<&'static str>,
    /// Its name for tests.
    pub testid: Option<&'static str>,
}

/// A button for all four stores.
pub fn for_all(act: Act, label: String, look: Look) -> AnyView {
    button(act, None, label, look)
}

/// A button for one store.
pub fn for_one(act: Act, store: StoreKind, label: String) -> AnyView {
    button(act, Some(store), label, Look::default())
}

fn button((url, field): Act, store: Option<StoreKind>, label: String, look: Look) -> AnyView {
    let store = store.map(|store| view! { <input type="hidden" name="store" value=store.name()/> });
    let field = field.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <form method="post" action=url id=look.id>
            {store}
            {field}
            <button type="submit" class=look.class data-testid=look.testid>{label}</button>
        </form>
    }
    .into_any()
}
