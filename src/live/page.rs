//! The island that listens for the whole page: to its forms, to the server's events, and to the network.

use leptos::{context::Provider, prelude::*};

use super::{
    browser::listen,
    given::{self, given},
};

given! {
    /// What a page says of itself when the server made it.
    pub struct News {
        /// The server's clock: milliseconds since 1970, UTC.
        pub now_ms: i64,
        /// The name of the events that concern this page (`GET /events`).
        pub events: String,
        /// The number of the newest event that the page already shows; 0 if it does not know.
        pub version: i64,
    }
}

/// Makes the page around it live. One a page.
#[component]
pub fn Live(
    /// The server's clock: milliseconds since 1970, UTC.
    now_ms: i64,
    /// The name of the events that concern this page (`GET /events`).
    events: &'static str,
    /// The number of the newest event that the page already shows; 0 if it does not know.
    #[prop(optional)]
    version: i64,
) -> AnyView {
    view! { <Provider value=News { now_ms, events: events.to_owned(), version }><LiveIsland/></Provider> }.into_any()
}

/// See [`Live`].
#[island]
pub fn LiveIsland() -> impl IntoView {
    let news = given::here::<News>("LiveIsland");
    listen(news);
    view! { <span hidden {..given::attribute(news)}></span> }
}
