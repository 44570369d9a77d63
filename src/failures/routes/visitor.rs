//! Whoever sent a form of the failure lab, and the way back to the page.

use std::sync::Arc;

use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    error::LabError,
    failures::{menu::Failure, state::FailureLab},
    i18n::Locale,
    pages::Page as Site,
    sandbox::identity::SandboxId,
    sessions::{control::Caller, lab::SessionLab, refusal::Refusal},
};

/// Whoever sent the form, and the benches of their lab.
pub struct Visitor {
    /// The caller of the session lab.
    pub caller: Caller,
    /// The failure lab.
    pub lab: Arc<FailureLab>,
    /// The entry that is loaded in the page that the form stands in.
    pub chosen: Option<Failure>,
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let none = || Refusal(LabError::BadForm, Locale::Es).into_response();
        let locale = Locale::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let sessions = parts.extensions.get::<Arc<SessionLab>>().cloned();
        let lab = parts.extensions.get::<Arc<FailureLab>>().cloned();
        let id = parts.extensions.get::<SandboxId>().cloned();
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
    pub fn answer(self, done: Result<(), LabError>) -> Response {
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
