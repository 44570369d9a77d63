//! The operator's page: the one process that everybody shares.

use leptos::prelude::*;

use super::drawing;
use crate::{engines::view::EngineView, i18n::Locale};

/// What the operator's page shows.
pub struct OperatorView {
    /// The language that the browser prefers.
    pub locale: Locale,
    /// The key, if it is the right one.
    pub key: Option<String>,
    /// MongoDB as it is now.
    pub mongo: EngineView,
    /// Whether it is held down.
    pub held: bool,
}

/// The page below the frame.
pub fn operator_page(view: &OperatorView) -> AnyView {
    let text = view.locale.failures();
    let inside = match &view.key {
        None => view! { <p class="notice" role="alert">{text.operator_wrong_key}</p> }.into_any(),
        Some(_) if !view.mongo.managed => view! { <p>{text.mongo_external}</p> }.into_any(),
        Some(key) => {
            let (act, label) = if view.held {
                ("start", text.mongo_start)
            } else {
                ("stop", text.mongo_stop)
            };
            view! {
                <p data-testid="mongo">{drawing::engine(text, &view.mongo)}</p>
                <form method="post" action=format!("/operator/mongo/{act}")>
                    <input type="hidden" name="key" value=key.clone()/>
                    <button class="go">{label}</button>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <main id="lab" class="failures" tabindex="-1">
            <h1>{text.operator}</h1>
            <p class="lede">{text.operator_lede}</p>
            <section class="card">{inside}</section>
        </main>
    }
    .into_any()
}
