//! What the rule says about a line, and Chromium otherwise, in English.

use crate::cookies::user_agent::{Difference, Missing, Note, Rejection};

/// Why a line leaves no cookie.
pub fn rejection(rejection: &Rejection) -> String {
    match rejection {
        Rejection::Empty => "it has neither name nor value".to_owned(),
        Rejection::ControlCharacter => "it contains a control character".to_owned(),
        Rejection::TooLarge { octets } => {
            format!("name and value add up to {octets} octets; the most is 4096")
        }
        Rejection::DomainNotAscii => "the domain holds a character outside of ASCII".to_owned(),
        Rejection::DomainMismatch => "the domain is not that of this server".to_owned(),
        Rejection::PublicSuffix => {
            "the domain is a public suffix: it would count for other people's sites".to_owned()
        }
        Rejection::SecureOnPlainHttp => "it has Secure and the connection is not secure".to_owned(),
        Rejection::SameSiteNoneWithoutSecure => "SameSite=None needs Secure".to_owned(),
        Rejection::PartitionedWithoutSecure => "Partitioned needs Secure".to_owned(),
        Rejection::Prefix { prefix, missing } => format!(
            "the prefix {} needs {}",
            prefix.name(),
            match missing {
                Missing::Secure => "Secure",
                Missing::HttpOnly => "HttpOnly",
                Missing::PathRoot => "Path=/ in writing",
                Missing::NoDomain => "no Domain",
            }
        ),
        Rejection::NamelessPrefix | Rejection::NamelessHttpPrefix => {
            "it has no name and its value imitates a prefix".to_owned()
        }
        Rejection::CrossSite => {
            "it answers a request of another site and is not SameSite=None".to_owned()
        }
        Rejection::HttpOnlyByScript => "it is HttpOnly and a script sets it".to_owned(),
        Rejection::OverHttpOnlyCookie => "a script cannot touch an HttpOnly cookie".to_owned(),
        Rejection::OverSecureCookie => {
            "it would shadow a Secure cookie from a connection that is not secure".to_owned()
        }
    }
}

/// What in a line had no effect.
pub fn note(note: &Note) -> String {
    match note {
        Note::Expired => {
            "Expired on arrival: it is not stored, and deletes an equal one.".to_owned()
        }
        Note::AgeCapped { .. } => "Reduced to 400 days.".to_owned(),
        Note::MaxAgeIgnored => "Max-Age is not a whole number: ignored.".to_owned(),
        Note::ExpiresIgnored => "Expires is no date that can be read: ignored.".to_owned(),
        Note::MaxAgeOverExpires => "Both Max-Age and Expires: Max-Age counts.".to_owned(),
        Note::PathDefaulted => {
            "Without a Path that begins with “/” the default path is used.".to_owned()
        }
        Note::DomainIgnored => "Empty or too long Domain: as if it were not there.".to_owned(),
        Note::AttributeTooLong { name } => format!("{name} is longer than 1024 octets: ignored."),
        Note::SameSiteDefault => "SameSite with an unknown value: counts as not set.".to_owned(),
        Note::UnknownAttribute { name } => format!("{name}: unknown attribute, ignored."),
        Note::NoEquals => "Without “=” there is no name: all of it is value.".to_owned(),
    }
}

/// What Chromium does otherwise.
pub fn difference(difference: Difference) -> &'static str {
    match difference {
        Difference::TabInside => {
            "Chromium drops a cookie whose line has a tab inside of a name, a value or an attribute; the rule stores it."
        }
        Difference::PlusBeforeMaxAge => {
            "Chromium accepts a plus sign: Max-Age=+60 is 60 seconds; the rule ignores that Max-Age."
        }
        Difference::NamelessWithEquals => {
            "Chromium drops nameless cookies whose value contains “=”; the rule stores them."
        }
        Difference::Nul => {
            "Chromium drops the whole answer if there is a NUL; the rule only the cookie."
        }
        Difference::LineBreak => {
            "Chromium ends the line at a CR or LF and keeps what stands before it; the rule drops the cookie."
        }
        Difference::OrderAfterNewValue => {
            "Chromium moves a cookie that gets a new value to the end; the rule leaves it in its place."
        }
        Difference::LaterLifetimeUnreadable => {
            "Chromium looks only at the last lifetime, even if it cannot be read; the rule keeps the last one that can."
        }
        Difference::OddDate => {
            "Chromium and the rule do not read odd dates alike: years before 1601, years of three or five digits, or numbers with letters stuck to them."
        }
        Difference::OddDomain => {
            "Chromium and the rule do not treat a Domain alike that is an address, a single dot or, beside __Host-, the host's own name without a dot in it."
        }
        Difference::HostPathDefaulted => {
            "Chromium wants Path=/ in writing for __Host-; the letter of the rule takes any Path that does not begin with “/” where the default path is “/”."
        }
        Difference::LaxAllowingUnsafe => {
            "For two minutes Chromium sends a cookie without SameSite even with a POST from another site; the rule permits that and does not ask for it."
        }
        Difference::EvictionByPriority => {
            "When the jar is full Chromium also looks at Priority; the rule only at Secure and the last use."
        }
    }
}
