//! What arrived: the raw `Cookie` header of a request, in order, duplicates and all.
//!
//! Cookie libraries hand out a map and hide the rest. Here the bytes come first.

use axum::http::{HeaderMap, HeaderValue, header};
use serde::{Deserialize, Serialize};

use super::{experiments::Experiment, user_agent::Place};
use crate::{i18n::Locale, sandbox::identity::LAB_COOKIE};

/// How a request came in: what decides about cookies besides the cookies.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Whether the browser spoke https.
    pub https: bool,
    /// The host as the browser asked for it, in lower case, without the port.
    pub host: String,
    /// The path of the request, without the query.
    pub path: String,
    /// The language of the page that it came from.
    pub locale: Locale,
    /// Whether a person's browser waits for a page, not a program for data.
    pub wants_page: bool,
    /// Whether a page of another site sent the browser here (`Sec-Fetch-Site`): cookies with
    /// `SameSite=Strict` stay behind then.
    pub from_another_site: bool,
    /// The experiment that is loaded in the page that the request comes from.
    pub experiment: Option<Experiment>,
}

impl Visit {
    /// The request as the rule wants to know it.
    #[must_use]
    pub fn place(&self) -> Place<'_> {
        self.at(&self.path)
    }

    /// The experiment that a URL of the page loads (`…?experiment=units`).
    #[must_use]
    pub fn experiment_of(url: &str) -> Option<Experiment> {
        let (_, query) = url.split_once('?')?;
        let mut fields = query.split('&');
        fields.find_map(|field| Experiment::from_id(field.strip_prefix("experiment=")?))
    }

    /// The same host and connection with another path.
    #[must_use]
    pub fn at<'a>(&'a self, path: &'a str) -> Place<'a> {
        Place {
            host: &self.host,
            path,
            secure: Place::counts_as_secure(self.https, &self.host),
        }
    }
}

/// One cookie of a `Cookie` header, as it travelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Before the first `=`; empty for a nameless cookie.
    pub name: String,
    /// After it.
    pub value: String,
}

/// The student's cookies in a request. The playground's own never gets this far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The header's lines; bytes that are no UTF-8 are shown as U+FFFD.
    pub lines: Vec<String>,
    /// The pairs of all lines, in order.
    pub pairs: Vec<Pair>,
}

impl Heard {
    /// Reads the `Cookie` lines of a request.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let mut heard = Self::default();
        for line in student_lines(headers) {
            let text = String::from_utf8_lossy(line.as_bytes()).into_owned();
            heard.pairs.extend(text.split(';').map(pair));
            heard.lines.push(text);
        }
        heard
    }

    /// Reads one header that is no secret: nothing is left out of it.
    #[must_use]
    pub fn from_text(header: &str) -> Self {
        Self {
            lines: vec![header.to_owned()],
            pairs: header.split(';').map(pair).collect(),
        }
    }

    /// The first value of this name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|pair| pair.name == name);
        found.map(|pair| pair.value.as_str())
    }

    /// Whether exactly this pair is there.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.pairs
            .iter()
            .any(|pair| pair.name == name && pair.value == value)
    }

    /// Everything as one header.
    #[must_use]
    pub fn joined(&self) -> String {
        self.lines.join("; ")
    }
}

/// The `Cookie` lines without the playground's own cookie, byte for byte; lines that are then empty are left out.
#[must_use]
pub fn student_lines(headers: &HeaderMap) -> Vec<HeaderValue> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| {
            let pairs = line.as_bytes().split(|&byte| byte == b';');
            let kept: Vec<&[u8]> = pairs
                .map(<[u8]>::trim_ascii)
                .filter(|pair| !pair.is_empty() && !is_of_the_lab(pair))
                .collect();
            (!kept.is_empty())
                .then(|| HeaderValue::from_bytes(&kept.join(&b"; "[..])).ok())
                .flatten()
        })
        .collect()
}

fn is_of_the_lab(pair: &[u8]) -> bool {
    let name = pair.split(|&byte| byte == b'=').next().unwrap_or_default();
    name.trim_ascii() == LAB_COOKIE.as_bytes()
}

fn pair(text: &str) -> Pair {
    let text = text.trim_matches([' ', '\t']);
    let (name, value) = text.split_once('=').unwrap_or(("", text));
    Pair {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_labs_own_cookie_is_shown_in_order() {
        let headers: HeaderMap = [
            "a=1; lab=secret; a=2; x",
            "lab=secret",
            "b=c=d ;lab =also; \u{f1}=1",
        ]
        .into_iter()
        .map(|line| {
            (
                header::COOKIE,
                HeaderValue::from_bytes(line.as_bytes()).unwrap(),
            )
        })
        .collect();
        let heard = Heard::from_headers(&headers);
        assert_eq!(heard.lines, ["a=1; a=2; x", "b=c=d; \u{f1}=1"]);
        let names: Vec<_> = heard.pairs.iter().map(|pair| pair.name.as_str()).collect();
        assert_eq!(names, ["a", "a", "", "b", "\u{f1}"]);
        assert_eq!(heard.first("a"), Some("1"));
        assert!(heard.has("", "x") && heard.has("b", "c=d"));
        assert!(!heard.joined().contains("secret"));
    }
}
