//! A page that the server makes, once the wasm has arrived: forms travel in the background, what
//! changed is swapped in, clocks run, and what only a browser can fill is filled.
//!
//! The page is made by the server at every change, because what the server receives is half of what it
//! shows. So nothing is drawn here: each part of the page (`data-part`) is replaced by its newer self.

use std::{cell::RefCell, collections::VecDeque, time::Duration};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventSource, HtmlDocument, HtmlFormElement, SubmitEvent};

use crate::sessions::page::clock::countdown;

mod console_line;
mod jar_in_browser;
mod parts;
mod travel;

use travel::Journey;

/// How long after a cookie's last millisecond the page asks again: the browser's clock may be later than ours.
const GRACE_MS: i64 = 250;

/// How many ticks of 250 ms a page that reaches no server waits before it tries again.
const KNOCK_TICKS: u32 = 8;

/// How much later than the one before a tick has to come for the machine to have slept, in ms.
const SLEPT_MS: f64 = 3000.0;

/// A page of this kind: it says when it was made.
const PAGE: &str = "main[data-now]";

#[derive(Default)]
struct Awake {
    /// The HTML of each part as the server sent it last, by id.
    parts: Vec<(String, String)>,
    /// The server's clock minus the browser's steady clock, in ms.
    shift_ms: i64,
    /// `document.cookie` as it was seen last.
    seen: String,
    /// A journey is under way.
    busy: bool,
    /// What to do when it is over, in order.
    next: VecDeque<Journey>,
    /// The loot was handed in.
    stole: bool,
    /// The server's stream of changes; a hidden tab lets go of it.
    stream: Option<EventSource>,
    /// The stream has said its first word, which is no news.
    greeted: bool,
    /// Ticks since the server was last out of reach; `None` while it answers.
    silent: Option<u32>,
    /// The wall clock at the last tick, in ms since 1970.
    ticked: f64,
}

thread_local! {
    static AWAKE: RefCell<Awake> = RefCell::default();
}

/// Takes the page over.
pub fn wake() {
    if document().query_selector(PAGE).ok().flatten().is_none() {
        return;
    }
    let seen = script_sees();
    AWAKE.with_borrow_mut(|awake| {
        awake.seen = seen;
        for part in all("[data-part]") {
            awake.parts.push((part.id(), part.inner_html()));
        }
    });
    set_clock(document().query_selector(PAGE));
    listen();
    show();
}

/// Everything that makes the page move.
fn listen() {
    let submit = Closure::<dyn Fn(SubmitEvent)>::new(|event: SubmitEvent| {
        if let Some(journey) = Journey::of_form(&event) {
            event.prevent_default();
            console_line::sent(&event);
            go(journey);
        }
    });
    let input = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some(journey) = Journey::of_typing(&event) {
            go(journey);
        }
    });
    let again = Closure::<dyn Fn()>::new(look_again);
    let seen = Closure::<dyn Fn()>::new(|| {
        open_stream();
        look_again();
    });
    let document = document();
    _ = document.add_event_listener_with_callback("submit", submit.as_ref().unchecked_ref());
    _ = document.add_event_listener_with_callback("input", input.as_ref().unchecked_ref());
    _ = document
        .add_event_listener_with_callback("visibilitychange", seen.as_ref().unchecked_ref());
    _ = window().add_event_listener_with_callback("online", again.as_ref().unchecked_ref());
    console_line::listen();
    jar_in_browser::listen(again.as_ref().unchecked_ref());
    submit.forget();
    input.forget();
    again.forget();
    seen.forget();
    open_stream();
    set_interval(tick, Duration::from_millis(250));
}

fn look_again() {
    if !document().hidden() {
        go(Journey::refresh());
    }
}

/// Listens to the server's changes while somebody looks: over HTTP/1.1 a browser has six connections
/// for one host, and a student many tabs.
fn open_stream() {
    if let Some(old) = AWAKE.with_borrow_mut(|awake| awake.stream.take()) {
        old.close();
    }
    if document().hidden() {
        return;
    }
    let Ok(stream) = EventSource::new("/events") else {
        return;
    };
    let news = Closure::<dyn Fn()>::new(|| {
        let greeted = AWAKE.with_borrow_mut(|awake| std::mem::replace(&mut awake.greeted, true));
        if greeted {
            look_again();
        }
    });
    let lost = Closure::<dyn Fn()>::new(|| offline(true));
    let named = document().query_selector(PAGE).ok().flatten();
    let events = named
        .and_then(|page| page.get_attribute("data-events"))
        .unwrap_or_default();
    _ = stream.add_event_listener_with_callback(&events, news.as_ref().unchecked_ref());
    stream.set_onerror(Some(lost.as_ref().unchecked_ref()));
    // They live as long as the page: it is never left without a new document.
    news.forget();
    lost.forget();
    AWAKE.with_borrow_mut(|awake| awake.stream = Some(stream));
}

/// Lets the clocks run, and asks again when something must have changed.
fn tick() {
    let now = now_ms();
    let mut over = false;
    for clock in all("[data-until]") {
        let (until, whole) = (number(&clock, "data-until"), number(&clock, "data-whole"));
        clock.set_text_content(Some(&countdown((until - now).max(0) + 999)));
        let share = ((until - now) * 100 / whole.max(1)).clamp(0, 100);
        if let Some(ring) = clock
            .parent_element()
            .and_then(|ttl| ttl.query_selector(".share").ok().flatten())
        {
            _ = ring.set_attribute("stroke-dasharray", &format!("{share} 100"));
        }
        over |= now > until + GRACE_MS;
    }
    // A laptop that slept fires no event, and its old stream may be dead without knowing.
    let wall = js_sys::Date::now();
    let before = AWAKE.with_borrow_mut(|awake| std::mem::replace(&mut awake.ticked, wall));
    if before > 0.0 && wall - before > SLEPT_MS {
        open_stream();
        look_again();
    }
    send_what_is_due(now);
    let seen = script_sees();
    let changed = AWAKE.with_borrow_mut(|awake| {
        let changed = awake.seen != seen;
        awake.seen = seen;
        changed
    });
    if changed {
        jar_in_browser::fill();
    }
    let waits = !all("[data-pending]").is_empty();
    // Out of reach, it knocks now and then: the browser does not always say when the network is back.
    let knocks = AWAKE.with_borrow_mut(|awake| {
        let silent = awake.silent.as_mut()?;
        *silent += 1;
        Some(*silent % KNOCK_TICKS == 0)
    });
    if (over || changed || waits || knocks == Some(true))
        && !document().hidden()
        && !AWAKE.with_borrow(|awake| awake.busy)
    {
        go(Journey::refresh());
    }
}

/// Sends the forms whose time has come (`data-due`): what they wait for has happened. Not while a journey
/// is under way: it may bring the same form again, and then it would be sent twice.
fn send_what_is_due(now: i64) {
    if AWAKE.with_borrow(|awake| awake.busy) {
        return;
    }
    for form in all("form[data-due]") {
        if now > number(&form, "data-due")
            && let Ok(form) = form.dyn_into::<HtmlFormElement>()
        {
            _ = form.remove_attribute("data-due");
            _ = form.request_submit();
        }
    }
}

/// Goes there and swaps in what comes back; one journey at a time.
fn go(journey: Journey) {
    let waits = AWAKE.with_borrow_mut(|awake| {
        if awake.busy {
            // Orders are done one after the other; of several looks only the newest is worth a journey.
            match awake.next.back_mut().filter(|last| !last.is_order()) {
                Some(last) if journey.is_typing() => *last = journey.clone(),
                Some(_) if !journey.is_order() => {}
                _ => awake.next.push_back(journey.clone()),
            }
            return true;
        }
        awake.busy = true;
        false
    });
    if waits {
        return;
    }
    spawn_local(async move {
        let arrived = journey.travel().await;
        offline(arrived.is_err());
        if arrived.is_err() {
            console_line::give_back();
        }
        if let Ok(Some(page)) = arrived {
            parts::swap(&page);
        }
        show();
        let next = AWAKE.with_borrow_mut(|awake| {
            awake.busy = false;
            awake.next.pop_front()
        });
        if let Some(next) = next {
            go(next);
        }
    });
}

/// Everything of the page that only a browser knows.
fn show() {
    for moment in all("time[data-ms]") {
        moment.set_text_content(Some(&time_of_day(number(&moment, "data-ms"))));
    }
    jar_in_browser::fill();
    // The experiment's XSS: a script reads what it can and hands it in.
    let may_steal = !all("[data-steal]").is_empty();
    let steals = AWAKE.with_borrow_mut(|awake| {
        let steals = may_steal && !awake.stole;
        awake.stole = may_steal;
        steals
    });
    if steals {
        go(Journey::stolen(script_sees()));
    }
}

fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

fn number(element: &Element, attribute: &str) -> i64 {
    let text = element.get_attribute(attribute).unwrap_or_default();
    text.parse().unwrap_or_default()
}

/// `document.cookie`: what a script sees.
fn script_sees() -> String {
    let document = document().dyn_into::<HtmlDocument>();
    document
        .ok()
        .and_then(|document| document.cookie().ok())
        .unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, reason = "the life of a page fits")]
fn steady_ms() -> i64 {
    window()
        .performance()
        .map_or(0, |performance| performance.now() as i64)
}

fn now_ms() -> i64 {
    AWAKE.with_borrow(|awake| awake.shift_ms) + steady_ms()
}

fn set_clock(main: Result<Option<Element>, JsValue>) {
    if let Ok(Some(main)) = main {
        let shift_ms = number(&main, "data-now") - steady_ms();
        AWAKE.with_borrow_mut(|awake| awake.shift_ms = shift_ms);
    }
}

fn offline(is_offline: bool) {
    AWAKE.with_borrow_mut(|awake| awake.silent = is_offline.then_some(0));
    if let Some(notice) = document().get_element_by_id("offline") {
        _ = notice.toggle_attribute_with_force("hidden", !is_offline);
    }
}

/// The time of day in the room.
fn time_of_day(at_ms: i64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 fit into 53 bits"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(at_ms as f64));
    format!(
        "{:02}:{:02}:{:02}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}
