//! The lab's keys, and their rotation.

use leptos::prelude::*;

use super::CookieView;

/// The card.
pub fn keys(view: &CookieView) -> impl IntoView + use<> {
    let text = view.text();
    let in_use = view.notes.keys.iter().enumerate().map(|(number, key)| {
        let role = if number == 0 {
            text.key_seals
        } else {
            text.key_opens
        };
        view! { <li><code>{key.clone()}</code> " " <span class="soft">{role}</span></li> }
    });
    let retired = view.notes.retired.iter().map(|key| {
        view! { <li><s><code>{key.clone()}</code></s> " " <span class="soft">{text.key_retired}</span></li> }
    });
    let button = |act: &'static str, label: &'static str| {
        view! { <button type="submit" name="act" value=act id=act>{label}</button> }
    };
    view! {
        <section class="card keys" aria-labelledby="keys-title" id="keys" data-testid="keys">
            <h2 id="keys-title">{text.keys_title}</h2>
            <p class="soft">{text.keys_hint}</p>
            <ol>{in_use.collect_view()}{retired.collect_view()}</ol>
            <form method="post" action="/lab/cookies/keys" class="buttons">
                {button("rotate-and-keep", text.rotate_keep)}
                {button("rotate-and-drop", text.rotate_drop)}
                {button("restore", text.keys_restore)}
            </form>
        </section>
    }
}
