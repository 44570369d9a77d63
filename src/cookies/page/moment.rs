//! Moments and time left: as UTC from the server, as the room's clock once the page is awake.

use leptos::prelude::*;

use crate::sessions::page::clock::countdown;

/// A time of day. Awake, the browser writes its own.
pub fn moment(at_ms: i64) -> impl IntoView + use<> {
    let seconds = at_ms.div_euclid(1000).rem_euclid(24 * 3600);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    view! { <time data-ms=at_ms>{format!("{hours:02}:{minutes:02}:{seconds:02}")}</time> }
}

/// The time that is left (a second that has begun counts), with a ring that empties. Awake, it counts down.
pub fn time_left(now_ms: i64, created_ms: i64, until_ms: i64) -> impl IntoView + use<> {
    let (left, whole) = (until_ms - now_ms, (until_ms - created_ms).max(1));
    let share = format!("{} 100", (left * 100 / whole).clamp(0, 100));
    view! {
        <span class="ttl">
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle cx="10" cy="10" r="7"/>
                <circle class="share" cx="10" cy="10" r="7" pathLength="100" stroke-dasharray=share/>
            </svg>
            <span role="timer" data-until=until_ms data-whole=whole>{countdown(left.max(0) + 999)}</span>
        </span>
    }
}
