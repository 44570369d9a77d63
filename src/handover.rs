//! From the server to the browser: what the page was made of travels in the page itself, as JSON.
//!
//! It is read with the same decoder as the answers of server functions, so the wasm carries one.

use crate::app::PageData;

#[cfg(feature = "hydrate")]
pub use in_browser::receive;
#[cfg(not(feature = "hydrate"))]
pub use on_server::{Handover, receive};

#[cfg(feature = "hydrate")]
mod in_browser {
    use leptos::prelude::document;

    use super::PageData;

    /// What the server put into the page.
    #[expect(
        clippy::expect_used,
        reason = "the server that made this page wrote it; without it there is nothing to show"
    )]
    pub fn receive() -> PageData {
        let json = document()
            .get_element_by_id("page-data")
            .and_then(|script| script.text_content());
        serde_json::from_slice(json.unwrap_or_default().as_bytes()).expect("the page's own data")
    }
}

#[cfg(not(feature = "hydrate"))]
mod on_server {
    use leptos::prelude::*;

    use super::PageData;

    /// What the request's handler put into the context.
    pub fn receive() -> PageData {
        expect_context()
    }

    /// The page's data as a block that no browser executes.
    #[component]
    pub fn Handover() -> impl IntoView {
        // `<` would end the block early or open a comment in it (HTML, script data states).
        let json = serde_json::to_string(&receive())
            .unwrap_or_default()
            .replace('<', "\\u003c");
        let nonce = leptos::nonce::use_nonce();
        view! { <script type="application/json" id="page-data" nonce=nonce inner_html=json></script> }
    }
}
