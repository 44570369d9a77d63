//! What becomes of one line: the steps of RFC 6265bis section 5.7 in the order in which it asks.

use super::lifetime::{self, Age};
use super::line::{self, Attribute, AttributeName};
use super::matching::{default_path, domain_match, is_public_suffix};
use super::{Cookie, Decision, Missing, Note, Place, Prefix, Rejection, SameSite, parse_date};

/// The most octets of a name and its value together.
const LARGEST_PAIR: usize = 4096;

/// What the rule says about a line that answers a same-site request. It knows no other cookies, so
/// the one step that asks for them (16, [`Rejection::OverSecureCookie`]) belongs to
/// [`Jar::receive`](super::Jar::receive). `now_ms`: milliseconds since 1970, UTC.
#[must_use]
pub fn decide(line: &str, place: &Place<'_>, now_ms: i64) -> Decision {
    decide_among(line, place, now_ms, |_| false)
}

/// As [`decide`], in a jar that says whether a cookie would hide a `Secure` one of its own.
pub(super) fn decide_among(
    line: &str,
    place: &Place<'_>,
    now_ms: i64,
    hides_secure: impl Fn(&Cookie) -> bool,
) -> Decision {
    let mut notes = Vec::new();
    let outcome = cookie(line, place, now_ms, hides_secure, &mut notes);
    if outcome.as_ref().is_ok_and(|cookie| cookie.is_over(now_ms)) {
        notes.push(Note::Expired);
    }
    Decision { outcome, notes }
}

fn cookie(
    line: &str,
    place: &Place<'_>,
    now_ms: i64,
    hides_secure: impl Fn(&Cookie) -> bool,
    notes: &mut Vec<Note>,
) -> Result<Cookie, Rejection> {
    if line
        .bytes()
        .any(|byte| byte.is_ascii_control() && byte != b'\t')
    {
        return Err(Rejection::ControlCharacter);
    }
    let pair = line::pair(line);
    let octets = pair.name.len() + pair.value.len();
    if octets > LARGEST_PAIR {
        return Err(Rejection::TooLarge { octets });
    }
    if !pair.has_equals {
        notes.push(Note::NoEquals);
    }
    let asked = Asked::read(line, notes);
    if octets == 0 {
        return Err(Rejection::Empty);
    }
    let expires_ms = lifetime::end(asked.max_age, asked.expires_ms, now_ms, notes);
    let domain = domain(&asked.domain, place.host)?;
    let cookie = Cookie {
        name: pair.name.to_owned(),
        value: pair.value.to_owned(),
        domain: domain.unwrap_or(place.host).to_owned(),
        host_only: domain.is_none(),
        path: asked
            .path
            .unwrap_or_else(|| default_path(place.path))
            .to_owned(),
        expires_ms,
        secure: asked.secure,
        http_only: asked.http_only,
        same_site: asked.same_site,
        partitioned: asked.partitioned,
        created_ms: now_ms,
    };
    if cookie.secure && !place.secure {
        return Err(Rejection::SecureOnPlainHttp);
    }
    if !cookie.secure && !place.secure && hides_secure(&cookie) {
        return Err(Rejection::OverSecureCookie);
    }
    if cookie.same_site == SameSite::None && !cookie.secure {
        return Err(Rejection::SameSiteNoneWithoutSecure);
    }
    if let Some(prefix) = Prefix::of(&cookie.name)
        && let Some(missing) = missing(&cookie, asked.path, prefix)
    {
        return Err(Rejection::Prefix { prefix, missing });
    }
    if cookie.name.is_empty() && Prefix::of(&cookie.value).is_some() {
        return Err(Rejection::NamelessPrefix);
    }
    if cookie.partitioned && !cookie.secure {
        return Err(Rejection::PartitionedWithoutSecure);
    }
    Ok(cookie)
}

/// The first thing that a prefix demands in vain.
fn missing(cookie: &Cookie, written_path: Option<&str>, prefix: Prefix) -> Option<Missing> {
    let is_kept = |demand| match demand {
        Missing::Secure => cookie.secure,
        Missing::HttpOnly => cookie.http_only,
        Missing::NoDomain => cookie.host_only,
        Missing::PathRoot => written_path == Some("/"),
    };
    let mut demands = prefix.demands().iter().copied();
    demands.find(|demand| !is_kept(*demand))
}

/// The cookie's domain if it is not only for its host: section 5.7, steps 8 to 10.
fn domain<'a>(asked: &'a str, host: &str) -> Result<Option<&'a str>, Rejection> {
    if asked.is_empty() {
        Ok(None)
    } else if is_public_suffix(asked) {
        // A host may name itself even so; its cookie stays with it.
        (asked == host)
            .then_some(None)
            .ok_or(Rejection::PublicSuffix)
    } else if asked.is_ascii() && domain_match(host, asked) {
        Ok(Some(asked))
    } else {
        Err(Rejection::DomainMismatch)
    }
}

/// What the attributes ask for: section 5.6. Of repeated ones, the last counts.
#[derive(Default)]
struct Asked<'a> {
    max_age: Option<Age>,
    expires_ms: Option<i64>,
    domain: String,
    /// `None` is the default path. It never passes for `Path=/`: by the letter of section 5.7, step
    /// 21, `Path=x` would where the default is `/`, but Chromium wants it written out.
    path: Option<&'a str>,
    secure: bool,
    http_only: bool,
    same_site: SameSite,
    partitioned: bool,
}

impl<'a> Asked<'a> {
    fn read(line: &'a str, notes: &mut Vec<Note>) -> Self {
        let mut asked = Self::default();
        for attribute in line::attributes(line) {
            if attribute.is_too_long() {
                let name = attribute.name.to_owned();
                notes.push(Note::AttributeTooLong { name });
                if attribute.kind == AttributeName::Domain {
                    notes.push(Note::DomainIgnored);
                }
            } else {
                asked.take(attribute, notes);
            }
        }
        asked
    }

    fn take(&mut self, attribute: Attribute<'a>, notes: &mut Vec<Note>) {
        let Attribute { kind, name, value } = attribute;
        match kind {
            AttributeName::MaxAge => match lifetime::max_age(value) {
                Some(age) => self.max_age = Some(age),
                None => notes.push(Note::MaxAgeIgnored),
            },
            AttributeName::Expires => match parse_date(value) {
                Some(at) => self.expires_ms = Some(at),
                None => notes.push(Note::ExpiresIgnored),
            },
            AttributeName::Domain => {
                let domain = value.strip_prefix('.').unwrap_or(value);
                if domain.is_empty() {
                    notes.push(Note::DomainIgnored);
                }
                self.domain = domain.to_ascii_lowercase();
            }
            AttributeName::Path => {
                self.path = Some(value).filter(|path| path.starts_with('/'));
                if self.path.is_none() {
                    notes.push(Note::PathDefaulted);
                }
            }
            AttributeName::Secure => self.secure = true,
            AttributeName::HttpOnly => self.http_only = true,
            AttributeName::Partitioned => self.partitioned = true,
            AttributeName::SameSite => {
                self.same_site = same_site(value);
                if self.same_site == SameSite::Unset {
                    notes.push(Note::SameSiteDefault);
                }
            }
            AttributeName::Other if name.is_empty() && value.is_empty() => {}
            AttributeName::Other => notes.push(Note::UnknownAttribute {
                name: name.to_owned(),
            }),
        }
    }
}

fn same_site(value: &str) -> SameSite {
    let known = [
        ("None", SameSite::None),
        ("Strict", SameSite::Strict),
        ("Lax", SameSite::Lax),
    ];
    known
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(value))
        .map_or(SameSite::Unset, |(_, same_site)| same_site)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: Place<'_> = Place {
        host: "localhost",
        path: "/a/b",
        secure: true,
    };

    #[test]
    fn a_domain_is_the_host_or_lies_above_it() {
        for (host, domain, expected) in [
            ("localhost", "localhost", Ok(true)),
            ("localhost", "", Ok(true)),
            ("app.test", "app.test", Ok(false)),
            ("app.test", ".APP.test", Ok(false)),
            ("x.app.test", "app.test", Ok(false)),
            ("127.0.0.1", "127.0.0.1", Ok(false)),
            ("sub.localhost", "localhost", Err(Rejection::PublicSuffix)),
            ("app.test", "test", Err(Rejection::PublicSuffix)),
            ("app.test", "x.app.test", Err(Rejection::DomainMismatch)),
            ("app.test", "pp.test", Err(Rejection::DomainMismatch)),
            ("app.test", "..app.test", Err(Rejection::DomainMismatch)),
            ("app.test", "app.test.", Err(Rejection::DomainMismatch)),
            ("app.test", "app.test:80", Err(Rejection::DomainMismatch)),
            ("localhost", "localhost:80", Err(Rejection::DomainMismatch)),
            ("localhost", "lócalhost", Err(Rejection::DomainMismatch)),
            ("127.0.0.1", "0.0.1", Err(Rejection::DomainMismatch)),
        ] {
            let line = format!("a=1; Domain={domain}");
            let outcome = decide(&line, &Place { host, ..LOCAL }, 5).outcome;
            let host_only = outcome.map(|cookie| cookie.host_only);
            assert_eq!(host_only, expected, "{host} {domain}");
        }
    }

    #[test]
    fn what_has_no_effect_is_noted() {
        let name = |name: &str| name.to_owned();
        let long = "x".repeat(1025);
        for (line, expected) in [
            ("a=1; Path=/; Secure; SameSite=Lax; Max-Age=60; ;", vec![]),
            ("a=1; Max-Age=0", vec![Note::Expired]),
            ("a=1; Max-Age=+5", vec![Note::MaxAgeIgnored]),
            ("a=1; Expires=x", vec![Note::ExpiresIgnored]),
            ("a=1; Path=x", vec![Note::PathDefaulted]),
            ("a=1; Domain=", vec![Note::DomainIgnored]),
            ("a=1; SameSite=x", vec![Note::SameSiteDefault]),
            (
                "a=1; Foo=2",
                vec![Note::UnknownAttribute { name: name("Foo") }],
            ),
            ("a", vec![Note::NoEquals]),
            (
                &format!("a=1; Domain={long}"),
                vec![
                    Note::AttributeTooLong {
                        name: name("Domain"),
                    },
                    Note::DomainIgnored,
                ],
            ),
            ("__Host-a=; Max-Age=0", vec![]),
        ] {
            assert_eq!(decide(line, &LOCAL, 5).notes, expected, "{line}");
        }
    }
}
