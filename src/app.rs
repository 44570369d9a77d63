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
    /// `/{locale}/cookies`
    Cookies,
    /// `/{locale}/sessions`
    Sessions,
    /// `/{locale}/failures`
    Failures,
    /// `/{locale}/consoles`
    Consoles,
}

impl Page {
    /// The table of pages.
    pub const ALL: [Self; 4] = [
        Self::Cookies,
        Self::Sessions,
        Self::Failures,
        Self::Consoles,
    ];

    /// Its URL in a language.
    #[must_use]
    pub fn url(self, locale: Locale) -> String {
        let name = match self {
            Self::Cookies => "cookies",
            Self::Sessions => "sessions",
            Self::Failures => "failures",
            Self::Consoles => "consoles",
        };
        format!("/{}/{name}", locale.tag())
    }

    /// Its name in the navigation.
    #[must_use]
    pub const fn name(self, text: &Text) -> &'static str {
        match self {
            Self::Cookies => text.cookies,
            Self::Sessions => text.sessions,
            Self::Failures => text.failures,
            Self::Consoles => text.consoles,
        }
    }
}

/// The head of every page: the labs, and the same page in the other language.
#[component]
pub fn Frame(
    /// The page that is shown.
    here: Page,
    /// Its language.
    locale: Locale,
) -> impl IntoView {
    let text = locale.text();
    let other = locale.other();
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
    }
}

/// The session lab in the frame: the page that wakes up in the browser.
#[component]
pub fn App(
    /// What the server handed over.
    data: PageData,
) -> impl IntoView {
    view! {
        <Frame here=Page::Sessions locale=data.locale/>
        <main id="lab" tabindex="-1">
            <SessionsPage data/>
        </main>
    }
}
