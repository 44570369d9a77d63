//! The line that is being typed into a console: history with the arrow keys, Tab, and what follows.

use leptos::{context::Provider, ev, html::Input, prelude::*};

use crate::live::given::{self, given};

mod completion;
mod history;

use completion::{continuations, what_follows};
use history::History;

given! {
    /// What the line of a console knows.
    pub struct Known {
        /// The id of the field.
        pub id: String,
        /// The ids of what describes it.
        pub described_by: String,
        /// The id of the hint.
        pub hint_id: String,
        /// Whether the field has the keyboard when the page opens.
        pub is_first: bool,
        /// What follows a completed command: a space, or nothing.
        pub after: String,
        /// Commands that Tab knows.
        pub words: Vec<String>,
        /// The arguments of each.
        pub hints: Vec<String>,
        /// Names that Tab knows: keys and ids.
        pub names: Vec<String>,
        /// The lines that were typed so far, oldest first.
        pub lines: Vec<String>,
    }
}

/// The field of a console, with its hint.
#[component]
pub fn ConsoleLine(
    /// What it knows.
    known: Known,
) -> AnyView {
    view! { <Provider value=known><LineIsland/></Provider> }.into_any()
}

/// See [`ConsoleLine`].
#[island]
pub fn LineIsland() -> impl IntoView {
    let given = given::here::<Known>("LineIsland");
    let field = NodeRef::<Input>::new();
    let hint = RwSignal::new(String::new());
    let history = StoredValue::new(History::default());
    // What Tab can put there in turn, and which of it stands there; no lines: Tab is the browser's.
    let offered = StoredValue::new(None::<(Vec<String>, usize)>);
    let put = move |line: String| {
        hint.set(given.with_untracked(|known| what_follows(&line, &known.words, &known.hints)));
        if let Some(field) = field.get_untracked() {
            field.set_value(&line);
        }
    };
    let typed = move |event: ev::Event| {
        history.update_value(History::end);
        offered.set_value(None);
        let line = event_target_value(&event);
        hint.set(given.with_untracked(|known| what_follows(&line, &known.words, &known.hints)));
    };
    let complete = move |line: String| {
        let (lines, at) = match offered.get_value() {
            Some((lines, _)) if lines.is_empty() => return None,
            Some((lines, at)) => {
                let at = (at + 1) % lines.len();
                (lines, at)
            }
            None => {
                let lines = given.with_untracked(|known| {
                    continuations(&line, &known.words, &known.after, &known.names)
                });
                (lines, 0)
            }
        };
        let put = lines.get(at).cloned();
        // With one choice the next Tab begins anew, or leaves.
        offered.set_value((lines.len() > 1).then_some((lines, at)));
        put
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
            return;
        }
        let line = event_target_value(&event);
        let new = match event.key().as_str() {
            key @ ("ArrowUp" | "ArrowDown") => {
                offered.set_value(None);
                let lines = given.with_untracked(|known| known.lines.clone());
                history.try_update_value(|history| history.step(lines, line, key == "ArrowUp"))
            }
            "Tab" if !event.shift_key() => {
                let completed = complete(line);
                if completed.is_some() {
                    history.update_value(History::end);
                }
                completed
            }
            // From here Tab leaves the field again.
            "Escape" => {
                let was = offered.get_value();
                offered.set_value(Some((Vec::new(), 0)));
                was.filter(|(lines, _)| !lines.is_empty()).map(|_| line)
            }
            _ => None,
        };
        if let Some(new) = new {
            event.prevent_default();
            put(new);
        }
    };
    let Known {
        id,
        described_by,
        hint_id,
        is_first,
        ..
    } = given.get_untracked();
    view! {
        <span class="line-in" {..given::attribute(given)}>
            <input
                node_ref=field
                on:input=typed
                on:keydown=pressed
                id=id
                name="line"
                type="text"
                required
                maxlength="4096"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="send"
                autofocus=is_first
                aria-describedby=described_by
            />
            <p class="hint" id=hint_id>{move || hint.get()}</p>
        </span>
    }
}
