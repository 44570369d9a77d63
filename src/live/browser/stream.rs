//! The server's stream of changes. It only says that something is new; the page then asks what.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventSource;

use super::{listening, queue::look_again};

#[derive(Default)]
struct Stream {
    source: Option<EventSource>,
    /// The name of the events that concern this page.
    events: String,
    /// The newest number that the page shows; 0 if it does not know.
    shown: i64,
}

thread_local! {
    static STREAM: RefCell<Stream> = RefCell::default();
}

/// Listens to the events of this name from now on.
pub fn open(events: String) {
    STREAM.with_borrow_mut(|stream| stream.events = events);
    reopen();
}

/// The page shows everything up to this number.
pub fn shows(number: i64) {
    STREAM.with_borrow_mut(|stream| stream.shown = stream.shown.max(number));
}

/// Opens the stream anew while somebody looks, and closes it otherwise: over HTTP/1.1 a browser has six
/// connections for one host, and a student many tabs. The browser reconnects by itself.
pub fn reopen() {
    if let Some(old) = STREAM.with_borrow_mut(|stream| stream.source.take()) {
        old.close();
    }
    if document().hidden() {
        return;
    }
    let Ok(source) = EventSource::new("/events") else {
        return;
    };
    let news = Closure::<dyn Fn(web_sys::MessageEvent)>::new(|event: web_sys::MessageEvent| {
        listening::reached(true);
        let number = event.data().as_string().and_then(|text| text.parse().ok());
        let is_news = STREAM.with_borrow_mut(|stream| {
            let shown = std::mem::replace(&mut stream.shown, number.unwrap_or_default());
            // The first word of a stream is no news for a page that does not number itself.
            shown > 0 && shown != stream.shown
        });
        if is_news {
            look_again();
        }
    });
    let lost = Closure::<dyn Fn()>::new(|| listening::reached(false));
    let events = STREAM.with_borrow(|stream| stream.events.clone());
    _ = source.add_event_listener_with_callback(&events, news.as_ref().unchecked_ref());
    source.set_onerror(Some(lost.as_ref().unchecked_ref()));
    // They live as long as the page: it is never left without a new document.
    news.forget();
    lost.forget();
    STREAM.with_borrow_mut(|stream| stream.source = Some(source));
}
