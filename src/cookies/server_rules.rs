//! What a server should not send: the grammar of those who produce cookies, and the rules that
//! several fields have together (RFC 6265bis section 4.1).
//!
//! A browser accepts far more than a server may send ([`super::user_agent`] says how much). So a finding is
//! no verdict: the form can be sent anyway, as long as HTTP can carry it and it leaves the
//! playground's own cookie alone.

use super::{
    cookie_form::{Lifetime, Order},
    seal::Seal,
    user_agent::{PartKind, Prefix, SameSite, parts},
};
use crate::sandbox::identity::LAB_COOKIE;

/// The most octets that name and value may have together (RFC 6265bis section 5.6).
pub const MOST_PAIR: usize = 4096;
/// The most octets that the value of an attribute may have (RFC 6265bis section 5.6).
pub const MOST_ATTRIBUTE: usize = 1024;

mod domain;
mod finding;

pub use domain::Mistake;
pub use finding::{Field, Finding};

/// Everything that is wrong with an order whose value travels as `wire`.
#[must_use]
pub fn check(order: &Order, wire: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let fields = [
        (Field::Name, order.name.as_str()),
        (Field::Value, wire),
        (Field::Path, order.path.as_str()),
        (Field::Domain, order.domain.as_str()),
        (Field::Lifetime, order.lifetime.as_str()),
    ];
    for (field, text) in fields {
        if let Some(control) = text.chars().find(|c| cannot_travel(*c)) {
            found.push(Finding::CannotTravel {
                field,
                code: control.into(),
            });
        }
    }
    if names_the_lab(&order.typed_line(wire)) {
        found.push(Finding::LabCookie);
    }
    name(order, &mut found);
    if let Some(bad) = bad_in_value(wire) {
        found.push(Finding::ValueCharacter { found: bad });
    }
    let octets = order.name.len() + wire.len();
    if octets > MOST_PAIR {
        found.push(Finding::PairTooLarge { octets });
    }
    attributes(order, &mut found);
    if order.same_site == SameSite::None && !order.secure {
        found.push(Finding::NoneWithoutSecure);
    }
    if order.partitioned && !order.secure {
        found.push(Finding::PartitionedWithoutSecure);
    }
    if order.seal == Seal::Signed && has_percent_sequence(wire) {
        found.push(Finding::PercentInSigned);
    }
    found
}

/// What is wrong with a line that was written by hand: only what must never leave.
#[must_use]
pub fn check_line(line: &str) -> Vec<Finding> {
    let control = line.chars().find(|c| cannot_travel(*c));
    let mut found: Vec<_> = control
        .map(|control| Finding::CannotTravel {
            field: Field::Line,
            code: control.into(),
        })
        .into_iter()
        .collect();
    if names_the_lab(line) {
        found.push(Finding::LabCookie);
    }
    found
}

/// Whether some browser could take this line for the playground's own cookie.
///
/// Wider than any browser: names are compared without case, without any space, percent sequences
/// decoded, and a nameless cookie is judged by what would be sent, which is its value.
#[must_use]
pub fn names_the_lab(line: &str) -> bool {
    let (mut name, mut value) = (String::new(), String::new());
    for part in parts(line) {
        match part.kind {
            PartKind::Name => name = part.text,
            PartKind::Value => value = part.text,
            _ => {}
        }
    }
    let decoded = |text: &str| {
        let bytes: Vec<u8> = percent_encoding::percent_decode_str(text).collect();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        text.replace(|c: char| c.is_whitespace() || c.is_control(), "")
    };
    if name.trim().is_empty() {
        // A nameless cookie travels as its value alone: `=lab=x` would arrive as `lab=x`.
        let sent = decoded(&value);
        return sent == LAB_COOKIE || sent.starts_with(&format!("{LAB_COOKIE}="));
    }
    decoded(&name) == LAB_COOKIE
}

/// Whether a header field cannot hold it: all controls but TAB (RFC 9110 section 5.5).
const fn cannot_travel(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

fn name(order: &Order, found: &mut Vec<Finding>) {
    if order.name.is_empty() {
        found.push(Finding::NoName);
    }
    if let Some(bad) = order.name.chars().find(|c| !is_token(*c)) {
        found.push(Finding::NameCharacter { found: bad });
    }
    let lower = order.name.to_ascii_lowercase();
    let root = order.path == "/" && order.domain.is_empty();
    let broken = match lower.as_str() {
        n if n.starts_with("__host-http-") => {
            (!(order.secure && order.http_only && root)).then_some(Prefix::HostHttp)
        }
        n if n.starts_with("__host-") => (!(order.secure && root)).then_some(Prefix::Host),
        n if n.starts_with("__http-") => {
            (!(order.secure && order.http_only)).then_some(Prefix::Http)
        }
        n if n.starts_with("__secure-") => (!order.secure).then_some(Prefix::Secure),
        _ => None,
    };
    if let Some(prefix) = broken {
        found.push(Finding::PrefixBroken { prefix });
    }
}

fn attributes(order: &Order, found: &mut Vec<Finding>) {
    for (field, text) in [(Field::Path, &order.path), (Field::Domain, &order.domain)] {
        if text.len() > MOST_ATTRIBUTE {
            found.push(Finding::AttributeTooLarge {
                field,
                octets: text.len(),
            });
        }
        if let Some(bad) = text.chars().find(|&c| c == ';' || !c.is_ascii()) {
            found.push(Finding::AttributeCharacter { field, found: bad });
        }
    }
    if let Some(mistake) = domain::mistake(&order.domain) {
        found.push(Finding::NoDomain { mistake });
    }
    if !order.path.is_empty() && !order.path.starts_with('/') {
        found.push(Finding::PathNotAbsolute);
    }
    match order.lifetime() {
        Lifetime::Unreadable => found.push(Finding::LifetimeUnreadable),
        Lifetime::MaxAge { seconds } if seconds < 0 => found.push(Finding::LifetimeNegative),
        _ => {}
    }
}

/// RFC 9110 section 5.6.2.
fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// The first character that is no cookie-octet. One pair of quotes around the value is allowed.
fn bad_in_value(wire: &str) -> Option<char> {
    let inner = wire
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(wire);
    inner
        .chars()
        .find(|&c| !c.is_ascii_graphic() || matches!(c, '"' | ',' | ';' | '\\'))
}

fn has_percent_sequence(text: &str) -> bool {
    text.as_bytes()
        .windows(3)
        .any(|w| w[0] == b'%' && w[1].is_ascii_hexdigit() && w[2].is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(name: &str, change: impl FnOnce(&mut Order)) -> Vec<Finding> {
        let mut order = Order {
            name: name.to_owned(),
            value: "1".to_owned(),
            ..Order::default()
        };
        change(&mut order);
        let wire = order.value.clone();
        check(&order, &wire)
    }

    #[test]
    fn a_plain_cookie_has_nothing_wrong() {
        assert!(order("tema", |_| ()).is_empty());
        assert!(order("tema", |o| o.value = "\"quoted\"".to_owned()).is_empty());
        assert!(
            order("__Host-id", |o| {
                (o.secure, o.path) = (true, "/".to_owned());
            })
            .is_empty()
        );
    }

    #[test]
    fn each_rule_is_found() {
        let value = |text: &str| order("a", |o| o.value = text.to_owned());
        for (text, found) in [
            ("x y", ' '),
            ("1,2", ','),
            ("a;b", ';'),
            ("a\\b", '\\'),
            ("sí", 'í'),
            ("a\"b", '"'),
        ] {
            assert_eq!(value(text), [Finding::ValueCharacter { found }], "{text}");
        }
        assert_eq!(
            value(&"x".repeat(4096)),
            [Finding::PairTooLarge { octets: 4097 }]
        );
        assert_eq!(
            order("a=b", |_| ()),
            [Finding::NameCharacter { found: '=' }]
        );
        assert_eq!(order("", |_| ())[0], Finding::NoName);
        assert_eq!(
            order("a", |o| o.same_site = SameSite::None),
            [Finding::NoneWithoutSecure]
        );
        assert_eq!(
            order("a", |o| o.partitioned = true),
            [Finding::PartitionedWithoutSecure]
        );
        assert_eq!(
            order("__host-A", |o| o.secure = true),
            [Finding::PrefixBroken {
                prefix: Prefix::Host
            }]
        );
        assert_eq!(
            order("a", |o| o.path = format!("/{}", "p".repeat(1024))),
            [Finding::AttributeTooLarge {
                field: Field::Path,
                octets: 1025
            }]
        );
        assert_eq!(
            order("a", |o| o.path = "x".to_owned()),
            [Finding::PathNotAbsolute]
        );
    }

    #[test]
    fn what_http_cannot_carry_is_final() {
        let found = order("a", |o| o.value = "x\r\nSet-Cookie: b=1".to_owned());
        assert!(found.contains(&Finding::CannotTravel {
            field: Field::Value,
            code: 13
        }));
        assert!(found[0].is_final());
    }

    #[test]
    fn no_line_can_touch_the_labs_own_cookie() {
        for line in [
            "lab=x",
            " lab =x",
            "LAB=x",
            "%6Cab=x",
            "lab",
            "=lab=x",
            "= lab=x",
            "=lab",
            "\u{a0}lab=x",
            "lab=; Max-Age=0",
            "lab\t=x; Path=/es",
        ] {
            assert!(names_the_lab(line), "{line:?}");
        }
        for line in ["laboratorio=x", "mi_lab=x", "a=lab", "=labx", "collab"] {
            assert!(!names_the_lab(line), "{line:?}");
        }
    }
}
