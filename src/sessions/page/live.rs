//! Stays up to date: listens to the server's stream of changes and asks for what is new.
//!
//! The two halves of what only a browser can do stand here side by side; on the server each is nothing.

#[cfg(feature = "hydrate")]
pub use in_browser::{
    catch_up, copy_text_of, keep_focus, minutes_from_utc, stay_up_to_date, steady_ms,
};
#[cfg(not(feature = "hydrate"))]
pub use on_server::{
    catch_up, copy_text_of, keep_focus, minutes_from_utc, stay_up_to_date, steady_ms,
};

#[cfg(feature = "hydrate")]
mod in_browser {
    use std::{cell::Cell, time::Duration};

    use leptos::{ev::visibilitychange, prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Event, EventSource, HtmlElement, MessageEvent};

    use crate::sessions::{api, page::Bench, snapshot::Snapshot};

    /// How much later than the one before a tick has to come for the machine to have slept, in ms.
    const SLEPT_MS: f64 = 3000.0;

    thread_local! {
        /// The newest version that the stream has told of.
        static ANNOUNCED: Cell<u64> = const { Cell::new(0) };
    }

    /// The open stream with what it calls. Dropping it closes the stream.
    struct Stream {
        source: EventSource,
        _message: Closure<dyn Fn(MessageEvent)>,
        _error: Closure<dyn Fn(Event)>,
    }

    impl Drop for Stream {
        fn drop(&mut self) {
            self.source.close();
        }
    }

    impl Stream {
        fn open(bench: Bench) -> Option<Self> {
            let source = EventSource::new("/events").ok()?;
            let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                bench.offline.set(false);
                let version = event.data().as_string().and_then(|text| text.parse().ok());
                ANNOUNCED.set(version.unwrap_or(u64::MAX));
                catch_up(bench);
            });
            let error = Closure::<dyn Fn(Event)>::new(move |_| bench.offline.set(true));
            source.set_onmessage(Some(message.as_ref().unchecked_ref()));
            source.set_onerror(Some(error.as_ref().unchecked_ref()));
            Some(Self {
                source,
                _message: message,
                _error: error,
            })
        }
    }

    /// Opens the stream once the page is awake. The browser reconnects by itself. A hidden tab lets go
    /// of it: over HTTP/1.1 a browser has six connections for one host, and a student many tabs.
    pub fn stay_up_to_date(bench: Bench) {
        Effect::new(move |_| {
            let stream = StoredValue::new_local(Stream::open(bench));
            let listening = window_event_listener(visibilitychange, move |_| {
                stream.set_value(None);
                if !document().hidden() {
                    stream.set_value(Stream::open(bench));
                }
            });
            // A laptop that slept fires no event, and its old stream may be dead without knowing: a tick
            // that comes much too late says so.
            let last = StoredValue::new(js_sys::Date::now());
            let ticking = set_interval_with_handle(
                move || {
                    let now = js_sys::Date::now();
                    let slept = now - last.get_value() > SLEPT_MS;
                    last.set_value(now);
                    if slept && !document().hidden() {
                        stream.set_value(None);
                        stream.set_value(Stream::open(bench));
                    }
                },
                Duration::from_secs(1),
            );
            on_cleanup(move || {
                listening.remove();
                if let Ok(ticking) = ticking {
                    ticking.clear();
                }
                stream.set_value(None);
            });
        });
    }

    /// A button may leave the page with its own answer; then the keyboard goes on at what comes next.
    pub fn keep_focus() {
        request_animation_frame(|| {
            let lost = document()
                .active_element()
                .is_none_or(|active| active.tag_name() == "BODY");
            let next = document()
                .query_selector(".verdict input, .steps .now button")
                .ok()
                .flatten();
            if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok())
                && lost
            {
                _ = next.focus();
            }
        });
    }

    /// Asks for what is new, unless a button's answer is on its way and will bring it.
    pub fn catch_up(bench: Bench) {
        let here = bench.snapshot.with_untracked(|snapshot| snapshot.version);
        let busy = bench.pressed.with_untracked(|pressed| !pressed.is_empty());
        if ANNOUNCED.get() <= here || busy {
            return;
        }
        spawn_local(async move {
            let since = bench.snapshot.with_untracked(Snapshot::last_seen);
            if let Ok(newer) = api::view(since).await {
                bench.receive(newer);
            }
        });
    }

    /// The browser's steady clock in ms.
    pub fn steady_ms() -> f64 {
        window()
            .performance()
            .map_or(0.0, |performance| performance.now())
    }

    /// What the room's wall clock adds to UTC, in minutes.
    pub fn minutes_from_utc() -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "between -840 and 840")]
        let minutes = -js_sys::Date::new_0().get_timezone_offset() as i32;
        minutes
    }

    /// Selects the text of an element and copies it. The clipboard API is absent on plain http, so this
    /// is the older way, which works everywhere; if it does not, the text is at least selected.
    pub fn copy_text_of(id: &str) -> bool {
        let Some(element) = document().get_element_by_id(id) else {
            return false;
        };
        let Ok(Some(selection)) = window().get_selection() else {
            return false;
        };
        _ = selection.select_all_children(&element);
        let document = document().dyn_into::<web_sys::HtmlDocument>();
        document.is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
    }
}

#[cfg(not(feature = "hydrate"))]
mod on_server {
    use crate::sessions::page::Bench;

    pub fn stay_up_to_date(_: Bench) {}

    pub fn catch_up(_: Bench) {}

    pub fn keep_focus() {}

    pub fn steady_ms() -> f64 {
        0.0
    }

    pub fn minutes_from_utc() -> i32 {
        0
    }

    pub fn copy_text_of(_: &str) -> bool {
        false
    }
}
