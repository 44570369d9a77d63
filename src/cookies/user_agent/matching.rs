//! Which hosts and paths a cookie belongs to: RFC 6265bis sections 5.1.3 and 5.1.4.

use std::net::{IpAddr, Ipv6Addr};

/// Whether a cookie with this path goes to a request with that path: section 5.1.4.
#[must_use]
pub fn path_match(request_path: &str, cookie_path: &str) -> bool {
    request_path
        .strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

/// Whether a host is this domain or lies under it: section 5.1.3. Both lower case. An address has
/// nothing above it and matches itself alone.
#[must_use]
pub fn domain_match(host: &str, domain: &str) -> bool {
    host == domain
        || host
            .strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.') && address(host).is_none())
}

/// The path of a cookie whose line names none: the folder of the request, section 5.1.4.
#[must_use]
pub fn default_path(request_path: &str) -> &str {
    match request_path.rfind('/') {
        Some(last) if last > 0 && request_path.starts_with('/') => &request_path[..last],
        _ => "/",
    }
}

/// The address that a host is written as, if it is one; version 6 stands in brackets.
pub(super) fn address(host: &str) -> Option<IpAddr> {
    let inner = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => host.parse().ok(),
    }
}

/// Whether anyone can have a name under this domain.
///
/// Browsers carry a list of thousands of such domains (publicsuffix.org). This rule has no list: a
/// single label such as `com` counts, and `co.uk` passes.
pub(super) fn is_public_suffix(domain: &str) -> bool {
    !domain.is_empty()
        && domain
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The part of a host that its owner has registered, for browsers count cookies by it: the last two
/// labels, or all of an address. Without the list of public suffixes, again.
pub(super) fn registrable(host: &str) -> &str {
    if address(host).is_some() {
        return host;
    }
    host.rmatch_indices('.')
        .nth(1)
        .map_or(host, |(dot, _)| &host[dot + 1..])
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    #[test]
    fn a_path_covers_itself_and_what_lies_below() {
        for (request, cookie, expected) in [
            ("/", "/", true),
            ("/foo", "/", true),
            ("/foo", "/foo", true),
            ("/foo/", "/foo", true),
            ("/foo/bar", "/foo", true),
            ("/foobar", "/foo", false),
            ("/foo", "/foo/", false),
            ("/foo/", "/foo/", true),
            ("/foo/bar", "/foo/", true),
            ("/Foo", "/foo", false),
            ("/", "/foo", false),
            ("/%66oo", "/foo", false),
        ] {
            assert_eq!(path_match(request, cookie), expected, "{request} {cookie}");
        }
    }

    #[test]
    fn a_domain_covers_itself_and_its_subdomains_but_no_address() {
        for (host, domain, expected) in [
            ("lab.test", "lab.test", true),
            ("a.lab.test", "lab.test", true),
            ("a.b.lab.test", "lab.test", true),
            ("slab.test", "lab.test", false),
            ("lab.test", "a.lab.test", false),
            ("lab.test", "test", true),
            ("lab.test", "", false),
            ("lab.test", ".lab.test", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "0.0.1", false),
            ("127.0.0.1", "1", false),
            ("[::1]", "[::1]", true),
        ] {
            assert_eq!(domain_match(host, domain), expected, "{host} {domain}");
        }
    }

    #[test]
    fn the_default_path_is_the_folder_of_the_request() {
        for (request, expected) in [
            ("/a/b", "/a"),
            ("/a/b/", "/a/b"),
            ("/a/b/c", "/a/b"),
            ("/a", "/"),
            ("/", "/"),
            ("", "/"),
            ("a/b", "/"),
            ("//", "/"),
        ] {
            assert_eq!(default_path(request), expected, "{request}");
        }
    }

    #[test]
    fn this_computer_counts_as_secure_without_https() {
        for host in [
            "localhost",
            "sub.localhost",
            "127.0.0.1",
            "127.1.2.3",
            "[::1]",
        ] {
            assert!(Place::counts_as_secure(false, host), "{host}");
        }
        for host in [
            "lab.test",
            "notlocalhost",
            "localhost.test",
            "10.0.0.1",
            "[::2]",
        ] {
            assert!(!Place::counts_as_secure(false, host), "{host}");
            assert!(Place::counts_as_secure(true, host), "{host}");
        }
    }

    #[test]
    fn cookies_are_counted_by_the_last_two_labels() {
        for (host, expected) in [
            ("localhost", "localhost"),
            ("sub.localhost", "sub.localhost"),
            ("a.sub.localhost", "sub.localhost"),
            ("lab.test", "lab.test"),
            ("a.b.lab.test", "lab.test"),
            ("127.0.0.1", "127.0.0.1"),
            ("", ""),
        ] {
            assert_eq!(registrable(host), expected, "{host}");
        }
    }
}
