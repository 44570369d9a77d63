//! The consoles' plain routes, `/lab/consoles/…`: a form of the page leads back to the page, and
//! everybody else gets what the tool prints as plain text.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Extension, Path, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;

use super::{
    bench::{Came, ConsoleLab, Tool},
    mongo, redis,
};
use crate::{
    error::LabError,
    i18n::Locale,
    pages::Page as Site,
    sandbox::identity::SandboxId,
    sessions::{control::Caller, lab::SessionLab, refusal::Refusal},
};

/// The routes.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/lab/consoles/{tool}", post(line))
        .route("/lab/consoles/{tool}/clear", post(clear))
}

/// A line as it was typed.
#[derive(Deserialize)]
struct Line {
    line: String,
}

/// `POST /lab/consoles/{redis|mongo}` with `line=…`: does what the tool does with it.
async fn line(
    Extension(sessions): Extension<Arc<SessionLab>>,
    Extension(lab): Extension<Arc<ConsoleLab>>,
    Extension(id): Extension<SandboxId>,
    locale: Locale,
    headers: HeaderMap,
    Path(tool): Path<String>,
    form: Result<Form<Line>, FormRejection>,
) -> Response {
    let caller = Caller::new(sessions, id, &headers, locale);
    let (Some(tool), Ok(Form(Line { line }))) = (Tool::from_name(&tool), form) else {
        return Refusal(LabError::BadForm, locale).into_response();
    };
    let line = line.trim_end_matches(['\r', '\n']).to_owned();
    let came = answer(&caller, &lab, tool, line).await;
    if caller.wants_page {
        return back(locale, tool);
    }
    match came {
        None => plain(String::new()),
        Some(Came::Refused(error)) => Refusal(error, locale).into_response(),
        Some(Came::Answer(answer)) => match &answer.meaning {
            // It was not sent: the tool said nothing, so ours is the only word.
            Some(meaning) if answer.failed && answer.printed.is_empty() => {
                let text = locale.meaning(meaning);
                (StatusCode::UNPROCESSABLE_ENTITY, plain(text + "\n")).into_response()
            }
            // Where redis-cli prints nothing, mongosh prints an empty line.
            _ if answer.printed.is_empty() && tool == Tool::Redis => plain(String::new()),
            _ => plain(answer.printed + "\n"),
        },
    }
}

/// Sends the line and writes down what came of it. `None` for a line without anything.
async fn answer(caller: &Caller, lab: &ConsoleLab, tool: Tool, line: String) -> Option<Came> {
    if line.trim().is_empty() {
        return None;
    }
    let _turn = lab.turn(tool).await;
    let answered = match tool {
        Tool::Redis => Box::pin(redis::type_line(caller.bench(), &line)).await,
        Tool::Mongo => Box::pin(mongo::type_line(caller.bench(), &line)).await,
    };
    let came = answered.map_or_else(Came::Refused, Came::Answer);
    lab.notes.page().enter(tool, line, came.clone());
    lab.notes.touch();
    lab.notes.keep().await;
    lab.notes.announce();
    // What was deleted here is no longer there for the other pages either.
    caller.bench().notebook.announce();
    Some(came)
}

/// `POST /lab/consoles/{redis|mongo}/clear`: an empty screen.
async fn clear(
    Extension(lab): Extension<Arc<ConsoleLab>>,
    locale: Locale,
    Path(tool): Path<String>,
) -> Response {
    let Some(tool) = Tool::from_name(&tool) else {
        return Refusal(LabError::BadForm, locale).into_response();
    };
    lab.notes.page().clear(tool);
    lab.notes.touch();
    lab.notes.keep().await;
    lab.notes.announce();
    back(locale, tool)
}

/// The page again, with the keyboard where it was.
fn back(locale: Locale, tool: Tool) -> Response {
    let (page, name) = (Site::Consoles.url(locale), tool.name());
    Redirect::to(&format!("{page}?at={name}#{name}")).into_response()
}

fn plain(text: String) -> Response {
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    let unstored = HeaderValue::from_static("no-store");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, unstored),
    ];
    (headers, text).into_response()
}

/// What the page is asked to show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// The console that was typed into last.
    pub at: Option<Tool>,
}

/// Reads the query of the page; what it cannot read counts as nothing.
#[must_use]
pub fn asked(query: &str) -> Asked {
    let at = query
        .split('&')
        .find_map(|field| field.strip_prefix("at="))
        .and_then(Tool::from_name);
    Asked { at }
}
