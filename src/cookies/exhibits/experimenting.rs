//! Running a ready-made experiment, and what its script hands in.

use std::sync::Arc;

use axum::{
    Form, Json,
    extract::{Extension, Path},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    CrowdsOut,
    answering::{append, done, sorry, way_back, way_by},
};
use crate::{
    config,
    cookies::{
        bench::CookieLab,
        experiments::{Experiment, Run},
        request::Visit,
    },
    error::LabError,
};

/// The most characters that a script's loot may have: it is shown, not kept.
const MOST_LOOT: usize = 2000;

/// The student's prediction, from 0; empty for none.
#[derive(Deserialize)]
pub struct Guess {
    #[serde(default)]
    guess: String,
}

/// `POST /lab/cookies/experiment/{id}`: runs a ready-made experiment.
pub async fn experiment(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(Guess { guess }): Form<Guess>,
) -> Response {
    let Some(experiment) = Experiment::from_id(&id) else {
        return sorry(LabError::BadForm, &visit);
    };
    let now_ms = config::now_ms();
    let deeds = experiment.deeds(lab.notes.page().key());
    {
        let mut page = lab.notes.page();
        page.order = experiment.order();
        page.refused = false;
        page.forged = None;
        page.run = Some(Run {
            experiment,
            guess: guess.parse().ok(),
            at_ms: now_ms,
            outcome: None,
            loot: None,
            left: None,
        });
        page.sweep = deeds.sweep;
        if deeds.crowds_out {
            // The crowd is not the student's: it is swept away before it is worth a row.
            page.answer = None;
            page.unseen = true;
        } else {
            page.send(&deeds.lines, &visit, now_ms);
        }
        if deeds.rotates {
            page.rotate_keys(false);
        }
    }
    lab.notes.touch();
    let back = match deeds.probe {
        Some(path) => way_by(path, &visit, Some(experiment)),
        None => way_back(&visit, Some(experiment)),
    };
    let mut response = if visit.wants_page {
        Redirect::to(&back).into_response()
    } else {
        Json(json!({ "experiment": experiment.id() })).into_response()
    };
    append(
        &mut response,
        deeds.lines.iter().map(|(line, _)| line.as_str()),
    );
    if deeds.crowds_out {
        response.extensions_mut().insert(CrowdsOut(headers));
    }
    lab.notes.keep().await;
    response
}

/// `POST /lab/cookies/stolen`: what a script on the page found in `document.cookie`.
pub async fn stolen(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    body: String,
) -> Response {
    let loot: String = body.chars().take(MOST_LOOT).collect();
    {
        let mut page = lab.notes.page();
        if let Some(run) = &mut page.run
            && run.experiment == Experiment::HttpOnly
        {
            run.loot = Some(loot);
        }
    }
    lab.notes.touch();
    done(&lab, &visit, json!({})).await
}
