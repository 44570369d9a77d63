//! How every route answers: a redirect for a page's form, by way of a probe where it helps, else JSON.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use super::PROBE;
use crate::{
    cookies::{
        experiments::Experiment, request::Visit, seal::Seal, server_rules::Finding,
        state::CookieLab, user_agent::path_match,
    },
    error::LabError,
    sessions::refusal::Refusal,
};

/// Answers with these lines, which were noted before, and leads to where the browser shows what it did: to `look_at`, if
/// that is not the page, else to where the lines' own cookies belong.
pub async fn answer(
    lab: &CookieLab,
    visit: &Visit,
    lines: &[(String, Seal)],
    findings: &[Finding],
    look_at: Option<String>,
) -> Response {
    let probe = {
        let page = lab.notes.page();
        let asked = page.answer.iter().flat_map(|answer| {
            let lines = answer.lines.iter();
            lines.map(|line| line.path(&answer.path))
        });
        look_at
            .into_iter()
            .chain(asked)
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
            Redirect::to(&way_by(&path, visit, visit.experiment)).into_response()
        }
        _ => done(lab, visit, body).await,
    };
    append(&mut response, lines.iter().map(|(line, _)| line.as_str()));
    lab.notes.keep().await;
    response
}

/// Says what is wrong and sets nothing.
pub async fn refuse(lab: &CookieLab, visit: &Visit, findings: &[Finding]) -> Response {
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
pub fn sorry(error: LabError, visit: &Visit) -> Response {
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

/// The page again, or the data.
pub async fn done(lab: &CookieLab, visit: &Visit, body: Value) -> Response {
    lab.notes.keep().await;
    if visit.wants_page {
        Redirect::to(&way_back(visit, visit.experiment)).into_response()
    } else {
        Json(body).into_response()
    }
}

/// The page by way of a path that shows what the browser sends there.
pub fn way_by(path: &str, visit: &Visit, experiment: Option<Experiment>) -> String {
    let experiment = experiment.map(|experiment| format!("&{}", experiment.id()));
    let tag = visit.locale.tag();
    format!("{path}?{PROBE}{tag}{}", experiment.unwrap_or_default())
}

/// The page, with the experiment that is loaded.
pub fn way_back(visit: &Visit, experiment: Option<Experiment>) -> String {
    let page = page_path(visit);
    experiment.map_or_else(
        || page.clone(),
        |experiment| format!("{page}?experiment={}", experiment.id()),
    )
}

fn page_path(visit: &Visit) -> String {
    crate::pages::Page::Cookies.url(visit.locale)
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
pub fn append<'a>(response: &mut Response, lines: impl Iterator<Item = &'a str>) {
    for line in lines {
        if let Ok(line) = HeaderValue::from_bytes(line.as_bytes()) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
}
