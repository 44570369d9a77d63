//! What a seal says, as a sign and a word, and the steps that led to it.

use leptos::prelude::*;

use crate::cookies::{
    seal::{Check, Step, StepKind, Verdict},
    text::CookieText,
};

/// A sign and a word; a word more where it helps.
pub fn verdict(check: &Check, text: &'static CookieText) -> impl IntoView + use<> {
    let (class, sign, word, more) = match &check.verdict {
        Verdict::Plain => ("none", "—", text.plain, None),
        Verdict::Valid { value, key } => {
            let old = (*key > 0).then(|| format!(" ({})", text.old_key));
            let value = format!(" · {}{}", short(value), old.unwrap_or_default());
            ("valid", "✓", text.valid, Some(value))
        }
        Verdict::WrongKey { .. } => ("wrong-key", "✗", text.wrong_key, None),
        Verdict::Forged => ("forged", "✗", text.forged, None),
        Verdict::Unreadable(reason) => ("unreadable", "?", (text.unreadable)(*reason), None),
    };
    view! {
        <span class=format!("says {class}") data-testid=format!("seal-{class}")>
            <b><span aria-hidden="true">{sign}</span>" "{word}</b>{more}
        </span>
    }
}

/// The steps, one line each; the last one says if it fails.
pub fn steps(steps: &[Step], text: &'static CookieText) -> impl IntoView + use<> {
    let rows = steps.iter().map(|step| {
        let failed = (step.kind == StepKind::Failed).then_some("x");
        view! {
            <li>
                <span class=failed>{(text.step)(step.kind)}</span>
                <code>{whole(&step.text)}</code>
            </li>
        }
    });
    view! { <ol class="flow">{rows.collect_view()}</ol> }
}

/// All of it, byte for byte, unless it is far longer than any cookie: then its beginning.
pub fn whole(text: &str) -> String {
    const MOST: usize = 9000;
    if text.len() <= MOST {
        return text.to_owned();
    }
    short(text)
}

/// At most 120 characters: the whole of it is in the header above.
pub fn short(value: &str) -> String {
    const MOST: usize = 120;
    if value.chars().count() <= MOST {
        return value.to_owned();
    }
    let head: String = value.chars().take(MOST - 20).collect();
    format!("{head}… ({} octets)", value.len())
}
