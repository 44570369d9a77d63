//! Lines worth trying: one click sends each.

use leptos::prelude::*;

use super::{ConsoleLook, ConsoleView};
use crate::pages::Page;

/// The stories of a console.
pub fn stories(view: &ConsoleView, look: &ConsoleLook) -> impl IntoView + use<> {
    let text = view.text();
    let (tool, name) = (look.tool, look.tool.name());
    let title = format!("stories-title-{name}");
    let labelled = title.clone();
    let stories = super::super::stories::Story::of(tool).iter().map(|story| {
        let lines = story.lines(tool, look.mine.as_deref(), &view.tag);
        let told = if lines.is_empty() {
            view! { <p class="soft">{text.log_in_first} " " <a href=Page::Sessions.url(view.locale)>{text.the_lab}</a> "."</p> }.into_any()
        } else {
            let lines = lines.into_iter().map(|line| view! {
                <li>
                    <form method="post" action=format!("/lab/consoles/{name}")>
                        <input type="hidden" name="line" value=line.clone()/>
                        <button class="line"><code>{line}</code></button>
                    </form>
                </li>
            });
            view! { <ol>{lines.collect_view()}</ol> }.into_any()
        };
        view! { <li><h3>{(text.story)(*story)}</h3>{told}</li> }
    });
    view! {
        <section class="card stories" aria-labelledby=labelled>
            <h2 id=title>{(text.stories)(tool)}</h2>
            <p class="soft">{text.stories_hint}</p>
            <ul id=format!("stories-{name}")>{stories.collect_view()}</ul>
        </section>
    }
}
