//! What came of an act, in both worlds.

use leptos::prelude::*;

use super::{
    CookieView,
    moment::moment,
    verdict::{short, verdict},
    worlds_view::{Question, worlds_view},
};
use crate::cookies::{
    forge::{Act, Forged},
    outcome::{Aftermath, Fate, Source},
    seal::{Seal, check},
};

/// The card; empty until something was done.
pub fn forged_view(view: &CookieView) -> impl IntoView + use<> {
    let inside = view.notes.forged.as_ref().map(|forged| card(view, forged));
    view! { <div id="forged">{inside}</div> }
}

fn card(view: &CookieView, forged: &Forged) -> impl IntoView + use<> {
    let text = view.text();
    let named =
        (!forged.name.is_empty()).then(|| view! { " · " <code>{forged.name.clone()}</code> });
    let found = view
        .aftermath
        .iter()
        .map(|after| found(view, forged, after))
        .collect_view();
    let nothing = view
        .aftermath
        .is_empty()
        .then(|| view! { <p class="soft">{text.nothing_sealed}</p> });
    view! {
        <section class=format!("card forged after-{}", forged.act.name()) aria-labelledby="forged-title" data-testid="forged">
            <h2 id="forged-title" tabindex="-1">{text.forged_title}</h2>
            <p><b>{(text.act)(forged.act)}</b>{named}</p>
            {change(view, forged).into_any()}
            {found}
            {nothing}
        </section>
    }
}

/// What was sent instead of what.
fn change(view: &CookieView, forged: &Forged) -> impl IntoView + use<> {
    let text = view.text();
    let code = |name: &str, value: &str| {
        let pair = format!("{name}={}", short(value));
        view! { <code>{pair}</code> }
    };
    let changes =
        !forged.act.deletes() && (forged.before != forged.after || forged.name != forged.target);
    let after = changes.then(|| {
        view! { <div><dt>{text.after}</dt><dd>{code(&forged.target, &forged.after)}</dd></div> }
    });
    let line = forged.line.as_ref().map(|line| {
        let line = short(line);
        view! { <div><dt>{text.col_sent}</dt><dd><code>"Set-Cookie: "{line}</code></dd></div> }
    });
    let set = (forged.act == Act::Replay && forged.set_ms > 0).then(|| {
        let ago = (text.ago)(forged.at_ms - forged.set_ms);
        view! { <div><dt>{text.set_at}</dt><dd>{moment(forged.set_ms)} " · " {ago}</dd></div> }
    });
    let label = if changes { text.before } else { text.cookie };
    let rows = (!forged.act.is_of_keys()).then(|| {
        view! {
            <dl class="change">
                <div><dt>{label}</dt><dd>{code(&forged.name, &forged.before)}</dd></div>
                {after}{set}{line}
            </dl>
        }
    });
    let edited = forged.edited.as_ref().map(|header| {
        let header = short(header);
        view! {
            <p>{text.edited_header}</p>
            <p class="line"><span class="key">"Cookie: "</span>{header}</p>
        }
    });
    view! { {rows}{edited} }
}

/// What came with the next request, and what was made of it.
fn found(view: &CookieView, forged: &Forged, after: &Aftermath) -> impl IntoView + use<> {
    let (text, act, fate) = (view.text(), forged.act, after.fate());
    let reads = act == Act::ReadWithoutKey;
    let came = came(view, forged, after);
    let judged = after
        .check
        .as_ref()
        .filter(|_| !reads && after.seal != Seal::Plain)
        .map(|check| view! { <p>{verdict(check, text)}</p> });
    let heading = act
        .is_of_keys()
        .then(|| view! { <h3><code>{after.name.clone()}</code></h3> });
    let readable = readable(forged, after);
    let reading = (!act.is_of_keys() && !act.deletes() && after.seal != Seal::Plain).then(|| {
        let line = readable.as_ref().map_or_else(
            || text.nothing_readable.to_owned(),
            |value| (text.no_key_needed)(&short(value)),
        );
        view! { <p class="soft">{line}</p> }
    });
    let worlds = (fate != Fate::Unknown).then(|| {
        let question = Question {
            name: &after.name,
            seal: after.seal,
            header: &after.header,
            keys: &after.keys,
        };
        worlds_view(&question, &after.worlds, text)
    });
    let moral = if reads {
        Some(if readable.is_some() {
            text.signed_is_readable
        } else {
            text.encrypted_is_not
        })
    } else {
        (text.moral)(act, after.seal, fate)
    };
    view! {
        {heading}
        {came.map(|line| view! { <p data-testid="came">{line}</p> })}
        {judged}
        {reading}
        {worlds}
        {moral.map(|line| view! { <p data-testid="moral">{line}</p> })}
    }
}

/// Whether the browser sends what the act was about.
fn came(view: &CookieView, forged: &Forged, after: &Aftermath) -> Option<String> {
    let (text, act) = (view.text(), forged.act);
    if act.is_of_keys() || act == Act::ReadWithoutKey {
        return None;
    }
    Some(match (&after.source, after.is_there) {
        (Source::Edited | Source::Known, _) => return None,
        (Source::Nowhere, _) => text.did_not_ask.to_owned(),
        (_, true) if act.deletes() => text.still_sent.to_owned(),
        (_, false) if act.deletes() => text.no_longer_sent.to_owned(),
        (Source::ThisPage, true) => text.jar_changed.to_owned(),
        (Source::At(path), true) => (text.came_at)(path),
        (_, false) => why_not(view, forged),
    })
}

/// What anybody reads in the value that was sent.
fn readable(forged: &Forged, after: &Aftermath) -> Option<String> {
    check(after.seal, &after.name, &forged.after, &[], &[]).readable
}

/// Why the value did not come: the browser should have refused it, or nobody knows.
fn why_not(view: &CookieView, forged: &Forged) -> String {
    let text = view.text();
    let lines = view.notes.answer.iter().flat_map(|answer| &answer.lines);
    let mut mine = lines.filter(|line| Some(&line.text) == forged.line.as_ref());
    match mine.next().map(|line| &line.decision.outcome) {
        Some(Err(rejection)) => format!(
            "{} {}: {} ({})",
            text.did_not_come,
            text.rejected,
            (text.rejection)(rejection),
            text.source(rejection)
        ),
        _ => text.did_not_come.to_owned(),
    }
}
