//! A button that copies the text of an element.

use leptos::{context::Provider, prelude::*};

use super::{
    browser::copy_text_of,
    given::{self, given},
};

given! {
    /// What a button copies.
    pub struct Copied {
        /// The id of the element.
        pub of: String,
        /// The button's label.
        pub label: String,
        /// The label once it has copied.
        pub done: String,
    }
}

/// A button that copies the text of the element with the id `of`.
#[component]
pub fn CopyButton(
    /// What it copies and how it is called.
    copied: Copied,
) -> AnyView {
    view! { <Provider value=copied><CopyIsland/></Provider> }.into_any()
}

/// See [`CopyButton`].
#[island]
pub fn CopyIsland() -> impl IntoView {
    let given = given::here::<Copied>("CopyIsland");
    let is_done = RwSignal::new(false);
    let label = move || {
        given.with(|given| {
            if is_done.get() {
                given.done.clone()
            } else {
                given.label.clone()
            }
        })
    };
    let press = move |_| {
        is_done.set(copy_text_of(
            &given.with_untracked(|given| given.of.clone()),
        ));
    };
    view! { <button type="button" {..given::attribute(given)} on:click=press>{label}</button> }
}
