//! Time as the server tells it: countdowns start from its clock, not from the browser's.

use leptos::prelude::*;

/// The server's clock as the page knows it.
#[derive(Clone, Copy)]
pub struct Clock {
    now_ms: RwSignal<i64>,
    /// Minutes to add to UTC for the wall clock in the room; 0 until the page is awake.
    offset_min: RwSignal<i32>,
    /// The server's time minus the browser's steady clock, in ms.
    shift_ms: StoredValue<f64>,
}

impl Clock {
    /// A clock that stands at `now_ms` (ms since 1970) and ticks once the page is awake.
    pub fn new(now_ms: i64) -> Self {
        let clock = Self {
            now_ms: RwSignal::new(now_ms),
            offset_min: RwSignal::new(0),
            shift_ms: StoredValue::new(0.0),
        };
        Effect::new(move |_| {
            clock.set(now_ms);
            clock.offset_min.set(super::live::minutes_from_utc());
            let ticking =
                set_interval_with_handle(move || clock.tick(), std::time::Duration::from_secs(1));
            if let Ok(ticking) = ticking {
                on_cleanup(move || ticking.clear());
            }
        });
        clock
    }

    /// Sets the clock to what the server said just now.
    pub fn set(self, now_ms: i64) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds since 1970 fit into 53 bits"
        )]
        self.shift_ms
            .set_value(now_ms as f64 - super::live::steady_ms());
        self.now_ms.set(now_ms);
    }

    fn tick(self) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "milliseconds since 1970 fit into 53 bits"
        )]
        self.now_ms
            .set((self.shift_ms.get_value() + super::live::steady_ms()) as i64);
    }

    /// Milliseconds from now until `moment_ms`, not less than 0.
    pub fn left_ms(self, moment_ms: i64) -> i64 {
        (moment_ms - self.now_ms.get()).max(0)
    }

    /// The time of day, `10:42:07`.
    pub fn time(self, moment_ms: i64) -> String {
        let [hours, minutes, seconds, _] = self.parts(moment_ms);
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }

    /// The time of day with milliseconds, `10:42:07.311`.
    pub fn exact_time(self, moment_ms: i64) -> String {
        format!("{}.{:03}", self.time(moment_ms), self.parts(moment_ms)[3])
    }

    fn parts(self, moment_ms: i64) -> [i64; 4] {
        let ms = moment_ms + i64::from(self.offset_min.get()) * 60_000;
        [
            ms / 3_600_000 % 24,
            ms / 60_000 % 60,
            ms / 1000 % 60,
            ms % 1000,
        ]
    }
}

/// `29:59`, `1:05:09` above an hour, `12 d 03:00:00` above a day.
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

/// A ring that empties with the time that is left, and the time as text.
#[component]
pub fn TimeLeft(
    /// What the time belongs to, for those who do not see the drawing.
    label: &'static str,
    /// When it is over: ms since 1970, UTC.
    expires_ms: i64,
    /// What a full ring stands for, in ms.
    #[prop(default = 30 * 60 * 1000)]
    whole_ms: i64,
) -> impl IntoView {
    let super::Bench { clock, text, .. } = expect_context();
    let share = move || {
        let percent = clock.left_ms(expires_ms) * 100 / whole_ms;
        format!("{} 100", percent.clamp(0, 100))
    };
    let shown = move || match clock.left_ms(expires_ms) {
        0 => text.over.to_owned(),
        left => countdown(left),
    };
    view! {
        <span class="ttl">
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle cx="10" cy="10" r="7"/>
                <circle class="share" cx="10" cy="10" r="7" pathLength="100" stroke-dasharray=share/>
            </svg>
            <span class="spoken">{label} " "</span>
            <span>{shown}</span>
        </span>
    }
}
