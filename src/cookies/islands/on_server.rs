//! The server's half of `browser`: there is no script here that could see a cookie.

use leptos::prelude::*;

use super::cookie_store::{Said, Stored};

/// Nothing is seen on the server.
pub fn see(_show: impl Fn(&str) + 'static) {}

/// Nothing changes on the server.
pub const fn watch() {}

/// There is no `cookieStore` on the server.
pub fn ask(_stored: Stored, _said: RwSignal<Said>) {}

/// Nothing is stolen on the server.
pub const fn hand_in(_url: &str) {}
