//! The page in the browser: one queue of requests, one stream of events, one clock, one way in for news.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDocument};

mod arrival;
pub mod clock;
mod focus;
pub mod islands;
mod listening;
mod queue;
mod request;
mod stream;

pub use clock::{minutes_from_utc, on_tick};
pub use islands::here;
pub use listening::listen;
pub use queue::{look_again, post};

/// Every element that matches.
pub fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

/// `document.cookie`: what a script sees.
#[must_use]
pub fn script_sees() -> String {
    let document = document().dyn_into::<HtmlDocument>();
    document
        .ok()
        .and_then(|document| document.cookie().ok())
        .unwrap_or_default()
}

/// Selects the text of an element and copies it. The clipboard API is absent on plain http, so this is the
/// older way, which works everywhere; if it does not, the text is at least selected.
#[must_use]
pub fn copy_text_of(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id) else {
        return false;
    };
    let Ok(Some(selection)) = window().get_selection() else {
        return false;
    };
    _ = selection.select_all_children(&element);
    let document = document().dyn_into::<HtmlDocument>();
    document.is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}
