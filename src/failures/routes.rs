//! The failure lab's plain routes, `/lab/failures/…`: each answers a page's form with a redirect back
//! to the page, and everybody else with JSON.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    acts::{self, RecordAct, RedisAct},
    matrix,
    menu::Failure,
    state::Page,
};
use crate::{
    error::LabError,
    sessions::{
        fleet::NAMES,
        settings::{Form as SettingsForm, Settings},
        verdict::Prediction,
    },
    stores::StoreKind,
};

mod visitor;

use visitor::Visitor;
pub use visitor::{Asked, asked};

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
