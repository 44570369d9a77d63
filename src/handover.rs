//! From the server to the browser: what the page was made of travels in the page itself, as JSON.
//!
//! It is read with the same decoder as the answers of server functions, so the wasm carries one.

#[cfg(feature = "ssr")]
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{error::LabError, i18n::Locale, sessions::snapshot::Snapshot};

/// What the server hands to the page; the browser finds it in the HTML.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PageData {
    /// The language of the URL.
    pub locale: Locale,
    /// Scheme and host as the browser asked for them, for curl commands.
    pub origin: String,
    /// The lab as it is now.
    pub snapshot: Snapshot,
    /// What went wrong with the plain form that led here.
    pub notice: Option<LabError>,
}

/// The id of the block in the page.
const BLOCK: &str = "page-data";

impl PageData {
    /// What the server put into the page, if this page is one of ours.
    #[cfg(feature = "hydrate")]
    #[must_use]
    pub fn from_page() -> Option<Self> {
        let block = leptos::prelude::document().get_element_by_id(BLOCK)?;
        serde_json::from_slice(block.text_content()?.as_bytes()).ok()
    }
}

/// The page's data as a block that no browser executes.
#[cfg(feature = "ssr")]
#[component]
pub fn Handover<'a>(
    /// What is handed over.
    data: &'a PageData,
) -> impl IntoView + use<> {
    // `<` would end the block early or open a comment in it (HTML, script data states).
    let json = serde_json::to_string(data)
        .unwrap_or_default()
        .replace('<', "\\u003c");
    let nonce = leptos::nonce::use_nonce();
    view! { <script type="application/json" id=BLOCK nonce=nonce inner_html=json></script> }
}
