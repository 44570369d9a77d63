//! What stands around every page: the links to the labs, and the same page in the other language.

use leptos::prelude::*;

use crate::{handover::PageData, i18n::Locale, pages::Page, sessions::page::SessionsPage};

mod en;
mod es;
mod text;

pub use text::FrameText;

/// The head of every page: the labs, and the same page in the other language.
#[component]
pub fn Frame(
    /// The page that is shown.
    here: Page,
    /// Its language.
    locale: Locale,
) -> impl IntoView {
    let text = locale.frame();
    let other = locale.other();
    let links = Page::ALL.map(|page| {
        let current = (page == here).then_some("page");
        view! { <a href=page.url(locale) aria-current=current>{(text.page)(page)}</a> }
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
