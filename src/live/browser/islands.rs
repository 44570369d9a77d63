//! The islands of the page: which are awake, what they were given, and what each does when news arrives.
//!
//! Leptos wakes the islands of a new page in document order. An island that news brings is woken here, by the
//! same function. One that news takes away is forgotten, and nothing it asked for is called again.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Reflect, WeakSet};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::all;
use crate::live::given::{GIVEN, Given};

/// What Leptos calls the element of an island.
const ISLAND: &str = "leptos-island";
/// Where Leptos writes the name of an island's function, followed by `_` and a number.
const COMPONENT: &str = "data-component";

/// Takes what the newer page gives.
type News = Box<dyn Fn(&str)>;

/// Takes the server's time: ms since 1970.
type Tick = Rc<dyn Fn(i64)>;

struct Island {
    element: Option<Element>,
    news: News,
    tick: Option<Tick>,
}

thread_local! {
    static AWAKE: WeakSet = WeakSet::new();
    static ISLANDS: RefCell<Vec<Island>> = RefCell::default();
}

/// What the island that is waking up was given: `island` is the name of its function. The value follows
/// whatever news says later.
pub fn here<T: Given>(island: &str) -> RwSignal<T> {
    let element = waking(island);
    let text = element.as_ref().and_then(given_to).unwrap_or_default();
    let given = RwSignal::new(T::read(&text));
    let news: News = Box::new(move |text| given.set(T::read(text)));
    let island = Island {
        element,
        news,
        tick: None,
    };
    ISLANDS.with_borrow_mut(|islands| islands.push(island));
    given
}

/// Calls back four times a second with the server's time (ms since 1970), while the island that is waking up
/// is in the page.
pub fn on_tick(tick: impl Fn(i64) + 'static) {
    ISLANDS.with_borrow_mut(|islands| {
        if let Some(island) = islands.last_mut() {
            island.tick = Some(Rc::new(tick));
        }
    });
}

/// Lets the islands know the time.
pub fn tick(now_ms: i64) {
    let ticks = ISLANDS.with_borrow(|islands| {
        let ticks = islands.iter().filter_map(|island| island.tick.clone());
        ticks.collect::<Vec<_>>()
    });
    for tick in ticks {
        tick(now_ms);
    }
}

/// Whether both are the same kind of island.
pub fn is_same(older: &Element, newer: &Element) -> bool {
    older.get_attribute(COMPONENT) == newer.get_attribute(COMPONENT)
}

/// Whether the element is an island.
pub fn is_island(element: &Element) -> bool {
    element.local_name() == ISLAND
}

/// Gives an island what the newer page gives it.
pub fn give(older: &Element, newer: &Element) {
    let Some(text) = given_to(newer).filter(|text| given_to(older).as_ref() != Some(text)) else {
        return;
    };
    if let Some(root) = older.first_element_child() {
        _ = root.set_attribute(GIVEN, &text);
    }
    ISLANDS.with_borrow(|islands| {
        let known = islands
            .iter()
            .find(|island| island.element.as_ref() == Some(older));
        if let Some(island) = known {
            (island.news)(&text);
        }
    });
}

/// Forgets an island, so that another one can take its place.
pub fn forget(element: &Element) {
    AWAKE.with(|awake| awake.delete(element));
    ISLANDS.with_borrow_mut(|islands| {
        islands.retain(|island| island.element.as_ref() != Some(element));
    });
}

/// Forgets the islands that have left the page and wakes those that are new.
pub fn wake_new() {
    ISLANDS.with_borrow_mut(|islands| {
        islands.retain(|island| {
            island
                .element
                .as_ref()
                .is_some_and(|element| element.is_connected())
        });
    });
    let Ok(wake) = Reflect::get(&window(), &"__hydrateIsland".into()) else {
        return;
    };
    let Ok(wake) = wake.dyn_into::<Function>() else {
        return;
    };
    for island in all(ISLAND) {
        if !AWAKE.with(|awake| awake.has(&island)) {
            let name = island.get_attribute(COMPONENT).unwrap_or_default();
            _ = wake.call2(&JsValue::NULL, &island, &name.into());
        }
    }
}

/// The first island of this name that is still asleep: they are woken in document order.
fn waking(island: &str) -> Option<Element> {
    let asleep = |element: &Element| !AWAKE.with(|awake| awake.has(element));
    let found = all(&format!("{ISLAND}[{COMPONENT}^=\"{island}_\"]"))
        .into_iter()
        .find(asleep)?;
    AWAKE.with(|awake| awake.add(&found));
    Some(found)
}

fn given_to(island: &Element) -> Option<String> {
    island.first_element_child()?.get_attribute(GIVEN)
}
