//! What one lab remembers of its cookies, and how it grows with every answer.
//!
//! The lab keeps a [`Jar`] that follows the rule: it is fed the very lines that were sent, so it says
//! what the browser *should* hold. What the browser really holds shows in its next request.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::{
    cookie_form::Order,
    experiments::Run,
    forge::Forged,
    request::{Heard, Visit},
    seal::Seal,
    user_agent::{AttributeName, Cookie, Decision, Jar, PartKind, Rejection, default_path, parts},
};
use crate::sandbox::{Sandbox, notes::Notes};

mod rotation;

/// How many departed cookies are remembered.
const MOST_GONE: usize = 24;
/// How many paths are remembered with what was heard there.
const MOST_SIGHTINGS: usize = 8;
/// How many names are remembered with their seals, half of them with a path.
const MOST_SEALS: usize = 800;
/// The most octets of names and values that a lab may set: every request carries them back.
pub const MOST_JAR: usize = 40 * 1024;
/// The key of a lab that has not changed it: the "keyboard cat" of Express's examples.
pub const FIRST_KEY: &str = "gato con teclado";

/// The cookie lab of one student.
pub struct CookieLab {
    /// What it remembers.
    pub notes: Notes<Page>,
}

impl CookieLab {
    /// Opens the notes of a lab.
    #[must_use]
    pub fn open(sandbox: Sandbox) -> Self {
        Self {
            notes: Notes::open(sandbox, "cookies.json"),
        }
    }

    /// Whether nothing has been done here yet.
    pub fn is_untouched(&self) -> bool {
        *self.notes.page() == Page::default()
    }
}

/// One page of notes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// The keys that count, newest first: the first one seals, all of them open.
    pub keys: Vec<String>,
    /// Keys that counted once, newest first.
    pub retired: Vec<String>,
    /// How many keys there have been: no number is used twice.
    pub keys_made: usize,
    /// The form as it was sent last.
    pub order: Order,
    /// Whether it was refused.
    pub refused: bool,
    /// The last answer that set cookies.
    pub answer: Option<Answer>,
    /// What the browser should hold.
    pub jar: Jar,
    /// How the cookies that were set here are sealed: by name, and by name and path (`name; path`).
    pub seals: BTreeMap<String, Seal>,
    /// The departed, newest first.
    pub gone: VecDeque<Gone>,
    /// What was heard at other paths than the page's, newest first.
    pub sightings: VecDeque<Sighting>,
    /// What was done last to a cookie or to the keys.
    pub forged: Option<Forged>,
    /// The experiment under way.
    pub run: Option<Run>,
    /// Whether an answer was sent whose effect no request has shown yet.
    pub unseen: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            keys: vec![FIRST_KEY.to_owned()],
            retired: Vec::new(),
            keys_made: 1,
            order: Order {
                name: "rol".to_owned(),
                value: "alumna".to_owned(),
                seal: Seal::Express,
                lifetime: "90500".to_owned(),
                unit: super::cookie_form::Unit::Ms,
                path: "/".to_owned(),
                http_only: true,
                same_site: super::user_agent::SameSite::Lax,
                ..Order::default()
            },
            refused: false,
            answer: None,
            jar: Jar::default(),
            seals: BTreeMap::new(),
            gone: VecDeque::new(),
            sightings: VecDeque::new(),
            forged: None,
            run: None,
            unseen: false,
        }
    }
}

/// An answer that set cookies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// When: ms since 1970, UTC.
    pub at_ms: i64,
    /// The path of the request that it answered.
    pub path: String,
    /// Its `Set-Cookie` lines, in order.
    pub lines: Vec<Line>,
}

/// One `Set-Cookie` line: sent, predicted, and what the browser did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The header's value, byte for byte.
    pub text: String,
    /// How its value is sealed.
    pub seal: Seal,
    /// What the rule says about it.
    pub decision: Decision,
    /// What the next request showed; `None` before it.
    pub did: Option<Did>,
    /// Whether the rule says that this pair is sent there.
    #[serde(default)]
    pub expected: bool,
}

impl Line {
    /// The path that its cookie has or would have had, if the request went to `request_path`.
    #[must_use]
    pub fn path(&self, request_path: &str) -> String {
        if let Ok(cookie) = &self.decision.outcome {
            return cookie.path.clone();
        }
        let asked = parts(&self.text).into_iter().rev().find_map(|part| {
            (part.kind == PartKind::Attribute(AttributeName::Path)).then_some(part.text)
        });
        let path =
            asked.and_then(|text| text.split_once('=').map(|(_, path)| path.trim().to_owned()));
        path.filter(|path| path.starts_with('/'))
            .unwrap_or_else(|| default_path(request_path).to_owned())
    }
}

/// What a request after the line showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    /// The browser sent the cookie.
    Sent,
    /// The browser did not send it.
    NotSent,
    /// No request went where the cookie would be sent.
    NotAsked,
}

/// A cookie that is no longer in the browser, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Its name.
    pub name: String,
    /// Its value as it travelled.
    pub value: String,
    /// How it was sealed.
    pub seal: Seal,
    /// The cookie as it was; `None` if it never got in.
    #[serde(default)]
    pub cookie: Option<Cookie>,
    /// Why.
    pub why: Why,
    /// When: ms since 1970, UTC.
    pub at_ms: i64,
}

/// Why a cookie is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its time was over.
    Expired,
    /// A line with a past lifetime deleted it.
    Deleted,
    /// Another value took its place.
    Replaced,
    /// The browser made room.
    Evicted,
    /// It never got in.
    Rejected(Rejection),
}

/// What was heard in a request to another path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// The path.
    pub path: String,
    /// The cookies that came.
    pub heard: Heard,
    /// What tower-cookies made of them: name and value.
    pub tower: Vec<(String, String)>,
    /// When: ms since 1970, UTC.
    pub at_ms: i64,
}

impl Page {
    /// The key that seals.
    #[must_use]
    pub fn key(&self) -> &str {
        self.keys.first().map_or(FIRST_KEY, String::as_str)
    }

    /// How a cookie of this name is sealed, as far as the lab knows; else as it looks. An empty path
    /// stands for whichever cookie of that name was set last.
    #[must_use]
    pub fn seal_of(&self, name: &str, path: &str, value: &str) -> Seal {
        let looks = if value.starts_with("s%3A") || value.starts_with("s:") {
            Seal::Express
        } else {
            Seal::Plain
        };
        let known = self.seals.get(&format!("{name}; {path}"));
        let known = known.or_else(|| self.seals.get(name));
        known.copied().unwrap_or(looks)
    }

    /// A cookie of this name was set anew: what was done to the one before is over.
    pub fn supersede(&mut self, name: &str) {
        self.forged = self.forged.take().filter(|forged| forged.target != name);
    }

    /// Notes an answer with these lines, and does to the lab's jar what the rule says.
    pub fn send(&mut self, lines: &[(String, Seal)], visit: &Visit, now_ms: i64) {
        let mut noted = Vec::with_capacity(lines.len());
        for (text, seal) in lines {
            let received = self.jar.receive(text, &visit.place(), now_ms);
            let (name, value) = name_and_value(text);
            match &received.decision.outcome {
                Err(rejection) => self.bury(Gone {
                    name: name.clone(),
                    value: value.clone(),
                    seal: *seal,
                    cookie: None,
                    why: Why::Rejected(rejection.clone()),
                    at_ms: now_ms,
                }),
                Ok(cookie) if received.stored && self.seals.len() < MOST_SEALS => {
                    self.seals
                        .insert(format!("{}; {}", cookie.name, cookie.path), *seal);
                    self.seals.insert(cookie.name.clone(), *seal);
                }
                Ok(_) => {}
            }
            if let Some(old) = received.replaced.filter(|old| old.value != value) {
                self.part_with(&old, Why::Replaced, now_ms);
            }
            if let Some(old) = received.deleted {
                self.part_with(&old, Why::Deleted, now_ms);
            }
            for old in received.evicted {
                let why = if old.is_over(now_ms) {
                    Why::Expired
                } else {
                    Why::Evicted
                };
                self.part_with(&old, why, now_ms);
            }
            noted.push(Line {
                text: text.clone(),
                seal: *seal,
                decision: received.decision,
                did: None,
                expected: false,
            });
        }
        self.answer = Some(Answer {
            at_ms: now_ms,
            path: visit.path.clone(),
            lines: noted,
        });
        self.unseen = true;
    }

    /// Notes that a cookie left the browser.
    pub fn part_with(&mut self, cookie: &Cookie, why: Why, at_ms: i64) {
        let seal = self.seal_of(&cookie.name, &cookie.path, &cookie.value);
        self.bury(Gone {
            name: cookie.name.clone(),
            value: cookie.value.clone(),
            seal,
            cookie: Some(cookie.clone()),
            why,
            at_ms,
        });
    }

    /// Notes what was heard at a path.
    pub fn sight(&mut self, sighting: Sighting) {
        self.sightings.retain(|seen| seen.path != sighting.path);
        self.sightings.push_front(sighting);
        self.sightings.truncate(MOST_SIGHTINGS);
    }

    fn bury(&mut self, gone: Gone) {
        self.gone.push_front(gone);
        self.gone.truncate(MOST_GONE);
    }
}

/// The name and value of a `Set-Cookie` line as they stand there.
#[must_use]
pub fn name_and_value(line: &str) -> (String, String) {
    let (mut name, mut value) = (String::new(), String::new());
    for part in parts(line) {
        match part.kind {
            PartKind::Name => name = part.text,
            PartKind::Value => value = part.text,
            _ => {}
        }
    }
    (name, value)
}
