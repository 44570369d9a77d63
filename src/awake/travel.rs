//! A journey to the server and back: an order (a form), or only a look at the page.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, Event, FormData, Headers, HtmlElement, HtmlFormElement,
    RequestInit, Response, SubmitEvent, SupportedType, UrlSearchParams,
};

/// Where to, with what.
#[derive(Clone)]
pub struct Journey {
    url: String,
    /// The form's fields, url-encoded, or the text to post; `None` for a look.
    body: Option<String>,
    /// Whether the URL is what the address bar should show.
    stays: bool,
}

impl Journey {
    /// Looks at the page again.
    pub fn refresh() -> Self {
        let location = window().location();
        let (path, query) = (location.pathname(), location.search());
        Self {
            url: path.unwrap_or_default() + &query.unwrap_or_default(),
            body: None,
            stays: false,
        }
    }

    /// Hands in what a script could read.
    pub fn stolen(loot: String) -> Self {
        Self {
            url: "/lab/cookies/stolen".to_owned(),
            body: Some(loot),
            stays: false,
        }
    }

    /// Whether it changes something.
    pub const fn is_order(&self) -> bool {
        self.body.is_some()
    }

    /// Whether it shows what a form says.
    pub const fn is_typing(&self) -> bool {
        self.stays
    }

    /// The journey of a form that was sent, unless the browser had better send it itself.
    pub fn of_form(event: &SubmitEvent) -> Option<Self> {
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let submitter = event.submitter();
        let own = |name: &str| {
            submitter
                .as_ref()
                .and_then(|button| button.get_attribute(name))
        };
        let fields = fields(&form, submitter.as_ref())?;
        let action =
            own("formaction").unwrap_or_else(|| form.get_attribute("action").unwrap_or_default());
        let url = action.split('#').next().unwrap_or_default().to_owned();
        let is_get = own("formmethod").unwrap_or_else(|| form.method()) == "get";
        close_menu(&form);
        Some(if is_get {
            Self {
                url: with_query(&url, &fields),
                body: None,
                stays: true,
            }
        } else {
            Self {
                url,
                body: Some(fields),
                stays: false,
            }
        })
    }

    /// The look that shows what a form says while it is being filled in.
    pub fn of_typing(event: &Event) -> Option<Self> {
        let field: Element = event.target()?.dyn_into().ok()?;
        let form: HtmlFormElement = field.closest("form[data-live]").ok()??.dyn_into().ok()?;
        let fields = fields(&form, None)?;
        Some(Self {
            url: with_query(&form.get_attribute("data-live")?, &fields),
            body: None,
            stays: true,
        })
    }

    /// Goes there. `Ok(None)` if what came back is no page.
    ///
    /// # Errors
    /// What the browser says if nothing came back.
    pub async fn travel(self) -> Result<Option<Document>, JsValue> {
        let headers = Headers::new()?;
        headers.set("Accept", "text/html")?;
        let request = RequestInit::new();
        request.set_headers(&headers);
        if let Some(body) = &self.body {
            request.set_method("POST");
            headers.set("Content-Type", "application/x-www-form-urlencoded")?;
            request.set_body(&JsValue::from_str(body));
        }
        let answer = JsFuture::from(window().fetch_with_str_and_init(&self.url, &request)).await?;
        let answer: Response = answer.dyn_into()?;
        let text = JsFuture::from(answer.text()?)
            .await?
            .as_string()
            .unwrap_or_default();
        if !answer.ok() {
            say(&text);
            return Ok(None);
        }
        if self.stays {
            show_in_address_bar(&self.url);
        } else if self.is_order() {
            // Where the forms led; what went wrong once need not come back with a reload.
            let url = answer.url();
            let page = url.split("refused=").next().unwrap_or_default();
            show_in_address_bar(page.trim_end_matches(['?', '&']));
        }
        let page = DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?;
        Ok(Some(page))
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

/// The page with these fields, and with those of its present query that they do not replace.
fn with_query(page: &str, fields: &str) -> String {
    let present = window().location().search().unwrap_or_default();
    let Ok(query) = UrlSearchParams::new_with_str(&present) else {
        return format!("{page}?{fields}");
    };
    // The three forms have their own names: the order's stand alone, the benches' have a prefix.
    let prefix = fields
        .split(['_', '='])
        .next()
        .unwrap_or_default()
        .to_owned();
    let is_bench = prefix == "seal" && fields.starts_with("seal_") || prefix == "check";
    let kept: Vec<String> = query
        .to_string()
        .as_string()
        .unwrap_or_default()
        .split('&')
        .filter(|field| !field.is_empty() && !field.starts_with("refused="))
        .filter(|field| {
            let of_bench = |bench: &str| field.starts_with(bench);
            if is_bench {
                !of_bench(&format!("{prefix}_"))
            } else {
                of_bench("seal_") || of_bench("check_") || of_bench("experiment=")
            }
        })
        .map(str::to_owned)
        .collect();
    let kept = kept.join("&");
    let and = if kept.is_empty() { "" } else { "&" };
    format!("{page}?{kept}{and}{fields}")
}

fn show_in_address_bar(url: &str) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// The menu that the form stands in has done its work; the keyboard waits at its button.
fn close_menu(form: &HtmlFormElement) {
    let Ok(Some(menu)) = form.closest("details.acts") else {
        return;
    };
    if let Ok(Some(button)) = menu.query_selector("summary")
        && let Ok(button) = button.dyn_into::<HtmlElement>()
    {
        _ = button.focus();
    }
    _ = menu.remove_attribute("open");
}

/// What the playground said instead of a page.
fn say(answer: &str) {
    let read = js_sys::JSON::parse(answer).ok();
    let message = read
        .and_then(|answer| {
            js_sys::Reflect::get(&answer, &"message".into())
                .ok()?
                .as_string()
        })
        .unwrap_or_else(|| answer.to_owned());
    if let Some(notice) = document().get_element_by_id("notice") {
        let paragraph = document().create_element("p");
        if let Ok(paragraph) = paragraph {
            paragraph.set_class_name("notice");
            paragraph.set_text_content(Some(&message));
            notice.set_inner_html("");
            _ = notice.append_child(&paragraph);
        }
    }
}
