//! What JavaScript sees of the jar: `document.cookie`, and `cookieStore` where there is one.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{all, script_sees};

/// Fills the column of every row, and what `cookieStore` says about the last answer.
pub fn fill() {
    let seen = script_sees();
    let pairs: Vec<(&str, &str)> = seen
        .split("; ")
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or(("", pair)))
        .collect();
    for cell in all("[data-js]") {
        let of = |attribute| cell.get_attribute(attribute).unwrap_or_default();
        let (name, value) = (of("data-js"), of("data-value"));
        // Of two cookies of one name, the value tells which row is meant.
        let found = pairs
            .iter()
            .find(|pair| **pair == (name.as_str(), value.as_str()));
        let show = |selector: &str, is_shown: bool, text: Option<&str>| {
            if let Ok(Some(element)) = cell.query_selector(selector) {
                _ = element.toggle_attribute_with_force("hidden", !is_shown);
                if text.is_some() {
                    element.set_text_content(text);
                }
            }
        };
        show("[data-wait]", false, None);
        show("[data-none]", found.is_none(), None);
        show(
            "[data-some]",
            found.is_some(),
            found.map(|(_, value)| *value),
        );
    }
    if !all("[data-cookie-store]").is_empty() {
        spawn_local(ask_cookie_store());
    }
}

/// Calls back at every change that `cookieStore` tells of. It tells nothing of `HttpOnly` cookies.
pub fn listen(callback: &Function) {
    let store = cookie_store();
    if let Some(store) = store.and_then(|store| store.dyn_into::<web_sys::EventTarget>().ok()) {
        _ = store.add_event_listener_with_callback("change", callback);
    }
}

/// `cookieStore` exists only in secure contexts, so not over plain http on a LAN.
fn cookie_store() -> Option<JsValue> {
    let store = Reflect::get(&window(), &"cookieStore".into()).ok()?;
    (!store.is_undefined()).then_some(store)
}

async fn ask_cookie_store() {
    let Some(store) = cookie_store() else { return };
    let get_all = Reflect::get(&store, &"getAll".into());
    let Some(get_all) = get_all
        .ok()
        .and_then(|get_all| get_all.dyn_into::<Function>().ok())
    else {
        return;
    };
    let promise = get_all
        .call0(&store)
        .ok()
        .and_then(|all| all.dyn_into::<Promise>().ok());
    let Some(promise) = promise else { return };
    let Ok(items) = JsFuture::from(promise).await else {
        return;
    };
    let items = Array::from(&items);
    for place in all("[data-cookie-store]") {
        let of = |attribute| place.get_attribute(attribute);
        let item = items.iter().find(|item| {
            text(item, "name") == of("data-cookie-store") && text(item, "value") == of("data-value")
        });
        _ = place.toggle_attribute_with_force("hidden", item.is_none());
        let Some(item) = item else { continue };
        let fields = fields(&item);
        let find = |selector| place.query_selector(selector).ok().flatten();
        if let Some(code) = find("code") {
            code.set_text_content(Some(&fields.join(", ")));
        }
        let expected = of("data-expected").unwrap_or_default();
        let expires = of("data-expires").unwrap_or_default();
        let differs = fields.iter().any(|field| {
            if field.starts_with("expires") {
                !ends_in_time(&item, &expires)
            } else {
                !expected.split('\n').any(|line| line == field)
            }
        });
        if let Some(note) = find("[data-differs]") {
            _ = note.toggle_attribute_with_force("hidden", !differs);
        }
    }
}

/// Whether it ends when it should, in ms since 1970 and but for the way that the line travelled; `null`
/// and nothing are no end.
fn ends_in_time(item: &JsValue, expected: &str) -> bool {
    let told = Reflect::get(item, &"expires".into()).ok();
    match told.and_then(|told| told.as_f64()) {
        None => expected.is_empty(),
        Some(told) => (told - js_sys::Number::parse_float(expected)).abs() < 5000.0,
    }
}

/// The attributes as the browser gives them, without name and value.
fn fields(item: &JsValue) -> Vec<String> {
    let keys = Object::keys(item.unchecked_ref::<Object>());
    let fields = keys.iter().filter_map(|key| {
        let name = key.as_string()?;
        if name == "name" || name == "value" {
            return None;
        }
        let value = Reflect::get(item, &key).ok()?;
        let value = js_sys::JSON::stringify(&value).ok()?.as_string()?;
        Some(format!("{name}: {value}"))
    });
    fields.collect()
}

fn text(item: &JsValue, key: &str) -> Option<String> {
    Reflect::get(item, &key.into()).ok()?.as_string()
}
