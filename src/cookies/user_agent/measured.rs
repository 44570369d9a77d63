//! Lines whose fate in a browser was measured: every row that the lab's pages rely on.

use super::Missing::{self, HttpOnly, NoDomain, PathRoot};
use super::{Cookie, Jar, LONGEST_MS, Place, Prefix, Rejection, SameSite, decide};

const NOW: i64 = 1_790_000_000_000;

const fn place(host: &'static str) -> Place<'static> {
    // Here only `app.test` stands for a host on plain http.
    let secure = !matches!(host.as_bytes(), b"app.test");
    Place {
        host,
        path: "/a/b",
        secure,
    }
}

fn kept(host: &'static str, line: &str) -> Cookie {
    let outcome = decide(line, &place(host), NOW).outcome;
    outcome.unwrap_or_else(|refused| panic!("{host} {line:?}: {refused:?}"))
}

fn refused(host: &'static str, line: &str) -> Option<Rejection> {
    decide(line, &place(host), NOW).outcome.err()
}

#[test]
fn max_age_wins_and_nothing_outlives_four_hundred_days() {
    let past = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    let far = "Expires=Fri, 01 Jan 2100 00:00:00 GMT";
    let minute = Some(60_000);
    let dead = Some(-NOW);
    let longest = Some(LONGEST_MS);
    for (attributes, lives_ms) in [
        ("", None),
        ("Max-Age=60", minute),
        (&format!("Max-Age=60; {past}"), minute),
        (&format!("{past}; Max-Age=60"), minute),
        (&format!("Max-Age=0; {far}"), dead),
        (&format!("{far}; Max-Age=0"), dead),
        ("Max-Age=0; Max-Age=60", minute),
        ("Max-Age=60; Max-Age=0", dead),
        ("Max-Age=60; Max-Age=abc", minute),
        (&format!("Max-Age=abc; {past}"), dead),
        ("Max-Age=-0", dead),
        ("Max-Age=-1", dead),
        ("Max-Age=34560000", longest),
        ("Max-Age=34646400", longest),
        ("Max-Age=99999999999999999999999", longest),
        (far, longest),
        (&format!("{past}; {far}"), longest),
        ("Max-Age=", None),
        ("Max-Age=+60", None),
        ("Max-Age=1.5", None),
        ("Max-Age=\"60\"", None),
        ("Expires=2100-01-01T00:00:00Z", None),
        ("Expires=4102444800", None),
        ("Expires=tomorrow", None),
    ] {
        let end = kept("localhost", &format!("a=1; {attributes}")).expires_ms;
        assert_eq!(end.map(|at| at - NOW), lives_ms, "{attributes}");
    }
}

#[test]
fn the_first_equals_sign_cuts_and_most_characters_pass() {
    for (line, name, value) in [
        ("a=b=1", "a", "b=1"),
        ("a=x; HttpOnly", "a", "x"),
        ("a b=1", "a b", "1"),
        ("\"a\"=1", "\"a\"", "1"),
        ("a,b=1", "a,b", "1"),
        ("ñ=€", "ñ", "€"),
        ("a=x y", "a", "x y"),
        ("a=1,2", "a", "1,2"),
        ("a=x\"y", "a", "x\"y"),
        ("a=\"x\"", "a", "\"x\""),
        ("a=x\\y", "a", "x\\y"),
        ("a=%41%zz", "a", "%41%zz"),
        ("a=x\ty", "a", "x\ty"),
        ("x", "", "x"),
        ("=x", "", "x"),
        ("=a=b", "", "a=b"),
        ("a=", "a", ""),
    ] {
        let cookie = kept("localhost", line);
        assert_eq!((&*cookie.name, &*cookie.value), (name, value), "{line:?}");
    }
    for line in ["", "=", ";", " = ; Path=/", "; Secure"] {
        assert_eq!(refused("localhost", line), Some(Rejection::Empty), "{line}");
    }
    for line in ["a=\u{1}", "a\u{7f}=1", "a=1; Path=/\n", "a=\0", "a=1; x=\r"] {
        let control = Some(Rejection::ControlCharacter);
        assert_eq!(refused("localhost", line), control, "{line:?}");
    }
}

#[test]
fn sizes_are_counted_in_octets() {
    for (name, value, octets) in [
        ("a".to_owned(), "v".repeat(4095), 4096),
        ("a".to_owned(), "v".repeat(4096), 4097),
        ("n".repeat(4097), String::new(), 4097),
        ("a".to_owned(), "€".repeat(1365), 4096),
        (String::new(), "€".repeat(1366), 4098),
    ] {
        let expected = (octets > 4096).then_some(Rejection::TooLarge { octets });
        let line = format!("{name} =  {value}; Path=/");
        assert_eq!(refused("localhost", &line), expected, "{octets}");
    }
    let long = "x".repeat(1024);
    let path = |line: &str| kept("localhost", line).path;
    assert_eq!(path(&format!("a=1; Path=/{}", &long[1..])).len(), 1024);
    assert_eq!(path(&format!("a=1; Path=/{long}")), "/a");
    assert_eq!(path(&format!("a=1; Path=/x; Path=/{long}")), "/x");
    assert!(kept("app.test", &format!("a=1; Domain=.{long}")).host_only);
    assert!(!kept("localhost", &format!("a=1; Secure=.{long}")).secure);
}

#[test]
fn a_prefix_holds_the_line_to_its_promise() {
    for (line, prefix, missing) in [
        ("__Secure-a=1", Prefix::Secure, Missing::Secure),
        ("__sEcUrE-a=1", Prefix::Secure, Missing::Secure),
        ("__Host-a=1; Path=/", Prefix::Host, Missing::Secure),
        ("__Host-a=1; Secure", Prefix::Host, PathRoot),
        ("__Host-a=1; Secure; Path=/a", Prefix::Host, PathRoot),
        ("__HOST-a=1; Secure; Path=x", Prefix::Host, PathRoot),
        ("__Http-a=1; HttpOnly", Prefix::Http, Missing::Secure),
        ("__Http-a=1; Secure", Prefix::Http, HttpOnly),
        (
            "__Host-Http-ID=123; Secure; Path=/",
            Prefix::HostHttp,
            HttpOnly,
        ),
        (
            "__Host-Http-a=1; Secure; HttpOnly",
            Prefix::HostHttp,
            PathRoot,
        ),
        (
            "__Host-a=1; Secure; Path=/; Domain=sub.localhost",
            Prefix::Host,
            NoDomain,
        ),
    ] {
        let expected = Some(Rejection::Prefix { prefix, missing });
        assert_eq!(refused("sub.localhost", line), expected, "{line}");
    }
    let root = Place {
        path: "/x",
        ..place("localhost")
    };
    let at_root = |line| decide(line, &root, NOW).outcome;
    assert!(at_root("__Host-a=1; Secure").is_err());
    // By the letter of step 21, though not in Chromium: a known difference.
    assert!(at_root("__Host-a=1; Secure; Path=").is_ok());
    for line in [
        "__Secure-a=1; Secure",
        "__Host-a=1; Secure; Path=/",
        "__Host-a=1; Secure; Path=/; Domain=",
        "__Http-a=1; Secure; HttpOnly",
        "__Host-Http-a=1; Secure; HttpOnly; Path=/",
    ] {
        for host in ["localhost", "127.0.0.1", "sub.localhost"] {
            kept(host, line);
        }
        let on_plain = Some(Rejection::SecureOnPlainHttp);
        assert_eq!(refused("app.test", line), on_plain, "{line}");
    }
    kept("localhost", "__HostHttp-a=1");
    for (line, mimicry) in [
        ("=__Secure-a=1; Secure", Rejection::NamelessPrefix),
        ("__host-a; Secure; Path=/", Rejection::NamelessPrefix),
        ("__Host-Http-a; Secure; Path=/", Rejection::NamelessPrefix),
        ("__Http-a", Rejection::NamelessHttpPrefix),
    ] {
        assert_eq!(refused("localhost", line), Some(mimicry), "{line}");
    }
}

#[test]
fn some_attributes_demand_secure_and_secure_a_secure_place() {
    for (line, same_site) in [
        ("a=1", SameSite::Unset),
        ("a=1; SameSite=lAX", SameSite::Lax),
        ("a=1; SameSite=Strict", SameSite::Strict),
        ("a=1; SameSite=None; Secure", SameSite::None),
        ("a=1; SameSite", SameSite::Unset),
        ("a=1; SameSite=Strict; SameSite=bogus", SameSite::Unset),
        ("a=1; SameSite=None; SameSite=Lax", SameSite::Lax),
    ] {
        assert_eq!(kept("localhost", line).same_site, same_site, "{line}");
    }
    for (host, line, rejection) in [
        (
            "localhost",
            "a=1; SameSite=None",
            Rejection::SameSiteNoneWithoutSecure,
        ),
        (
            "app.test",
            "a=1; SameSite=None",
            Rejection::SameSiteNoneWithoutSecure,
        ),
        (
            "app.test",
            "a=1; SameSite=None; Secure",
            Rejection::SecureOnPlainHttp,
        ),
        ("app.test", "a=1; Secure", Rejection::SecureOnPlainHttp),
        (
            "localhost",
            "a=1; Partitioned",
            Rejection::PartitionedWithoutSecure,
        ),
    ] {
        assert_eq!(refused(host, line), Some(rejection), "{host} {line}");
    }
    assert!(kept("localhost", "a=1; Secure; Partitioned").partitioned);
    assert!(kept("127.0.0.1", "a=1; Secure=false").secure);
}

#[test]
fn only_an_equal_cookie_is_deleted_and_only_by_a_line_that_is_not_refused() {
    for (host, stored, line, gone) in [
        ("localhost", "x=1; Path=/", "x=; Path=/; Max-Age=0", true),
        ("localhost", "x=1; Path=/", "x=; Max-Age=0", false),
        ("app.test", "x=1; Domain=app.test", "x=; Max-Age=0", false),
        (
            "app.test",
            "x=1; Domain=app.test",
            "x=; Domain=app.test; Max-Age=0",
            true,
        ),
        (
            "localhost",
            "__Host-x=1; Secure; Path=/",
            "__Host-x=; Path=/; Max-Age=0",
            false,
        ),
        (
            "localhost",
            "x=1; SameSite=None; Secure",
            "x=; SameSite=None; Max-Age=0",
            false,
        ),
        (
            "localhost",
            "x=1; SameSite=None; Secure",
            "x=; Max-Age=0",
            true,
        ),
        (
            "localhost",
            "x=1; Secure; Partitioned",
            "x=; Secure; Max-Age=0",
            false,
        ),
        (
            "localhost",
            "x=1; Secure; Partitioned",
            "x=; Secure; Partitioned; Max-Age=0",
            true,
        ),
        ("localhost", "x=1; HttpOnly", "x=; Max-Age=0", true),
    ] {
        let mut jar = Jar::default();
        assert!(jar.receive(stored, &place(host), NOW).stored, "{stored}");
        let received = jar.receive(line, &place(host), NOW + 1);
        assert!(!received.stored, "{line}");
        assert_eq!(received.deleted.is_some(), gone, "{stored} | {line}");
        assert_eq!(jar.cookies().is_empty(), gone, "{stored} | {line}");
    }
}
