//! What `cookieStore` says about a cookie that was just set, beside what should stand in it.

use leptos::{context::Provider, prelude::*};

use super::browser;
use crate::live::given::{self, given};

given! {
    /// A cookie as it should be stored.
    pub struct Stored {
        /// Its name.
        pub name: String,
        /// Its value.
        pub value: String,
        /// Its attributes, each `name: JSON` as Chromium writes it.
        pub expected: Vec<String>,
        /// When it ends, in ms since 1970; empty: it does not.
        pub expires: String,
        /// What stands before what the browser says.
        pub says: String,
        /// What is said when the two differ.
        pub differs: String,
    }
}

/// What `cookieStore` said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The attributes as the browser gives them; empty: it does not know the cookie.
    pub fields: String,
    /// Whether they differ from what should be there.
    pub differs: bool,
}

/// What `cookieStore` says about a cookie, where there is one and it knows it.
#[component]
pub fn CookieStore(
    /// The cookie as it should be stored.
    stored: Stored,
) -> AnyView {
    view! { <Provider value=stored><StoreIsland/></Provider> }.into_any()
}

/// See [`CookieStore`].
#[island]
pub fn StoreIsland() -> impl IntoView {
    let given = given::here::<Stored>("StoreIsland");
    let said = RwSignal::new(Said::default());
    browser::see(move |_| browser::ask(given.get_untracked(), said));
    Effect::new(move |_| browser::ask(given.get(), said));
    let fields = move || said.with(|said| said.fields.clone());
    let (says, differs) = given.with_untracked(|given| (given.says.clone(), given.differs.clone()));
    view! {
        <div class="soft" data-testid="cookie-store" {..given::attribute(given)} hidden=move || said.with(|said| said.fields.is_empty())>
            <p>{says}": "<code>{fields}</code></p>
            <p class="bad" data-testid="cookie-store-differs" hidden=move || said.with(|said| !said.differs)><span aria-hidden="true">"≠ "</span>{differs}</p>
        </div>
    }
}
