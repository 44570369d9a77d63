//! Where the browser measured differs from the standard.

use serde::{Deserialize, Serialize};

use super::line::{self, Attribute, AttributeName};
use super::{Prefix, date, lifetime, matching};

/// Something that a browser does otherwise than the standard says: Chromium 156, as measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// A tab inside of a name, a value or an attribute: the standard keeps it, Chromium drops the
    /// cookie.
    TabInside,
    /// `Max-Age=+60`: the standard passes over the attribute, Chromium reads 60 seconds.
    PlusBeforeMaxAge,
    /// No name, and a value with an `=`: the standard stores it, Chromium does not.
    NamelessWithEquals,
    /// The character NUL: the standard ignores the line, Chromium the whole response.
    Nul,
    /// A CR or LF: the standard ignores the line, and Chromium takes its end for the header's, so
    /// that what stands before it becomes the cookie.
    LineBreak,
    /// A cookie with a new value keeps its place in the standard (section 5.7, step 23); Chromium
    /// sends it last of those with an equally long path. No single line shows this.
    OrderAfterNewValue,
    /// `Max-Age=60; Max-Age=abc`: the standard passes over the second and keeps the 60 seconds,
    /// Chromium looks only at the second. The same with two `Expires`.
    LaterLifetimeUnreadable,
    /// An `Expires` with a year before 1601 or of an odd length (Chromium takes it for a year, the
    /// standard does not), or with letters behind a number (the other way round).
    OddDate,
    /// A `Domain` that is an address (Chromium makes the cookie host-only), a single dot (Chromium
    /// drops it) or one label beside a `__Host-` name (Chromium drops it even where the host has
    /// that name, and the standard would make it host-only).
    OddDomain,
    /// A `__Host-` name and a `Path` that is no path, where the default path is `/`: by the letter
    /// of section 5.7, step 21, that counts as `Path=/`; Chromium wants it written out.
    HostPathDefaulted,
    /// A cookie without `SameSite` that is at most two minutes old goes with a `POST` from another
    /// site in Chromium; the standard permits that (section 5.6.7.2) and does not ask for it. No
    /// line shows this.
    LaxAllowingUnsafe,
    /// Which cookies leave a full jar: the standard looks at `Secure` and the last use, Chromium at
    /// `Priority` as well. No single line shows this.
    EvictionByPriority,
}

impl Difference {
    /// Every difference that is known.
    pub const ALL: [Self; 12] = [
        Self::TabInside,
        Self::PlusBeforeMaxAge,
        Self::NamelessWithEquals,
        Self::Nul,
        Self::LineBreak,
        Self::OrderAfterNewValue,
        Self::LaterLifetimeUnreadable,
        Self::OddDate,
        Self::OddDomain,
        Self::HostPathDefaulted,
        Self::LaxAllowingUnsafe,
        Self::EvictionByPriority,
    ];

    /// Whether [`known_difference`] finds it in a line. The others show only between several.
    #[must_use]
    pub const fn shows_in_one_line(self) -> bool {
        !matches!(
            self,
            Self::OrderAfterNewValue | Self::LaxAllowingUnsafe | Self::EvictionByPriority
        )
    }
}

/// What Chromium 156 may do otherwise with this line, if anything is known and shows in one line. It
/// may also do as the standard says: not every place and not every context brings it out.
#[must_use]
pub fn known_difference(line: &str) -> Option<Difference> {
    let pair = line::pair(line);
    let nameless = pair.name.is_empty() && pair.value.contains('=');
    if line.contains('\0') {
        Some(Difference::Nul)
    } else if line.contains(['\r', '\n']) {
        Some(Difference::LineBreak)
    } else if has_tab_inside(line) {
        Some(Difference::TabInside)
    } else if nameless && Prefix::of(pair.value).is_none() {
        Some(Difference::NamelessWithEquals)
    } else if has_plus(line) {
        Some(Difference::PlusBeforeMaxAge)
    } else if has_later_unreadable(line) {
        Some(Difference::LaterLifetimeUnreadable)
    } else if last(line, AttributeName::Expires).is_some_and(|found| date::is_odd(found.value)) {
        Some(Difference::OddDate)
    } else if has_odd_domain(line, Prefix::of(pair.name)) {
        Some(Difference::OddDomain)
    } else if has_defaulted_host_path(line, Prefix::of(pair.name)) {
        Some(Difference::HostPathDefaulted)
    } else {
        None
    }
}

fn readable(line: &str, kind: AttributeName) -> impl Iterator<Item = Attribute<'_>> {
    line::attributes(line).filter(move |found| found.kind == kind && !found.is_too_long())
}

fn last(line: &str, kind: AttributeName) -> Option<Attribute<'_>> {
    readable(line, kind).last()
}

fn has_tab_inside(line: &str) -> bool {
    let pair = line::pair(line);
    let in_pair = [pair.name, pair.value];
    let in_attributes = line::attributes(line).flat_map(|found| [found.name, found.value]);
    in_pair
        .into_iter()
        .chain(in_attributes)
        .any(|text| text.contains('\t'))
}

fn has_plus(line: &str) -> bool {
    last(line, AttributeName::MaxAge)
        .and_then(|found| found.value.strip_prefix('+'))
        .is_some_and(|rest| !rest.starts_with('-') && lifetime::max_age(rest).is_some())
}

fn has_later_unreadable(line: &str) -> bool {
    let says = |found: Attribute<'_>| match found.kind {
        AttributeName::MaxAge => lifetime::max_age(found.value).is_some(),
        _ => date::parse_date(found.value).is_some(),
    };
    [AttributeName::MaxAge, AttributeName::Expires]
        .into_iter()
        .any(|kind| {
            readable(line, kind).any(says) && last(line, kind).is_some_and(|found| !says(found))
        })
}

fn has_odd_domain(line: &str, prefix: Option<Prefix>) -> bool {
    last(line, AttributeName::Domain).is_some_and(|found| {
        let domain = found.value.strip_prefix('.').unwrap_or(found.value);
        found.value == "."
            || matching::address(domain).is_some()
            || (matches!(prefix, Some(Prefix::Host | Prefix::HostHttp))
                && matching::is_public_suffix(domain))
    })
}

fn has_defaulted_host_path(line: &str, prefix: Option<Prefix>) -> bool {
    matches!(prefix, Some(Prefix::Host | Prefix::HostHttp))
        && last(line, AttributeName::Path).is_some_and(|found| !found.value.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::Difference::{
        LaterLifetimeUnreadable, NamelessWithEquals, Nul, OddDate, OddDomain, PlusBeforeMaxAge,
        TabInside,
    };
    use super::*;

    #[test]
    fn a_difference_is_known_by_its_line() {
        for (line, expected) in [
            ("a=b", None),
            ("a\tb=1", Some(TabInside)),
            ("a=x\ty", Some(TabInside)),
            ("a=1; Path=/x\ty", Some(TabInside)),
            ("\ta\t=\tb\t;\tPath\t=\t/\t", None),
            ("a=1; Max-Age=+60", Some(PlusBeforeMaxAge)),
            ("a=1; max-age = +60", Some(PlusBeforeMaxAge)),
            ("a=1; Max-Age=+60; Max-Age=5", None),
            ("a=1; Max-Age=+", None),
            ("a=1; Max-Age=+-5", None),
            ("a=+60", None),
            ("=a=b", Some(NamelessWithEquals)),
            ("=__Secure-a=b", None),
            ("=a", None),
            ("a", None),
            ("a=b=c", None),
            ("a=\0", Some(Nul)),
            ("a=1; Max-Age=6; Max-Age=x", Some(LaterLifetimeUnreadable)),
            ("a=1; Max-Age=x; Max-Age=6", None),
            (
                "a=1; Expires=1 Jan 2100 0:0:0; Expires=x",
                Some(LaterLifetimeUnreadable),
            ),
            ("a=1; Domain=127.0.0.1", Some(OddDomain)),
            ("a=1; Domain=.", Some(OddDomain)),
            ("a=1; Domain=localhost", None),
            (
                "__Host-a=1; Secure; Path=/; Domain=localhost",
                Some(OddDomain),
            ),
        ] {
            assert_eq!(known_difference(line), expected, "{line:?}");
        }
    }

    #[test]
    fn odd_dates_are_known() {
        for (date, expected) in [
            ("Fri, 01 Jan 2100 00:00:00 GMT", None),
            ("Fri, 01-Jan-70 00:00:00 GMT", None),
            ("2100-01-01T00:00:00Z", None),
            ("4102444800", None),
            ("01 Jan 2100 00:00:00 GMT-0500", None),
            ("00:00:00 GMT-0500 01 Jan 2100", Some(OddDate)),
            ("01 Jan 2100 00:00", None),
            ("01 Jan 1600 00:00:00", Some(OddDate)),
            ("01 Jan 170 00:00:00", Some(OddDate)),
            ("01 Jan 21000 00:00:00", Some(OddDate)),
            ("1st Jan 2100 00:00:00", Some(OddDate)),
            ("01 Jan 2100AD 00:00:00", Some(OddDate)),
            ("01 Jan 2100 00:00:00Z", Some(OddDate)),
        ] {
            let line = format!("a=1; Expires={date}");
            assert_eq!(known_difference(&line), expected, "{date}");
        }
    }
}
