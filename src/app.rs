//! The application in the page's frame, and the one table of pages.
//!
//! A page is a URL that the server answers whole; going to another one is an ordinary link. So there
//! is no router in the browser, and the wasm carries only what moves.

use leptos::prelude::*;

use crate::{
    handover::PageData,
    i18n::{Locale, Text},
    sessions::page::SessionsPage,
};

/// The pages, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// `/{locale}/sessions`
    Sessions,
}

impl Page {
    /// The table of pages.
    pub const ALL: [Self; 1] = [Self::Sessions];

    /// Its URL in a language.
    #[must_use]
    pub fn url(self, locale: Locale) -> String {
        match self {
            Self::Sessions => format!("/{}/sessions", locale.tag()),
        }
    }

    /// Its name in the navigation.
    #[must_use]
    pub const fn name(self, text: &Text) -> &'static str {
        match self {
            Self::Sessions => text.sessions,
        }
    }
}

/// The frame with the page in it.
#[component]
pub fn App(
    /// What the server handed over.
    data: PageData,
) -> impl IntoView {
    let (locale, text) = (data.locale, data.locale.text());
    let other = locale.other();
    let here = Page::Sessions;
    let links = Page::ALL.map(|page| {
        let current = (page == here).then_some("page");
        view! { <a href=page.url(locale) aria-current=current>{page.name(text)}</a> }
    });
    view! {
        <header class="frame">
            <b>"Session Playground"</b>
            <nav aria-label=text.labs>
                {links.collect_view()}
                <a href=here.url(other) lang=other.tag() hreflang=other.tag()>{text.other_language}</a>
            </nav>
        </header>
        <main id="lab" tabindex="-1">
            <SessionsPage data/>
        </main>
    }
}
