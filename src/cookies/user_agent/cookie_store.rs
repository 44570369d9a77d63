//! The jar itself: RFC 6265bis section 5.7, steps 16, 23 and 24, and section 5.8.3.

use serde::{Deserialize, Serialize};

use super::decide::{Arrival, decide_among};
use super::{Context, Cookie, Decision, Place, domain_match, eviction, path_match};

/// A browser's jar as the rule describes it.
///
/// The standard lets go first of the cookie that was used longest ago. Every cookie of a page is
/// used at each of its requests, so here only being written counts as use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jar {
    /// In the order in which they were first stored.
    cookies: Vec<Cookie>,
    /// For each of them the number of its last writing.
    written: Vec<u64>,
    writings: u64,
}

/// What a line did to a jar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// What the rule says about the line, the cookies in the jar considered.
    pub decision: Decision,
    /// Whether its cookie is now in the jar.
    pub stored: bool,
    /// The equal cookie whose place it took.
    pub replaced: Option<Cookie>,
    /// The equal cookie that it deleted, for it was dead on arrival.
    pub deleted: Option<Cookie>,
    /// The cookies that left: those whose time was over, then those there was no more room for.
    pub evicted: Vec<Cookie>,
}

impl Jar {
    /// Takes in a line that answers a same-site request. `now_ms`: milliseconds since 1970, UTC.
    pub fn receive(&mut self, line: &str, place: &Place<'_>, now_ms: i64) -> Received {
        self.receive_in(Context::SameSite, line, place, now_ms)
    }

    /// Takes in a line that arrives in any context. `now_ms`: milliseconds since 1970, UTC.
    pub fn receive_in(
        &mut self,
        context: Context,
        line: &str,
        place: &Place<'_>,
        now_ms: i64,
    ) -> Received {
        let mut evicted = self.expire(now_ms);
        let decision = decide_among(&self.cookies, line, &Arrival { context, place }, now_ms);
        let (mut replaced, mut deleted, mut stored) = (None, None, false);
        if let Ok(cookie) = &decision.outcome {
            stored = !cookie.is_over(now_ms);
            if stored {
                replaced = self.store(cookie.clone());
                evicted.extend(self.make_room(cookie));
            } else {
                deleted = self.take(cookie);
            }
        }
        Received {
            decision,
            stored,
            replaced,
            deleted,
            evicted,
        }
    }

    /// The cookies that go with a same-site request to this place, in the order in which they are
    /// sent: section 5.8.3. `now_ms`: milliseconds since 1970, UTC.
    #[must_use]
    pub fn sent_to(&self, place: &Place<'_>, now_ms: i64) -> Vec<&Cookie> {
        self.sent_in(Context::SameSite, place, now_ms)
    }

    /// The cookies that go to this place in any context, or that a script there sees; in the order
    /// in which they are sent: section 5.8.3. `now_ms`: milliseconds since 1970, UTC.
    #[must_use]
    pub fn sent_in(&self, context: Context, place: &Place<'_>, now_ms: i64) -> Vec<&Cookie> {
        let mut sent: Vec<_> = self
            .cookies
            .iter()
            .filter(|cookie| {
                let at_home = if cookie.host_only {
                    place.host == cookie.domain
                } else {
                    domain_match(place.host, &cookie.domain)
                };
                at_home
                    && path_match(place.path, &cookie.path)
                    && (place.secure || !cookie.secure)
                    && !cookie.is_over(now_ms)
                    && context.shows(cookie)
            })
            .collect();
        sent.sort_by_key(|cookie| (std::cmp::Reverse(cookie.path.len()), cookie.created_ms));
        sent
    }

    /// Removes the cookies whose time is over, and gives them back. `now_ms`: milliseconds since
    /// 1970, UTC.
    pub fn expire(&mut self, now_ms: i64) -> Vec<Cookie> {
        let mut over = Vec::new();
        while let Some(index) = self
            .cookies
            .iter()
            .position(|cookie| cookie.is_over(now_ms))
        {
            over.push(self.take_at(index));
        }
        over
    }

    /// Every cookie, those whose time is over included until [`Jar::expire`] removes them; in the
    /// order in which they were first stored.
    #[must_use]
    pub fn cookies(&self) -> &[Cookie] {
        &self.cookies
    }

    /// Removes the cookie that is equal to this one. `true` if there was one.
    pub fn remove(&mut self, cookie: &Cookie) -> bool {
        self.take(cookie).is_some()
    }

    /// The octets of all names and values together.
    #[must_use]
    pub fn octets(&self) -> usize {
        self.cookies
            .iter()
            .map(|cookie| cookie.name.len() + cookie.value.len())
            .sum()
    }

    fn store(&mut self, mut cookie: Cookie) -> Option<Cookie> {
        self.writings += 1;
        let Some(index) = self.index_of(&cookie) else {
            self.cookies.push(cookie);
            self.written.push(self.writings);
            return None;
        };
        // Section 5.7, step 23.3: an overwritten cookie does not become younger.
        cookie.created_ms = self.cookies[index].created_ms;
        self.written[index] = self.writings;
        Some(std::mem::replace(&mut self.cookies[index], cookie))
    }

    fn make_room(&mut self, new: &Cookie) -> Vec<Cookie> {
        let mut evicted = Vec::new();
        for number in eviction::surplus(self.cookies.iter().zip(&self.written), new) {
            let index = self.written.iter().position(|written| *written == number);
            evicted.extend(index.map(|index| self.take_at(index)));
        }
        evicted
    }

    fn index_of(&self, cookie: &Cookie) -> Option<usize> {
        self.cookies.iter().position(|own| own.equals(cookie))
    }

    fn take(&mut self, cookie: &Cookie) -> Option<Cookie> {
        self.index_of(cookie).map(|index| self.take_at(index))
    }

    fn take_at(&mut self, index: usize) -> Cookie {
        self.written.remove(index);
        self.cookies.remove(index)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rejection;
    use super::*;

    const LOCAL: Place<'_> = Place {
        host: "localhost",
        path: "/a/b",
        secure: true,
    };

    fn jar(lines: &[&str]) -> Jar {
        let mut jar = Jar::default();
        for (line, now_ms) in lines.iter().zip(1..) {
            jar.receive(line, &LOCAL, now_ms);
        }
        jar
    }

    fn sent(jar: &Jar, place: &Place<'_>) -> String {
        let pairs: Vec<_> = jar
            .sent_to(place, 1000)
            .into_iter()
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        pairs.join("; ")
    }

    #[test]
    fn longer_paths_go_first_and_then_older_cookies() {
        let jar = jar(&["a=1; Path=/", "b=1", "c=1; Path=/", "d=1; Path=/a/b", "b=2"]);
        assert_eq!(sent(&jar, &LOCAL), "d=1; b=2; a=1; c=1");
    }

    #[test]
    fn a_new_value_keeps_its_place_even_within_one_millisecond() {
        let mut jar = Jar::default();
        for line in ["a=1", "b=1", "c=1"] {
            jar.receive(line, &LOCAL, 5);
        }
        let received = jar.receive("a=2", &LOCAL, 9);
        assert!(received.stored);
        assert_eq!(received.replaced.map(|old| old.value), Some("1".to_owned()));
        assert_eq!(jar.cookies()[0].created_ms, 5);
        assert_eq!(sent(&jar, &LOCAL), "a=2; b=1; c=1");
        assert_eq!(jar.octets(), 6);
    }

    #[test]
    fn a_cookie_goes_where_it_belongs() {
        let mut jar = Jar::default();
        let home = Place {
            host: "app.test",
            path: "/a/b",
            secure: true,
        };
        for line in [
            "h=1",
            "d=1; Domain=app.test",
            "s=1; Secure",
            "p=1; Path=/x",
            "e=1; Max-Age=1",
        ] {
            jar.receive(line, &home, 1);
        }
        for (host, path, secure, expected) in [
            ("app.test", "/a", true, "h=1; d=1; s=1"),
            ("app.test", "/a", false, "h=1; d=1"),
            ("sub.app.test", "/a/b", true, "d=1"),
            ("app.test", "/x/y", true, "p=1"),
            ("app.test", "/ab", true, ""),
            ("test", "/a", true, ""),
        ] {
            let place = Place { host, path, secure };
            let cookies = jar.sent_to(&place, 1001).into_iter();
            let pairs: Vec<_> = cookies
                .map(|found| format!("{}={}", found.name, found.value))
                .collect();
            assert_eq!(pairs.join("; "), expected, "{host} {path} {secure}");
        }
        assert_eq!(jar.expire(1001).len(), 1);
        assert_eq!(jar.expire(1001), []);
    }

    #[test]
    fn a_plain_connection_cannot_hide_a_secure_cookie() {
        let safe = Place {
            host: "app.test",
            path: "/login/en",
            secure: true,
        };
        for (host, line, expected) in [
            ("app.test", "a=2; Path=/login", true),
            ("app.test", "a=2; Path=/login/en", true),
            ("sub.app.test", "a=2; Path=/login", true),
            ("sub.app.test", "a=2; Path=/login; Domain=app.test", true),
            ("app.test", "a=2; Path=/login; SameSite=None", true),
            ("app.test", "a=2; Path=/", false),
            ("app.test", "a=2; Path=/foo", false),
            ("app.test", "b=2; Path=/login", false),
            ("other.test", "a=2; Path=/login", false),
        ] {
            let mut jar = Jar::default();
            jar.receive("a=1; Secure; Path=/login; Domain=app.test", &safe, 1);
            let plain = Place {
                host,
                path: "/",
                secure: false,
            };
            let refused = jar.receive(line, &plain, 2).decision.outcome.err();
            assert_eq!(
                refused == Some(Rejection::OverSecureCookie),
                expected,
                "{host} {line}"
            );
        }
    }

    #[test]
    fn a_cookie_can_be_taken_out_and_the_jar_written_down() {
        let mut jar = jar(&["a=1", "b=1"]);
        let text = serde_json::to_string(&jar).unwrap();
        assert_eq!(serde_json::from_str::<Jar>(&text).unwrap(), jar);
        let first = jar.cookies()[0].clone();
        assert!(jar.remove(&first));
        assert!(!jar.remove(&first));
        assert_eq!(sent(&jar, &LOCAL), "b=1");
    }
}
