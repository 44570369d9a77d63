//! How an experiment came out, read off what the browser sent.
//!
//! Only the very pairs that a run sent count: a student may have cookies of the same names. Where one of
//! those is in the way, nobody can tell, and the page says so.

use super::{CROWD, Experiment, Run, UNITS_MS, mark, moved_names};
use crate::cookies::{
    cookie_parser::cookie_parser,
    request::{Heard, Pair},
    seal::{Seal, Verdict, check},
};

/// How many cookies of a site Chromium and Firefox keep.
const FULL: usize = 180;
/// From so many other cookies on, a jar can be full after it was cut back to 150: 30 are the crowd's
/// last and the others, which are set again.
const MANY: usize = 15;

/// What is known when an outcome is read.
pub struct Evidence<'a> {
    /// What the browser sent to the page.
    pub heard: &'a Heard,
    /// What it sent to the probe, since the run.
    pub probed: Option<&'a Heard>,
    /// What tower-cookies reads there under the experiment's name.
    pub tower: Option<&'a str>,
    /// The keys that count now.
    pub keys: &'a [String],
    /// Now, in ms since 1970.
    pub now_ms: i64,
}

/// What the requests after a run say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// This answer came out, from 0.
    Answer(usize),
    /// Another cookie is in the way.
    Unclear,
}

use Reading::{Answer, Unclear};

/// What came of the pairs that were sent.
enum Came {
    All,
    /// At least one is missing, and nothing else has its name.
    NotAll,
    /// Another value came in the place of one.
    Others,
}

impl Experiment {
    /// Which of the possible answers came out, as soon as it can be told.
    #[must_use]
    pub fn outcome(self, run: &Run, evidence: &Evidence<'_>) -> Option<Reading> {
        let (heard, name) = (evidence.heard, self.name());
        let came = came(&run.sent, heard);
        let all_or_not = |all, not_all| match came {
            Came::All => Some(Answer(all)),
            Came::NotAll => Some(Answer(not_all)),
            Came::Others => Some(Unclear),
        };
        let sealed = |format| {
            let wire = run.sent.first().map_or("", |pair| pair.value.as_str());
            check(format, name, wire, evidence.keys, &[])
        };
        match self {
            // Seconds after its milliseconds are over, it is either gone or was counted in seconds.
            Self::Units => match came {
                Came::All => (evidence.now_ms > run.at_ms + 2 * UNITS_MS).then_some(Answer(1)),
                _ if evidence.now_ms < run.at_ms + UNITS_MS => None,
                Came::NotAll => Some(Answer(0)),
                Came::Others => Some(Unclear),
            },
            // The one outcome that no request can show while the browser is open. Without a lifetime it is stored
            // as a session cookie; a test closes a browser and looks.
            Self::SessionCookie => all_or_not(1, 1).filter(|_| !matches!(came, Came::NotAll)),
            Self::HttpOnly => {
                let loot: Vec<_> = run.loot.as_deref()?.split("; ").collect();
                let took = |pair: &Pair| loot.contains(&&*format!("{}={}", pair.name, pair.value));
                let (Came::All, [secret, visible]) = (came, run.sent.as_slice()) else {
                    return Some(Unclear);
                };
                Some(match (took(secret), took(visible)) {
                    (true, _) => Answer(0),
                    (false, true) => Answer(1),
                    (false, false) => Unclear,
                })
            }
            Self::NotSecret => match came {
                Came::All if sealed(Seal::Express).readable.is_some() => Some(Answer(0)),
                Came::All => Some(Answer(1)),
                Came::NotAll => None,
                Came::Others => Some(Unclear),
            },
            Self::NameNotBound => match came {
                Came::All => moved_outcome(&run.sent, evidence.keys).map(Answer),
                Came::NotAll => None,
                Came::Others => Some(Unclear),
            },
            Self::StrippedPrefix => {
                let ours = |pair: &&Pair| run.sent.contains(pair);
                let mut of_name = heard.pairs.iter().filter(|pair| pair.name == name);
                if !of_name.all(|pair| ours(&pair)) {
                    return Some(Unclear);
                }
                let read = cookie_parser(heard.joined().as_bytes(), evidence.keys);
                let has = |list: &[(String, _)]| list.iter().any(|(found, _)| found == name);
                Some(Answer(if has(&read.signed_cookies) {
                    0
                } else if has(&read.cookies) {
                    1
                } else {
                    2
                }))
            }
            Self::Rotation => match sealed(Seal::Express).verdict {
                Verdict::Valid { .. } => all_or_not(0, 2),
                _ => all_or_not(1, 2),
            },
            Self::FailedDeletion => all_or_not(1, 0),
            Self::PathShadow => shadowed(run, evidence, name),
            Self::Oversize => {
                let was_cut = || {
                    let sent = run.sent.first()?.value.as_str();
                    let short = |pair: &&Pair| {
                        pair.name == name
                            && pair.value.len() > mark(run.at_ms).len()
                            && pair.value.len() < sent.len()
                            && sent.starts_with(&pair.value)
                    };
                    heard.pairs.iter().find(short)
                };
                match was_cut() {
                    Some(_) => Some(Answer(0)),
                    None => all_or_not(1, 2),
                }
            }
            Self::Eviction => {
                let left = run.left?;
                // Those that came beside the crowd, and the lab's own.
                let others = heard.pairs.len() - left.min(heard.pairs.len()) + 1;
                Some(match left {
                    0 => Answer(3),
                    CROWD => Answer(0),
                    _ if left + others < FULL => Answer(2),
                    _ if others < MANY => Answer(1),
                    _ => Unclear,
                })
            }
            Self::HostPrefix | Self::SecureHere => all_or_not(0, 1),
        }
    }
}

fn came(sent: &[Pair], heard: &Heard) -> Came {
    let missing: Vec<_> = sent
        .iter()
        .filter(|pair| !heard.has(&pair.name, &pair.value))
        .collect();
    let in_place = |pair: &Pair| missing.iter().any(|missed| missed.name == pair.name);
    // Notes from an older program do not say what was sent.
    if sent.is_empty() || heard.pairs.iter().any(in_place) {
        Came::Others
    } else if missing.is_empty() {
        Came::All
    } else {
        Came::NotAll
    }
}

/// 0: the deeper one is read, 1: the root's, 2: it depends.
fn shadowed(run: &Run, evidence: &Evidence<'_>, name: &str) -> Option<Reading> {
    let probed = evidence.probed?;
    let of_name = || probed.pairs.iter().filter(|pair| pair.name == name);
    if !of_name().all(|pair| run.sent.contains(pair)) {
        return Some(Unclear);
    }
    if of_name().count() < run.sent.len() {
        return None;
    }
    let read = cookie_parser(probed.joined().as_bytes(), &[]);
    let mut of_express = read.cookies.iter();
    let express = of_express.find(|(found, _)| found == name)?.1.as_str()?;
    Some(Answer(match evidence.tower? {
        tower if express != tower => 2,
        "eco" => 0,
        _ => 1,
    }))
}

/// 0: accepted nowhere, 1: accepted where it is only signed, 2: accepted everywhere.
fn moved_outcome(sent: &[Pair], keys: &[String]) -> Option<usize> {
    let accepts = |format| {
        let (_, name) = moved_names(format);
        let wire = &sent.iter().find(|pair| pair.name == name)?.value;
        let verdict = check(format, name, wire, keys, &[]).verdict;
        Some(matches!(verdict, Verdict::Valid { .. }))
    };
    let signed = accepts(Seal::Express)? && accepts(Seal::Signed)?;
    let private = accepts(Seal::Private)?;
    Some(match (signed, private) {
        (true, true) => 2,
        (true, false) => 1,
        (false, _) => 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read when so many of the crowd came beside so many others.
    fn eviction(left: usize, others: usize) -> Option<Reading> {
        let pairs = (0..left + others).map(|number| format!("c{number}=1"));
        let heard = Heard::from_text(&pairs.collect::<Vec<_>>().join("; "));
        let run = Run {
            experiment: Experiment::Eviction,
            guess: None,
            at_ms: 0,
            sent: Vec::new(),
            outcome: None,
            unclear: false,
            loot: None,
            left: Some(left),
        };
        let evidence = Evidence {
            heard: &heard,
            probed: None,
            tower: None,
            keys: &[],
            now_ms: 0,
        };
        Experiment::Eviction.outcome(&run, &evidence)
    }

    #[test]
    fn a_crowd_is_judged_by_what_came_in_all() {
        assert_eq!(eviction(CROWD, 4), Some(Answer(0)));
        assert_eq!(eviction(175, 4), Some(Answer(1)), "180 with the lab's own");
        assert_eq!(eviction(155, 4), Some(Answer(2)));
        assert_eq!(eviction(119, 31), Some(Answer(2)));
        assert_eq!(eviction(149, 30), Some(Unclear), "cut back, and full again");
        assert_eq!(eviction(1, 0), Some(Answer(2)));
        assert_eq!(eviction(0, 3), Some(Answer(3)));
    }
}
