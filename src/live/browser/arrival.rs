//! The one way in for news: the page as the server makes it now is merged into the page that is open.
//!
//! Idiomorph, a morphing library, changes only what differs, so every other node stays the same node. What
//! somebody is doing wins over what the server repeats: a field that is focused or half-typed keeps its text, and details
//! stay as they were opened or closed, unless the server itself has changed its mind about them since.

use std::{cell::RefCell, collections::HashMap};

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{
    Document, DomParser, Element, HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement,
    SupportedType,
};

use super::{all, focus, islands};
use crate::live::marks::{ERRORS, OFFLINE, UNSENT};

#[wasm_bindgen]
extern "C" {
    /// Idiomorph's one function: makes `older` like `newer`.
    #[wasm_bindgen(js_namespace = Idiomorph, js_name = morph, catch)]
    fn morph(older: &Element, newer: &Element, how: &Object) -> Result<JsValue, JsValue>;
}

/// Attributes of fields that follow what somebody does.
const STATE: [&str; 3] = ["value", "checked", "selected"];

thread_local! {
    /// Whether the server opened the details of this id, as it said last.
    static OPENED: RefCell<HashMap<String, bool>> = RefCell::default();
    /// What the merge must leave alone in the element that it has come to.
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// What stays in one element.
#[derive(Clone, Copy, Default)]
struct Kept {
    state: bool,
    open: bool,
}

/// Merges the page that the server sent into this one. `repeats` says that nobody asked for anything: then
/// what an earlier order was told stays until it has been read.
pub fn arrive(html: &str, repeats: bool) {
    let page =
        DomParser::new().and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml));
    let Ok(page) = page else {
        return;
    };
    let (Some(older), Some(newer)) = (document().body(), page.body()) else {
        return;
    };
    let was_at = focus::place();
    if repeats {
        keep_errors(&page);
    }
    merge(&older, &newer);
    remember(&page);
    islands::wake_new();
    focus::keep(&was_at);
}

/// Puts the errors of this page into the newer one.
fn keep_errors(newer: &Document) {
    let here = document().get_element_by_id(ERRORS);
    if let (Some(here), Some(there)) = (here, newer.get_element_by_id(ERRORS)) {
        there.set_inner_html(&here.inner_html());
    }
}

/// Notes which details the server has opened in this page.
pub fn remember_details() {
    remember(&document());
}

fn remember(page: &Document) {
    let Ok(found) = page.query_selector_all("details[id]") else {
        return;
    };
    let found = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok());
    let opened = found
        .map(|each| (each.id(), each.has_attribute("open")))
        .collect();
    OPENED.set(opened);
}

fn merge(older: &Element, newer: &Element) {
    let enter =
        Closure::<dyn Fn(JsValue, JsValue) -> bool>::new(|older: JsValue, newer: JsValue| {
            match (older.dyn_ref::<Element>(), newer.dyn_ref::<Element>()) {
                (Some(older), Some(newer)) => enter(older, newer),
                _ => true,
            }
        });
    let change = Closure::<dyn Fn(String) -> bool>::new(|attribute: String| {
        let kept = KEPT.with_borrow(|kept| *kept);
        !(kept.state && STATE.contains(&attribute.as_str()) || kept.open && attribute == "open")
    });
    let callbacks = Object::new();
    _ = Reflect::set(&callbacks, &"beforeNodeMorphed".into(), enter.as_ref());
    _ = Reflect::set(
        &callbacks,
        &"beforeAttributeUpdated".into(),
        change.as_ref(),
    );
    let how = Object::new();
    _ = Reflect::set(&how, &"callbacks".into(), &callbacks);
    _ = morph(older, newer, &how);
}

/// Whether the merge goes into this element, and what it leaves alone there.
fn enter(older: &Element, newer: &Element) -> bool {
    if islands::is_island(newer) {
        if islands::is_same(older, newer) {
            islands::give(older, newer);
            return false;
        }
        // Another island takes its place: with new nodes, so that nothing of the old one listens there.
        islands::forget(older);
        older.set_inner_html("");
    }
    // Shown and hidden by the page itself.
    if older.id() == OFFLINE && newer.id() == OFFLINE {
        return false;
    }
    KEPT.set(Kept {
        state: is_kept(older, newer),
        open: is_open_kept(older, newer),
    });
    true
}

/// Whether a field is half-typed, or the server says of it what it said before.
fn is_kept(older: &Element, newer: &Element) -> bool {
    let is_active = document().active_element().as_ref() == Some(older);
    if let (Some(older), Some(newer)) = (
        older.dyn_ref::<HtmlInputElement>(),
        newer.dyn_ref::<HtmlInputElement>(),
    ) {
        return match newer.type_().as_str() {
            "hidden" => false,
            // Of radio buttons one changes another.
            "radio" => is_half_chosen(older) || older.default_checked() == newer.default_checked(),
            "checkbox" => {
                older.checked() != older.default_checked()
                    || older.default_checked() == newer.default_checked()
            }
            _ => {
                is_active
                    || older.value() != older.default_value()
                    || older.default_value() == newer.default_value()
            }
        };
    }
    if let (Some(older), Some(newer)) = (
        older.dyn_ref::<HtmlOptionElement>(),
        newer.dyn_ref::<HtmlOptionElement>(),
    ) {
        return older.selected() != older.default_selected()
            || older.default_selected() == newer.default_selected();
    }
    older.dyn_ref::<HtmlTextAreaElement>().is_some_and(|area| {
        is_active || area.default_value().is_ok_and(|sent| area.value() != sent)
    })
}

/// Whether another one of the radio buttons of the same name was chosen than the server knows of.
fn is_half_chosen(radio: &HtmlInputElement) -> bool {
    let others = all(&format!("input[type=radio][name=\"{}\"]", radio.name()));
    let mut others = others
        .iter()
        .filter_map(|other| other.dyn_ref::<HtmlInputElement>());
    others.any(|other| other.form() == radio.form() && other.checked() != other.default_checked())
}

/// Whether the server says of these details what it said before; somebody may have opened or closed them.
fn is_open_kept(older: &Element, newer: &Element) -> bool {
    if older.local_name() != "details" {
        return false;
    }
    let before = OPENED.with_borrow(|opened| opened.get(&newer.id()).copied());
    before.is_none_or(|before| before == newer.has_attribute("open"))
}

/// Says what the playground said instead of a page.
pub fn refused(answer: &str) {
    let read = js_sys::JSON::parse(answer).ok();
    let message =
        read.and_then(|answer| Reflect::get(&answer, &"message".into()).ok()?.as_string());
    say(&message.unwrap_or_else(|| answer.to_owned()));
}

/// Says that nobody was there to take what was sent.
pub fn unsent() {
    let place = document().get_element_by_id(ERRORS);
    if let Some(text) = place.and_then(|place| place.get_attribute(UNSENT)) {
        say(&text);
    }
}

fn say(message: &str) {
    let Some(place) = document().get_element_by_id(ERRORS) else {
        return;
    };
    if let Ok(paragraph) = document().create_element("p") {
        paragraph.set_class_name("notice");
        paragraph.set_text_content(Some(message));
        place.set_inner_html("");
        _ = place.append_child(&paragraph);
    }
}
