//! The tape as text: the same story as the drawing, in order. The drawing could be removed and
//! nothing would be lost.

use leptos::prelude::*;

use super::{Bench, live};
use crate::{
    sessions::{
        curl,
        tape::{Entry, What},
    },
    stores::StoreKind,
};

/// The tape with its filter. The filter is plain radio buttons and CSS, so it works without JavaScript.
#[component]
pub fn TapeView() -> impl IntoView {
    let Bench { text, snapshot, .. } = expect_context();
    let chip = move |id: &'static str, label: &'static str, checked: bool| {
        view! {
            <label class="chip">
                <input type="radio" name="tape-lane" id=format!("tape-{id}") checked=checked autocomplete="off"/>
                {label}
            </label>
        }
    };
    let entries = move || snapshot.with(|snapshot| snapshot.tape.clone());
    let empty = move || snapshot.with(|snapshot| snapshot.tape.is_empty());
    view! {
        <section class="tape" aria-labelledby="tape-title">
            <div class="head">
                <h2 id="tape-title">{text.tape}</h2>
                <fieldset>
                    <legend class="spoken">{text.tape_filter}</legend>
                    {chip("all", text.tape_all, true)}
                    {StoreKind::ALL.map(|store| chip(store.name(), store.label(expect_context::<Bench>().locale), false)).collect_view()}
                </fieldset>
                <p>{text.tape_hint}</p>
            </div>
            <div class="scroll" role="log" tabindex="0" aria-labelledby="tape-title" data-testid="tape">
                <p class="empty" hidden=move || !empty()>{text.tape_empty}</p>
                <ol hidden=empty>
                    <For each=entries key=|entry| entry.seq let(entry)>
                        <TapeLine entry/>
                    </For>
                </ol>
            </div>
        </section>
    }
}

/// One line of the tape.
#[component]
fn TapeLine(entry: Entry) -> impl IntoView {
    let Bench { text, clock, .. } = expect_context();
    let Entry {
        seq,
        at_ms,
        lane,
        exchange,
        ..
    } = entry;
    let who = match (lane, &entry.what) {
        (Some(store), _) => store.label(expect_context::<Bench>().locale).to_owned(),
        (None, What::Restarted { server, .. }) => (text.server_named)(server),
        (None, _) => text.servers.to_owned(),
    };
    let kind = lane.map_or("server", StoreKind::name);
    view! {
        <li data-lane=kind data-exchange=exchange.to_string()>
            <time>{move || clock.exact_time(at_ms)}</time>
            <span class=format!("who {kind}")>{who}</span>
            {what_view(text, seq, lane, entry.what)}
        </li>
    }
}

fn what_view(
    text: &'static crate::sessions::text::SessionText,
    seq: u64,
    lane: Option<StoreKind>,
    what: What,
) -> AnyView {
    match what {
        What::Request { method, path, headers, body, server } => {
            let first_line = format!("{method} {path}");
            let cookie = lane.and_then(|store| cookie_pair(&headers, store));
            let whole = message(&first_line, &headers, &body);
            let request = Request { method, path, headers, body };
            view! {
                <details class="message">
                    <summary><code><b>{first_line.clone()}</b> {cookie.map(|pair| format!("  Cookie: {pair}"))} <span class="reply">"  → " {server}</span></code></summary>
                    <pre tabindex="0">{whole}</pre>
                </details>
                <Curl seq label=(text.curl_of)(&first_line) lane request/>
            }
            .into_any()
        }
        What::Response { status, headers, body, took_us } => {
            let set = lane.and_then(|store| set_cookie(&headers, store));
            let whole = message(&status.to_string(), &headers, &body);
            view! {
                <details class="message">
                    <summary><code>
                        <b>{status}</b> " " {body} {set.map(|line| format!("  Set-Cookie: {line}"))}
                        <span class="reply">"  " {duration(took_us)}</span>
                    </code></summary>
                    <pre tabindex="0">{whole}</pre>
                </details>
            }
            .into_any()
        }
        What::Command { text: command, reply, failed } => view! {
            <code class="command">{command} <span class="reply" class:failed=failed>" → " {reply}</span></code>
        }
        .into_any(),
        What::Restarted { from, to, took_us, held, .. } => {
            view! { <span class="event">{(text.event_restarted)(from, to, &duration(took_us), held)}</span> }.into_any()
        }
        What::Revived { boot, held } => view! { <span class="event">{(text.event_revived)(boot, held)}</span> }.into_any(),
        What::Deed { text, reply } => view! {
            <code class="command">{text} <span class="reply">" → " {reply}</span></code>
        }
        .into_any(),
        What::Reset => view! { <span class="event">{text.event_reset}</span> }.into_any(),
    }
}

/// What a curl command needs of a request.
struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// The request as a curl command that acts in this lab.
#[component]
fn Curl(seq: u64, label: String, lane: Option<StoreKind>, request: Request) -> impl IntoView {
    let Bench {
        text,
        snapshot,
        origin,
        ..
    } = expect_context();
    let copied = RwSignal::new(false);
    let id = format!("curl-{seq}");
    let code = id.clone();
    let cookie = lane.and_then(|store| cookie_pair(&request.headers, store));
    // A pass is renewed with every snapshot; old lines take over the newest.
    let pass = Memo::new(move |_| snapshot.with(|snapshot| snapshot.pass.clone()));
    let Request {
        method, path, body, ..
    } = request;
    let command = move || {
        let url = origin.with_value(|origin| format!("{origin}{path}"));
        pass.with(|pass| curl::command(&method, &url, cookie.as_deref(), &body, pass))
    };
    let button = move || if copied.get() { text.copied } else { text.copy };
    view! {
        <details class="curl">
            <summary aria-label=label>"curl"</summary>
            <p><code id=id>{command}</code></p>
            <p>
                <button type="button" on:click=move |_| copied.set(live::copy_text_of(&code))>{button}</button>
                " " {text.curl_hint}
            </p>
        </details>
    }
}

fn cookie_pair(headers: &[(String, String)], store: StoreKind) -> Option<String> {
    let (_, cookies) = headers.iter().find(|(name, _)| name == "cookie")?;
    let ours = |pair: &&str| {
        pair.split_once('=')
            .is_some_and(|(name, _)| name == store.cookie_name())
    };
    cookies.split("; ").find(ours).map(str::to_owned)
}

fn set_cookie(headers: &[(String, String)], store: StoreKind) -> Option<String> {
    let ours = |line: &str| line.starts_with(store.cookie_name());
    headers
        .iter()
        .find(|(name, value)| name == "set-cookie" && ours(value))
        .map(|(_, value)| value.clone())
}

fn message(line: &str, headers: &[(String, String)], body: &str) -> String {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    format!("{line}\n{}\n\n{body}", headers.join("\n"))
}

/// `412 µs`, or `3.4 ms` from a millisecond on.
fn duration(us: u64) -> String {
    if us < 1000 {
        format!("{us} µs")
    } else {
        format!("{}.{} ms", us / 1000, us / 100 % 10)
    }
}
