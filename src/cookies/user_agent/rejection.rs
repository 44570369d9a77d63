//! Why a line leaves no cookie.

use serde::{Deserialize, Serialize};

/// Why a line leaves no cookie. Browsers say nothing about it to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// Neither a name nor a value.
    Empty,
    /// A control character other than a tab, anywhere in the line.
    ControlCharacter,
    /// Name and value together are longer than 4096 octets.
    TooLarge {
        /// Their length in octets, the `=` not counted.
        octets: usize,
    },
    /// The `Domain` holds a character outside of ASCII.
    DomainNotAscii,
    /// The `Domain` is neither the host nor a domain above it.
    DomainMismatch,
    /// The `Domain` is one under which anyone can have a name.
    PublicSuffix,
    /// `Secure` over a connection that is not secure.
    SecureOnPlainHttp,
    /// `SameSite=None` without `Secure`.
    SameSiteNoneWithoutSecure,
    /// `Partitioned` without `Secure`.
    PartitionedWithoutSecure,
    /// The name begins with a prefix whose promise the line does not keep.
    Prefix {
        /// The prefix.
        prefix: Prefix,
        /// The first thing it lacks.
        missing: Missing,
    },
    /// No name, and a value that looks like a prefixed name.
    NamelessPrefix,
    /// The same with `__Http-`, of which RFC 6265bis knows nothing.
    NamelessHttpPrefix,
    /// From another site and not by a new page in the address bar, and not `SameSite=None`.
    CrossSite,
    /// `HttpOnly`, and set by a script.
    HttpOnlyByScript,
    /// Set by a script, and an equal cookie is `HttpOnly`.
    OverHttpOnlyCookie,
    /// From a plain connection, and it would hide a `Secure` cookie of that name.
    OverSecureCookie,
}

impl Rejection {
    /// The rule that refuses: a section of RFC 6265bis, unless it names another text (the draft of
    /// layered cookies, or CHIPS).
    #[must_use]
    pub const fn section(&self) -> &'static str {
        match self {
            Self::Empty => "5.7 step 2",
            Self::ControlCharacter => "5.6 step 1",
            Self::TooLarge { .. } => "5.6 step 5",
            Self::DomainNotAscii => "5.7 step 8",
            Self::DomainMismatch => "5.7 step 10",
            Self::PublicSuffix => "5.7 step 9",
            Self::SecureOnPlainHttp => "5.7 step 13",
            Self::SameSiteNoneWithoutSecure => "5.7 step 19",
            Self::PartitionedWithoutSecure => "CHIPS",
            Self::Prefix { prefix, missing } => match (prefix, missing) {
                (Prefix::Secure, _) => "5.7 step 20",
                // A `__Host-Http-` name begins with `__Host-`, so that step asks first.
                (Prefix::Host, _)
                | (Prefix::HostHttp, Missing::Secure | Missing::NoDomain | Missing::PathRoot) => {
                    "5.7 step 21"
                }
                (Prefix::Http | Prefix::HostHttp, _) => "layered cookies 5.4.3",
            },
            // The step names two prefixes, and `__Host-` begins a third.
            Self::NamelessPrefix => "5.7 step 22",
            Self::NamelessHttpPrefix => "layered cookies 5.4.3",
            Self::CrossSite => "5.7 step 18",
            Self::HttpOnlyByScript => "5.7 step 15",
            Self::OverHttpOnlyCookie => "5.7 step 23",
            Self::OverSecureCookie => "5.7 step 16",
        }
    }
}

/// The beginnings of a name that promise something about the cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefix {
    /// `__Secure-`: set over a secure connection.
    Secure,
    /// `__Host-`: and by this very host, for all of its paths.
    Host,
    /// `__Http-`: set by a server over a secure connection, not by a script.
    Http,
    /// `__Host-Http-`: both.
    HostHttp,
}

impl Prefix {
    /// Every prefix; one that begins another comes after it.
    pub const ALL: [Self; 4] = [Self::HostHttp, Self::Host, Self::Http, Self::Secure];

    /// The prefix as the standard writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Secure => "__Secure-",
            Self::Host => "__Host-",
            Self::Http => "__Http-",
            Self::HostHttp => "__Host-Http-",
        }
    }

    /// The prefix with which a text begins, in any mixture of cases: RFC 6265bis section 5.4.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|prefix| {
            let length = prefix.name().len();
            text.get(..length)
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix.name()))
        })
    }

    /// What it demands, in the order in which it is asked for.
    pub(super) const fn demands(self) -> &'static [Missing] {
        match self {
            Self::Secure => &[Missing::Secure],
            Self::Host => &[Missing::Secure, Missing::NoDomain, Missing::PathRoot],
            Self::Http => &[Missing::Secure, Missing::HttpOnly],
            Self::HostHttp => &[
                Missing::Secure,
                Missing::NoDomain,
                Missing::PathRoot,
                Missing::HttpOnly,
            ],
        }
    }
}

/// What a prefix demands and a line lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The attribute `Secure`.
    Secure,
    /// The attribute `HttpOnly`.
    HttpOnly,
    /// A `Path`, and `/` as the path that comes of it.
    PathRoot,
    /// The absence of `Domain`.
    NoDomain,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_found_in_any_case_and_the_longest_wins() {
        for (name, prefix) in [
            ("__Secure-a", Some(Prefix::Secure)),
            ("__sEcUrE-a", Some(Prefix::Secure)),
            ("__Host-a", Some(Prefix::Host)),
            ("__HOST-a", Some(Prefix::Host)),
            ("__Http-a", Some(Prefix::Http)),
            ("__host-http-a", Some(Prefix::HostHttp)),
            ("__HostHttp-a", None),
            ("_Host-a", None),
            ("__Host", None),
            ("__Hosté", None),
            ("", None),
        ] {
            assert_eq!(Prefix::of(name), prefix, "{name}");
        }
    }

    #[test]
    fn the_rule_that_refuses_can_be_looked_up() {
        let refused = |prefix, missing| Rejection::Prefix { prefix, missing }.section();
        assert_eq!(refused(Prefix::Host, Missing::PathRoot), "5.7 step 21");
        assert_eq!(refused(Prefix::HostHttp, Missing::Secure), "5.7 step 21");
        assert_eq!(
            refused(Prefix::HostHttp, Missing::HttpOnly),
            "layered cookies 5.4.3"
        );
        assert_eq!(Rejection::PartitionedWithoutSecure.section(), "CHIPS");
        assert_eq!(Rejection::NamelessPrefix.section(), "5.7 step 22");
        let http = Rejection::NamelessHttpPrefix;
        assert_eq!(http.section(), "layered cookies 5.4.3");
    }
}
