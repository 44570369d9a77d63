//! The server's half of [`browser`](super::browser): what an island asks of the browser while the server
//! renders it. Nothing moves there.

use leptos::prelude::*;

use super::{given::Given, page::News};

/// The value that the component around the island has put into the context.
pub fn here<T: Given>(_island: &str) -> RwSignal<T> {
    RwSignal::new(expect_context::<T>())
}

/// Nothing ticks on the server.
pub fn on_tick(_tick: impl Fn(i64) + 'static) {}

/// The server speaks UTC.
#[must_use]
pub const fn minutes_from_utc() -> i64 {
    0
}

/// The server knows what is new.
pub const fn look_again() {}

/// There is no clipboard here.
#[must_use]
pub const fn copy_text_of(_id: &str) -> bool {
    false
}

/// A page listens once it is in a browser.
pub const fn listen(_news: RwSignal<News>) {}
