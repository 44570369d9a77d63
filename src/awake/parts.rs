//! The parts of the page, each replaced by its newer self.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use super::{AWAKE, PAGE, set_clock};

/// Puts the newer parts in the place of the older ones.
pub fn swap(page: &Document) {
    let focused = document().active_element();
    let place = focused
        .as_ref()
        .and_then(|active| active.get_attribute("data-focus"));
    let id = focused.map(|active| active.id());
    let Ok(newer) = page.query_selector_all("[data-part]") else {
        return;
    };
    for newer in (0..newer.length()).filter_map(|at| newer.item(at)) {
        let Ok(newer) = newer.dyn_into::<Element>() else {
            continue;
        };
        let (id, html) = (newer.id(), newer.inner_html());
        let as_it_was = AWAKE.with_borrow(|awake| {
            let mut parts = awake.parts.iter();
            parts
                .find(|(known, _)| *known == id)
                .map(|(_, html)| html.clone())
        });
        let same = as_it_was.as_ref() == Some(&html);
        let Some(older) = document().get_element_by_id(&id).filter(|_| !same) else {
            continue;
        };
        let chosen = details(&older);
        older.set_inner_html(&as_it_was.unwrap_or_default());
        let before = details(&older);
        older.set_inner_html(&html);
        let after = details(&older);
        // What somebody opened stays open, unless the server has opened something else since.
        for id in after
            .iter()
            .filter(|each| before.contains(each))
            .map(|(id, _)| id)
        {
            let open = chosen.iter().find(|(chosen, _)| chosen == id);
            if let (Some((_, open)), Some(details)) = (open, document().get_element_by_id(id)) {
                _ = details.toggle_attribute_with_force("open", *open);
            }
        }
        AWAKE.with_borrow_mut(|awake| {
            awake.parts.retain(|(known, _)| *known != id);
            awake.parts.push((id, html));
        });
    }
    set_clock(page.query_selector(PAGE));
    // The keyboard stays where it was; if that is gone, at the same cookie; else at the jar.
    let lost = document()
        .active_element()
        .is_none_or(|active| active.tag_name() == "BODY");
    let Some(id) = id.filter(|id| lost && !id.is_empty()) else {
        return;
    };
    let by_place = || {
        let selector = format!("[data-focus=\"{}\"]", place?);
        document().query_selector(&selector).ok().flatten()
    };
    let back = document()
        .get_element_by_id(&id)
        .or_else(by_place)
        .or_else(|| document().get_element_by_id("jar-title"))
        .or_else(|| document().get_element_by_id("run-title"));
    if let Some(back) = back.and_then(|back| back.dyn_into::<HtmlElement>().ok()) {
        _ = back.focus();
    }
}

fn details(part: &Element) -> Vec<(String, bool)> {
    let Ok(found) = part.query_selector_all("details[id]") else {
        return Vec::new();
    };
    let found = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok());
    found
        .map(|each| (each.id(), each.has_attribute("open")))
        .collect()
}
