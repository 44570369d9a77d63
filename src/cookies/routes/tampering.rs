//! Tampering with cookies and keys, and starting over.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Extension, rejection::FormRejection},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    answering::{answer, append, done, refuse, sorry},
    quota,
};
use crate::{
    config,
    cookies::{
        forge::{self, Act, Attempt, Forged, deletion_line},
        request::{Heard, Visit},
        server_rules,
        state::{CookieLab, Page},
    },
    error::LabError,
};

/// `POST /lab/cookies/forge`: tampers with a cookie, moves it, puts an old one back, or deletes it.
pub async fn tamper(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    form: Result<Form<Attempt>, FormRejection>,
) -> Response {
    let Ok(Form(attempt)) = form else {
        return sorry(LabError::BadForm, &visit);
    };
    let heard = Heard::from_headers(&headers);
    let forged = {
        let page = lab.notes.page();
        forge::attempt(&page, &heard, &visit, &attempt, config::now_ms())
    };
    let forged = match forged {
        Ok(forged) => forged,
        Err(error) => return sorry(error, &visit),
    };
    let line = forged.line.clone().map(|line| (line, forged.seal));
    if let Some((line, _)) = &line {
        let findings = server_rules::check_line(line);
        if !findings.is_empty() {
            return refuse(&lab, &visit, &findings).await;
        }
    }
    let path = forged.path.clone();
    let Some(line) = line else {
        lab.notes.page().forged = Some(forged);
        lab.notes.touch();
        return done(&lab, &visit, json!({ "lines": [] })).await;
    };
    let lines = [line];
    {
        let mut page = lab.notes.page();
        if let Err(error) = quota::send(&mut page, &heard, &visit, &lines) {
            return sorry(error, &visit);
        }
        page.forged = Some(forged);
    }
    answer(&lab, &visit, &lines, &[], Some(path)).await
}

/// What happens to the keys: one of the acts for which [`Act::is_of_keys`] holds.
#[derive(Deserialize)]
pub struct WhatKeys {
    act: Act,
}

/// `POST /lab/cookies/keys`: rotates the lab's keys.
pub async fn keys(
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    form: Result<Form<WhatKeys>, FormRejection>,
) -> Response {
    let Ok(Form(WhatKeys { act })) = form else {
        return sorry(LabError::BadForm, &visit);
    };
    let keys = {
        let mut page = lab.notes.page();
        match act {
            Act::RotateAndKeep => page.rotate_keys(true),
            Act::RotateAndDrop => page.rotate_keys(false),
            Act::Restore => page.restore_first_key(),
            _ => return sorry(LabError::BadForm, &visit),
        }
        page.forged = Some(Forged::of_keys(act, config::now_ms()));
        page.unseen = true;
        page.keys.clone()
    };
    lab.notes.touch();
    done(&lab, &visit, json!({ "keys": keys })).await
}

/// `POST /lab/cookies/reset`: deletes the lab's cookies and forgets everything.
pub async fn reset(
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
