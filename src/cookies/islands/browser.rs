//! `document.cookie` and `cookieStore`.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::cookie_store::{Said, Stored};
use crate::live::browser::{look_again, on_tick, post, script_sees};

/// How far the moment in a `cookieStore` may be from the one that the server sent, in ms: the line travelled.
const ON_THE_WAY_MS: f64 = 5000.0;

thread_local! {
    /// `document.cookie` at the tick of this time; asking a browser for it is not free.
    static SEEN: RefCell<(i64, String)> = const { RefCell::new((0, String::new())) };
}

/// Shows `document.cookie` as soon as the island is awake, and whenever it has changed.
pub fn see(show: impl Fn(&str) + 'static) {
    let show = std::rc::Rc::new(show);
    let at_once = show.clone();
    Effect::new(move |_| at_once(&script_sees()));
    let before = RefCell::new(script_sees());
    on_tick(move |now_ms| {
        let seen = seen_at(now_ms);
        if *before.borrow() != seen {
            show(&seen);
            before.replace(seen);
        }
    });
}

/// Asks for the page again when `document.cookie` has changed or `cookieStore` says that something has. It
/// tells nothing of `HttpOnly` cookies.
pub fn watch() {
    let before = RefCell::new(script_sees());
    on_tick(move |now_ms| {
        let seen = seen_at(now_ms);
        if *before.borrow() != seen {
            before.replace(seen);
            look_again();
        }
    });
    let store = cookie_store().and_then(|store| store.dyn_into::<web_sys::EventTarget>().ok());
    if let Some(store) = store {
        let changed = Closure::<dyn Fn()>::new(look_again);
        _ = store.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        // It lives as long as the page.
        changed.forget();
    }
}

/// Hands in what a script could read.
pub fn hand_in(url: &str) {
    post(url, script_sees());
}

/// Asks `cookieStore` about a cookie.
pub fn ask(stored: Stored, said: RwSignal<Said>) {
    spawn_local(async move {
        let is_asked = Cell::new(false);
        let answer = find(&stored, &is_asked).await.unwrap_or_default();
        if is_asked.get() && said.with_untracked(|said| *said != answer) {
            said.set(answer);
        }
    });
}

fn seen_at(now_ms: i64) -> String {
    SEEN.with_borrow_mut(|(at_ms, seen)| {
        if *at_ms != now_ms {
            (*at_ms, *seen) = (now_ms, script_sees());
        }
        seen.clone()
    })
}

/// `cookieStore` exists only in secure contexts, so not over plain http on a LAN.
fn cookie_store() -> Option<JsValue> {
    let store = Reflect::get(&window(), &"cookieStore".into()).ok()?;
    (!store.is_undefined()).then_some(store)
}

async fn find(stored: &Stored, is_asked: &Cell<bool>) -> Option<Said> {
    let store = cookie_store()?;
    let get_all: Function = Reflect::get(&store, &"getAll".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise: Promise = get_all.call0(&store).ok()?.dyn_into().ok()?;
    let items = Array::from(&JsFuture::from(promise).await.ok()?);
    is_asked.set(true);
    let is_it = |item: &JsValue| {
        text(item, "name").as_ref() == Some(&stored.name)
            && text(item, "value").as_ref() == Some(&stored.value)
    };
    let item = items.iter().find(is_it)?;
    let fields = fields(&item);
    let differs = fields.iter().any(|field| {
        if field.starts_with("expires") {
            !ends_in_time(&item, &stored.expires)
        } else {
            !stored.expected.contains(field)
        }
    });
    Some(Said {
        fields: fields.join(", "),
        differs,
    })
}

/// Whether it ends when it should; `null` and nothing are no end.
fn ends_in_time(item: &JsValue, expected: &str) -> bool {
    let told = Reflect::get(item, &"expires".into()).ok();
    match told.and_then(|told| told.as_f64()) {
        None => expected.is_empty(),
        Some(told) => (told - js_sys::Number::parse_float(expected)).abs() < ON_THE_WAY_MS,
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
