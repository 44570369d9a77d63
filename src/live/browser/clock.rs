//! The server's time in the browser: its clock at the last news, carried on by the browser's steady clock.

use std::cell::Cell;

use leptos::prelude::*;

pub use super::islands::on_tick;

thread_local! {
    /// The server's clock minus the browser's steady clock, in ms.
    static SHIFT_MS: Cell<i64> = const { Cell::new(0) };
}

/// Sets the clock to what the server said just now, in ms since 1970.
pub fn set(now_ms: i64) {
    SHIFT_MS.set(now_ms - steady_ms());
}

/// The server's time: ms since 1970.
#[must_use]
pub fn now_ms() -> i64 {
    SHIFT_MS.get() + steady_ms()
}

/// What the room's wall clock adds to UTC, in minutes.
#[must_use]
pub fn minutes_from_utc() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "between -840 and 840")]
    let minutes = -js_sys::Date::new_0().get_timezone_offset() as i64;
    minutes
}

#[expect(clippy::cast_possible_truncation, reason = "the life of a page fits")]
fn steady_ms() -> i64 {
    window()
        .performance()
        .map_or(0, |performance| performance.now() as i64)
}
