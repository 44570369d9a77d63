//! Moments and times that are left. The server writes them in UTC and as they are when it answers; in the
//! browser they follow the server's clock and the room's time zone.

use leptos::{context::Provider, prelude::*};

use super::{
    browser::{look_again, minutes_from_utc, on_tick},
    given::{self, given},
};

/// How long after the end the page is asked for again, in ms: the browser's clock may be later than ours.
const GRACE_MS: i64 = 250;

/// How long an answer that does not know of the end yet is believed, in ms.
const AGAIN_MS: i64 = 1000;

given! {
    /// A moment that an island shows.
    pub struct At {
        /// Milliseconds since 1970, UTC.
        pub at_ms: i64,
        /// Whether the milliseconds are shown too.
        pub is_exact: bool,
    }
}

given! {
    /// The end that an island counts down to.
    pub struct Ends {
        /// Milliseconds since 1970, UTC.
        pub at_ms: i64,
        /// When the server answered, in ms since 1970.
        pub made_ms: i64,
        /// What a full ring stands for, in ms; 0: no ring.
        pub whole_ms: i64,
        /// What the time belongs to, for those who do not see the drawing.
        pub label: String,
        /// What stands there when it is over; empty: `0:00`.
        pub over: String,
        /// Whether the page is asked for again when it is over.
        pub asks: bool,
    }
}

/// The time of day of a moment, `10:42:07`, with milliseconds if `exact`.
#[component]
pub fn Moment(
    /// Milliseconds since 1970, UTC.
    at_ms: i64,
    /// Whether the milliseconds are shown too.
    #[prop(optional)]
    exact: bool,
) -> AnyView {
    view! { <Provider value=At { at_ms, is_exact: exact }><MomentIsland/></Provider> }.into_any()
}

/// See [`Moment`].
#[island]
pub fn MomentIsland() -> impl IntoView {
    let given = given::here::<At>("MomentIsland");
    let offset_min = RwSignal::new(0);
    Effect::new(move |_| offset_min.set(minutes_from_utc()));
    let shown = move || given.with(|at| time_of_day(at.at_ms, offset_min.get(), at.is_exact));
    view! { <time {..given::attribute(given)}>{shown}</time> }
}

/// A time that is left, counting down; a second that has begun counts.
#[component]
pub fn TimeLeft(
    /// When it is over.
    ends: Ends,
) -> AnyView {
    view! { <Provider value=ends><TimeLeftIsland/></Provider> }.into_any()
}

/// See [`TimeLeft`].
#[island]
pub fn TimeLeftIsland() -> impl IntoView {
    let given = given::here::<Ends>("TimeLeftIsland");
    let now_ms = RwSignal::new(given.with_untracked(|ends| ends.made_ms));
    let asked_ms = StoredValue::new(0);
    on_tick(move |now| {
        now_ms.set(now);
        let is_over = given.with_untracked(|ends| ends.asks && now > ends.at_ms + GRACE_MS);
        if is_over && now > asked_ms.get_value() + AGAIN_MS {
            asked_ms.set_value(now);
            look_again();
        }
    });
    let left = move || given.with(|ends| ends.at_ms - now_ms.get());
    let share = move || {
        let whole = given.with(|ends| ends.whole_ms).max(1);
        format!("{} 100", (left() * 100 / whole).clamp(0, 100))
    };
    let shown = move || {
        given.with(|ends| match left() {
            ..=0 if !ends.over.is_empty() => ends.over.clone(),
            left => countdown(left.max(0) + 999),
        })
    };
    let (whole_ms, label) = given.with_untracked(|ends| (ends.whole_ms, ends.label.clone()));
    let ring = (whole_ms > 0).then(|| {
        view! {
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle cx="10" cy="10" r="7"/>
                <circle class="share" cx="10" cy="10" r="7" pathLength="100" stroke-dasharray=share/>
            </svg>
        }
    });
    let label = (!label.is_empty()).then(|| view! { <span class="spoken">{label} " "</span> });
    view! { <span class="ttl" {..given::attribute(given)}>{ring}{label}<span role="timer">{shown}</span></span> }
}

/// `10:42:07` or `10:42:07.311`, so many minutes ahead of UTC.
fn time_of_day(at_ms: i64, offset_min: i64, exact: bool) -> String {
    let ms = (at_ms + offset_min * 60_000).rem_euclid(24 * 3_600_000);
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    let time = format!("{hours:02}:{minutes:02}:{seconds:02}");
    if exact {
        format!("{time}.{:03}", ms % 1000)
    } else {
        time
    }
}

/// `29:59`, `1:05:09` above an hour, `12 d 03:00:00` above a day.
#[must_use]
pub fn countdown(left_ms: i64) -> String {
    let seconds = left_ms / 1000;
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
    let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes}:{seconds:02}"),
        (0, _) => format!("{hours}:{minutes:02}:{seconds:02}"),
        _ => format!("{days} d {hours:02}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{countdown, time_of_day};

    #[test]
    fn a_time_of_day_follows_the_rooms_offset() {
        let at_ms = 1_700_000_000_123; // 22:13:20.123 UTC
        assert_eq!(time_of_day(at_ms, 0, false), "22:13:20");
        assert_eq!(time_of_day(at_ms, 0, true), "22:13:20.123");
        assert_eq!(time_of_day(at_ms, 120, false), "00:13:20");
        assert_eq!(time_of_day(at_ms, -300, false), "17:13:20");
    }

    #[test]
    fn a_countdown_has_only_the_units_it_needs() {
        assert_eq!(countdown(999), "0:00");
        assert_eq!(countdown(29 * 60_000 + 59_000), "29:59");
        assert_eq!(countdown(3_909_000), "1:05:09");
        assert_eq!(countdown(12 * 86_400_000 + 10_800_000), "12 d 03:00:00");
    }
}
