//! A browser's cookie jar, as a rule and not as a program: what RFC 6265bis tells a browser to do
//! with one `Set-Cookie` line, and which cookies it sends back later.
//!
//! A line is cut into a name, a value and attributes ([`parts`]); [`decide()`] keeps or refuses it
//! and says what in it had no effect; a [`Jar`] keeps what was accepted and hands it out again.
//! Nothing here asks a clock or a network: the time and the place come from the caller, so the
//! same code runs in the server, in the page and in a test.
//!
//! The text followed is draft-ietf-httpbis-rfc6265bis-22, section 5; for the prefixes that it does
//! not know its successor (layered cookies), for partitions CHIPS. Where the browser measured does
//! something else, there is a [`Difference`] and the rule stays as written.

#[cfg(test)]
mod agrees;
mod asked;
mod context;
mod cookie_store;
mod date;
mod decide;
mod differences;
mod eviction;
mod lifetime;
mod line;
mod matching;
#[cfg(test)]
mod measured;
mod rejection;

use serde::{Deserialize, Serialize};

pub use self::context::Context;
pub use self::cookie_store::{Jar, Received};
pub use self::date::parse_date;
pub use self::decide::decide;
pub use self::differences::{Difference, known_difference};
pub use self::lifetime::LONGEST_MS;
pub use self::line::{AttributeName, Part, PartKind, parts};
pub use self::matching::{default_path, domain_match, path_match};
pub use self::rejection::{Missing, Prefix, Rejection};

/// Where a `Set-Cookie` line arrived, or where a request goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place<'a> {
    /// The host, lower case, without a port.
    pub host: &'a str,
    /// The request's path, without a query.
    pub path: &'a str,
    /// Whether the connection counts as secure.
    pub secure: bool,
}

impl Place<'_> {
    /// Whether a connection counts as secure: https, or a host that never leaves this computer.
    ///
    /// RFC 6265bis leaves it to the browser what "secure" means (section 5.8.3). This is Chromium's
    /// answer: `localhost`, `*.localhost`, `127.0.0.0/8` and `[::1]` count without https. Safari
    /// counts https alone.
    #[must_use]
    pub fn counts_as_secure(scheme_is_https: bool, host: &str) -> bool {
        scheme_is_https
            || host == "localhost"
            || host.ends_with(".localhost")
            || matching::address(host).is_some_and(|address| address.is_loopback())
    }
}

/// A cookie as the jar keeps it: RFC 6265bis section 5.7, without the time of the last use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the standard's flags, each of which is independent of the others"
)]
pub struct Cookie {
    /// The name; empty for a nameless cookie.
    pub name: String,
    /// The value, as it was written: never decoded, its quotes included.
    pub value: String,
    /// The host that set it, or what its `Domain` attribute says.
    pub domain: String,
    /// Whether it goes back to exactly that host; `false` includes the subdomains.
    pub host_only: bool,
    /// The path that a request's path must match.
    pub path: String,
    /// When it dies: milliseconds since 1970, UTC. `None`: with the browser's session.
    pub expires_ms: Option<i64>,
    /// Whether it travels over secure connections only.
    pub secure: bool,
    /// Whether scripts cannot see it.
    pub http_only: bool,
    /// What its `SameSite` attribute says.
    pub same_site: SameSite,
    /// Whether every top-level site has its own copy (CHIPS).
    pub partitioned: bool,
    /// When a cookie of this name was first stored here: milliseconds since 1970, UTC.
    pub created_ms: i64,
}

impl Cookie {
    /// Whether both are the same cookie to a jar, so that one overwrites the other: RFC 6265bis
    /// section 5.7, step 23, and the partition of CHIPS.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        self.name == other.name
            && self.domain == other.domain
            && self.host_only == other.host_only
            && self.path == other.path
            && self.partitioned == other.partitioned
    }

    /// Whether its time is over.
    #[must_use]
    pub fn is_over(&self, now_ms: i64) -> bool {
        self.expires_ms.is_some_and(|at| at <= now_ms)
    }
}

/// What a cookie says about requests from other sites: RFC 6265bis section 5.6.7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SameSite {
    /// Nothing, or nothing known: each browser's default applies.
    #[default]
    Unset,
    /// From other sites only when a link or an address bar leads here.
    Lax,
    /// Never from other sites.
    Strict,
    /// Always.
    None,
}

/// What the rule says about one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The cookie, or why there is none.
    pub outcome: Result<Cookie, Rejection>,
    /// What in the line had no effect, or another one than it seems to have.
    pub notes: Vec<Note>,
}

/// Something in the line that did not do what it seems to say, though the cookie may be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// It is dead on arrival: nothing is stored, and an equal cookie is deleted.
    Expired,
    /// It asked for more than 400 days and gets 400: section 5.5.
    AgeCapped {
        /// The seconds asked for; `None` if the number is too large to count with.
        asked_s: Option<i64>,
    },
    /// A `Max-Age` that is no whole number: section 5.6.2.
    MaxAgeIgnored,
    /// An `Expires` that is no date: section 5.6.1.
    ExpiresIgnored,
    /// Both were given, and `Max-Age` wins: section 5.7, step 6.
    MaxAgeOverExpires,
    /// A `Path` that does not begin with `/`, replaced by the default path: section 5.6.4.
    PathDefaulted,
    /// A `Domain` that is empty or too long, so that the cookie stays with its host.
    DomainIgnored,
    /// An attribute of more than 1024 octets: section 5.6.
    AttributeTooLong {
        /// Its name, as written.
        name: String,
    },
    /// A `SameSite` with no known value: section 5.6.7.
    SameSiteDefault,
    /// An attribute that the standard does not know.
    UnknownAttribute {
        /// Its name, as written.
        name: String,
    },
    /// No `=` in the first part, so that all of it is the value of a nameless cookie: section 5.6.
    NoEquals,
}
