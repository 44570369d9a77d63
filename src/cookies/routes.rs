//! The cookie lab's plain routes, `/lab/cookies/…`: readable in DevTools and with curl.
//!
//! Every one of them answers a page's form with a redirect back to the page, by way of a *probe* if
//! the cookie belongs to another path, and everybody else with JSON.

use std::sync::Arc;

use axum::{
    Form, Json, Router,
    body::Body,
    extract::{Extension, RawQuery, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, Request, header},
    response::{Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{
    cookie_form::Order,
    cookie_parser::cookie_parser,
    experiments::Experiment,
    program::program,
    request::{Heard, Visit, student_lines},
    seal::Seal,
    server_rules,
    state::{CookieLab, Sighting},
    tower_reader::tower_reads,
    user_agent::known_difference,
};
use crate::{config, error::LabError};

mod answering;
mod experimenting;
mod quota;
mod tampering;
mod tools;

use answering::{answer, refuse, sorry, way_back};

/// The query that asks a path what the browser sends there: `?probe=es`.
pub const PROBE: &str = "probe=";

/// Marks an answer that may push the playground's own cookies out, with the headers of its request:
/// what came with them is set again in the same answer.
#[derive(Clone, Debug)]
pub struct CrowdsOut(pub HeaderMap);

/// The routes.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/lab/cookies/set", post(set))
        .route("/lab/cookies/line", post(line))
        .route("/lab/cookies/line/{*deeper}", post(line))
        .route("/lab/cookies/echo", get(echo))
        .route("/lab/cookies/echo/{*deeper}", get(echo))
        .route("/lab/cookies/forge", post(tampering::tamper))
        .route("/lab/cookies/keys", post(tampering::keys))
        .route(
            "/lab/cookies/experiment/{id}",
            post(experimenting::experiment),
        )
        .route("/lab/cookies/stolen", post(experimenting::stolen))
        .route("/lab/cookies/reset", post(tampering::reset))
        .route("/lab/cookies/seal", get(tools::seal_bench))
        .route("/lab/cookies/check", get(tools::check_bench))
}

/// The form, and whether it is sent although something is wrong with it.
#[derive(Deserialize)]
struct Anyway {
    #[serde(default)]
    anyway: String,
}

/// `POST /lab/cookies/set`: sets the cookie that the form orders.
async fn set(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let (Ok(order), Ok(Anyway { anyway })) = (
        serde_urlencoded::from_str::<Order>(&body),
        serde_urlencoded::from_str::<Anyway>(&body),
    ) else {
        return sorry(LabError::BadForm, &visit);
    };
    let secret = lab.notes.page().key().to_owned();
    let wire = order.wire(&secret);
    let findings = server_rules::check(&order, &wire);
    let objects = findings.iter().any(|finding| !finding.only_warns());
    let refused =
        objects && (anyway.is_empty() || findings.iter().any(server_rules::Finding::is_final));
    {
        let mut page = lab.notes.page();
        page.order = order.clone();
        page.refused = refused;
    }
    if refused {
        return refuse(&lab, &visit, &findings).await;
    }
    let lines = if objects {
        vec![order.typed_line(&wire)]
    } else {
        run_program(secret, body).await
    };
    let lines: Vec<_> = lines.into_iter().map(|line| (line, order.seal)).collect();
    {
        let mut page = lab.notes.page();
        if let Err(error) = quota::send(&mut page, &Heard::from_headers(&headers), &visit, &lines) {
            return sorry(error, &visit);
        }
        page.supersede(&order.name);
    }
    let response = answer(&lab, &visit, &lines, &findings, None).await;
    guarded(response, &lines, headers)
}

/// Runs the program that the page shows, and takes its `Set-Cookie` lines.
async fn run_program(secret: String, form: String) -> Vec<String> {
    let request = Request::post("/lab/cookies/set")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let Ok(request) = request else {
        return Vec::new();
    };
    let Ok(response) = program(secret).oneshot(request).await;
    let lines = response.headers().get_all(header::SET_COOKIE).iter();
    lines
        .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
        .collect()
}

/// A line that was written by hand.
#[derive(Deserialize)]
struct ByHand {
    line: String,
}

/// `POST /lab/cookies/line`: answers with a `Set-Cookie` line that was written by hand.
async fn line(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    form: Result<Form<ByHand>, FormRejection>,
) -> Response {
    let Ok(Form(ByHand { line })) = form else {
        return sorry(LabError::BadForm, &visit);
    };
    let findings = server_rules::check_line(&line);
    if !findings.is_empty() {
        return refuse(&lab, &visit, &findings).await;
    }
    let (name, value) = super::state::name_and_value(&line);
    let lines = {
        let mut page = lab.notes.page();
        let seal = page.seal_of(name.trim(), "", value.trim());
        let lines = [(line, seal)];
        if let Err(error) = quota::send(&mut page, &Heard::from_headers(&headers), &visit, &lines) {
            return sorry(error, &visit);
        }
        page.refused = false;
        page.supersede(name.trim());
        lines
    };
    let response = answer(&lab, &visit, &lines, &[], None).await;
    guarded(response, &lines, headers)
}

/// A browser may keep what the rule refuses, so that nobody knows how full its jar is: then the
/// playground's own cookies are set again behind such a line.
fn guarded(mut response: Response, lines: &[(String, Seal)], headers: HeaderMap) -> Response {
    if lines
        .iter()
        .any(|(line, _)| known_difference(line).is_some())
    {
        response.extensions_mut().insert(CrowdsOut(headers));
    }
    response
}

/// `GET /lab/cookies/echo`: what arrived, raw and as both worlds read it.
async fn echo(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
) -> Json<Value> {
    let keys = lab.notes.page().keys.clone();
    let raw = student_lines(&headers)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect::<Vec<_>>()
        .join(&b"; "[..]);
    let object = |list: Vec<(String, Value)>| list.into_iter().collect::<Value>();
    let express = |keys: &[String]| {
        let parsed = cookie_parser(&raw, keys);
        json!({ "cookies": object(parsed.cookies), "signedCookies": object(parsed.signed_cookies) })
    };
    let sighting = sighting(&visit, &headers).await;
    let answer = json!({
        "cookie": sighting.heard.joined(),
        "pairs": sighting.heard.pairs,
        "express": express(&keys),
        "expressWithoutSecret": express(&[]),
        "tower": sighting.tower,
    });
    lab.notes.page().sight(sighting);
    Json(answer)
}

/// Any path with `?probe=es`: notes what the browser sends there, and leads back to the page.
pub async fn probe(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Redirect {
    let sighting = sighting(&visit, &headers).await;
    lab.notes.page().sight(sighting);
    let experiment = query
        .as_deref()
        .and_then(|query| query.split_once('&'))
        .and_then(|(_, id)| Experiment::from_id(id));
    Redirect::to(&way_back(&visit, experiment))
}

async fn sighting(visit: &Visit, headers: &HeaderMap) -> Sighting {
    Sighting {
        path: visit.path.clone(),
        heard: Heard::from_headers(headers),
        tower: tower_reads(&student_lines(headers), "", "").await.all,
        at_ms: config::now_ms(),
    }
}
