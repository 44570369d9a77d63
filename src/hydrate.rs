//! The door of the wasm: Leptos' script calls it, then wakes the islands that it finds in the page.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the wasm has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
