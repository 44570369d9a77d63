//! Running a ready-made experiment, and what its script hands in.

use std::sync::Arc;

use axum::{
    Form, Json,
    extract::{Extension, Path, rejection::FormRejection},
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
        experiments::{Deeds, Experiment, Run},
        forge::line_of,
        request::{Heard, Pair, Visit},
        seal::Seal,
        state::{CookieLab, Page, name_and_value},
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
    form: Result<Form<Guess>, FormRejection>,
) -> Response {
    let (Some(experiment), Ok(Form(Guess { guess }))) = (Experiment::from_id(&id), form) else {
        return sorry(LabError::BadForm, &visit);
    };
    let now_ms = config::now_ms();
    let mut deeds = experiment.deeds(lab.notes.page().key(), now_ms);
    {
        let mut page = lab.notes.page();
        page.order = experiment.order_at(now_ms);
        page.refused = false;
        page.forged = None;
        page.run = Some(Run {
            experiment,
            guess: guess.parse().ok(),
            at_ms: now_ms,
            sent: pairs(&deeds),
            outcome: None,
            unclear: false,
            loot: None,
            left: None,
        });
        if deeds.crowds_out {
            // The crowd is not the student's: it is swept away before it is worth a row. What it pushes
            // out comes back behind it.
            page.answer = None;
            page.unseen = true;
            deeds
                .lines
                .extend(set_again(&page, &headers, &visit, now_ms));
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

/// What a run sends and then looks for. A crowd is only counted, and a deletion leaves nothing behind.
fn pairs(deeds: &Deeds) -> Vec<Pair> {
    if deeds.crowds_out {
        return Vec::new();
    }
    let pairs = deeds.lines.iter().map(|(line, _)| name_and_value(line));
    pairs
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| Pair { name, value })
        .collect()
}

/// The lines that put the student's own cookies back, with the time and the value that they have now.
fn set_again(page: &Page, headers: &HeaderMap, visit: &Visit, now_ms: i64) -> Vec<(String, Seal)> {
    let heard = Heard::from_headers(headers);
    let place = visit.place();
    let expected = page.jar.sent_to(&place, now_ms);
    let alive = page
        .jar
        .cookies()
        .iter()
        .filter(|cookie| !cookie.is_over(now_ms));
    let held = alive.filter_map(|cookie| {
        let mut cookie = cookie.clone();
        if expected.iter().any(|own| own.equals(&cookie)) && !heard.has(&cookie.name, &cookie.value)
        {
            // A script may have changed it; one that did not come at all was deleted outside of here.
            heard.first(&cookie.name)?.clone_into(&mut cookie.value);
        }
        Some((line_of(&cookie, now_ms), Seal::Plain))
    });
    held.collect()
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
