//! What stands around every page: the links to the labs, and the same page in the other language.

use leptos::prelude::*;

use crate::{i18n::Locale, pages::Page};

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
