//! The drawing: the browser, the balancer, both servers with their memory and disk, and what is outside.
//!
//! The geometry teaches: what is inside of a box dies with it. What has just changed or died is read
//! from the tape, marked in words and moved by the style, if the reader likes things to move.

use leptos::prelude::*;

use super::{FailureView, order, redis_view};
use crate::{
    engines::view::{EngineState, EngineView},
    failures::{
        look::{Look, ServerLook},
        text::FailureText,
    },
    sessions::{fleet::Fleet, tape::What},
    stores::StoreKind,
};

/// How long something is "just now", in milliseconds before the newest line of the tape.
const JUST_MS: i64 = 2500;
/// How commands begin that end something.
const ENDS: [&str; 9] = [
    "kill", "unlink", "DEL", "SHUTDOWN", "delete", "rm", "stop", "deploy", "rename",
];

/// How commands begin that write something.
const CHANGES: [&str; 11] = [
    "kill",
    "SET",
    "EVAL",
    "PEXPIRE",
    "create",
    "save",
    "replace",
    "insert",
    "update",
    "findAndModify",
    "open",
];

/// What the tape says of a box just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Just {
    Nothing,
    Changed,
    Died,
}

impl Just {
    const fn class(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Changed => "just-changed",
            Self::Died => "just-died",
        }
    }

    fn words(self, text: &FailureText) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Changed => Some(text.just_changed),
            Self::Died => Some(text.just_died),
        }
    }
}

/// The card with the drawing.
pub fn drawing(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let look = &view.look;
    let servers = look.servers.iter().enumerate().map(|(at, server)| {
        let used = Fleet::in_use(look.settings.balance).contains(&at);
        server_box(view, server, used).into_any()
    });
    let shared_disk = look.one_disk().then(|| {
        let server = &look.servers[0];
        view! { <div class="box disk shared">{disk(view, server, text.shared_disk.to_owned(), true)}</div> }
    });
    view! {
        <section class="card" aria-labelledby="drawing-title">
            <div class="head">
                <h2 id="drawing-title">{text.drawing}</h2>
                {site(view)}
            </div>
            <p class="soft">{text.drawing_hint}</p>
            <div class="fleet" id="drawing">
                {browser(view).into_any()}
                {balancer(view).into_any()}
                <div class="column servers">{servers.collect_view()} {shared_disk}</div>
                <div class="column outside">
                    {redis_view::redis_box(view).into_any()}
                    {mongo_box(view).into_any()}
                </div>
            </div>
        </section>
    }
}

fn site(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let act = |name: &str| format!("/lab/failures/site/{name}");
    view! {
        <div class="buttons" role="group" aria-label=text.site>
            {order(act("login"), text.log_in, "")}
            {order(act("visit"), text.visit, "")}
            {order(act("me"), text.me, "")}
            {order(act("logout"), text.log_out, "")}
            {order("/lab/failures/reset".to_owned(), text.reset, "quiet")}
        </div>
    }
}

fn browser(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let cookies = view.look.clocks.iter().map(|clocks| {
        let value = match &clocks.cookie {
            Some(value) => view! { <code>{short(value)}</code> }.into_any(),
            None => view! { <span class="soft">{text.no_cookie}</span> }.into_any(),
        };
        let user = clocks
            .known
            .as_ref()
            .filter(|_| clocks.cookie.is_some())
            .and_then(|known| known.user.clone())
            .map(|user| view! { " · " <b>{user}</b> });
        let class = super::hue(clocks.store);
        view! {
            <li data-testid=format!("browser-{}", clocks.store.name())>
                <span class=class>{clocks.store.label(view.locale)}</span> " " {value} {user}
            </li>
        }
    });
    view! {
        <div class="box browser">
            <h3>{text.browser}</h3>
            <ul>{cookies.collect_view()}</ul>
        </div>
    }
}

fn balancer(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let settings = &view.look.settings;
    view! {
        <div class="box balancer" data-testid="balancer">
            <h3>{text.balancer}</h3>
            <p><b>{(text.balance)(settings.balance)}</b></p>
            <p class="soft">{(text.dead_cookie)(settings.dead_cookie)}</p>
        </div>
    }
}

fn server_box(view: &FailureView, server: &ServerLook, used: bool) -> impl IntoView + use<> {
    let text = view.text();
    let just = just_of_server(&view.look, server.name);
    let state = if server.life.stopped { "down" } else { "up" };
    let memory = server.memory.len();
    let inside = if server.life.stopped {
        view! { <p class="away"><b>{text.stopped}</b></p> }.into_any()
    } else {
        view! {
            <div class="ram">
                <b>{text.memory}</b> " "
                {if memory == 0 { text.memory_empty.to_owned() } else { (text.sessions_held)(memory) }}
            </div>
        }
        .into_any()
    };
    let own_disk = (!view.look.one_disk()).then(|| {
        view! { <div class="disk">{disk(view, server, (text.disk_of)(server.name), used)}</div> }
    });
    let name = server.name.to_lowercase();
    view! {
        <div
            class=format!("box server-box {state} {} {}", just.class(), if used { "used" } else { "" })
            data-testid=format!("server-{name}")
        >
            <h3>{(text.server)(server.name)} " " <small>{(text.boot)(server.life.boot)}</small></h3>
            {just.words(text).map(|words| view! { <p class="just">{words}</p> })}
            {inside}
            {own_disk}
            {server_acts(text, server, &name)}
        </div>
    }
}

fn server_acts(
    text: &'static FailureText,
    server: &ServerLook,
    name: &str,
) -> impl IntoView + use<> {
    let act = |act: &str| format!("/lab/failures/server/{name}/{act}");
    let acts = if server.life.stopped {
        order(act("start"), text.start, "").into_any()
    } else {
        view! {
            {order(act("stop"), text.stop, "")}
            {order(act("restart"), text.restart, "")}
            {order(act("kill"), text.kill, "")}
            {order(act("redeploy"), text.redeploy, "")}
        }
        .into_any()
    };
    view! {
        <details class="acts" id=format!("acts-server-{name}")>
            <summary>{(text.acts_of)(&(text.server)(server.name))}</summary>
            <div class="menu">{acts}</div>
        </details>
    }
}

fn disk(
    view: &FailureView,
    server: &ServerLook,
    title: String,
    used: bool,
) -> impl IntoView + use<> {
    let text = view.text();
    let just = if used {
        just_of_lane(&view.look, StoreKind::File)
    } else {
        Just::Nothing
    };
    let count = server.disk.as_ref().map_or(0, Vec::len);
    let held = if count == 0 {
        text.disk_empty.to_owned()
    } else {
        (text.files)(count)
    };
    view! {
        <p class=just.class()>
            <b class="who file">{title}</b> " " <code>{view.look.settings.folder.clone()} "/"</code> " " {held}
            {just.words(text).map(|words| view! { " " <span class="just">{words}</span> })}
        </p>
    }
}

fn mongo_box(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let just = just_of_lane(&view.look, StoreKind::Mongo);
    let held = view
        .look
        .documents
        .as_ref()
        .map_or(0, |look| look.documents.len());
    view! {
        <div class=format!("box mongo-box {} {}", state(&view.look.mongo), just.class()) data-testid="box-mongo">
            <h3 class="who mongo">"MongoDB"</h3>
            {just.words(text).map(|words| view! { <p class="just">{words}</p> })}
            <p>{engine(text, &view.look.mongo)}</p>
            <p>{(text.sessions_held)(held)}</p>
            <p class="soft">{text.everybodys_mongo}</p>
        </div>
    }
}

/// The state of an engine in the page's markup.
pub const fn state(engine: &EngineView) -> &'static str {
    match engine.state {
        EngineState::Up => "up",
        EngineState::Starting => "starting",
        EngineState::Down { .. } | EngineState::Missing => "down",
    }
}

/// An engine in one line.
pub fn engine(text: &FailureText, engine: &EngineView) -> String {
    match &engine.state {
        EngineState::Up => (text.engine_up)(&engine.name, &engine.version, engine.pid),
        EngineState::Starting => text.engine_starting.to_owned(),
        EngineState::Missing => text.engine_missing.to_owned(),
        EngineState::Down { reason } => (text.engine_down)(reason),
    }
}

/// What the tape says of a store just now, in words and in the page's markup.
pub fn just(view: &FailureView, store: StoreKind) -> (&'static str, Option<&'static str>) {
    let just = just_of_lane(&view.look, store);
    (just.class(), just.words(view.text()))
}

fn recent(look: &Look) -> impl Iterator<Item = &crate::sessions::tape::Entry> {
    let newest = look.tape.last().map_or(0, |entry| entry.at_ms);
    look.tape
        .iter()
        .filter(move |entry| entry.at_ms >= newest - JUST_MS)
}

fn just_of_lane(look: &Look, store: StoreKind) -> Just {
    let mut just = Just::Nothing;
    for entry in recent(look).filter(|entry| entry.lane == Some(store)) {
        if let What::Command { text, .. } = &entry.what {
            let stands_still = text.starts_with("kill -STOP") || text.starts_with("kill -CONT");
            let ends = ENDS.iter().any(|begin| text.starts_with(begin));
            if ends && !stands_still && entry.exchange == 0 {
                return Just::Died;
            }
            if CHANGES.iter().any(|begin| text.starts_with(begin)) {
                just = Just::Changed;
            }
        }
    }
    just
}

fn just_of_server(look: &Look, name: &str) -> Just {
    let mut just = Just::Nothing;
    let tag = format!("server-{}", name.to_lowercase());
    for entry in recent(look) {
        match &entry.what {
            What::Restarted { server, .. } if server == name => return Just::Died,
            What::Deed { text, .. } if text.ends_with(&tag) => {
                let ends = ENDS.iter().any(|begin| text.starts_with(begin));
                just = if ends { Just::Died } else { Just::Changed };
            }
            _ => {}
        }
    }
    just
}

/// The first characters of a long value.
fn short(value: &str) -> String {
    match value.char_indices().nth(12) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
