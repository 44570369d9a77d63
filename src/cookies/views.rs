//! Three views of the same jar: what the rule says the browser holds, what it sends, what the seal says.
//!
//! (The fourth, what JavaScript sees, only the browser can tell: the page adds it there.)

use super::{
    experiments::{ECHO, Evidence, Experiment, Reading, overfill},
    request::{Heard, Visit},
    seal::{Check, Seal, check},
    state::{Answer, Did, Line, Page, Why},
    user_agent::{Cookie, Difference, SameSite, domain_match, known_difference, path_match},
};

/// How much later than ours a browser's clock for a cookie may run out, in ms.
const LATE_MS: i64 = 2000;

/// One cookie of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its value as it travels.
    pub value: String,
    /// Where it stands.
    pub state: State,
    /// What the lab knows of it: `None` if it was not set here.
    pub cookie: Option<Cookie>,
    /// How it is sealed.
    pub seal: Seal,
    /// What the seal says.
    pub check: Check,
}

/// Where a cookie of the table stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The browser sent it with this very page.
    Sent,
    /// It belongs to other paths.
    Elsewhere {
        /// Whether a request there has shown it.
        seen: bool,
    },
    /// The browser kept it back: it is `SameSite=Strict`, and another site led here.
    HeldBack,
    /// It should have come and did not: deleted or lost outside of this lab.
    Missing,
    /// It is gone.
    Gone {
        /// Why.
        why: Why,
        /// When: ms since 1970, UTC.
        at_ms: i64,
    },
}

/// Takes in what the browser sent with the page. Whether there is something new to tell other tabs.
pub fn observe(page: &mut Page, visit: &Visit, heard: &Heard, now_ms: i64) -> bool {
    let mut news = std::mem::take(&mut page.unseen);
    for dead in dead(page, heard, now_ms) {
        let at_ms = dead.expires_ms.unwrap_or(now_ms);
        page.jar.remove(&dead);
        page.part_with(&dead, Why::Expired, at_ms);
        news = true;
    }
    if let Some(mut answer) = page.answer.take() {
        for at in 0..answer.lines.len() {
            if answer.lines[at].did.is_none() {
                let (did, expected) = did(page, &answer, &answer.lines[at], visit, heard);
                (answer.lines[at].did, answer.lines[at].expected) = (Some(did), expected);
            }
        }
        page.answer = Some(answer);
    }
    if count_the_crowd(page, heard, now_ms) {
        // Whatever should have come and did not had to make room.
        for lost in missing(page, visit, heard) {
            page.jar.remove(&lost);
            page.part_with(&lost, Why::Evicted, now_ms);
        }
        news = true;
    }
    news
}

/// Reads the outcome of the experiment under way, once it can be told. Whether it is new.
pub fn conclude(page: &mut Page, heard: &Heard, now_ms: i64) -> bool {
    let Some(run) = &page.run else { return false };
    if run.outcome.is_some() || run.unclear {
        return false;
    }
    let probed = page
        .sightings
        .iter()
        .find(|seen| seen.path == ECHO && seen.at_ms >= run.at_ms);
    let evidence = Evidence {
        heard,
        probed: probed.map(|seen| &seen.heard),
        tower: probed.and_then(|seen| {
            let name = run.experiment.name();
            let found = seen.tower.iter().find(|(found, _)| found == name);
            found.map(|(_, value)| value.as_str())
        }),
        keys: &page.keys,
        now_ms,
    };
    let Some(reading) = run.experiment.outcome(run, &evidence) else {
        return false;
    };
    if let Some(run) = &mut page.run {
        match reading {
            Reading::Answer(number) => run.outcome = Some(number),
            Reading::Unclear => run.unclear = true,
        }
    }
    true
}

/// The table: what the browser sent, in its order; what it keeps for other paths; what is missing; what is gone.
#[must_use]
pub fn rows(page: &Page, visit: &Visit, heard: &Heard) -> Vec<Row> {
    let row = |name: &str, value: &str, seal, state, cookie: Option<&Cookie>| Row {
        check: check(seal, name, value, &page.keys, &page.retired),
        name: name.to_owned(),
        value: value.to_owned(),
        state,
        cookie: cookie.cloned(),
        seal,
    };
    let mut taken: Vec<&Cookie> = Vec::new();
    let mut rows = Vec::new();
    for pair in &heard.pairs {
        let here = |cookie: &&Cookie| {
            cookie.name == pair.name && is_for(cookie, visit) && !taken.contains(cookie)
        };
        let same = page.jar.cookies().iter().filter(here);
        // The same value first: of two cookies of one name, only the value tells which is which.
        let cookie = same
            .clone()
            .find(|cookie| cookie.value == pair.value)
            .or_else(|| same.clone().next());
        taken.extend(cookie);
        let path = cookie.map_or("", |cookie| &cookie.path);
        let seal = page.seal_of(&pair.name, path, &pair.value);
        rows.push(row(&pair.name, &pair.value, seal, State::Sent, cookie));
    }
    for cookie in page
        .jar
        .cookies()
        .iter()
        .filter(|each| !taken.contains(each))
    {
        let state = if is_held_back(cookie, visit) && is_at_home(cookie, visit, &visit.path) {
            State::HeldBack
        } else if is_for(cookie, visit) {
            State::Missing
        } else {
            let seen = page.sightings.iter().any(|seen| {
                path_match(&seen.path, &cookie.path) && seen.heard.has(&cookie.name, &cookie.value)
            });
            State::Elsewhere { seen }
        };
        let seal = page.seal_of(&cookie.name, &cookie.path, &cookie.value);
        rows.push(row(&cookie.name, &cookie.value, seal, state, Some(cookie)));
    }
    for gone in &page.gone {
        let state = State::Gone {
            why: gone.why.clone(),
            at_ms: gone.at_ms,
        };
        rows.push(row(&gone.name, &gone.value, gone.seal, state, None));
    }
    rows
}

/// How the browser's next request compares with what the rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// It is what the rule says.
    Yes,
    /// It is, as far as a request can show; but this is a line of which Chromium keeps something else.
    AsFarAsSeen(Difference),
    /// It is not.
    No,
}

/// Whether the browser did what the rule says; `None` while nobody can know.
#[must_use]
pub fn agrees(line: &Line) -> Option<Agreement> {
    let is_as_expected = match line.did? {
        Did::NotAsked => return None,
        Did::Sent => line.expected,
        Did::NotSent => !line.expected,
    };
    Some(match known_difference(&line.text) {
        _ if !is_as_expected => Agreement::No,
        Some(difference) => Agreement::AsFarAsSeen(difference),
        None => Agreement::Yes,
    })
}

/// What the next request showed of a line, and whether the rule says that the browser sends this pair
/// there. An equal pair of another cookie may be sent although the line was refused, or has deleted.
fn did(page: &Page, answer: &Answer, line: &Line, visit: &Visit, heard: &Heard) -> (Did, bool) {
    let (name, value) = super::state::name_and_value(&line.text);
    let (name, value) = (
        name.trim_matches([' ', '\t']),
        value.trim_matches([' ', '\t']),
    );
    let path = line.path(&answer.path);
    let elsewhere = page
        .sightings
        .iter()
        .find(|seen| seen.at_ms >= answer.at_ms && path_match(&seen.path, &path));
    let (heard, at) = if path_match(&visit.path, &path) {
        (heard, visit.path.as_str())
    } else if let Some(seen) = elsewhere {
        (&seen.heard, seen.path.as_str())
    } else {
        return (Did::NotAsked, false);
    };
    let mut same = page.jar.cookies().iter();
    let expected = same
        .any(|cookie| cookie.name == name && cookie.value == value && is_sent(cookie, visit, at));
    let did = if heard.has(name, value) {
        Did::Sent
    } else {
        Did::NotSent
    };
    (did, expected)
}

/// Counts what is left of the crowd of [`Experiment::Eviction`]. Whether some of it came just now.
fn count_the_crowd(page: &mut Page, heard: &Heard, now_ms: i64) -> bool {
    let Some(run) = &mut page.run else {
        return false;
    };
    if run.experiment != Experiment::Eviction || run.left.is_some() {
        return false;
    }
    let left = overfill::left(heard, run.at_ms);
    // A request that was already under way brings none; a moment later it means that there is none.
    if left > 0 || now_ms > run.at_ms + LATE_MS {
        run.left = Some(left);
    }
    left > 0
}

/// The cookies whose time is over. The browser counts from the moment when the line arrives, so it may
/// send one for a moment longer.
fn dead(page: &Page, heard: &Heard, now_ms: i64) -> Vec<Cookie> {
    let cookies = page.jar.cookies().iter();
    cookies
        .filter(|cookie| cookie.is_over(now_ms))
        .filter(|cookie| {
            cookie.is_over(now_ms - LATE_MS) || !heard.has(&cookie.name, &cookie.value)
        })
        .cloned()
        .collect()
}

fn missing(page: &Page, visit: &Visit, heard: &Heard) -> Vec<Cookie> {
    let cookies = page.jar.cookies().iter();
    cookies
        .filter(|cookie| is_for(cookie, visit) && !heard.has(&cookie.name, &cookie.value))
        .cloned()
        .collect()
}

/// Whether the rule sends this cookie with this request (RFC 6265bis section 5.8.3).
fn is_for(cookie: &Cookie, visit: &Visit) -> bool {
    is_sent(cookie, visit, &visit.path)
}

/// The same for another path of the host.
fn is_sent(cookie: &Cookie, visit: &Visit, path: &str) -> bool {
    is_at_home(cookie, visit, path) && !is_held_back(cookie, visit)
}

/// RFC 6265bis section 5.8.3, step 1: of all that a navigation carries, only this one depends on who
/// began it.
fn is_held_back(cookie: &Cookie, visit: &Visit) -> bool {
    visit.from_another_site && cookie.same_site == SameSite::Strict
}

fn is_at_home(cookie: &Cookie, visit: &Visit, path: &str) -> bool {
    let host = if cookie.host_only {
        cookie.domain == visit.host
    } else {
        domain_match(&visit.host, &cookie.domain)
    };
    host && path_match(path, &cookie.path) && (!cookie.secure || visit.place().secure)
}
