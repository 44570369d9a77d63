//! The keyboard's place. A node that stays keeps the focus by itself; where the focused one has left the page,
//! the keyboard goes on at what took its place.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::all;
use crate::live::marks::HEIR;

/// What can hold the keyboard.
const FOCUSABLE: &str =
    "button, summary, a[href], input:not([type=hidden]), select, textarea, [tabindex='-1']";

/// Where the keyboard is: the focused element and what it stands in, from the inside out.
pub fn place() -> Vec<Element> {
    let mut place = Vec::new();
    let mut next = document()
        .active_element()
        .filter(|active| active.local_name() != "body");
    while let Some(element) = next {
        next = element.parent_element();
        place.push(element);
    }
    place
}

/// Brings the keyboard back if it was lost: to the next step of the list it was in, to the element of the same
/// id or name, or to the nearest part of the page that is still there.
pub fn keep(place: &[Element]) {
    let lost = document()
        .active_element()
        .is_none_or(|active| active.local_name() == "body");
    let Some(focused) = place.first().filter(|_| lost) else {
        return;
    };
    let by_id = || {
        document()
            .get_element_by_id(&focused.id())
            .filter(|_| !focused.id().is_empty())
    };
    let around = || {
        let still_there = place
            .iter()
            .skip(1)
            .filter(|element| element.is_connected());
        still_there
            .filter(|element| element.local_name() != "body")
            .find_map(landmark)
    };
    let heir = || {
        let name = focused.get_attribute(HEIR)?;
        all(&format!("[{HEIR}]"))
            .into_iter()
            .find(|heir| heir.get_attribute(HEIR).as_ref() == Some(&name))
    };
    let back = by_id()
        .or_else(heir)
        .or_else(|| next_step(place))
        .or_else(around);
    if let Some(back) = back.and_then(|back| back.dyn_into::<HtmlElement>().ok()) {
        _ = back.focus();
    }
}

/// The step that is now, if the keyboard was in a list of steps: its button, else what it controls.
fn next_step(place: &[Element]) -> Option<Element> {
    let list = place
        .iter()
        .find(|element| element.local_name() == "ol" && element.is_connected())?;
    let now = list.query_selector("[aria-current=step]").ok()??;
    if let Ok(Some(button)) = now.query_selector("button") {
        return Some(button);
    }
    let controlled = now.get_attribute("aria-controls")?;
    controlled
        .split(' ')
        .find_map(|id| within(&document().get_element_by_id(id)?))
}

/// A heading or a part of the page in an element that takes the keyboard without being a control, or the
/// element itself if it is one: a control that nobody asked for could be pressed by mistake.
fn landmark(element: &Element) -> Option<Element> {
    let inside = element.query_selector("[tabindex='-1']").ok()?;
    inside.or_else(|| element.has_attribute("tabindex").then(|| element.clone()))
}

/// The first thing in an element that can hold the keyboard, or the element itself.
fn within(element: &Element) -> Option<Element> {
    if element.has_attribute("tabindex") {
        return Some(element.clone());
    }
    element.query_selector(FOCUSABLE).ok()?
}
