//! The cookie lab's plain routes, `/lab/cookies/…`: readable in DevTools and with curl.
//!
//! Every one of them answers a page's form with a redirect back to the page, by way of a *probe* if
//! the cookie belongs to another path, and everybody else with JSON.

use std::sync::Arc;

use axum::{
    Form, Json, Router,
    body::Body,
    extract::{Extension, Path, Query, RawQuery},
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{
    bench::{CookieLab, MOST_JAR, Page, Sighting},
    cookie_parser::cookie_parser,
    experiments::{Experiment, Run},
    forge::{self, Attempt, deletion_line},
    jar::path_match,
    order::Order,
    producer::{self, Finding},
    program::program,
    request::{Heard, Visit, student_lines},
    seal::{Seal, check, seal},
    tower_reader::tower_reads,
};
use crate::{config, error::LabError, sessions::refusal::Refusal};

/// The query that asks a path what the browser sends there: `?probe=es`.
pub const PROBE: &str = "probe=";
/// The most octets that a script's loot may have: it is shown, not kept.
const MOST_LOOT: usize = 2000;
/// How many keys count at once.
const MOST_KEYS: usize = 3;

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
        .route("/lab/cookies/forge", post(tamper))
        .route("/lab/cookies/keys", post(keys))
        .route("/lab/cookies/experiment/{id}", post(experiment))
        .route("/lab/cookies/stolen", post(stolen))
        .route("/lab/cookies/reset", post(reset))
        .route("/lab/cookies/seal", get(seal_bench))
        .route("/lab/cookies/check", get(check_bench))
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
    body: String,
) -> Response {
    let (Ok(order), Ok(Anyway { anyway })) = (
        serde_urlencoded::from_str::<Order>(&body),
        serde_urlencoded::from_str::<Anyway>(&body),
    ) else {
        return Refusal(LabError::BadForm, visit.locale).into_response();
    };
    let secret = lab.notes.page().key().to_owned();
    let wire = order.wire(&secret);
    let findings = producer::check(&order, &wire);
    let refused = findings
        .iter()
        .any(|finding| finding.is_final() || (anyway.is_empty() && !finding.only_warns()));
    let name_and_value = order.name.len() + wire.len();
    {
        let mut page = lab.notes.page();
        page.order = order.clone();
        page.refused = refused;
    }
    if refused {
        return refuse(&lab, &visit, &findings).await;
    }
    if lab.notes.page().jar.octets() + name_and_value > MOST_JAR {
        return sorry(LabError::JarFull, &visit);
    }
    let lines = if anyway.is_empty() {
        run_program(secret, body).await
    } else {
        vec![order.line(&wire)]
    };
    let lines = lines.into_iter().map(|line| (line, order.seal)).collect();
    answer(&lab, &visit, lines, &findings).await
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
    Form(ByHand { line }): Form<ByHand>,
) -> Response {
    let findings = producer::check_line(&line);
    if !findings.is_empty() {
        return refuse(&lab, &visit, &findings).await;
    }
    if lab.notes.page().jar.octets() + line.len() > MOST_JAR {
        return sorry(LabError::JarFull, &visit);
    }
    lab.notes.page().refused = false;
    let (name, value) = super::bench::name_and_value(&line);
    let seal = lab.notes.page().seal_of(name.trim(), value.trim());
    answer(&lab, &visit, vec![(line, seal)], &[]).await
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
    let express = cookie_parser(&raw, &keys);
    let object = |list: Vec<(String, Value)>| list.into_iter().collect::<Value>();
    let sighting = sighting(&visit, &headers).await;
    let answer = json!({
        "cookie": sighting.heard.joined(),
        "pairs": sighting.heard.pairs,
        "express": {
            "cookies": object(express.cookies),
            "signedCookies": object(express.signed_cookies),
        },
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

/// `POST /lab/cookies/forge`: tampers with a cookie, moves it, puts an old one back, or deletes it.
async fn tamper(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    Form(attempt): Form<Attempt>,
) -> Response {
    let heard = Heard::from_headers(&headers);
    let outcome = {
        let page = lab.notes.page();
        forge::attempt(&page, &heard, &visit, &attempt, config::now_ms())
    };
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => return sorry(error, &visit),
    };
    lab.notes.page().forged = outcome.forged;
    if outcome.lines.is_empty() {
        lab.notes.touch();
        return done(&lab, &visit, json!({ "lines": [] })).await;
    }
    if let Some(findings) = outcome
        .lines
        .iter()
        .map(|(line, _)| producer::check_line(line))
        .find(|found| !found.is_empty())
    {
        return refuse(&lab, &visit, &findings).await;
    }
    answer(&lab, &visit, outcome.lines, &[]).await
}

/// What happens to the keys.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Keys {
    /// A new key seals; the old ones still open.
    RotateAndKeep,
    /// A new key seals; the old ones no longer count.
    RotateAndDrop,
    /// The first key alone, as at the beginning.
    Restore,
}

#[derive(Deserialize)]
struct WhatKeys {
    act: Keys,
}

/// `POST /lab/cookies/keys`: rotates the lab's keys.
async fn keys(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    Form(WhatKeys { act }): Form<WhatKeys>,
) -> Response {
    {
        let mut page = lab.notes.page();
        match act {
            Keys::RotateAndKeep => rotate(&mut page, true),
            Keys::RotateAndDrop => rotate(&mut page, false),
            Keys::Restore => {
                let fresh = Page::default();
                (page.keys, page.retired) = (fresh.keys, fresh.retired);
            }
        }
        page.unseen = true;
    }
    lab.notes.touch();
    let keys = lab.notes.page().keys.clone();
    done(&lab, &visit, json!({ "keys": keys })).await
}

fn rotate(page: &mut Page, keep: bool) {
    let number = page.keys.len() + page.retired.len() + 1;
    let old = std::mem::take(&mut page.keys);
    page.keys
        .push(format!("{} {number}", super::bench::FIRST_KEY));
    if keep {
        page.keys.extend(old);
    } else {
        page.retired.splice(0..0, old);
    }
    if page.keys.len() > MOST_KEYS {
        let dropped = page.keys.split_off(MOST_KEYS);
        page.retired.splice(0..0, dropped);
    }
    page.retired.truncate(MOST_KEYS);
}

/// The student's prediction, from 0; empty for none.
#[derive(Deserialize)]
struct Guess {
    #[serde(default)]
    guess: String,
}

/// `POST /lab/cookies/experiment/{id}`: runs a ready-made experiment.
async fn experiment(
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
            rotate(&mut page, false);
        }
    }
    lab.notes.touch();
    let back = match deeds.probe {
        Some(path) => format!("{path}?{PROBE}{}&{}", visit.locale.tag(), experiment.id()),
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
async fn stolen(
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

/// `POST /lab/cookies/reset`: deletes the lab's cookies and forgets everything.
async fn reset(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let lines: Vec<String> = {
        let page = lab.notes.page();
        page.jar.cookies().iter().map(deletion_line).collect()
    };
    {
        let mut page = lab.notes.page();
        *page = Page::default();
        page.unseen = true;
    }
    lab.notes.touch();
    let mut response = done(&lab, &visit, json!({})).await;
    append(&mut response, lines.iter().map(String::as_str));
    response
}

/// What the sealing bench is asked.
#[derive(Deserialize)]
struct ToSeal {
    #[serde(default)]
    format: Seal,
    #[serde(default)]
    name: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    key: String,
}

/// `GET /lab/cookies/seal`: seals a value, every step visible.
async fn seal_bench(Query(asked): Query<ToSeal>) -> Response {
    Json(seal(asked.format, &asked.name, &asked.value, &asked.key)).into_response()
}

/// What the checking bench is asked.
#[derive(Deserialize)]
struct ToCheck {
    #[serde(default)]
    format: Seal,
    #[serde(default)]
    name: String,
    #[serde(default)]
    cookie: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    old_key: String,
}

/// `GET /lab/cookies/check`: checks a sealed value with a key, and with an older one if it is given.
async fn check_bench(Query(asked): Query<ToCheck>) -> Response {
    let mut keys = vec![asked.key];
    if !asked.old_key.is_empty() {
        keys.push(asked.old_key);
    }
    let checked = check(asked.format, &asked.name, &asked.cookie, &keys, &[]);
    Json(checked).into_response()
}

/// Sends these lines, notes them, and leads to where the browser shows what it did.
async fn answer(
    lab: &CookieLab,
    visit: &Visit,
    lines: Vec<(String, Seal)>,
    findings: &[Finding],
) -> Response {
    let probe = {
        let mut page = lab.notes.page();
        page.send(&lines, visit, config::now_ms());
        let stored = page.answer.iter().flat_map(|answer| &answer.lines);
        stored
            .filter_map(|line| line.decision.outcome.as_ref().ok())
            .map(|cookie| cookie.path.clone())
            .find(|path| !path_match(&page_path(visit), path) && can_be_probed(path))
    };
    lab.notes.touch();
    let told: Vec<Value> = {
        let page = lab.notes.page();
        let lines = page.answer.iter().flat_map(|answer| &answer.lines);
        lines
            .map(|line| json!({ "line": line.text, "decision": line.decision }))
            .collect()
    };
    let body = json!({ "lines": told, "findings": findings });
    let mut response = match probe {
        Some(path) if visit.wants_page => {
            Redirect::to(&format!("{path}?{PROBE}{}", visit.locale.tag())).into_response()
        }
        _ => done(lab, visit, body).await,
    };
    append(&mut response, lines.iter().map(|(line, _)| line.as_str()));
    lab.notes.keep().await;
    response
}

/// Says what is wrong and sets nothing.
async fn refuse(lab: &CookieLab, visit: &Visit, findings: &[Finding]) -> Response {
    lab.notes.page().refused = true;
    lab.notes.touch();
    lab.notes.keep().await;
    if visit.wants_page {
        return sorry(LabError::BadCookie, visit);
    }
    let body = json!({ "error": LabError::BadCookie.code(), "findings": findings });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

/// An error, on the page or as data.
fn sorry(error: LabError, visit: &Visit) -> Response {
    if visit.wants_page {
        return Redirect::to(&format!(
            "{}?refused={}#set",
            page_path(visit),
            error.code()
        ))
        .into_response();
    }
    Refusal(error, visit.locale).into_response()
}

async fn done(lab: &CookieLab, visit: &Visit, body: Value) -> Response {
    lab.notes.keep().await;
    if visit.wants_page {
        let running = lab.notes.page().run.as_ref().map(|run| run.experiment);
        Redirect::to(&way_back(visit, running)).into_response()
    } else {
        Json(body).into_response()
    }
}

fn way_back(visit: &Visit, experiment: Option<Experiment>) -> String {
    let page = page_path(visit);
    experiment.map_or_else(
        || page.clone(),
        |experiment| format!("{page}?experiment={}", experiment.id()),
    )
}

fn page_path(visit: &Visit) -> String {
    crate::app::Page::Cookies.url(visit.locale)
}

/// Whether a redirect can ask this path: plain characters only, and not beside our own host.
fn can_be_probed(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(plain)
        && !path.contains("/.")
}

/// Appends `Set-Cookie` lines. What no header can hold was refused before.
fn append<'a>(response: &mut Response, lines: impl Iterator<Item = &'a str>) {
    for line in lines {
        if let Ok(line) = HeaderValue::from_bytes(line.as_bytes()) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
}
