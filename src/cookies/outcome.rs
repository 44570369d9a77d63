//! What came of an act: the next request as both worlds read it.
//!
//! An act is only noted. What it led to is looked at with every page anew: whether the browser sends
//! the new value, and what a program with cookie-parser and one with tower-cookies find in that very
//! header.

use axum::http::HeaderValue;
use serde_json::Value;

use super::{
    forge::{Act, Forged},
    readers::{Worlds, ask},
    request::{Heard, Visit},
    seal::{Check, Seal, Verdict, check},
    state::Page,
    user_agent::path_match,
};

/// How many cookies are looked at after the keys have changed.
const MOST_COOKIES: usize = 6;

/// One cookie after an act.
#[derive(Clone, Debug)]
pub struct Aftermath {
    /// Its name.
    pub name: String,
    /// How it is sealed.
    pub seal: Seal,
    /// Where the header comes from that both worlds were shown.
    pub source: Source,
    /// That header.
    pub header: String,
    /// The keys that both were given; empty for a reader without any.
    pub keys: Vec<String>,
    /// Whether the value of the act is in it; of a deletion, whether the cookie is still there.
    pub is_there: bool,
    /// What the seal says of the value that is there.
    pub check: Option<Check>,
    /// What both worlds found.
    pub worlds: Worlds,
}

/// Where a `Cookie` header comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// It came with the page.
    ThisPage,
    /// It came when this path was requested, to which the cookie belongs.
    At(String),
    /// The server edited the one that came, and answers it as if it had come so.
    Edited,
    /// Nothing came: it is this cookie alone, as the lab knows it.
    Known,
    /// Nothing came, so nothing is known.
    Nowhere,
}

/// What became of the value of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing was requested where it would travel.
    Unknown,
    /// It did not come.
    Absent,
    /// It came, and there is no seal to check.
    NoSeal,
    /// It came, and a program takes it for its own.
    Accepted,
    /// It came, and was sealed with a key that no longer counts.
    WrongKey,
    /// It came, and fits no key, or is not even looked at.
    Refused,
}

impl Aftermath {
    /// What became of it, by what the program of its format found.
    #[must_use]
    pub fn fate(&self) -> Fate {
        if self.source == Source::Nowhere {
            return Fate::Unknown;
        }
        let Some(check) = self.check.as_ref().filter(|_| self.is_there) else {
            return Fate::Absent;
        };
        let is_accepted = match self.seal {
            Seal::Plain => return Fate::NoSeal,
            Seal::Express => !matches!(self.worlds.signed_cookies, None | Some(Value::Bool(false))),
            Seal::Signed | Seal::Private => self.worlds.tower.is_some(),
        };
        match check.verdict {
            _ if is_accepted => Fate::Accepted,
            Verdict::WrongKey { .. } => Fate::WrongKey,
            _ => Fate::Refused,
        }
    }
}

/// Looks at the cookie of an act, or at every sealed one that came if the keys were changed.
pub async fn look(
    page: &Page,
    visit: &Visit,
    heard: &Heard,
    lines: &[HeaderValue],
) -> Vec<Aftermath> {
    let Some(forged) = &page.forged else {
        return Vec::new();
    };
    if forged.act.is_of_keys() {
        return sealed_cookies(page, heard, lines).await;
    }
    vec![after(page, forged, visit, heard, lines).await]
}

async fn after(
    page: &Page,
    forged: &Forged,
    visit: &Visit,
    heard: &Heard,
    lines: &[HeaderValue],
) -> Aftermath {
    let (source, lines, pairs) = header(page, forged, visit, heard, lines);
    let keys = if forged.act == Act::ReadWithoutKey {
        Vec::new()
    } else {
        page.keys.clone()
    };
    let found = if forged.act.deletes() {
        let same = pairs.has(&forged.target, &forged.before);
        same.then(|| forged.before.clone())
    } else {
        let same = pairs.has(&forged.target, &forged.after);
        same.then(|| forged.after.clone())
    };
    Aftermath {
        worlds: ask(&lines, &forged.target, forged.seal, &keys).await,
        check: found
            .as_ref()
            .map(|wire| check(forged.seal, &forged.target, wire, &keys, &page.retired)),
        name: forged.target.clone(),
        seal: forged.seal,
        source,
        header: pairs.joined(),
        keys,
        is_there: found.is_some(),
    }
}

/// The header in which the cookie of an act is to be looked for.
fn header(
    page: &Page,
    forged: &Forged,
    visit: &Visit,
    heard: &Heard,
    lines: &[HeaderValue],
) -> (Source, Vec<HeaderValue>, Heard) {
    let of_texts = |texts: &[String]| {
        let values = texts.iter();
        values
            .filter_map(|text| HeaderValue::from_bytes(text.as_bytes()).ok())
            .collect()
    };
    let of_text = |source, text: &str| {
        let heard = Heard::from_text(text);
        (source, of_texts(&heard.lines), heard)
    };
    if let Some(header) = &forged.edited {
        return of_text(Source::Edited, header);
    }
    if path_match(&visit.path, &forged.path) {
        return (Source::ThisPage, lines.to_vec(), heard.clone());
    }
    let mut later = page
        .sightings
        .iter()
        .filter(|seen| seen.at_ms >= forged.at_ms);
    match later.find(|seen| path_match(&seen.path, &forged.path)) {
        Some(seen) => (
            Source::At(seen.path.clone()),
            of_texts(&seen.heard.lines),
            seen.heard.clone(),
        ),
        None if forged.act == Act::ReadWithoutKey => {
            of_text(Source::Known, &format!("{}={}", forged.name, forged.before))
        }
        None => (Source::Nowhere, Vec::new(), Heard::default()),
    }
}

async fn sealed_cookies(page: &Page, heard: &Heard, lines: &[HeaderValue]) -> Vec<Aftermath> {
    let mut found: Vec<Aftermath> = Vec::new();
    for pair in &heard.pairs {
        let seal = page.seal_of(&pair.name, "", &pair.value);
        let is_known = found.iter().any(|known| known.name == pair.name);
        if seal == Seal::Plain || is_known || found.len() == MOST_COOKIES {
            continue;
        }
        found.push(Aftermath {
            worlds: ask(lines, &pair.name, seal, &page.keys).await,
            check: Some(check(
                seal,
                &pair.name,
                &pair.value,
                &page.keys,
                &page.retired,
            )),
            name: pair.name.clone(),
            seal,
            source: Source::ThisPage,
            header: heard.joined(),
            keys: page.keys.clone(),
            is_there: true,
        });
    }
    found
}
