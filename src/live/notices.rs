//! What a page says above everything else: an error, the lost connection, and what a screen reader is told.

use leptos::{attr::custom::custom_attribute, prelude::*};

use super::marks::{ERRORS, OFFLINE, UNSENT};
use crate::i18n::Locale;

/// The three live regions of a page.
#[component]
pub fn Notices(
    /// What went wrong with the form that led here.
    #[prop(into)]
    notice: Option<String>,
    /// What happened last, for those who do not see the page.
    spoken: String,
    /// The language of the page.
    locale: Locale,
) -> impl IntoView {
    let text = locale.frame();
    // Closing it is a look at the page without it.
    let notice = notice.map(|notice| {
        view! {
            <div class="notice" data-testid="notice">
                <span>{notice}</span>
                <form method="get"><button>{text.close}</button></form>
            </div>
        }
    });
    view! {
        <div class="notices">
            <div {..custom_attribute(UNSENT, text.unsent)} role="alert" id=ERRORS>{notice}</div>
            <div role="status"><p class="notice offline" id=OFFLINE hidden>{text.offline}</p></div>
            <p class="spoken" role="status" id="spoken" data-testid="spoken">{spoken}</p>
        </div>
    }
}
