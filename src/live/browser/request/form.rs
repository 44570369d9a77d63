//! From a form in the page to a request.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventInit, FormData, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlOptionElement, HtmlTextAreaElement, SubmitEvent, UrlSearchParams,
};

use super::{LONGEST_URL, Request, show_in_address_bar};
use crate::live::{
    browser::queue,
    marks::{CHOICE, EMPTIES, LIVE, MENU},
};

impl Request {
    /// The request of a form that was sent; `None` if the same button is already at work.
    pub fn of_form(event: &SubmitEvent) -> Option<Self> {
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let button = event.submitter();
        // A control may be called like a property of the form, so the attributes are read.
        let own = |of_button: &str, of_form: &str| {
            let own = button
                .as_ref()
                .and_then(|button| button.get_attribute(of_button));
            own.or_else(|| form.get_attribute(of_form))
                .unwrap_or_default()
        };
        let fields = fields(&form, button.as_ref())?;
        let action = own("formaction", "action");
        let url = action.split('#').next().unwrap_or_default().to_owned();
        if !own("formmethod", "method").eq_ignore_ascii_case("post") {
            close_menu(&form);
            return Some(Self {
                url: with_query(&url, &form, &fields),
                stays: true,
                ..Self::default()
            });
        }
        let empties = form.has_attribute(EMPTIES);
        // A line may be sent twice in a row; a button that works already is not pressed again.
        let mut request = Self {
            url,
            body: Some(fields),
            button: button.filter(|_| !empties),
            ..Self::default()
        };
        if queue::ends_with(&request)
            || request
                .button
                .as_ref()
                .is_some_and(|button| button.has_attribute("aria-disabled"))
        {
            return None;
        }
        close_menu(&form);
        if empties {
            request.emptied = empty(&form);
        } else {
            request.settles = Some(settling(&controls(&form)));
        }
        if let Some(button) = &request.button {
            _ = button.set_attribute("aria-disabled", "true");
        }
        Some(request)
    }

    /// The look that shows what a form says while it is being filled in.
    pub fn of_typing(event: &Event) -> Option<Self> {
        let field: Element = event.target()?.dyn_into().ok()?;
        let form: HtmlFormElement = field
            .closest(&format!("form[{LIVE}]"))
            .ok()??
            .dyn_into()
            .ok()?;
        let fields = fields(&form, None)?;
        let url = with_query(&form.get_attribute(LIVE)?, &form, &fields);
        // A reload in this moment keeps what was typed.
        if url.len() < LONGEST_URL {
            show_in_address_bar(&url);
        }
        Some(Self {
            url,
            stays: true,
            ..Self::default()
        })
    }

    /// The order that a choice is.
    pub fn of_choice(event: &Event) -> Option<Self> {
        let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
        let group = field.closest(&format!("[{CHOICE}]")).ok()??;
        let (url, fields) = group
            .get_attribute(CHOICE)?
            .split_once('?')
            .map(|(url, fields)| (url.to_owned(), fields.to_owned()))?;
        let settles = settling(&elements_in(&group, "input[type=radio]"));
        let request = Self::post(&url, fields + &field.value());
        Some(Self {
            settles: Some(settles),
            ..request
        })
    }
}

/// What a form says, and the button that sent it.
fn fields(form: &HtmlFormElement, submitter: Option<&HtmlElement>) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    if let Some(name) = submitter.and_then(|button| button.get_attribute("name")) {
        let value = submitter.and_then(|button| button.get_attribute("value"));
        _ = data.append_with_str(&name, &value.unwrap_or_default());
    }
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(fields.to_string().into())
}

/// The page with these fields, and with those of its present query that the form has no control for.
fn with_query(page: &str, form: &HtmlFormElement, fields: &str) -> String {
    let here = window().location().pathname().unwrap_or_default();
    let page = if page.is_empty() { &here } else { page };
    let present = window().location().search().unwrap_or_default();
    let Ok(query) = UrlSearchParams::new_with_str(&present) else {
        return format!("{page}?{fields}");
    };
    for control in controls(form) {
        query.delete(&control.get_attribute("name").unwrap_or_default());
    }
    for name in super::SAID_ONCE {
        query.delete(name);
    }
    let kept = String::from(query.to_string());
    match (kept.as_str(), fields) {
        ("", "") => page.to_owned(),
        (query, "") | ("", query) => format!("{page}?{query}"),
        (kept, fields) => format!("{page}?{kept}&{fields}"),
    }
}

/// Once it is answered, what was sent is what the server knows: only what differs from it is half-typed then.
fn settling(controls: &[Element]) -> Rc<dyn Fn()> {
    let settle = controls
        .iter()
        .filter_map(|control| -> Option<Box<dyn Fn()>> {
            let control = control.clone();
            if let Some(input) = control.dyn_ref::<HtmlInputElement>().cloned() {
                let (value, checked) = (input.value(), input.checked());
                return match input.type_().as_str() {
                    "checkbox" | "radio" => {
                        Some(Box::new(move || input.set_default_checked(checked)))
                    }
                    "hidden" => None,
                    _ => Some(Box::new(move || input.set_default_value(&value))),
                };
            }
            if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>().cloned() {
                let value = area.value();
                return Some(Box::new(move || _ = area.set_default_value(&value)));
            }
            let option = control.dyn_into::<HtmlOptionElement>().ok()?;
            let selected = option.selected();
            Some(Box::new(move || option.set_default_selected(selected)))
        });
    let settle: Vec<_> = settle.collect();
    Rc::new(move || settle.iter().for_each(|settle| settle()))
}

/// The form's controls, and the options of its lists.
fn controls(form: &HtmlFormElement) -> Vec<Element> {
    elements_in(form, "input, select, textarea, button, option")
}

fn elements_in(element: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = element.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

/// Empties the form's text fields. Whoever listens to them hears of it.
fn empty(form: &HtmlFormElement) -> Vec<(HtmlInputElement, String)> {
    let fields = controls(form)
        .into_iter()
        .filter_map(|control| control.dyn_into::<HtmlInputElement>().ok());
    let fields: Vec<_> = fields.filter(|field| field.type_() == "text").collect();
    fields
        .into_iter()
        .map(|field| {
            let line = field.value();
            field.set_value("");
            let bubbling = EventInit::new();
            bubbling.set_bubbles(true);
            if let Ok(event) = Event::new_with_event_init_dict("input", &bubbling) {
                _ = field.dispatch_event(&event);
            }
            (field, line)
        })
        .collect()
}

/// The menu that the form stands in has done its work; the keyboard waits at its button.
fn close_menu(form: &HtmlFormElement) {
    let Ok(Some(menu)) = form.closest(&format!("details[{MENU}]")) else {
        return;
    };
    if let Ok(Some(button)) = menu.query_selector("summary")
        && let Ok(button) = button.dyn_into::<HtmlElement>()
    {
        _ = button.focus();
    }
    _ = menu.remove_attribute("open");
}
