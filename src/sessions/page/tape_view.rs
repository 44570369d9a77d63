//! The tape as text: the same story as the drawing, in order. The drawing could be removed and
//! nothing would be lost.

use leptos::prelude::*;

use super::SessionView;
use crate::{
    live::{
        clock::Moment,
        copy::{Copied, CopyButton},
    },
    sessions::{
        curl,
        tape::{Entry, What},
    },
    stores::StoreKind,
};

/// The tape with its filter. The filter is plain radio buttons and CSS, so it works without JavaScript.
pub fn tape(view: &SessionView) -> impl IntoView + use<> {
    let text = view.text();
    let chip = |id: &'static str, label: &'static str, checked: bool| {
        view! {
            <label class="chip">
                <input type="radio" name="tape-lane" id=format!("tape-{id}") checked=checked autocomplete="off"/>
                {label}
            </label>
        }
    };
    let chips = StoreKind::ALL.map(|store| chip(store.name(), store.label(view.locale), false));
    let is_empty = view.snapshot.tape.is_empty();
    let lines: Vec<_> = view
        .snapshot
        .tape
        .iter()
        .map(|entry| line(view, entry).into_any())
        .collect();
    view! {
        <section class="tape" aria-labelledby="tape-title">
            <div class="head">
                <h2 id="tape-title">{text.tape}</h2>
                <fieldset>
                    <legend class="spoken">{text.tape_filter}</legend>
                    {chip("all", text.tape_all, true)}
                    {chips.into_iter().collect::<Vec<_>>()}
                </fieldset>
                <p>{text.tape_hint}</p>
            </div>
            <div class="scroll" role="log" tabindex="0" aria-labelledby="tape-title" data-testid="tape">
                <p class="empty" hidden=!is_empty>{text.tape_empty}</p>
                <ol hidden=is_empty>{lines}</ol>
            </div>
        </section>
    }
}

/// One line of the tape.
fn line(view: &SessionView, entry: &Entry) -> impl IntoView + use<> {
    let text = view.text();
    let who = match (entry.lane, &entry.what) {
        (Some(store), _) => store.label(view.locale).to_owned(),
        (None, What::Restarted { server, .. }) => (text.server_named)(server),
        (None, _) => text.servers.to_owned(),
    };
    let kind = entry.lane.map_or("server", StoreKind::name);
    view! {
        <li class=format!("from-{kind}") id=format!("entry-{}", entry.seq)>
            <Moment at_ms=entry.at_ms exact=true/>
            <span class=format!("who {kind}")>{who}</span>
            {what_view(view, entry)}
        </li>
    }
}

fn what_view(view: &SessionView, entry: &Entry) -> AnyView {
    let (text, seq) = (view.text(), entry.seq);
    match &entry.what {
        What::Request { method, path, headers, body, server } => {
            let first_line = format!("{method} {path}");
            let cookie = entry.lane.and_then(|store| cookie_pair(headers, store));
            let url = format!("{}{path}", view.origin);
            // A pass is renewed with every page; old lines take over the newest.
            let command = curl::command(method, &url, cookie.as_deref(), body, &view.snapshot.pass);
            let whole = message(&first_line, headers, body);
            let curl = curl_view(view, seq, (text.curl_of)(&first_line), command).into_any();
            view! {
                <details class="message" id=format!("message-{seq}")>
                    <summary><code><b>{first_line}</b> {cookie.map(|pair| format!("  Cookie: {pair}"))} <span class="reply">"  → " {server.clone()}</span></code></summary>
                    <pre tabindex="0">{whole}</pre>
                </details>
                {curl}
            }
            .into_any()
        }
        What::Response { status, headers, body, took_us } => {
            let set = entry.lane.and_then(|store| set_cookie(headers, store));
            let whole = message(&status.to_string(), headers, body);
            view! {
                <details class="message" id=format!("message-{seq}")>
                    <summary><code>
                        <b>{*status}</b> " " {body.clone()} {set.map(|line| format!("  Set-Cookie: {line}"))}
                        <span class="reply">"  " {duration(*took_us)}</span>
                    </code></summary>
                    <pre tabindex="0">{whole}</pre>
                </details>
            }
            .into_any()
        }
        What::Command { text: command, reply, failed } => {
            let class = if *failed { "reply failed" } else { "reply" };
            view! {
                <code class="command">{command.clone()} <span class=class>" → " {reply.clone()}</span></code>
            }
            .into_any()
        }
        What::Restarted { from, to, took_us, held, .. } => {
            event((text.event_restarted)(*from, *to, &duration(*took_us), *held))
        }
        What::Revived { boot, held } => event((text.event_revived)(*boot, *held)),
        What::Deed { text: deed, reply } => view! {
            <code class="command">{deed.clone()} <span class="reply">" → " {reply.clone()}</span></code>
        }
        .into_any(),
        What::Reset => event(text.event_reset.to_owned()),
    }
}

fn event(said: String) -> AnyView {
    view! { <span class="event">{said}</span> }.into_any()
}

/// A request as a curl command that acts in this lab.
fn curl_view(
    view: &SessionView,
    seq: u64,
    label: String,
    command: String,
) -> impl IntoView + use<> {
    let text = view.text();
    let id = format!("curl-{seq}");
    let copied = Copied {
        of: id.clone(),
        label: text.copy.to_owned(),
        done: text.copied.to_owned(),
    };
    view! {
        <details class="curl" id=format!("as-{seq}")>
            <summary aria-label=label>"curl"</summary>
            <p><code id=id>{command}</code></p>
            <p><CopyButton copied/> " " {text.curl_hint}</p>
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
