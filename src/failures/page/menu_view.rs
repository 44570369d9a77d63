//! The menu: a link for every entry, under its heading.

use leptos::prelude::*;

use super::FailureView;
use crate::{
    failures::menu::{Failure, Group},
    pages::Page as Site,
};

/// The whole menu.
pub fn menu(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let page = Site::Failures.url(view.locale);
    let chosen = view.asked.failure;
    let groups = Group::ALL.map(|group| {
        let entries = Failure::ALL
            .into_iter()
            .filter(|failure| failure.group() == group);
        let links = entries.map(|failure| {
            let title = (text.failure)(failure).title;
            let current = (chosen == Some(failure)).then_some("true");
            let url = format!("{page}?failure={}#run", failure.id());
            let tried = view.notes.row(failure).map(|_| {
                view! { <span class="tried" title=text.tried>"✓"<span class="spoken">{text.tried}</span></span> }
            });
            view! { <li><a class="chip" href=url aria-current=current>{title} {tried}</a></li> }
        });
        view! {
            <li>
                <h3>{(text.group)(group)}</h3>
                <ul class="try">{links.collect_view()}</ul>
            </li>
        }
    });
    view! {
        <nav class="card" aria-labelledby="menu-title">
            <h2 id="menu-title">{text.menu}</h2>
            <p class="soft">{text.menu_hint}</p>
            <ul class="groups" id="menu">{groups.collect_view()}</ul>
        </nav>
    }
}
