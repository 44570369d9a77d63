//! The end of the tape: what really happened, in order.

use leptos::prelude::*;

use super::FailureView;
use crate::{
    live::clock::Moment,
    sessions::tape::{Entry, What},
    stores::StoreKind,
};

/// The card with the tape.
pub fn tape(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let lines: Vec<_> = view
        .look
        .tape
        .iter()
        .rev()
        .map(|entry| line(view, entry).into_any())
        .collect();
    view! {
        <section class="card" aria-labelledby="tape-title">
            <h2 id="tape-title">{text.tape}</h2>
            <p class="soft">{text.tape_hint}</p>
            <div class="tape plain" tabindex="0" role="group" aria-labelledby="tape-title">
                <div id="tape">
                    {lines.is_empty().then(|| view! { <p class="empty">{text.tape_empty}</p> })}
                    <ol>{lines}</ol>
                </div>
            </div>
        </section>
    }
}

fn line(view: &FailureView, entry: &Entry) -> impl IntoView + use<> {
    let shared = view.locale.text();
    let who = match (entry.lane, &entry.what) {
        (Some(store), _) => store.label(view.locale).to_owned(),
        (None, What::Restarted { server, .. }) => (shared.server_named)(server),
        (None, _) => shared.servers.to_owned(),
    };
    let kind = entry.lane.map_or("server", StoreKind::name);
    let what = match &entry.what {
        What::Request { method, path, server, .. } => {
            view! { <code><b>{method.clone()} " " {path.clone()}</b> <span class="reply">" → " {server.clone()}</span></code> }.into_any()
        }
        What::Response { status, body, .. } => {
            view! { <code><b>{*status}</b> " " {body.clone()}</code> }.into_any()
        }
        What::Command { text, reply, failed } => {
            view! { <code class="command">{text.clone()} <span class="reply" class:failed=*failed>" → " {reply.clone()}</span></code> }.into_any()
        }
        What::Deed { text, reply } => {
            view! { <code>{text.clone()} <span class="reply">" → " {reply.clone()}</span></code> }.into_any()
        }
        What::Restarted { from, to, took_us, held, .. } => {
            let took = format!("{} µs", *took_us);
            view! { <span class="event">{(shared.event_restarted)(*from, *to, &took, *held)}</span> }.into_any()
        }
        What::Revived { boot, held } => {
            view! { <span class="event">{(shared.event_revived)(*boot, *held)}</span> }.into_any()
        }
        What::Reset => view! { <span class="event">{shared.event_reset}</span> }.into_any(),
    };
    view! {
        <li id=format!("entry-{}", entry.seq)>
            <Moment at_ms=entry.at_ms/>
            <span class=format!("who {kind}")>{who}</span>
            {what}
        </li>
    }
}
