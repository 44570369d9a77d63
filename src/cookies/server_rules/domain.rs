//! What a server may write behind `Domain=`: a `<subdomain>` (RFC 6265bis section 4.1.1), which is the
//! preferred syntax of RFC 1034 section 3.5 with digits in front, too (RFC 1123 section 2.1).

use serde::Serialize;

/// The most octets of a name (RFC 1035 section 2.3.4, without its root).
const MOST_NAME: usize = 253;
/// The most octets of a label.
const MOST_LABEL: usize = 63;

/// Why a text is no domain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    /// It begins with `http://` or the like.
    Scheme,
    /// It ends with a port.
    Port,
    /// It begins with a dot, which browsers pass over.
    LeadingDot,
    /// A part between dots is empty, too long, or has something other than letters, digits and inner `-`.
    Label,
}

/// What is wrong with a domain. An empty one is none, and what no attribute can hold is another finding.
#[must_use]
pub fn mistake(domain: &str) -> Option<Mistake> {
    if domain.is_empty() || is_name(domain) {
        return None;
    }
    let has_port = domain.rsplit_once(':').is_some_and(|(name, port)| {
        !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && is_name(name)
    });
    Some(if domain.contains("://") {
        Mistake::Scheme
    } else if has_port {
        Mistake::Port
    } else if domain.strip_prefix('.').is_some_and(is_name) {
        Mistake::LeadingDot
    } else {
        Mistake::Label
    })
}

fn is_name(text: &str) -> bool {
    text.len() <= MOST_NAME && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=MOST_LABEL).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_domain_name_is_one() {
        for good in [
            "",
            "localhost",
            "playground.test",
            "127.0.0.1",
            "3com.com",
            "a-b.c",
        ] {
            assert_eq!(mistake(good), None, "{good}");
        }
        for (bad, why) in [
            ("http://localhost", Mistake::Scheme),
            ("localhost:3133", Mistake::Port),
            (".localhost", Mistake::LeadingDot),
            ("a b", Mistake::Label),
            ("..", Mistake::Label),
            ("a..b", Mistake::Label),
            ("localhost.", Mistake::Label),
            ("-x-", Mistake::Label),
            ("*.localhost", Mistake::Label),
            ("a_b", Mistake::Label),
            ("localhost/", Mistake::Label),
            ("[::1]", Mistake::Label),
        ] {
            assert_eq!(mistake(bad), Some(why), "{bad}");
        }
        assert_eq!(mistake(&"a".repeat(64)), Some(Mistake::Label));
        assert_eq!(mistake(&["a"; 128].join(".")), Some(Mistake::Label));
    }
}
