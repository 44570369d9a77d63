//! One console: who serves, the screen, and the line that is being typed.

use leptos::prelude::*;

use super::{ConsoleLook, ConsoleView, Whose, words};
use crate::{
    consoles::{
        bench::{Came, Tool, Typed},
        copy,
        elsewhere::Line,
        line::{ConsoleLine, Known},
    },
    engines::view::EngineState,
    live::marks,
    pages::Page,
};

/// The card of a console.
pub fn console(view: &ConsoleView, look: &ConsoleLook) -> impl IntoView + use<> {
    let text = view.text();
    let (tool, name) = (look.tool, look.tool.name());
    let title = format!("title-{name}");
    let labelled = title.clone();
    view! {
        <section class="card console" id=name aria-labelledby=labelled>
            <div class="head">
                <h2 id=title class=format!("who {name}")>{(text.console)(tool)}</h2>
                <form method="post" action=format!("/lab/consoles/{name}/clear")>
                    <button class="quiet">{text.clear}<span class="spoken">" "{tool.program()}</span></button>
                </form>
            </div>
            <p class="soft serves" id=format!("serves-{name}") data-testid=format!("serves-{name}")>{serves(view, look)}</p>
            <div class="screen" tabindex="0" role="group" aria-label=(text.screen)(tool) data-testid=format!("screen-{name}")>
                <div id=format!("lines-{name}")>{lines(view, look)}</div>
            </div>
            {typing(view, look).into_any()}
        </section>
    }
}

fn serves(view: &ConsoleView, look: &ConsoleLook) -> AnyView {
    let text = view.text();
    let engine = &look.engine;
    let state = match &engine.state {
        EngineState::Up => (text.serves)(&engine.name, &engine.version),
        EngineState::Starting => text.starting.to_owned(),
        EngineState::Down { reason } => (text.silent)(reason),
        EngineState::Missing => text.missing.to_owned(),
    };
    let whose = match (look.whose, look.tool) {
        (Whose::Own, _) => text.your_own,
        (Whose::NotYetOwn, _) => text.not_yet_your_own,
        (Whose::Shared, Tool::Redis) => text.shared,
        (Whose::Shared, Tool::Mongo) => text.documents_of_all,
    };
    let lost = matches!(
        engine.state,
        EngineState::Down { .. } | EngineState::Missing
    );
    // Where it was stopped, it can be started again.
    let start = (lost && look.whose == Whose::Own).then(|| {
        let failures = Page::Failures.url(view.locale);
        view! { " · " <a href=failures>{text.start_again}</a> }
    });
    view! { <b class:lost=lost>{state}</b> " · " {whose} {start} }.into_any()
}

fn lines(view: &ConsoleView, look: &ConsoleLook) -> AnyView {
    let text = view.text();
    if look.screen.is_empty() {
        return view! { <p class="empty">{text.empty}</p> }.into_any();
    }
    let lines = look.screen.iter().map(|line| match line {
        Line::Typed(typed) => typed_line(view, look, typed),
        Line::Sent {
            line,
            reply,
            failed,
            ..
        } => view! {
            <li class="sent">
                <p class="from">{text.from_the_labs}</p>
                <p class="prompt"><code>{line.clone()}</code></p>
                <p class="reply" class:failed=*failed><code>"→ " {reply.clone()}</code></p>
            </li>
        }
        .into_any(),
    });
    view! { <ol>{lines.collect_view()}</ol> }.into_any()
}

fn typed_line(view: &ConsoleView, look: &ConsoleLook, typed: &Typed) -> AnyView {
    let text = view.text();
    let (failed, printed, meaning) = match &typed.came {
        Came::Refused(error) => (true, String::new(), Some(error.text(view.locale))),
        Came::Answer(answer) => (
            answer.failed,
            answer.printed.clone(),
            answer
                .meaning
                .as_ref()
                .map(|meaning| view.locale.meaning(meaning)),
        ),
    };
    let printed = (!printed.is_empty())
        .then(|| view! { <pre class:failed=failed tabindex="0">{printed}</pre> });
    let meaning = meaning.map(|meaning| {
        view! { <p class="meaning"><span class="spoken">{text.means} " "</span>{meaning}</p> }
    });
    let left_out = (typed.left_out > 0)
        .then(|| view! { <p class="soft">{(text.left_out)(typed.left_out)}</p> });
    let command = copy::command(look.tool, &typed.line, look.address.as_deref());
    let nowhere = look
        .address
        .is_none()
        .then(|| view! { <p class="soft">{(text.no_address)(look.tool)}</p> });
    view! {
        <li id=format!("line-{}-{}", look.tool.name(), typed.number)>
            <p class="prompt"><code>{typed.line.clone()}</code></p>
            {printed}
            {left_out}
            {meaning}
            <details class="copy" id=format!("copy-{}", typed.number)>
                <summary><span aria-hidden="true">"terminal"</span><span class="spoken">{(text.copy)(look.tool)}</span></summary>
                <pre tabindex="0">{command}</pre>
                {nowhere}
            </details>
        </li>
    }
    .into_any()
}

/// The form.
fn typing(view: &ConsoleView, look: &ConsoleLook) -> impl IntoView + use<> {
    let text = view.text();
    let (tool, name) = (look.tool, look.tool.name());
    let (field, hint, keys) = (
        format!("line-{name}"),
        format!("hint-{name}"),
        format!("keys-{name}"),
    );
    let (words, hints) = words(tool)
        .into_iter()
        .map(|(word, hint)| (word.to_owned(), hint.to_owned()))
        .unzip();
    let names = look.ids.iter().map(|id| match tool {
        Tool::Redis => format!("sess:{id}"),
        Tool::Mongo => id.clone(),
    });
    let lines = look.screen.iter().filter_map(|line| match line {
        Line::Typed(typed) => Some(typed.line.clone()),
        Line::Sent { .. } => None,
    });
    let known = Known {
        id: field.clone(),
        described_by: format!("{hint} {keys}"),
        hint_id: hint,
        is_first: view.asked.at == Some(tool),
        after: if tool == Tool::Redis {
            " ".to_owned()
        } else {
            String::new()
        },
        words,
        hints,
        names: names.collect(),
        lines: lines.collect(),
    };
    view! {
        <form class="typing" method="post" action=format!("/lab/consoles/{name}") {..marks::empties()}>
            <label class="spoken" for=field>{(text.line)(tool)}</label>
            <span class="sign" aria-hidden="true">"›"</span>
            <ConsoleLine known/>
            <button class="go">{text.send}<span class="spoken">" "{tool.program()}</span></button>
            <p class="soft keys" id=keys>{text.keys}</p>
        </form>
    }
}
