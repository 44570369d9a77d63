//! Tampering with cookies and keys, and starting over.

use std::sync::Arc;

use axum::{Form, extract::Extension, http::HeaderMap, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::answering::{answer, append, done, refuse, sorry};
use crate::{
    config,
    cookies::{
        bench::{CookieLab, FIRST_KEY, Page},
        forge::{self, Attempt, deletion_line},
        producer,
        request::{Heard, Visit},
    },
};

/// How many keys count at once.
const MOST_KEYS: usize = 3;

/// `POST /lab/cookies/forge`: tampers with a cookie, moves it, puts an old one back, or deletes it.
pub async fn tamper(
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
pub enum Keys {
    /// A new key seals; the old ones still open.
    RotateAndKeep,
    /// A new key seals; the old ones no longer count.
    RotateAndDrop,
    /// The first key alone, as at the beginning.
    Restore,
}

#[derive(Deserialize)]
pub struct WhatKeys {
    act: Keys,
}

/// `POST /lab/cookies/keys`: rotates the lab's keys.
pub async fn keys(
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

/// A new key seals; the old ones still open, or are retired.
pub fn rotate(page: &mut Page, keep: bool) {
    let number = page.keys.len() + page.retired.len() + 1;
    let old = std::mem::take(&mut page.keys);
    page.keys.push(format!("{FIRST_KEY} {number}"));
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
