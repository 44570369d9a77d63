//! What `document.cookie` shows of one cookie, and the watch over all of them.

use leptos::{context::Provider, prelude::*};

use super::browser;
use crate::live::given::{self, given};

given! {
    /// The cookie of a row, as a script would have to see it.
    pub struct Seen {
        /// Its name.
        pub name: String,
        /// Its value: of two cookies of one name, it tells which row is meant.
        pub value: String,
        /// What is said where a script does not see it.
        pub none: String,
        /// What is said until a script has looked.
        pub waits: String,
    }
}

/// What a script sees of a cookie: its value, or that it is not there for a script.
#[component]
pub fn ScriptView(
    /// The cookie.
    seen: Seen,
) -> AnyView {
    view! { <Provider value=seen><ScriptIsland/></Provider> }.into_any()
}

/// See [`ScriptView`].
#[island]
pub fn ScriptIsland() -> impl IntoView {
    let given = given::here::<Seen>("ScriptIsland");
    // Nobody has looked yet; then what was there.
    let cookies = RwSignal::new(None::<String>);
    browser::see(move |seen| {
        if cookies.with_untracked(|cookies| cookies.as_deref() != Some(seen)) {
            cookies.set(Some(seen.to_owned()));
        }
    });
    let is_there =
        move || {
            cookies.with(|cookies| {
                let mut pairs = cookies
                    .as_ref()?
                    .split("; ")
                    .map(|pair| pair.split_once('=').unwrap_or(("", pair)));
                Some(given.with(|seen| {
                    pairs.any(|pair| pair == (seen.name.as_str(), seen.value.as_str()))
                }))
            })
        };
    let value = move || given.with(|seen| seen.value.clone());
    let none = move || given.with(|seen| seen.none.clone());
    let waits = move || given.with(|seen| seen.waits.clone());
    view! {
        <span {..given::attribute(given)}>
            <span class="soft" hidden=move || is_there().is_some()>{waits}</span>
            <span class="soft" hidden=move || is_there() != Some(false)>{none}</span>
            <code hidden=move || is_there() != Some(true)>{value}</code>
        </span>
    }
}

given! {
    /// A watch over what scripts see needs to know nothing.
    pub struct Watch {
        /// Not read.
        pub all: bool,
    }
}

/// Asks for the page again when a script sees other cookies than before: an end, another tab, `DevTools`.
#[component]
pub fn CookieWatch() -> AnyView {
    view! { <Provider value=Watch { all: true }><WatchIsland/></Provider> }.into_any()
}

/// See [`CookieWatch`].
#[island]
pub fn WatchIsland() -> impl IntoView {
    let given = given::here::<Watch>("WatchIsland");
    browser::watch();
    view! { <span hidden {..given::attribute(given)}></span> }
}
