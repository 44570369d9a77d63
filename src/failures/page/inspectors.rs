//! What each store really holds, and the hands to change it behind its back.

use leptos::prelude::*;

use super::{FailureView, hue, order, until};
use crate::{
    error::LabError,
    failures::look::ServerLook,
    live::clock::{Moment, countdown},
    stores::{
        StoreKind,
        listing::{FileEntry, FileKind},
        mongo::MongoDocument,
        redis::KeyLook,
    },
};

/// The card with the four inspectors.
pub fn inspectors(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let one_disk = view.look.one_disk();
    let memories = view
        .look
        .servers
        .iter()
        .map(|server| memory(view, server).into_any());
    let disks = view.look.servers.iter().take(if one_disk { 1 } else { 2 });
    let disks = disks.map(|server| files(view, server).into_any());
    view! {
        <section class="card" aria-labelledby="inspectors-title">
            <h2 id="inspectors-title">{text.inspectors}</h2>
            <p class="soft">{text.inspectors_hint}</p>
            <div class="inspectors">
                <div id="inspect-memory">{memories.collect_view()}</div>
                <div id="inspect-redis">{redis(view).into_any()}</div>
                <div id="inspect-files">{disks.collect_view()} {graveyard(view).into_any()}</div>
                <div id="inspect-mongo">{mongo(view).into_any()}</div>
            </div>
        </section>
    }
}

fn state(view: &FailureView, expires_ms: i64) -> AnyView {
    let text = view.text();
    let now = view.look.now_ms;
    if expires_ms <= now {
        view! { <b class="lies">{text.is_expired}</b> }.into_any()
    } else if expires_ms == i64::MAX {
        view! { <span>{text.no_ttl}</span> }.into_any()
    } else {
        view! { <span>{text.is_valid} " · " {until(now, expires_ms)}</span> }.into_any()
    }
}

fn unreachable(view: &FailureView, error: &LabError) -> impl IntoView + use<> {
    let text = view.text();
    view! { <p class="away"><b>{text.cannot_look}</b> " " {error.text(view.locale)}</p> }
}

/// The hands: edit the text, or delete the record.
fn hands(
    view: &FailureView,
    store: StoreKind,
    id: &str,
    place: &str,
    edit: &str,
) -> impl IntoView + use<> {
    let text = view.text();
    let action = format!("/lab/failures/record/{}/{id}", store.name());
    let field = format!("edit-{}-{id}", store.name());
    view! {
        <details class="hands" id=format!("hands-{}-{id}", store.name())>
            <summary>{(text.edit)(place)}</summary>
            <form method="post" action=action.clone()>
                <label for=field.clone()>{text.edit_text}</label>
                <textarea id=field name="text" rows="3" maxlength="4000" spellcheck="false">{edit.to_owned()}</textarea>
                <button>{text.save}</button>
            </form>
            <form method="post" action=action>
                <button aria-label=(text.delete_of)(place)>{text.delete}</button>
            </form>
        </details>
    }
}

fn memory(view: &FailureView, server: &ServerLook) -> impl IntoView + use<> {
    let text = view.text();
    let records = server.memory.iter().map(|stored| {
        let id = stored.id.to_string();
        let data = data_of(&stored.text);
        view! {
            <li>
                <p><code>{stored.place.clone()}</code> " " {state(view, stored.expires_ms)}</p>
                <pre tabindex="0"><code>{stored.text.clone()}</code></pre>
                {hands(view, StoreKind::Memory, &id, &stored.place, &data)}
            </li>
        }
    });
    view! {
        <h3 class=hue(StoreKind::Memory)>{(text.memory_of)(server.name)}</h3>
        {server.memory.is_empty().then(|| view! { <p class="soft">{text.nothing_there}</p> })}
        <ul class="held" data-testid=format!("memory-{}", server.name.to_lowercase())>{records.collect_view()}</ul>
    }
}

/// The `data` of a record's text: what can be edited where the rest is not text.
fn data_of(record: &str) -> String {
    let read: Option<serde_json::Value> = serde_json::from_str(record).ok();
    read.map_or_else(String::new, |read| read["data"].to_string())
}

fn files(view: &FailureView, server: &ServerLook) -> impl IntoView + use<> {
    let text = view.text();
    let title = if view.look.one_disk() {
        text.shared_disk.to_owned()
    } else {
        (text.disk_of)(server.name)
    };
    let list = match &server.disk {
        Err(error) => unreachable(view, error).into_any(),
        Ok(entries) if entries.is_empty() => {
            view! { <p class="soft">{text.nothing_there}</p> }.into_any()
        }
        Ok(entries) => {
            let lines: Vec<_> = entries
                .iter()
                .map(|entry| file(view, entry).into_any())
                .collect();
            view! { <ul class="held">{lines}</ul> }.into_any()
        }
    };
    view! {
        <div data-testid=format!("disk-{}", server.name.to_lowercase())>
            <h3 class=hue(StoreKind::File)>{title} " " <code>{view.look.settings.folder.clone()} "/"</code></h3>
            {list}
        </div>
    }
}

fn file(view: &FailureView, entry: &FileEntry) -> impl IntoView + use<> {
    let text = view.text();
    let id = entry.name.strip_suffix(".json").unwrap_or_default();
    let hands =
        (!id.is_empty()).then(|| hands(view, StoreKind::File, id, &entry.name, &entry.text));
    let what = match entry.kind {
        FileKind::Session { expires_ms } => state(view, expires_ms),
        kind => view! { <b class="lies">{(text.file_kind)(kind)}</b> }.into_any(),
    };
    let age = countdown((view.look.now_ms - entry.modified_ms).max(0));
    let mode = format!("{:04o}", entry.mode & 0o7777);
    view! {
        <li>
            <p><code>{entry.name.clone()}</code> " " {what}</p>
            <dl class="facts">
                <div><dt>{text.file_mode}</dt><dd><code>{mode}</code></dd></div>
                <div><dt>{text.file_size}</dt><dd>{entry.size} " B"</dd></div>
                <div><dt>{text.file_age}</dt><dd><Moment at_ms=entry.modified_ms/> " · " {(text.ago)(&age)}</dd></div>
            </dl>
            <pre tabindex="0"><code>{entry.text.clone()}</code></pre>
            {hands}
        </li>
    }
}

fn graveyard(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let now = view.look.now_ms;
    let dead = view
        .look
        .servers
        .iter()
        .flat_map(|server| server.disk.iter().flatten())
        .filter(|entry| match entry.kind {
            FileKind::Session { expires_ms } => expires_ms <= now,
            FileKind::Corrupt | FileKind::Temporary => true,
            FileKind::Other => false,
        });
    let dead: Vec<_> = dead
        .map(|entry| view! { <li><code>{entry.name.clone()}</code> " " {(text.file_kind)(entry.kind)}</li> })
        .collect();
    view! {
        <div class="graveyard" data-testid="graveyard">
            <h3>{text.graveyard}</h3>
            <p class="soft">{text.graveyard_hint}</p>
            <ul>{dead}</ul>
            <div class="buttons">
                {order("/lab/failures/files/reap".to_owned(), text.reap, "")}
                {order("/lab/failures/files/clear".to_owned(), text.clear_graveyard, "")}
            </div>
            <p class="soft">{text.reap_hint}</p>
        </div>
    }
}

fn redis(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let list = match &view.look.keys {
        Err(error) => unreachable(view, error).into_any(),
        Ok(keys) if keys.is_empty() => {
            view! { <p class="soft">{text.nothing_there}</p> }.into_any()
        }
        Ok(keys) => {
            let lines: Vec<_> = keys.iter().map(|look| key(view, look).into_any()).collect();
            view! { <ul class="held">{lines}</ul> }.into_any()
        }
    };
    let facts = view.look.facts.as_ref().map(|facts| {
        let ago = countdown((view.look.now_ms - facts.last_save_ms).max(0));
        let saved = (text.redis_saved)(&(text.ago)(&ago), facts.changes_since_save);
        let memory = (text.redis_facts)(facts.used_memory, facts.maxmemory, &facts.policy, facts.evicted_keys);
        view! {
            <p><b>{text.redis_state}</b> " " {(text.persistence_name)(facts.persistence)} " · " {saved}</p>
            <p>{memory}</p>
        }
    });
    view! {
        <h3 class=hue(StoreKind::Redis)>"Redis"</h3>
        <div data-testid="keys">{list}</div>
        {facts}
    }
}

fn key(view: &FailureView, look: &KeyLook) -> impl IntoView + use<> {
    let text = view.text();
    let id = look.id.to_string();
    let known = view.look.clocks.iter().find(|clocks| {
        clocks.store == StoreKind::Redis
            && clocks.known.as_ref().is_some_and(|known| known.id == id)
    });
    // The same moment as on its clock.
    let expires_ms = known
        .and_then(|clocks| clocks.record_ms)
        .or(look.expires_ms)
        .unwrap_or(i64::MAX);
    view! {
        <li>
            <p><code>{look.key.clone()}</code> " " {state(view, expires_ms)}</p>
            <dl class="facts">
                <div><dt>{text.redis_type}</dt><dd><code>{look.kind.clone()}</code></dd></div>
                <div><dt>{text.redis_memory}</dt><dd>{look.bytes} " B"</dd></div>
            </dl>
            <pre tabindex="0"><code>{look.value.clone()}</code></pre>
            {hands(view, StoreKind::Redis, &id, &look.key, &look.value)}
        </li>
    }
}

fn mongo(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let list = match &view.look.documents {
        Err(error) => unreachable(view, error).into_any(),
        Ok(look) => {
            let lines: Vec<_> = look
                .documents
                .iter()
                .map(|each| document(view, each).into_any())
                .collect();
            let indexes = look
                .indexes
                .iter()
                .map(|index| view! { <li><code>{index.clone()}</code></li> });
            view! {
                {lines.is_empty().then(|| view! { <p class="soft">{text.nothing_there}</p> })}
                <ul class="held">{lines}</ul>
                <p><b>{text.mongo_indexes}</b></p>
                <ul>{indexes.collect_view()}</ul>
                <p class="soft">{text.mongo_filter}</p>
            }
            .into_any()
        }
    };
    view! {
        <h3 class=hue(StoreKind::Mongo)>"MongoDB"</h3>
        <div data-testid="documents">{list}</div>
    }
}

fn document(view: &FailureView, document: &MongoDocument) -> impl IntoView + use<> {
    let text = view.text();
    let filter = if document.passes_filter {
        text.mongo_passes
    } else {
        text.mongo_filtered
    };
    let data = data_of(&document.text);
    view! {
        <li>
            <p><code>{document.id.clone()}</code> " " {state(view, document.expires_ms)} " · " <b>{filter}</b></p>
            <pre tabindex="0"><code>{document.text.clone()}</code></pre>
            {hands(view, StoreKind::Mongo, &document.id, &document.id, &data)}
        </li>
    }
}
