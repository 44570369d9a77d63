//! The page of the consoles, made on the server at every change.
//!
//! Every line is a real form and every form leads back here, so the page works before the wasm has
//! arrived and without JavaScript.

use leptos::prelude::*;

use super::{
    bench::{Came, Page, Tool},
    elsewhere::{self, Line},
    exhibits::Asked,
    mongo, redis,
};
use crate::{
    config,
    consoles::text::ConsoleText,
    engines::view::EngineView,
    i18n::Locale,
    live::{notices::Notices, page::Live},
    sessions::{control::Caller, settings::id_in},
};

mod stories_view;
mod terminal;

/// One console at one moment.
pub struct ConsoleLook {
    /// Which.
    pub tool: Tool,
    /// What is on its screen, oldest first.
    pub screen: Vec<Line>,
    /// Who serves.
    pub engine: EngineView,
    /// Whose server it is.
    pub whose: Whose,
    /// The session that the browser's cookie names, else the lab's newest one.
    pub mine: Option<String>,
    /// The sessions that the lab knows of here.
    pub ids: Vec<String>,
    /// How the real tool reaches the server from the student's computer, if it does.
    pub address: Option<String>,
}

/// Whose server a console asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The lab's own.
    Own,
    /// Everybody's; the lab gets its own with the first line.
    NotYetOwn,
    /// It is shared, and stays so.
    Shared,
}

/// Everything that the page shows, at one moment.
pub struct ConsoleView {
    /// The language of the URL.
    pub locale: Locale,
    /// Both consoles.
    pub looks: [ConsoleLook; 2],
    /// The newest line that was typed, for who listens.
    pub spoken: String,
    /// The lab's name in the stores.
    pub tag: String,
    /// What the query asks to show.
    pub asked: Asked,
    /// When it was made: milliseconds since 1970, UTC.
    pub now_ms: i64,
}

impl ConsoleView {
    /// The consoles as they are now. `near`: the student sits at the computer that the program runs on.
    #[must_use]
    pub fn at(caller: &Caller, notes: &Page, asked: Asked, near: bool) -> Self {
        Self {
            locale: caller.locale,
            looks: Tool::ALL.map(|tool| look(caller, notes, tool, near)),
            spoken: spoken(caller.locale, notes),
            tag: caller.bench().notebook.sandbox().tag.to_string(),
            asked,
            now_ms: config::now_ms(),
        }
    }

    const fn text(&self) -> &'static ConsoleText {
        self.locale.consoles()
    }
}

fn look(caller: &Caller, notes: &Page, tool: Tool, near: bool) -> ConsoleLook {
    let lab = caller.bench();
    let ids: Vec<String> = {
        let page = lab.notebook.page();
        let alive = page.ledger.alive(tool.store()).iter();
        alive.map(|known| known.id.clone()).collect()
    };
    let mine = caller
        .cookie(tool.store())
        .map(|cookie| id_in(cookie).to_owned())
        .filter(|id| ids.contains(id))
        // Another tab may have logged in a moment ago, and its cookie not be here yet.
        .or_else(|| ids.last().cloned());
    let own = lab.own_redis_if_any();
    let whose = match tool {
        Tool::Redis if own.is_some() => Whose::Own,
        Tool::Redis if lab.engines.own_redis.is_some() => Whose::NotYetOwn,
        _ => Whose::Shared,
    };
    let engine = match tool {
        Tool::Redis => lab.outside.redis.view(),
        Tool::Mongo => lab.engines.mongo.view(),
    };
    let address = match tool {
        Tool::Redis => own.map(|own| format!("-s {}", own.socket().display())),
        Tool::Mongo => lab
            .engines
            .mongo
            .port()
            .map(|port| format!("--port {port}")),
    };
    ConsoleLook {
        tool,
        screen: elsewhere::screen(
            tool,
            notes.typed.iter().cloned(),
            lab,
            notes.cleared_ms[tool as usize],
        ),
        engine,
        whose,
        mine,
        ids,
        address: address.filter(|_| near),
    }
}

/// The newest answer in words; its number makes the same answer a new one.
fn spoken(locale: Locale, notes: &Page) -> String {
    let Some(typed) = notes.typed.back() else {
        return String::new();
    };
    let text = locale.consoles();
    let (printed, meaning) = match &typed.came {
        Came::Refused(error) => (error.text(locale), String::new()),
        Came::Answer(answer) => {
            let printed = if answer.printed.is_empty() && answer.failed {
                text.says_nothing.to_owned()
            } else {
                answer.printed.clone()
            };
            let meaning = answer
                .meaning
                .as_ref()
                .map(|meaning| locale.meaning(meaning));
            (printed, meaning.unwrap_or_default())
        }
    };
    // Nobody listens to a hundred lines.
    let heard: Vec<&str> = printed.lines().take(12).collect();
    (text.spoken)(typed.number, &typed.line, &heard.join("\n"), &meaning)
}

/// The page below the frame.
pub fn console_page(view: &ConsoleView) -> AnyView {
    let text = view.text();
    let nothing: Option<String> = None;
    let consoles = view.looks.each_ref().map(|look| {
        view! { <div class="console-column">{terminal::console(view, look).into_any()} {stories_view::stories(view, look).into_any()}</div> }
    });
    view! {
        <main id="lab" class="consoles" tabindex="-1">
            <h1>{text.title}</h1>
            <p class="lede">{text.lede}</p>
            <Live now_ms=view.now_ms events="consoles"/>
            <Notices notice=nothing spoken=view.spoken.clone() locale=view.locale/>
            <div class="console-pair">{consoles.into_iter().collect_view()}</div>
            <section class="card limits" aria-labelledby="limits-title">
                <h2 id="limits-title">{text.limits_title}</h2>
                <ul>{text.limits.iter().map(|limit| view! { <li>{*limit}</li> }).collect_view()}</ul>
                <noscript><p>{text.without_js}</p></noscript>
            </section>
        </main>
    }
    .into_any()
}

/// What Tab knows in this console: the text, and a hint of what follows.
fn words(tool: Tool) -> Vec<(&'static str, &'static str)> {
    match tool {
        Tool::Redis => redis::completions(),
        Tool::Mongo => mongo::completions(),
    }
}
