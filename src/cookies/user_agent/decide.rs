//! What becomes of one line: the steps of RFC 6265bis section 5.7 in the order in which it asks.

use super::asked::Asked;
use super::matching::{domain_match, is_public_suffix};
use super::{
    Context, Cookie, Decision, Missing, Note, Place, Prefix, Rejection, SameSite, lifetime, line,
    path_match,
};

/// The most octets of a name and its value together.
const LARGEST_PAIR: usize = 4096;

/// What the rule says about a line that answers a same-site request. It knows no other cookies, so
/// the step that asks for them (16, [`Rejection::OverSecureCookie`]) belongs to
/// [`Jar::receive`](super::Jar::receive). `now_ms`: milliseconds since 1970, UTC.
#[must_use]
pub fn decide(line: &str, place: &Place<'_>, now_ms: i64) -> Decision {
    let context = Context::SameSite;
    decide_among(&[], line, &Arrival { context, place }, now_ms)
}

/// How and where a line arrives.
pub(super) struct Arrival<'a> {
    pub context: Context,
    pub place: &'a Place<'a>,
}

/// As [`decide`], for any line and among the cookies that are already there.
pub(super) fn decide_among(
    jar: &[Cookie],
    line: &str,
    arrival: &Arrival<'_>,
    now_ms: i64,
) -> Decision {
    let mut notes = Vec::new();
    let outcome = cookie(line, arrival.place, now_ms, &mut notes).and_then(|(cookie, has_path)| {
        allowed(&cookie, has_path, arrival, jar)?;
        Ok(cookie)
    });
    if outcome.as_ref().is_ok_and(|cookie| cookie.is_over(now_ms)) {
        notes.push(Note::Expired);
    }
    Decision { outcome, notes }
}

/// Section 5.6 and section 5.7, steps 2 to 12: the cookie that a line describes, and whether the
/// line has a `Path`.
fn cookie(
    line: &str,
    place: &Place<'_>,
    now_ms: i64,
    notes: &mut Vec<Note>,
) -> Result<(Cookie, bool), Rejection> {
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
        path: asked.path(place.path).to_owned(),
        expires_ms,
        secure: asked.secure,
        http_only: asked.http_only,
        same_site: asked.same_site,
        partitioned: asked.partitioned,
        created_ms: now_ms,
    };
    Ok((cookie, asked.has_path()))
}

/// Section 5.7, steps 13 to 23.2: whether this cookie may come in.
fn allowed(
    cookie: &Cookie,
    has_path: bool,
    arrival: &Arrival<'_>,
    jar: &[Cookie],
) -> Result<(), Rejection> {
    let Arrival { context, place } = *arrival;
    let by_script = context == Context::Script;
    if cookie.secure && !place.secure {
        return Err(Rejection::SecureOnPlainHttp);
    }
    if cookie.http_only && by_script {
        return Err(Rejection::HttpOnlyByScript);
    }
    if !cookie.secure && !place.secure && jar.iter().any(|old| hides_secure(cookie, old)) {
        return Err(Rejection::OverSecureCookie);
    }
    if cookie.same_site != SameSite::None && !context.sets_any() {
        return Err(Rejection::CrossSite);
    }
    if cookie.same_site == SameSite::None && !cookie.secure {
        return Err(Rejection::SameSiteNoneWithoutSecure);
    }
    if let Some(prefix) = Prefix::of(&cookie.name)
        && let Some(missing) = missing(cookie, has_path, prefix)
    {
        return Err(Rejection::Prefix { prefix, missing });
    }
    if cookie.name.is_empty() {
        match Prefix::of(&cookie.value) {
            Some(Prefix::Http) => return Err(Rejection::NamelessHttpPrefix),
            Some(_) => return Err(Rejection::NamelessPrefix),
            None => {}
        }
    }
    if cookie.partitioned && !cookie.secure {
        return Err(Rejection::PartitionedWithoutSecure);
    }
    if by_script && jar.iter().any(|old| old.http_only && old.equals(cookie)) {
        return Err(Rejection::OverHttpOnlyCookie);
    }
    Ok(())
}

/// Step 16: otherwise an attacker on a plain connection could hide a `Secure` cookie behind one of
/// the same name.
fn hides_secure(new: &Cookie, old: &Cookie) -> bool {
    old.secure
        && old.name == new.name
        && (domain_match(&old.domain, &new.domain) || domain_match(&new.domain, &old.domain))
        && path_match(&new.path, &old.path)
}

/// The first thing that a prefix demands in vain.
fn missing(cookie: &Cookie, has_path: bool, prefix: Prefix) -> Option<Missing> {
    let is_kept = |demand| match demand {
        Missing::Secure => cookie.secure,
        Missing::HttpOnly => cookie.http_only,
        Missing::NoDomain => cookie.host_only,
        Missing::PathRoot => has_path && cookie.path == "/",
    };
    let mut demands = prefix.demands().iter().copied();
    demands.find(|demand| !is_kept(*demand))
}

/// The cookie's domain if it is not only for its host: section 5.7, steps 8 to 10.
fn domain<'a>(asked: &'a str, host: &str) -> Result<Option<&'a str>, Rejection> {
    if asked.is_empty() {
        Ok(None)
    } else if !asked.is_ascii() {
        Err(Rejection::DomainNotAscii)
    } else if is_public_suffix(asked) {
        // A host may name itself even so; its cookie stays with it.
        (asked == host)
            .then_some(None)
            .ok_or(Rejection::PublicSuffix)
    } else if domain_match(host, asked) {
        Ok(Some(asked))
    } else {
        Err(Rejection::DomainMismatch)
    }
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
            ("localhost", "lócalhost", Err(Rejection::DomainNotAscii)),
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
            (
                &format!("a=1; Domain=x; Domain={long}; Path=x; Path=/"),
                vec![Note::AttributeTooLong {
                    name: name("Domain"),
                }],
            ),
            ("a=1; Domain=; Domain=localhost", vec![]),
            ("a=1; Domain=localhost; Domain=", vec![Note::DomainIgnored]),
            ("a=1; SameSite=x; SameSite=Lax", vec![]),
            ("a=1; SameSite=Lax; SameSite=x", vec![Note::SameSiteDefault]),
            ("__Host-a=; Max-Age=0", vec![]),
        ] {
            assert_eq!(decide(line, &LOCAL, 5).notes, expected, "{line}");
        }
    }
}
