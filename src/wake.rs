//! Wakes up the page in the browser: the wasm takes over the HTML that the server made.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};

use crate::app::App;

/// Called by the page's script once the wasm has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let root = document()
        .get_element_by_id("app")
        .and_then(|root| root.dyn_into().ok());
    if let Some(root) = root {
        leptos::mount::hydrate_from::<_, _>(root, App).forget();
        // For tests, and for anyone who wonders whether the page is awake.
        _ = document()
            .document_element()
            .map(|html| html.set_attribute("data-awake", ""));
    }
}
