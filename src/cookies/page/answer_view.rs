//! The last answer in three columns: what was sent, what the rule says, what the browser did.

use leptos::prelude::*;

use super::{CookieView, moment::moment, verdict::short};
use crate::{
    cookies::{
        bench::{Answer, Did, Line},
        jar::{AttributeName, Cookie, Decision, PartKind, known_difference, parts},
        seal::Seal,
        views::agrees,
    },
    i18n::CookieText,
};

/// How many lines of an answer are explained.
const MOST_LINES: usize = 6;

/// The card.
pub fn answer_view(view: &CookieView) -> impl IntoView + use<> {
    let text = view.text();
    let inside = match &view.notes.answer {
        None => view! { <p class="soft">{text.nothing_sent}</p> }.into_any(),
        Some(answer) => {
            let lines = answer.lines.iter().take(MOST_LINES);
            let lines = lines.map(|line| three(line, answer, text)).collect_view();
            view! {
                <p class="soft">"POST " <code>{answer.path.clone()}</code> " · " {moment(answer.at_ms)}</p>
                {lines}
            }
            .into_any()
        }
    };
    view! {
        <section class="card answer" aria-labelledby="answer-title" id="answer" data-part="" data-testid="answer">
            <h2 id="answer-title">{text.sent_title}</h2>
            {inside}
        </section>
    }
}

fn three(line: &Line, answer: &Answer, text: &'static CookieText) -> impl IntoView + use<> {
    view! {
        <div class="three" data-testid="sent-line">
            <div><h3>{text.col_sent}</h3>{sent(line, answer, text)}</div>
            <div><h3>{text.col_predicted}</h3>{predicted(&line.decision, answer, text)}</div>
            <div><h3>{text.col_did}</h3>{did(line, answer, text)}</div>
        </div>
    }
}

/// The line byte for byte, each part underlined and explained where it stands.
fn sent(line: &Line, answer: &Answer, text: &'static CookieText) -> impl IntoView + use<> {
    let cut = parts(&line.text);
    let class = |kind: &PartKind, seal: Seal| match kind {
        PartKind::Name => "n",
        PartKind::Value if seal == Seal::Plain => "v",
        PartKind::Value => "s",
        PartKind::Attribute(_) => "a",
        PartKind::Equals | PartKind::Separator => "",
    };
    let bytes = cut.iter().map(|part| {
        let shown = short(&part.text);
        match class(&part.kind, line.seal) {
            "" => shown.into_any(),
            class => view! { <span class=class>{shown}</span> }.into_any(),
        }
    });
    let legend = cut.iter().filter_map(|part| {
        let explained = (text.part)(part, line.seal)?;
        let class = class(&part.kind, line.seal);
        let label = short(part.text.split('=').next().unwrap_or_default());
        let label = (class == "a").then(|| view! { <code>{label}</code> " " });
        Some(view! { <li class=class>{label}{explained}</li> })
    });
    let has = |name: AttributeName| {
        cut.iter()
            .any(|part| part.kind == PartKind::Attribute(name))
    };
    let no_lifetime = !has(AttributeName::MaxAge) && !has(AttributeName::Expires);
    let absent = [
        no_lifetime.then(|| text.absent_lifetime.to_owned()),
        (!has(AttributeName::Domain)).then(|| text.absent_domain.to_owned()),
        (!has(AttributeName::Path))
            .then(|| (text.absent_path)(crate::cookies::jar::default_path(&answer.path))),
    ];
    let absent = absent
        .into_iter()
        .flatten()
        .map(|line| view! { <li class="absent">{line}</li> });
    view! {
        <p class="line" data-testid="set-cookie">"Set-Cookie: "{bytes.collect_view()}</p>
        <ul class="legend">{legend.collect_view()}{absent.collect_view()}</ul>
    }
}

fn predicted(
    decision: &Decision,
    answer: &Answer,
    text: &'static CookieText,
) -> impl IntoView + use<> {
    let outcome = match &decision.outcome {
        Err(rejection) => view! {
            <p class="bad" data-predicted="rejected"><span aria-hidden="true">"✗ "</span>{text.rejected}": "{(text.rejection)(rejection)}</p>
            <p class="soft"><small>{super::jar_table::source(rejection)}</small></p>
        }
        .into_any(),
        Ok(cookie) if cookie.expires_ms.is_some_and(|at| at <= answer.at_ms) => {
            view! { <p data-predicted="deletes"><b>{text.deletes}</b></p> }.into_any()
        }
        Ok(cookie) => view! {
            <p class="ok" data-predicted="stored"><span aria-hidden="true">"✓ "</span>{text.stored}</p>
            {kept(cookie, text)}
        }
        .into_any(),
    };
    let notes = decision
        .notes
        .iter()
        .map(|note| view! { <li>{(text.note)(note)}</li> });
    view! {
        {outcome}
        <ul class="notes">{notes.collect_view()}</ul>
    }
}

fn kept(cookie: &Cookie, text: &'static CookieText) -> impl IntoView + use<> {
    let until = match cookie.expires_ms {
        None => text.until_closed.into_any(),
        Some(at_ms) => view! { {text.until} " " {moment(at_ms)} }.into_any(),
    };
    let host = if cookie.host_only {
        (text.host_only)(&cookie.domain)
    } else {
        (text.subdomains)(&cookie.domain)
    };
    view! {
        <dl class="kept">
            <div><dt>{text.lives}</dt><dd>{until}</dd></div>
            <div><dt>"Domain"</dt><dd>{host}</dd></div>
            <div><dt>"Path"</dt><dd><code>{cookie.path.clone()}</code></dd></div>
            <div><dt>"SameSite"</dt><dd>{(text.same_site)(cookie.same_site)}</dd></div>
        </dl>
    }
}

fn did(line: &Line, answer: &Answer, text: &'static CookieText) -> impl IntoView + use<> {
    let seen = match line.did {
        None => text.not_yet,
        Some(Did::Sent) => text.did_send,
        Some(Did::NotSent) => text.did_not_send,
        Some(Did::NotAsked) => text.did_not_ask,
    };
    let agreement = agrees(line, answer).map(|agrees| {
        if agrees {
            view! { <p class="ok" data-agrees="yes"><span aria-hidden="true">"✓ "</span>{text.agrees}</p> }.into_any()
        } else {
            let why = known_difference(&line.text).map_or(text.unexplained, text.difference);
            view! {
                <p class="bad" data-agrees="no"><span aria-hidden="true">"≠ "</span>{text.differs}</p>
                <p>{why}</p>
            }
            .into_any()
        }
    });
    let name = line
        .decision
        .outcome
        .as_ref()
        .map(|cookie| cookie.name.clone())
        .unwrap_or_default();
    view! {
        <p data-did="">{seen}</p>
        {agreement}
        <p class="soft" data-cookie-store=name hidden>{text.store_says}": "<code></code></p>
    }
}
