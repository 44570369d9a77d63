//! Everything that makes a page move: its forms, the clock, the network, and the tab being looked at again.

use std::{cell::RefCell, time::Duration};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlFormElement, SubmitEvent};

use super::{all, arrival, clock, islands, queue, request::Request, stream};
use crate::live::{
    marks::{DUE, OFFLINE, WAITS},
    page::News,
};

/// How often the page's clock ticks.
const TICK: Duration = Duration::from_millis(250);

/// How many ticks a page that reaches no server waits before it tries again.
const KNOCK_TICKS: u32 = 8;

/// How much later than the one before a tick has to come for the machine to have slept, in ms.
const SLEPT_MS: f64 = 3000.0;

#[derive(Default)]
struct Listening {
    /// Ticks since the server was last out of reach; `None` while it answers.
    silent: Option<u32>,
    /// The wall clock at the last tick, in ms since 1970.
    ticked: f64,
}

thread_local! {
    static LISTENING: RefCell<Listening> = RefCell::default();
}

/// Makes the page move from now on.
pub fn listen(news: RwSignal<News>) {
    Effect::new(move |_| {
        news.with(|news| {
            clock::set(news.now_ms);
            stream::shows(news.version);
        });
    });
    arrival::remember_details();
    listen_to_forms();
    let again = Closure::<dyn Fn()>::new(queue::look_again);
    let seen = Closure::<dyn Fn()>::new(|| {
        stream::reopen();
        queue::look_again();
    });
    _ = window().add_event_listener_with_callback("online", again.as_ref().unchecked_ref());
    _ = document()
        .add_event_listener_with_callback("visibilitychange", seen.as_ref().unchecked_ref());
    again.forget();
    seen.forget();
    stream::open(news.with_untracked(|news| news.events.clone()));
    set_interval(tick, TICK);
    // Leptos wakes the other islands before anything else happens.
    set_timeout(say_awake, Duration::ZERO);
}

fn listen_to_forms() {
    let submit = Closure::<dyn Fn(SubmitEvent)>::new(|event: SubmitEvent| {
        event.prevent_default();
        if let Some(request) = Request::of_form(&event) {
            queue::send(request);
        }
    });
    let input = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some(request) = Request::of_typing(&event).or_else(|| Request::of_choice(&event)) {
            queue::send(request);
        }
    });
    let document = document();
    _ = document.add_event_listener_with_callback("submit", submit.as_ref().unchecked_ref());
    _ = document.add_event_listener_with_callback("input", input.as_ref().unchecked_ref());
    submit.forget();
    input.forget();
}

/// For tests, and for anyone who wonders whether the page is awake.
fn say_awake() {
    _ = document()
        .document_element()
        .map(|html| html.set_attribute("data-awake", ""));
}

/// Lets the clocks run, and asks again when something must have changed.
fn tick() {
    let now_ms = clock::now_ms();
    // Before the islands, which may ask for the page: what is due would wait for its answer.
    if !queue::is_busy() {
        send_what_is_due(now_ms);
    }
    islands::tick(now_ms);
    // A laptop that slept fires no event, and its old stream may be dead without knowing.
    let wall = js_sys::Date::now();
    let before =
        LISTENING.with_borrow_mut(|listening| std::mem::replace(&mut listening.ticked, wall));
    if before > 0.0 && wall - before > SLEPT_MS {
        stream::reopen();
        queue::look_again();
    }
    if queue::is_busy() {
        return;
    }
    // Out of reach, it knocks now and then: the browser does not always say when the network is back.
    let knocks = LISTENING.with_borrow_mut(|listening| {
        let silent = listening.silent.as_mut()?;
        *silent += 1;
        Some((*silent).is_multiple_of(KNOCK_TICKS))
    });
    let waits = !all(&format!("[{WAITS}]")).is_empty();
    if knocks == Some(true) || knocks.is_none() && waits {
        queue::look_again();
    }
}

/// Sends the forms whose time has come: what they wait for has happened. Not while a request is under way:
/// it may bring the same form again, and then it would be sent twice.
fn send_what_is_due(now_ms: i64) {
    for form in all(&format!("form[{DUE}]")) {
        if now_ms > number(&form, DUE)
            && let Ok(form) = form.dyn_into::<HtmlFormElement>()
        {
            _ = form.remove_attribute(DUE);
            _ = form.request_submit();
        }
    }
}

/// Whether the server answered last time.
pub fn reached(is_reached: bool) {
    LISTENING.with_borrow_mut(|listening| {
        if is_reached || listening.silent.is_none() {
            listening.silent = (!is_reached).then_some(0);
        }
    });
    if let Some(notice) = document().get_element_by_id(OFFLINE) {
        _ = notice.toggle_attribute_with_force("hidden", is_reached);
    }
}

fn number(element: &Element, attribute: &str) -> i64 {
    element
        .get_attribute(attribute)
        .unwrap_or_default()
        .parse()
        .unwrap_or_default()
}
