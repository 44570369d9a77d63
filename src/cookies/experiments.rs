//! The ready-made experiments: what each does, and how its outcome is read off what really happened.
//!
//! Each asks for a prediction first. Its texts are in `i18n`, its outcome is computed from the next
//! requests of the browser, never from what we expect.

use serde::{Deserialize, Serialize};

use super::{
    cookie_form::{Order, Unit},
    request::Pair,
    seal::{Seal, seal},
    user_agent::SameSite,
};

mod outcome;
pub mod overfill;

pub use outcome::{Evidence, Reading};

/// The path of the second cookie of [`Experiment::PathShadow`].
pub const ECHO: &str = "/lab/cookies/echo";
/// How many cookies [`Experiment::Eviction`] sets: one more than browsers keep for a site.
pub const CROWD: usize = 181;
/// How long the cookie of [`Experiment::Units`] lives, in ms.
const UNITS_MS: i64 = 3000;

/// A ready-made experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Experiment {
    /// Express counts milliseconds, the header seconds.
    Units,
    /// No lifetime is no eternity.
    SessionCookie,
    /// What a script can steal.
    HttpOnly,
    /// A signature hides nothing.
    NotSecret,
    /// A signature does not know the cookie's name.
    NameNotBound,
    /// Without `s:` nobody looks for a signature.
    StrippedPrefix,
    /// A new key, and the old one forgotten.
    Rotation,
    /// Deleting with another path deletes nothing.
    FailedDeletion,
    /// Two cookies of one name.
    PathShadow,
    /// One octet too many.
    Oversize,
    /// One cookie too many.
    Eviction,
    /// `__Host-` on this connection.
    HostPrefix,
    /// `Secure` on this connection.
    SecureHere,
}

/// What an experiment does when it runs.
#[derive(Debug, Default)]
pub struct Deeds {
    /// The `Set-Cookie` lines, with their seals.
    pub lines: Vec<(String, Seal)>,
    /// Where the browser is sent next, so that it shows what it sends there.
    pub probe: Option<&'static str>,
    /// Whether a new key takes the place of the old one.
    pub rotates: bool,
    /// Whether it may push other cookies out: they are set again in the same answer.
    pub crowds_out: bool,
}

/// An experiment that was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Which.
    pub experiment: Experiment,
    /// The answer that the student predicted, from 0.
    pub guess: Option<usize>,
    /// When it was run: ms since 1970, UTC.
    pub at_ms: i64,
    /// The pairs that were sent: only these very ones tell how it came out.
    #[serde(default)]
    pub sent: Vec<Pair>,
    /// The answer that came out, from 0.
    pub outcome: Option<usize>,
    /// Whether it cannot be told, because other cookies got in the way.
    #[serde(default)]
    pub unclear: bool,
    /// What a script on the page could take.
    pub loot: Option<String>,
    /// How many of the crowd were left.
    pub left: Option<usize>,
}

impl Experiment {
    /// Every experiment, in the order of the page.
    pub const ALL: [Self; 13] = [
        Self::Units,
        Self::SessionCookie,
        Self::HttpOnly,
        Self::NotSecret,
        Self::NameNotBound,
        Self::StrippedPrefix,
        Self::Rotation,
        Self::FailedDeletion,
        Self::PathShadow,
        Self::Oversize,
        Self::Eviction,
        Self::HostPrefix,
        Self::SecureHere,
    ];

    /// Its id in URLs.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::SessionCookie => "session-cookie",
            Self::HttpOnly => "http-only",
            Self::NotSecret => "not-secret",
            Self::NameNotBound => "name-not-bound",
            Self::StrippedPrefix => "stripped-prefix",
            Self::Rotation => "rotation",
            Self::FailedDeletion => "failed-deletion",
            Self::PathShadow => "path-shadow",
            Self::Oversize => "oversize",
            Self::Eviction => "eviction",
            Self::HostPrefix => "host-prefix",
            Self::SecureHere => "secure-here",
        }
    }

    /// The experiment with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.id() == id)
    }

    /// The name of the cookie that the question is about.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Units => "visita",
            Self::SessionCookie => "sin_max_age",
            Self::HttpOnly => "secreta",
            Self::NotSecret => "nota",
            Self::NameNotBound | Self::StrippedPrefix => "rol",
            Self::Rotation => "entrada",
            Self::FailedDeletion => "pegada",
            Self::PathShadow => "quien",
            Self::Oversize => "grande",
            Self::Eviction => "relleno_1",
            Self::HostPrefix => "__Host-id",
            Self::SecureHere => "segura",
        }
    }

    /// The form that goes with it.
    #[must_use]
    pub fn order(self) -> Order {
        let plain = Order {
            name: self.name().to_owned(),
            value: "1".to_owned(),
            path: "/".to_owned(),
            lifetime: "600".to_owned(),
            unit: Unit::Seconds,
            same_site: SameSite::Lax,
            ..Order::default()
        };
        match self {
            Self::Units => Order {
                lifetime: UNITS_MS.to_string(),
                unit: Unit::Ms,
                ..plain
            },
            Self::SessionCookie => Order {
                lifetime: String::new(),
                unit: Unit::Session,
                ..plain
            },
            Self::HttpOnly => Order {
                value: "42".to_owned(),
                http_only: true,
                ..plain
            },
            Self::NotSecret => Order {
                value: "diez".to_owned(),
                seal: Seal::Express,
                ..plain
            },
            Self::NameNotBound => Order {
                name: "rol_demo".to_owned(),
                value: "profe".to_owned(),
                seal: Seal::Express,
                ..plain
            },
            Self::StrippedPrefix => Order {
                value: "profe".to_owned(),
                ..plain
            },
            Self::Rotation => Order {
                value: "ana".to_owned(),
                seal: Seal::Express,
                ..plain
            },
            Self::FailedDeletion | Self::Eviction => plain,
            Self::PathShadow => Order {
                value: "eco".to_owned(),
                path: ECHO.to_owned(),
                ..plain
            },
            Self::Oversize => Order {
                value: "x".repeat(super::server_rules::MOST_PAIR + 1 - self.name().len()),
                ..plain
            },
            Self::HostPrefix | Self::SecureHere => Order {
                secure: true,
                ..plain
            },
        }
    }

    /// The same as it is sent by a run at this moment: a value that says nothing is this run's own, so
    /// that no cookie from before passes for it.
    #[must_use]
    pub fn order_at(self, at_ms: i64) -> Order {
        let mut order = self.order();
        match self {
            Self::Units
            | Self::SessionCookie
            | Self::HttpOnly
            | Self::FailedDeletion
            | Self::HostPrefix
            | Self::SecureHere => order.value = mark(at_ms),
            Self::Oversize => order.value.replace_range(..mark(at_ms).len(), &mark(at_ms)),
            Self::NotSecret
            | Self::NameNotBound
            | Self::StrippedPrefix
            | Self::Rotation
            | Self::PathShadow
            | Self::Eviction => {}
        }
        order
    }

    /// What it does at this moment, with the key that seals now.
    #[must_use]
    pub fn deeds(self, key: &str, at_ms: i64) -> Deeds {
        let order = self.order_at(at_ms);
        let line = (order.line(&order.wire(key)), order.seal);
        let name = self.name();
        let only = |lines| Deeds {
            lines,
            ..Deeds::default()
        };
        match self {
            Self::Units
            | Self::SessionCookie
            | Self::NotSecret
            | Self::StrippedPrefix
            | Self::Oversize
            | Self::HostPrefix
            | Self::SecureHere => only(vec![line]),
            Self::HttpOnly => {
                let seen = Order {
                    name: "visible".to_owned(),
                    http_only: false,
                    ..order
                };
                only(vec![line, (seen.line(&seen.value), Seal::Plain)])
            }
            Self::NameNotBound => only(moved_values(&order, key)),
            Self::Rotation => Deeds {
                lines: vec![line],
                rotates: true,
                ..Deeds::default()
            },
            Self::FailedDeletion => only(vec![line, (format!("{name}=; Max-Age=0"), Seal::Plain)]),
            Self::PathShadow => {
                let root = Order {
                    path: "/".to_owned(),
                    ..order
                };
                Deeds {
                    lines: vec![(root.line("raiz"), Seal::Plain), line],
                    probe: Some(ECHO),
                    ..Deeds::default()
                }
            }
            Self::Eviction => Deeds {
                lines: overfill::lines(at_ms)
                    .map(|line| (line, Seal::Plain))
                    .collect(),
                crowds_out: true,
                ..Deeds::default()
            },
        }
    }
}

/// The value that only the run of this moment sends.
fn mark(at_ms: i64) -> String {
    format!("{:06}", at_ms.rem_euclid(1_000_000))
}

/// The same sealed value under two names, once in each format.
fn moved_values(order: &Order, key: &str) -> Vec<(String, Seal)> {
    let mut lines = Vec::new();
    for format in [Seal::Express, Seal::Signed, Seal::Private] {
        let (from, to) = moved_names(format);
        let wire = seal(format, from, &order.value, key).wire;
        for name in [from, to] {
            let order = Order {
                name: name.to_owned(),
                ..order.clone()
            };
            lines.push((order.line(&wire), format));
        }
    }
    lines
}

const fn moved_names(format: Seal) -> (&'static str, &'static str) {
    match format {
        Seal::Signed => ("grupo_demo", "grupo"),
        Seal::Private => ("curso_demo", "curso"),
        Seal::Express | Seal::Plain => ("rol_demo", "rol"),
    }
}
