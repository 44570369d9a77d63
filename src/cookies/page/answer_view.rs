//! The last answer in three columns: what was sent, what the rule says, what the browser did.

use leptos::prelude::*;
use serde_json::json;

use super::{
    CookieView,
    moment::moment,
    verdict::{short, whole},
};
use crate::cookies::{
    islands::{CookieStore, Stored},
    seal::{SIGNATURE_CHARS, Seal},
    state::{Answer, Did, Line},
    text::CookieText,
    user_agent::{AttributeName, Cookie, Decision, PartKind, SameSite, known_difference, parts},
    views::{Agreement, agrees},
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
        <section class="card answer" aria-labelledby="answer-title" id="answer" data-testid="answer">
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
            <div><h3>{text.col_did}</h3>{did(line, text)}</div>
        </div>
    }
}

/// One underlined piece of the line, with its explanation.
struct Piece {
    text: String,
    class: &'static str,
    explained: Option<String>,
}

/// The line in pieces: its parts, and a sealed value cut into what is readable and what is the seal.
fn pieces(line: &Line, text: &'static CookieText) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in parts(&line.text) {
        let (class, explained) = match &part.kind {
            PartKind::Equals | PartKind::Separator => ("", None),
            PartKind::Name => ("n", Some(text.part_name.to_owned())),
            PartKind::Attribute(attribute) => {
                ("a", Some((text.part_attribute)(*attribute).to_owned()))
            }
            PartKind::Value => {
                pieces.extend(value(&part.text, line.seal, text));
                continue;
            }
        };
        pieces.push(Piece {
            text: part.text,
            class,
            explained,
        });
    }
    pieces
}

fn value(wire: &str, seal: Seal, text: &'static CookieText) -> Vec<Piece> {
    let piece = |part: &str, class: &'static str, explained: &str| Piece {
        text: part.to_owned(),
        class,
        explained: Some(explained.to_owned()),
    };
    let readable = |part: &str| piece(part, "v", text.part_signed_value);
    let signature = |part: &str| piece(part, "s", text.part_signature);
    match seal {
        Seal::Express if wire.contains('.') => {
            let (value, after) = wire.split_at(wire.rfind('.').unwrap_or_default());
            vec![piece(value, "v", text.part_express_value), signature(after)]
        }
        Seal::Signed if wire.is_char_boundary(SIGNATURE_CHARS) && wire.len() >= SIGNATURE_CHARS => {
            let (before, value) = wire.split_at(SIGNATURE_CHARS);
            vec![signature(before), readable(value)]
        }
        Seal::Private => vec![piece(wire, "s", text.part_encrypted)],
        Seal::Plain | Seal::Express | Seal::Signed => vec![piece(wire, "v", text.part_plain_value)],
    }
}

/// The line byte for byte, each piece underlined and explained where it stands.
fn sent(line: &Line, answer: &Answer, text: &'static CookieText) -> impl IntoView + use<> {
    let cut = parts(&line.text);
    let pieces = pieces(line, text);
    let bytes = pieces.iter().map(|piece| {
        let shown = whole(&piece.text);
        match piece.class {
            "" => shown.into_any(),
            class => view! { <span class=class>{shown}</span> }.into_any(),
        }
    });
    let legend = pieces.iter().filter_map(|piece| {
        let explained = piece.explained.clone()?;
        let label = short(piece.text.split('=').next().unwrap_or_default());
        let label = (piece.class == "a").then(|| view! { <code>{label}</code> " " });
        Some(view! { <li class=piece.class>{label}{explained}</li> })
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
            .then(|| (text.absent_path)(crate::cookies::user_agent::default_path(&answer.path))),
    ];
    let absent = absent
        .into_iter()
        .flatten()
        .map(|line| view! { <li class="absent">{line}</li> });
    view! {
        <p class="line" tabindex="0" data-testid="set-cookie">"Set-Cookie: "{bytes.collect_view()}</p>
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
            <p class="bad" data-testid="predicted-rejected"><span aria-hidden="true">"✗ "</span>{text.rejected}": "{(text.rejection)(rejection)}</p>
            <p class="soft"><small>{text.source(rejection)}</small></p>
        }
        .into_any(),
        Ok(cookie) if cookie.expires_ms.is_some_and(|at| at <= answer.at_ms) => {
            view! { <p data-testid="predicted-deletes"><b>{text.deletes}</b></p> }.into_any()
        }
        Ok(cookie) => view! {
            <p class="ok" data-testid="predicted-stored"><span aria-hidden="true">"✓ "</span>{text.stored}</p>
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
    let name = if cookie.name.is_empty() {
        text.nameless.into_any()
    } else {
        view! { <code>{short(&cookie.name)}</code> }.into_any()
    };
    let flags: Vec<_> = [
        (cookie.http_only, "HttpOnly"),
        (cookie.secure, "Secure"),
        (cookie.partitioned, "Partitioned"),
    ]
    .into_iter()
    .filter_map(|(is_set, flag)| is_set.then_some(flag))
    .collect();
    let flags = (!flags.is_empty()).then(|| flags.join(" · "));
    view! {
        <dl class="kept" data-testid="kept">
            <div><dt>{text.name}</dt><dd>{name}</dd></div>
            <div><dt>{text.value}</dt><dd><code>{short(&cookie.value)}</code></dd></div>
            <div><dt>{text.lives}</dt><dd>{until}</dd></div>
            <div><dt>"Domain"</dt><dd>{host}</dd></div>
            <div><dt>"Path"</dt><dd><code>{cookie.path.clone()}</code></dd></div>
            <div><dt>"SameSite"</dt><dd>{(text.same_site)(cookie.same_site)}</dd></div>
            {flags.map(|flags| view! { <div><dt>{text.flags}</dt><dd>{flags}</dd></div> })}
        </dl>
    }
}

fn did(line: &Line, text: &'static CookieText) -> impl IntoView + use<> {
    let seen = match line.did {
        None => text.not_yet,
        Some(Did::Sent) => text.did_send,
        Some(Did::NotSent) => text.did_not_send,
        Some(Did::NotAsked) => text.did_not_ask,
    };
    let agreement = agrees(line).map(|agreement| match agreement {
        Agreement::Yes => view! {
            <p class="ok" data-testid="agrees-yes"><span aria-hidden="true">"✓ "</span>{text.agrees}</p>
        }
        .into_any(),
        Agreement::AsFarAsSeen(difference) => view! {
            <p data-testid="agrees-partly"><span aria-hidden="true">"≈ "</span>{text.agrees_as_far}</p>
            <p>{(text.difference)(difference)}</p>
        }
        .into_any(),
        Agreement::No => {
            let why = known_difference(&line.text).map_or(text.unexplained, text.difference);
            view! {
                <p class="bad" data-testid="agrees-no"><span aria-hidden="true">"≠ "</span>{text.differs}</p>
                <p>{why}</p>
            }
            .into_any()
        }
    });
    let stored = line.decision.outcome.as_ref().ok();
    let store = stored.map(|cookie| cookie_store(cookie, text));
    view! {
        <p>{seen}</p>
        {agreement}
        {store}
    }
}

/// Filled in by the browser where it has a `cookieStore`, and compared there with what should stand in
/// it: one `name: JSON` a line, as Chromium writes it.
fn cookie_store(cookie: &Cookie, text: &'static CookieText) -> impl IntoView + use<> {
    let domain = (!cookie.host_only).then_some(cookie.domain.as_str());
    let same_site = match cookie.same_site {
        SameSite::Unset | SameSite::Lax => "lax",
        SameSite::Strict => "strict",
        SameSite::None => "none",
    };
    let expected = [
        ("domain", json!(domain)),
        ("path", json!(cookie.path)),
        ("sameSite", json!(same_site)),
        ("secure", json!(cookie.secure)),
        ("partitioned", json!(cookie.partitioned)),
    ];
    let expected = expected.map(|(name, value)| format!("{name}: {value}"));
    let stored = Stored {
        name: cookie.name.clone(),
        value: cookie.value.clone(),
        expected: expected.to_vec(),
        expires: cookie
            .expires_ms
            .map(|at| at.to_string())
            .unwrap_or_default(),
        says: text.store_says.to_owned(),
        differs: text.store_differs.to_owned(),
    };
    view! { <CookieStore stored/> }
}
