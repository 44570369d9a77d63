//! Moments and time left in the words of the cookie lab.

use leptos::prelude::*;

use crate::live::clock::{Ends, Moment, TimeLeft};

/// A time of day.
pub fn moment(at_ms: i64) -> impl IntoView + use<> {
    view! { <Moment at_ms/> }
}

/// The time that is left, with a ring that empties; when it is over the page is asked for again.
pub fn time_left(now_ms: i64, created_ms: i64, until_ms: i64) -> impl IntoView + use<> {
    let ends = Ends {
        at_ms: until_ms,
        made_ms: now_ms,
        whole_ms: (until_ms - created_ms).max(1),
        label: String::new(),
        over: String::new(),
        asks: true,
    };
    view! { <TimeLeft ends/> }
}
