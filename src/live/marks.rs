//! Marks on forms and elements that the page in the browser acts on. Each is written and read here alone.

use leptos::{attr::custom::custom_attribute, tachys::html::attribute::Attribute};

/// A form that is shown again while it is being filled in.
pub(super) const LIVE: &str = "data-live";
/// A form that sends itself.
pub(super) const DUE: &str = "data-due";
/// Something that the next look at the page will tell.
pub(super) const WAITS: &str = "data-waits";
/// Choices that are sent as soon as they are made.
pub(super) const CHOICE: &str = "data-choice";

/// A form whose text fields are empty as soon as it is sent.
pub(super) const EMPTIES: &str = "data-empties";
/// A details element that closes when a form in it is sent.
pub(super) const MENU: &str = "data-menu";

/// An element that takes the keyboard over from another one of the same name.
pub(super) const HEIR: &str = "data-heir";

/// The id of the place of errors.
pub(super) const ERRORS: &str = "notice";
/// The id of the line that is shown while the playground does not answer.
pub(super) const OFFLINE: &str = "offline";
/// What is said when a form could not be sent, on the place of errors.
pub(super) const UNSENT: &str = "data-unsent";

/// For something that can be focused: when the focused element leaves the page, the keyboard goes on at the
/// one that has the same name.
pub fn heir(name: String) -> impl Attribute {
    custom_attribute(HEIR, name)
}

/// For a form: its text fields are empty as soon as it is sent, ready for the next line. What could not be
/// sent stands there again.
pub fn empties() -> impl Attribute {
    custom_attribute(EMPTIES, "")
}

/// For a details element: it closes when a form in it is sent.
pub fn menu() -> impl Attribute {
    custom_attribute(MENU, "")
}

/// For a form: while it is being filled in, the page at `url` is asked what it shows for these fields.
pub fn live_form(url: String) -> impl Attribute {
    custom_attribute(LIVE, url)
}

/// For a form: it sends itself at this moment (ms since 1970), unless somebody sends it first.
pub fn due(at_ms: i64) -> impl Attribute {
    custom_attribute(DUE, at_ms.to_string())
}

/// For an element that says that something is not known yet: the page is asked for again until it is gone.
pub fn waits() -> impl Attribute {
    custom_attribute(WAITS, "")
}

/// For a group of radio buttons: a choice is posted to `url` at once, as `fields` and its own value.
/// `fields` ends with the name under which the value is sent: `store=redis&guess=`.
pub fn choice(url: &str, fields: &str) -> impl Attribute + use<> {
    custom_attribute(CHOICE, format!("{url}?{fields}"))
}
