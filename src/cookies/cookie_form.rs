//! What the form orders: one cookie, in the words of the student's notes or of the header.

use serde::{Deserialize, Deserializer, Serialize};
use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

use super::{
    seal::{self, Seal},
    server_rules,
    user_agent::{self, LONGEST_MS, SameSite},
};

/// A date as `Expires` has it, in the way in which cookie-rs writes it.
const HTTP_DATE: &[BorrowedFormatItem<'_>] = format_description!(
    "[weekday repr:short], [day] [month repr:short] [year padding:none] [hour]:[minute]:[second] GMT"
);

/// The form's fields as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// The cookie's name.
    pub name: String,
    /// Its value, before it is sealed.
    pub value: String,
    /// How it is sealed.
    pub seal: Seal,
    /// How long it lives, in the unit that is said beside it.
    pub lifetime: String,
    /// What the number of `lifetime` means.
    pub unit: Unit,
    /// `Path`, or empty for none.
    pub path: String,
    /// `Domain`, or empty for none.
    pub domain: String,
    /// `HttpOnly`.
    #[serde(deserialize_with = "ticked")]
    pub http_only: bool,
    /// `Secure`.
    #[serde(deserialize_with = "ticked")]
    pub secure: bool,
    /// `SameSite`.
    pub same_site: SameSite,
    /// `Partitioned`.
    #[serde(deserialize_with = "ticked")]
    pub partitioned: bool,
}

/// What the number in the lifetime field means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Nothing was ordered: a session cookie.
    #[default]
    Session,
    /// Express's `maxAge`, in ms.
    Ms,
    /// The header's `Max-Age`, in s.
    Seconds,
    /// The header's `Expires`, a date.
    Expires,
}

impl Unit {
    /// Every unit, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Ms, Self::Seconds, Self::Expires, Self::Session];

    /// Its name in the form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Ms => "ms",
            Self::Seconds => "seconds",
            Self::Expires => "expires",
        }
    }
}

/// What becomes of the lifetime that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// A session cookie: it lives until the browser's session is over.
    Session,
    /// `Max-Age`, in s. Express divides its ms by 1000 and drops the rest.
    MaxAge {
        /// The header's number, in s.
        seconds: i64,
    },
    /// `Expires`, in ms since 1970.
    Expires {
        /// The moment, in ms since 1970.
        at_ms: i64,
    },
    /// What was typed is no lifetime.
    Unreadable,
}

impl Lifetime {
    /// Whether a browser shortens it to 400 days (RFC 6265bis section 5.5).
    #[must_use]
    pub const fn is_capped(&self, now_ms: i64) -> bool {
        match self {
            Self::MaxAge { seconds } => *seconds > LONGEST_MS / 1000,
            Self::Expires { at_ms } => *at_ms - now_ms > LONGEST_MS,
            Self::Session | Self::Unreadable => false,
        }
    }

    /// Whether it is over at once, which deletes the cookie.
    #[must_use]
    pub const fn is_over(&self, now_ms: i64) -> bool {
        match self {
            Self::MaxAge { seconds } => *seconds <= 0,
            Self::Expires { at_ms } => *at_ms <= now_ms,
            Self::Session | Self::Unreadable => false,
        }
    }
}

impl Order {
    /// The lifetime as the header will say it.
    #[must_use]
    pub fn lifetime(&self) -> Lifetime {
        let text = self.lifetime.trim();
        let number = || text.parse::<i64>().ok();
        let read = match self.unit {
            Unit::Session => return Lifetime::Session,
            _ if text.is_empty() => return Lifetime::Session,
            Unit::Ms => number().map(|ms| Lifetime::MaxAge {
                seconds: ms.div_euclid(1000),
            }),
            Unit::Seconds => number().map(|seconds| Lifetime::MaxAge { seconds }),
            Unit::Expires => user_agent::parse_date(text).map(|at_ms| Lifetime::Expires { at_ms }),
        };
        read.unwrap_or(Lifetime::Unreadable)
    }

    /// The value as it will travel, sealed with this secret.
    #[must_use]
    pub fn wire(&self, secret: &str) -> String {
        seal::seal(self.seal, &self.name, &self.value, secret).wire
    }

    /// The `Set-Cookie` value that is sent: what the program writes, or, if a server should not send
    /// that, exactly what was typed.
    #[must_use]
    pub fn line(&self, wire: &str) -> String {
        if server_rules::check(self, wire)
            .iter()
            .all(server_rules::Finding::only_warns)
        {
            self.written(
                wire,
                self.domain.strip_prefix('.').unwrap_or(&self.domain),
                self.expires(),
            )
        } else {
            self.typed_line(wire)
        }
    }

    /// The `Set-Cookie` value with exactly what was typed, whether it is a good idea or not.
    #[must_use]
    pub fn typed_line(&self, wire: &str) -> String {
        let typed = Some(self.lifetime.trim().to_owned());
        self.written(wire, &self.domain, typed)
    }

    /// The typed date as an HTTP date; `None` if there is none.
    #[must_use]
    pub fn expires(&self) -> Option<String> {
        let Lifetime::Expires { at_ms } = self.lifetime() else {
            return None;
        };
        let at = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)).ok()?;
        at.format(HTTP_DATE).ok()
    }

    /// The attributes stand in the order in which cookie-rs writes them.
    fn written(&self, wire: &str, domain: &str, expires: Option<String>) -> String {
        let mut line = format!("{}={wire}", self.name);
        let mut add = |attribute: &str| {
            line.push_str("; ");
            line.push_str(attribute);
        };
        if self.http_only {
            add("HttpOnly");
        }
        match self.same_site {
            SameSite::Unset => {}
            SameSite::Lax => add("SameSite=Lax"),
            SameSite::Strict => add("SameSite=Strict"),
            SameSite::None => add("SameSite=None"),
        }
        if self.partitioned {
            add("Partitioned");
        }
        if self.secure {
            add("Secure");
        }
        if !self.path.is_empty() {
            add(&format!("Path={}", self.path));
        }
        if !self.domain.is_empty() {
            add(&format!("Domain={domain}"));
        }
        match (self.unit, self.lifetime()) {
            (_, Lifetime::Session) => {}
            (_, Lifetime::MaxAge { seconds }) => add(&format!("Max-Age={seconds}")),
            (Unit::Expires, _) => {
                if let Some(expires) = expires {
                    add(&format!("Expires={expires}"));
                }
            }
            (_, Lifetime::Expires { .. } | Lifetime::Unreadable) => {
                add(&format!("Max-Age={}", self.lifetime.trim()));
            }
        }
        line
    }
}

/// A ticked box of a form (`on`), or the boolean of our own notes.
fn ticked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Tick {
        Noted(bool),
        Typed(String),
    }
    Ok(match Tick::deserialize(deserializer)? {
        Tick::Noted(ticked) => ticked,
        Tick::Typed(text) => !matches!(text.as_str(), "" | "0" | "false"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lasting(lifetime: &str, unit: Unit) -> Lifetime {
        Order {
            lifetime: lifetime.to_owned(),
            unit,
            ..Order::default()
        }
        .lifetime()
    }

    #[test]
    fn express_counts_milliseconds_and_the_header_seconds() {
        for (ms, seconds) in [
            ("90500", 90),
            ("1500", 1),
            ("999", 0),
            ("0", 0),
            ("-1500", -2),
        ] {
            assert_eq!(lasting(ms, Unit::Ms), Lifetime::MaxAge { seconds }, "{ms}");
        }
        assert_eq!(
            lasting("90", Unit::Seconds),
            Lifetime::MaxAge { seconds: 90 }
        );
        assert!(lasting("999", Unit::Ms).is_over(0));
        assert_eq!(lasting("", Unit::Ms), Lifetime::Session);
        assert_eq!(lasting("un rato", Unit::Ms), Lifetime::Unreadable);
        assert!(
            Lifetime::MaxAge {
                seconds: 34_560_001
            }
            .is_capped(0)
        );
        assert!(
            !Lifetime::MaxAge {
                seconds: 34_560_000
            }
            .is_capped(0)
        );
    }

    #[test]
    fn a_line_says_exactly_what_was_typed() {
        let order = Order {
            name: "a b".to_owned(),
            path: "x".to_owned(),
            partitioned: true,
            lifetime: "1e3".to_owned(),
            unit: Unit::Seconds,
            ..Order::default()
        };
        let typed = "a b=ñ; Partitioned; Path=x; Max-Age=1e3";
        assert_eq!(order.typed_line("ñ"), typed);
        assert_eq!(order.line("ñ"), typed, "a server should not send it");
    }

    #[test]
    fn a_date_is_sent_in_the_one_way_that_servers_have() {
        let order = Order {
            name: "a".to_owned(),
            domain: "example.com".to_owned(),
            lifetime: "1-jan-99 0:0:1".to_owned(),
            unit: Unit::Expires,
            ..Order::default()
        };
        let sent = "a=1; Domain=example.com; Expires=Fri, 01 Jan 1999 00:00:01 GMT";
        assert_eq!(order.line("1"), sent);
        assert_eq!(
            order.typed_line("1"),
            "a=1; Domain=example.com; Expires=1-jan-99 0:0:1"
        );
    }
}
