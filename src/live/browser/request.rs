//! A request to the server and its answer, a page: an order (a form), or only a look.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, HtmlElement, HtmlInputElement, RequestInit, Response, UrlSearchParams};

use super::arrival;

mod form;

/// What was wrong with a request that led to this URL: said once, and not again after a reload.
const SAID_ONCE: [&str; 3] = ["refused", "__path", "__err"];

/// As long as an address may be that the playground is asked for without knowing whether it takes it.
const LONGEST_URL: usize = 4000;

/// Where to, with what.
#[derive(Clone, Default)]
pub struct Request {
    /// Where to; empty: the page itself.
    url: String,
    /// The form's fields, url-encoded, or the text to post; `None` for a look.
    body: Option<String>,
    /// Whether the URL is what the address bar shows afterwards.
    stays: bool,
    /// The button that was pressed; it says that it works until the answer is here.
    button: Option<HtmlElement>,
    /// Makes what was sent the state that the form's controls start from.
    settles: Option<Rc<dyn Fn()>>,
    /// Fields that were emptied, and what stood in them.
    emptied: Vec<(HtmlInputElement, String)>,
}

impl Request {
    /// Looks at the page again, as the address bar names it when it is this request's turn.
    pub fn look() -> Self {
        Self::default()
    }

    /// Posts a body.
    pub fn post(url: &str, body: String) -> Self {
        Self {
            url: url.to_owned(),
            body: Some(body),
            ..Self::default()
        }
    }

    /// Whether it changes something.
    pub const fn is_order(&self) -> bool {
        self.body.is_some()
    }

    /// Whether it only asks what is new.
    pub const fn is_look(&self) -> bool {
        self.url.is_empty()
    }

    /// Whether it shows what a form says.
    pub const fn is_typing(&self) -> bool {
        self.stays
    }

    /// Whether it is the same button, pressed again.
    pub fn is_same(&self, other: &Self) -> bool {
        self.button.is_some() && self.button == other.button && self.body == other.body
    }

    /// Sends it. `Ok(None)` if what came back is no page.
    ///
    /// # Errors
    /// What the browser says if nothing came back.
    pub async fn send(&self) -> Result<Option<String>, JsValue> {
        let headers = Headers::new()?;
        headers.set("Accept", "text/html")?;
        let request = RequestInit::new();
        request.set_headers(&headers);
        if let Some(body) = &self.body {
            request.set_method("POST");
            headers.set("Content-Type", "application/x-www-form-urlencoded")?;
            request.set_body(&JsValue::from_str(body));
            // The way back for a form without JavaScript is its page, as short as it can be.
            let page = window().location().href()?;
            request.set_referrer(&page.chars().take(LONGEST_URL).collect::<String>());
        }
        let url = if self.url.is_empty() {
            window().location().pathname()? + &window().location().search()?
        } else {
            self.url.clone()
        };
        let answer = JsFuture::from(window().fetch_with_str_and_init(&url, &request)).await?;
        let answer: Response = answer.dyn_into()?;
        let text = JsFuture::from(answer.text()?)
            .await?
            .as_string()
            .unwrap_or_default();
        if !answer.ok() {
            arrival::refused(&text);
            return Ok(None);
        }
        if self.stays {
            show_in_address_bar(&self.url);
        } else if self.is_order() {
            show_in_address_bar(&without_what_is_said_once(&answer.url()));
        }
        Ok(Some(text))
    }

    /// It was taken; the page that answers comes next.
    pub fn was_taken(&self) {
        if let Some(settle) = &self.settles {
            settle();
        }
    }

    /// Nobody was there to take it: what was typed stands in its field again, unless something else does.
    pub fn could_not_be_sent(&self) {
        for (field, line) in &self.emptied {
            if field.value().is_empty() {
                field.set_value(line);
            }
        }
        if self.is_order() {
            arrival::unsent();
        }
    }

    /// The button is free again.
    pub fn is_over(&self) {
        if let Some(button) = &self.button {
            _ = button.remove_attribute("aria-disabled");
        }
    }
}

fn without_what_is_said_once(url: &str) -> String {
    let Some((page, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let Ok(query) = UrlSearchParams::new_with_str(query) else {
        return page.to_owned();
    };
    for name in SAID_ONCE {
        query.delete(name);
    }
    let query = String::from(query.to_string());
    if query.is_empty() {
        page.to_owned()
    } else {
        format!("{page}?{query}")
    }
}

fn show_in_address_bar(url: &str) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(url));
    }
}
