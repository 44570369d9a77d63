//! What the attributes of a line ask for: RFC 6265bis sections 5.6.1 to 5.6.7.

use super::lifetime::{self, Age};
use super::line::{self, Attribute, AttributeName};
use super::{Note, SameSite, default_path, parse_date};

/// What the attributes ask for. Of repeated ones, the last counts.
#[derive(Default)]
pub(super) struct Asked<'a> {
    pub max_age: Option<Age>,
    pub expires_ms: Option<i64>,
    /// Lower case, without a leading dot; empty as when there is none.
    pub domain: String,
    /// As written, though it may be no path.
    path: Option<&'a str>,
    pub secure: bool,
    pub http_only: bool,
    pub same_site: SameSite,
    pub partitioned: bool,
}

impl<'a> Asked<'a> {
    pub(super) fn read(line: &'a str, notes: &mut Vec<Note>) -> Self {
        let mut asked = Self::default();
        let (mut domain, mut same_site) = (false, false);
        for attribute in line::attributes(line) {
            domain |= attribute.kind == AttributeName::Domain;
            same_site |= attribute.kind == AttributeName::SameSite && !attribute.is_too_long();
            if attribute.is_too_long() {
                let name = attribute.name.to_owned();
                notes.push(Note::AttributeTooLong { name });
            } else {
                asked.take(attribute, notes);
            }
        }
        // What was written first may have been replaced, so only what is left tells.
        if domain && asked.domain.is_empty() {
            notes.push(Note::DomainIgnored);
        }
        if asked.path.is_some() && asked.absolute_path().is_none() {
            notes.push(Note::PathDefaulted);
        }
        if same_site && asked.same_site == SameSite::Unset {
            notes.push(Note::SameSiteDefault);
        }
        asked
    }

    /// The cookie's path, for a request to this one.
    pub(super) fn path(&self, request_path: &'a str) -> &'a str {
        self.absolute_path()
            .unwrap_or_else(|| default_path(request_path))
    }

    /// Whether there is a `Path` at all: section 5.7, step 21, takes any, even one that is none.
    pub(super) const fn has_path(&self) -> bool {
        self.path.is_some()
    }

    fn absolute_path(&self) -> Option<&'a str> {
        self.path.filter(|path| path.starts_with('/'))
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
                self.domain = value
                    .strip_prefix('.')
                    .unwrap_or(value)
                    .to_ascii_lowercase();
            }
            AttributeName::Path => self.path = Some(value),
            AttributeName::Secure => self.secure = true,
            AttributeName::HttpOnly => self.http_only = true,
            AttributeName::Partitioned => self.partitioned = true,
            AttributeName::SameSite => self.same_site = same_site(value),
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
