//! How an experiment came out, read off what the browser sent.

use super::{CROWD, Experiment, Run, UNITS_MS, moved_names};
use crate::cookies::{
    cookie_parser::cookie_parser,
    request::Heard,
    seal::{Seal, Verdict, check},
};

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

impl Experiment {
    /// Which of the possible answers came out, as soon as it can be told.
    #[must_use]
    pub fn outcome(self, run: &Run, evidence: &Evidence<'_>) -> Option<usize> {
        let heard = evidence.heard;
        let name = self.name();
        let is_there = heard.first(name).is_some();
        let either =
            |yes: bool, then: usize, otherwise: usize| Some(if yes { then } else { otherwise });
        match self {
            // Seconds after its milliseconds are over, it is either gone or was counted in seconds.
            Self::Units => {
                if is_there {
                    (evidence.now_ms > run.at_ms + 2 * UNITS_MS).then_some(1)
                } else {
                    (evidence.now_ms >= run.at_ms + UNITS_MS).then_some(0)
                }
            }
            // The one outcome that no request can show while the browser is open. Without a lifetime it is stored
            // as a session cookie; a test closes a browser and looks.
            Self::SessionCookie => is_there.then_some(1),
            Self::HttpOnly => {
                let loot = run.loot.as_deref()?;
                either(loot.contains(&format!("{name}=")), 0, 1)
            }
            Self::NotSecret => {
                let wire = heard.first(name)?;
                either(
                    check(Seal::Express, name, wire, &[], &[])
                        .readable
                        .is_some(),
                    0,
                    1,
                )
            }
            Self::NameNotBound => moved_outcome(heard, evidence.keys),
            Self::StrippedPrefix => {
                let read = cookie_parser(heard.joined().as_bytes(), evidence.keys);
                let plain = read.cookies.iter().any(|(found, _)| found == name);
                let signed = read.signed_cookies.iter().any(|(found, _)| found == name);
                if signed { Some(0) } else { either(plain, 1, 2) }
            }
            Self::Rotation => {
                let wire = heard.first(name);
                match wire.map(|wire| check(Seal::Express, name, wire, evidence.keys, &[]).verdict)
                {
                    None => Some(2),
                    Some(Verdict::Valid { .. }) => Some(0),
                    Some(_) => Some(1),
                }
            }
            Self::FailedDeletion => either(is_there, 1, 0),
            Self::PathShadow => {
                let probed = evidence.probed?;
                let read = cookie_parser(probed.joined().as_bytes(), &[]);
                let express = read
                    .cookies
                    .iter()
                    .find(|(found, _)| found == name)?
                    .1
                    .as_str()?;
                let tower = evidence.tower?;
                if express == tower {
                    either(express == "eco", 0, 1)
                } else {
                    Some(2)
                }
            }
            Self::Oversize => match heard.first(name) {
                None => Some(2),
                Some(value) => either(value.len() < self.order().value.len(), 0, 1),
            },
            Self::Eviction => match run.left? {
                left if left >= CROWD => Some(0),
                left if left == CROWD - 1 => Some(1),
                _ => Some(2),
            },
            Self::HostPrefix | Self::SecureHere => either(is_there, 0, 1),
        }
    }
}

/// 0: accepted nowhere, 1: accepted where it is only signed, 2: accepted everywhere.
fn moved_outcome(heard: &Heard, keys: &[String]) -> Option<usize> {
    let accepts = |format| {
        let (_, name) = moved_names(format);
        let verdict = check(format, name, heard.first(name)?, keys, &[]).verdict;
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
