//! The failure lab's plain routes, `/lab/failures/…`: each answers a page's form with a redirect back
//! to the page, and everybody else with JSON.

use std::sync::Arc;

use axum::{
    Form, Json, Router,
    extract::Path,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    acts::{self, RecordAct, RedisAct},
    bench::{FailureLab, Page},
    matrix,
    menu::Failure,
};
use crate::{
    app::Page as Site,
    error::LabError,
    i18n::Locale,
    labs::identity::LabId,
    sessions::{
        bench::SessionLab,
        control::Caller,
        fleet::NAMES,
        refusal::Refusal,
        settings::{Form as SettingsForm, Settings},
        verdict::Prediction,
    },
    stores::StoreKind,
};

/// How far "move ahead" moves, in seconds.
pub const AHEAD_S: i64 = 30;

/// The routes.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/lab/failures/run/{id}", post(run))
        .route("/lab/failures/ask", post(ask))
        .route("/lab/failures/site/{act}", post(site))
        .route("/lab/failures/server/{name}/{act}", post(server))
        .route("/lab/failures/redis/{act}", post(redis))
        .route("/lab/failures/record/{store}/{id}", post(record))
        .route("/lab/failures/files/{act}", post(files))
        .route("/lab/failures/ahead", post(ahead))
        .route("/lab/failures/settings", post(settings))
        .route("/lab/failures/reset", post(reset))
        .route("/lab/failures/matrix/{file}", get(export))
}

/// Whoever sent the form, and the benches of their lab.
struct Visitor {
    caller: Caller,
    lab: Arc<FailureLab>,
    /// The entry that is loaded in the page that the form stands in.
    chosen: Option<Failure>,
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &S,
    ) -> Result<Self, Response> {
        let none = || Refusal(LabError::BadForm, Locale::Es).into_response();
        let locale = Locale::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let sessions = parts.extensions.get::<Arc<SessionLab>>().cloned();
        let lab = parts.extensions.get::<Arc<FailureLab>>().cloned();
        let id = parts.extensions.get::<LabId>().cloned();
        let (Some(sessions), Some(lab), Some(id)) = (sessions, lab, id) else {
            return Err(none());
        };
        Ok(Self {
            caller: Caller::new(sessions, id, &parts.headers, locale),
            lab,
            chosen: chosen_in(&parts.headers),
        })
    }
}

/// The entry that the page of a form has loaded (`…?failure=kill`).
fn chosen_in(headers: &HeaderMap) -> Option<Failure> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let (_, query) = referer.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let id = query
        .split('&')
        .find_map(|field| field.strip_prefix("failure="))?;
    Failure::from_id(id)
}

impl Visitor {
    /// The page again, or the data; with the cookies that were set meanwhile, whatever happened.
    fn answer(self, done: Result<(), LabError>) -> Response {
        let Self {
            caller,
            lab,
            chosen,
        } = self;
        let locale = caller.locale;
        let mut response = match (done, caller.wants_page) {
            (Err(error), false) => Refusal(error, locale).into_response(),
            (Ok(()), false) => {
                let page = lab.notes.page();
                Json(
                    json!({ "run": page.run, "row": chosen.and_then(|failure| page.row(failure)) }),
                )
                .into_response()
            }
            (done, true) => {
                lab.notes.page().notice = done.clone().err();
                let mut query: Vec<String> = Vec::new();
                query.extend(chosen.map(|failure| format!("failure={}", failure.id())));
                query.extend(done.err().map(|error| format!("refused={}", error.code())));
                let mark = if query.is_empty() { "" } else { "?" };
                let url = Site::Failures.url(locale);
                Redirect::to(&format!("{url}{mark}{}", query.join("&"))).into_response()
            }
        };
        for line in caller.set_cookies {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
        response
    }
}

/// What the student expects, store by store.
#[derive(Deserialize)]
struct Guesses {
    #[serde(default)]
    memory: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    redis: String,
    #[serde(default)]
    mongo: String,
}

/// `POST /lab/failures/run/{id}`: runs an entry of the menu.
async fn run(
    mut visitor: Visitor,
    Path(id): Path<String>,
    Form(guesses): Form<Guesses>,
) -> Response {
    let Some(failure) = Failure::from_id(&id) else {
        return visitor.answer(Err(LabError::BadForm));
    };
    visitor.chosen = Some(failure);
    let Guesses {
        memory,
        file,
        redis,
        mongo,
    } = guesses;
    let predictions = [memory, file, redis, mongo].map(|name| Prediction::from_name(&name));
    let lab = Arc::clone(&visitor.lab);
    let done = acts::run(&mut visitor.caller, &lab, failure, predictions).await;
    visitor.answer(done)
}

/// `POST /lab/failures/ask`: asks the four sites for the experiment under way.
async fn ask(mut visitor: Visitor) -> Response {
    let lab = Arc::clone(&visitor.lab);
    visitor.chosen = lab.notes.page().run.as_ref().map(|run| run.failure);
    let done = acts::ask(&mut visitor.caller, &lab).await;
    visitor.answer(done)
}

/// `POST /lab/failures/site/{act}`: a request to all four sites.
async fn site(mut visitor: Visitor, Path(act): Path<String>) -> Response {
    let (caller, all) = (&mut visitor.caller, &StoreKind::ALL);
    let done = match act.as_str() {
        "login" => caller.log_in(all, "ana").await,
        "visit" => caller.visit(all).await,
        "logout" => caller.log_out(all).await,
        "me" => {
            caller.check().await;
            Ok(())
        }
        _ => Err(LabError::BadForm),
    };
    settle(&visitor).await;
    visitor.answer(done)
}

/// `POST /lab/failures/server/{name}/{act}`: something is done to server A or B.
async fn server(visitor: Visitor, Path((name, act)): Path<(String, String)>) -> Response {
    let at = NAMES
        .iter()
        .position(|server| server.eq_ignore_ascii_case(&name));
    let Some(at) = at else {
        return visitor.answer(Err(LabError::BadForm));
    };
    let lab = &visitor.caller.lab;
    let done = match act.as_str() {
        "start" => {
            lab.start(at);
            Ok(())
        }
        "stop" => {
            lab.stop(at);
            Ok(())
        }
        "restart" => {
            lab.restart_one(at);
            Ok(())
        }
        "kill" => {
            lab.kill(at);
            Ok(())
        }
        "redeploy" => {
            lab.redeploy(at).await;
            Ok(())
        }
        _ => Err(LabError::BadForm),
    };
    settle(&visitor).await;
    visitor.answer(done)
}

/// `POST /lab/failures/redis/{act}`: something is done to the lab's own Redis.
async fn redis(visitor: Visitor, Path(act): Path<String>) -> Response {
    let done = match RedisAct::from_name(&act) {
        Some(act) => acts::on_redis(&visitor.caller.lab, act).await,
        None => Err(LabError::BadForm),
    };
    settle(&visitor).await;
    visitor.answer(done)
}

/// A record's new text; none deletes it.
#[derive(Deserialize)]
struct Edit {
    #[serde(default)]
    text: Option<String>,
}

/// `POST /lab/failures/record/{store}/{id}`: edits or deletes a record behind its store's back.
async fn record(
    visitor: Visitor,
    Path((store, id)): Path<(String, String)>,
    Form(Edit { text }): Form<Edit>,
) -> Response {
    let Some(store) = StoreKind::from_name(&store) else {
        return visitor.answer(Err(LabError::UnknownStore));
    };
    let act = text.map_or(RecordAct::Delete, RecordAct::Edit);
    let done = acts::on_record(&visitor.caller, store, &id, act).await;
    settle(&visitor).await;
    visitor.answer(done)
}

/// `POST /lab/failures/files/{act}`: the reaper by hand, or the graveyard is cleared.
async fn files(visitor: Visitor, Path(act): Path<String>) -> Response {
    let lab = Arc::clone(&visitor.caller.lab);
    let mut done = Ok(());
    for disk in lab.all_disks() {
        let work = async {
            match act.as_str() {
                "reap" => disk.reap().await.map(drop).map_err(LabError::from),
                "clear" => disk
                    .clear_graveyard()
                    .await
                    .map(drop)
                    .map_err(LabError::from),
                _ => Err(LabError::BadForm),
            }
        };
        done = done.and(lab.taped(Some(StoreKind::File), work).await);
    }
    settle(&visitor).await;
    visitor.answer(done)
}

/// `POST /lab/failures/ahead`: takes 30 s from what is left.
async fn ahead(mut visitor: Visitor) -> Response {
    acts::move_ahead(&mut visitor.caller, AHEAD_S).await;
    settle(&visitor).await;
    visitor.answer(Ok(()))
}

/// `POST /lab/failures/settings`: the lab's settings.
async fn settings(visitor: Visitor, Form(form): Form<SettingsForm>) -> Response {
    let done = match Settings::from_form(&form) {
        Ok(settings) => {
            visitor.caller.lab.configure(settings).await;
            Ok(())
        }
        Err(error) => Err(error),
    };
    settle(&visitor).await;
    visitor.answer(done)
}

/// `POST /lab/failures/reset`: the lab as it was in the beginning. The matrix stays: it is what was learnt.
async fn reset(mut visitor: Visitor) -> Response {
    visitor.caller.reset().await;
    let matrix = std::mem::take(&mut visitor.lab.notes.page().matrix);
    *visitor.lab.notes.page() = Page {
        matrix,
        ..Page::default()
    };
    visitor.chosen = None;
    settle(&visitor).await;
    visitor.answer(Ok(()))
}

/// `GET /lab/failures/matrix/{file}`: the matrix as `matrix.md`, `matrix.csv` or `matrix.svg`.
async fn export(visitor: Visitor, Path(file): Path<String>) -> Response {
    let words = super::page::words(visitor.caller.locale);
    let rows = visitor.lab.notes.page().matrix.clone();
    let (kind, text) = match file.as_str() {
        "matrix.md" => (
            "text/markdown; charset=utf-8",
            matrix::markdown(&rows, &words),
        ),
        "matrix.csv" => ("text/csv; charset=utf-8", matrix::csv(&rows, &words)),
        "matrix.svg" => ("image/svg+xml", matrix::svg(&rows, &words)),
        _ => return visitor.answer(Err(LabError::BadForm)),
    };
    let name = format!("attachment; filename=\"{file}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, text).into_response()
}

async fn settle(visitor: &Visitor) {
    acts::settle(&visitor.caller.lab, &visitor.lab).await;
}

/// What the page is asked to show.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The entry that is loaded.
    pub failure: Option<Failure>,
    /// The code of what went wrong.
    pub refused: String,
}

/// Reads the query of the page; what it cannot read counts as nothing.
#[must_use]
pub fn asked(query: &str) -> Asked {
    let mut asked = Asked::default();
    for (name, value) in query.split('&').filter_map(|field| field.split_once('=')) {
        match name {
            "failure" => asked.failure = Failure::from_id(value),
            "refused" => value.clone_into(&mut asked.refused),
            _ => {}
        }
    }
    asked
}
