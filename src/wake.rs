//! Wakes up the page in the browser: the wasm takes over the HTML that the server made.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};

use crate::{awake, frame::App, handover::PageData};

/// Called by the page's script once the wasm has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let Some(data) = PageData::from_page() else {
        // A page without data of its own is made by the server at every change.
        awake::wake();
        say_awake();
        return;
    };
    let root = document()
        .get_element_by_id("app")
        .and_then(|root| root.dyn_into().ok());
    if let Some(root) = root {
        leptos::mount::hydrate_from(root, || view! { <App data/> }).forget();
        say_awake();
    }
}

/// For tests, and for anyone who wonders whether the page is awake.
fn say_awake() {
    _ = document()
        .document_element()
        .map(|html| html.set_attribute("data-awake", ""));
}
