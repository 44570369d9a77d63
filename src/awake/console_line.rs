//! The line that is being typed into a console: history with the arrow keys, Tab, and what follows.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, HtmlFormElement, HtmlInputElement, KeyboardEvent, SubmitEvent};

use super::all;

#[derive(Default)]
struct Typing {
    /// How far back in the history the field is, and what stood in it before; `None`: it is not.
    back: Option<(usize, String)>,
    /// What Tab can put there in turn, and which of it stands there.
    offered: Option<(Vec<String>, usize)>,
    /// The field and the line that was sent last.
    sent: Option<(HtmlInputElement, String)>,
}

thread_local! {
    static TYPING: RefCell<Typing> = RefCell::default();
}

/// Hears the keys in the consoles' fields.
pub fn listen() {
    if all("form[data-console]").is_empty() {
        return;
    }
    let keys = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
        if let Some((input, tool)) = field(&event)
            && !(event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing())
            && press(&event.key(), event.shift_key(), &input, &tool)
        {
            event.prevent_default();
            say_what_follows(&input, &tool);
        }
    });
    let input = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some((input, tool)) = field(&event) {
            TYPING.with_borrow_mut(|typing| (typing.back, typing.offered) = (None, None));
            say_what_follows(&input, &tool);
        }
    });
    let document = document();
    _ = document.add_event_listener_with_callback("keydown", keys.as_ref().unchecked_ref());
    _ = document.add_event_listener_with_callback("input", input.as_ref().unchecked_ref());
    keys.forget();
    input.forget();
}

/// The line is under way: the field is free for the next one.
pub fn sent(event: &SubmitEvent) {
    let form = event
        .target()
        .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form.filter(|form| form.has_attribute("data-console")) else {
        return;
    };
    let input = form.query_selector("input").ok().flatten();
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        let tool = form.get_attribute("data-console").unwrap_or_default();
        TYPING.set(Typing {
            sent: Some((input.clone(), input.value())),
            ..Typing::default()
        });
        input.set_value("");
        say_what_follows(&input, &tool);
    }
}

/// Nobody was there to take it: it stands in its field again, unless something else does by now.
pub fn give_back() {
    if let Some((input, line)) = TYPING.with_borrow_mut(|typing| typing.sent.take())
        && input.value().is_empty()
    {
        input.set_value(&line);
    }
}

/// The field of a console, and which.
fn field(event: &Event) -> Option<(HtmlInputElement, String)> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let form = input.closest("form[data-console]").ok()??;
    let tool = form.get_attribute("data-console")?;
    Some((input, tool))
}

/// Whether the key was one of ours.
fn press(key: &str, shift: bool, input: &HtmlInputElement, tool: &str) -> bool {
    match key {
        "ArrowUp" => look_back(input, tool, true),
        "ArrowDown" => look_back(input, tool, false),
        "Tab" if !shift => complete(input, tool),
        // From here Tab leaves the field again.
        "Escape" => {
            let was = TYPING.with_borrow_mut(|typing| typing.offered.replace((Vec::new(), 0)));
            was.is_some_and(|(lines, _)| !lines.is_empty())
        }
        _ => false,
    }
}

fn look_back(input: &HtmlInputElement, tool: &str, older: bool) -> bool {
    let mut lines: Vec<String> = all(&format!("#lines-{tool} [data-line]"))
        .iter()
        .filter_map(|line| line.get_attribute("data-line"))
        .collect();
    lines.dedup();
    let put = TYPING.with_borrow_mut(|typing| {
        typing.offered = None;
        let (back, draft) = typing.back.take().unwrap_or_else(|| (0, input.value()));
        let back = if older {
            (back + 1).min(lines.len())
        } else {
            back.saturating_sub(1)
        };
        let line = match back {
            0 => draft.clone(),
            _ => lines[lines.len() - back].clone(),
        };
        typing.back = Some((back, draft));
        line
    });
    input.set_value(&put);
    true
}

fn complete(input: &HtmlInputElement, tool: &str) -> bool {
    let line = input.value();
    let offered = TYPING.with_borrow_mut(|typing| typing.offered.take());
    let (lines, at) = match offered {
        // Esc was pressed: Tab is the browser's.
        Some((lines, _)) if lines.is_empty() => return false,
        Some((lines, at)) => {
            let at = (at + 1) % lines.len();
            (lines, at)
        }
        None => (continuations(&line, tool), 0),
    };
    let Some(put) = lines.get(at).cloned() else {
        return false;
    };
    // With one choice the next Tab begins anew, or leaves.
    let more = (lines.len() > 1).then_some((lines, at));
    TYPING.with_borrow_mut(|typing| (typing.offered, typing.back) = (more, None));
    input.set_value(&put);
    true
}

/// The lines that begin with what stands there: commands, else names for its last word.
fn continuations(line: &str, tool: &str) -> Vec<String> {
    if line.trim().is_empty() {
        return Vec::new();
    }
    let begun = line.to_lowercase();
    let words: Vec<String> = attributes(tool, "words", "data-word");
    let commands: Vec<String> = words
        .into_iter()
        .filter(|word| word.len() > line.len() && word.to_lowercase().starts_with(&begun))
        .map(|word| if tool == "redis" { word + " " } else { word })
        .collect();
    if !commands.is_empty() {
        return commands;
    }
    let start = line
        .rfind([' ', '\'', '"', '(', '{'])
        .map_or(0, |before| before + 1);
    let (before, word) = line.split_at(start);
    if word.is_empty() {
        return Vec::new();
    }
    attributes(tool, "names", "data-name")
        .into_iter()
        .filter(|name| name.len() > word.len() && name.starts_with(word))
        .map(|name| format!("{before}{name}"))
        .collect()
}

/// Shows the arguments of the command that stands there.
fn say_what_follows(input: &HtmlInputElement, tool: &str) {
    let line = input.value().to_lowercase();
    let known = all(&format!("#words-{tool} [data-word]"));
    let best = known
        .iter()
        .filter_map(|known| {
            Some((
                known.get_attribute("data-word")?,
                known.get_attribute("data-hint")?,
            ))
        })
        .filter(|(word, _)| {
            let rest = line.strip_prefix(&word.to_lowercase());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || word.ends_with('('))
        })
        .max_by_key(|(word, _)| word.len());
    let text = best.map_or_else(String::new, |(word, hint)| format!("{word} {hint}"));
    if let Some(hint) = document().get_element_by_id(&format!("hint-{tool}")) {
        hint.set_text_content(Some(&text));
    }
}

fn attributes(tool: &str, list: &str, attribute: &str) -> Vec<String> {
    all(&format!("#{list}-{tool} [{attribute}]"))
        .iter()
        .filter_map(|each| each.get_attribute(attribute))
        .collect()
}
