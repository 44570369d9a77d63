//! Four ways to write a value into a cookie, and what each one notices when somebody changes it.
//!
//! A seal proves that the *server* wrote the value; nothing stops a browser from sending something
//! else. The server finds out only when it computes the seal again, on every request. `express` and
//! `signed` let everybody read the value and do not bind the cookie's name: a value moved to another
//! cookie is still valid there. `private` hides the value and binds the name. None of the three
//! expires: an old value is good until the key changes.
//!
//! | seal | what travels | who makes it |
//! |---|---|---|
//! | `plain` | `value` | everybody |
//! | `express` | `s%3Avalue.SIGNATURE` | npm `cookie-signature`, used by Express |
//! | `signed` | `SIGNATUREvalue` | the Rust crate `cookie`, used by tower-cookies |
//! | `private` | `base64(nonce, ciphertext, tag)` | the same |
//!
//! Everything is given as [`Step`]s, so that a page can show each byte between the form and the header.

mod express;
mod jar;
mod keys;
mod mac;
mod private;
pub mod signature;
mod signed;
pub mod uri;

use serde::{Deserialize, Serialize};

pub use keys::key_of;
pub(super) use private::{NONCE_BYTES, TAG_BYTES};
pub(in crate::cookies) use signed::SIGNATURE_CHARS;

/// How a cookie's value is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seal {
    /// Not at all, written as tower-cookies writes: nothing is encoded.
    #[default]
    Plain,
    /// As Express's `res.cookie(…, { signed: true })`.
    Express,
    /// As the `SignedJar` of the crate `cookie`.
    Signed,
    /// As the `PrivateJar` of the crate `cookie`: encrypted.
    Private,
}

impl Seal {
    /// Every seal, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Express, Self::Signed, Self::Private];

    /// Its name in forms: `plain`, `express`, `signed` or `private`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Express => "express",
            Self::Signed => "signed",
            Self::Private => "private",
        }
    }

    /// The seal that a form names, if it names one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seal| seal.name() == name)
    }
}

/// One step of sealing or checking, as bytes that a page can show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Step {
    /// What the bytes are.
    pub kind: StepKind,
    /// The bytes: text where they are text, else hex or base64 as the kind says.
    pub text: String,
}

impl Step {
    pub(crate) fn new(kind: StepKind, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, text }
    }
}

/// What the bytes of a [`Step`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The value that is, or claims to be, protected.
    Value,
    /// How the key's bytes come from the secret's text; the bytes in hex.
    Key,
    /// What goes into the hash.
    Message,
    /// What goes into the cipher.
    Plaintext,
    /// The HMAC-SHA256, in hex.
    Digest,
    /// The same in base64, as it will be written.
    Base64,
    /// The 12 random bytes of one encryption, in hex.
    Nonce,
    /// The encrypted value, in hex.
    Ciphertext,
    /// The 16 bytes that betray a change, in hex.
    Tag,
    /// What is not encrypted but must be the same on opening: the cookie's name.
    AssociatedData,
    /// The value as it will be written.
    Cookie,
    /// As it travels.
    Encoded,
    /// As the server reads it.
    Decoded,
    /// The signature that came.
    Received,
    /// The signature computed now, with the key of the step before.
    Computed,
    /// The plain value, accepted.
    Opened,
    /// Here it failed; the verdict says why.
    Failed,
}

/// A value with its seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Sealed {
    /// The value exactly as it goes after `name=` in `Set-Cookie`.
    pub wire: String,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// What the check of a sealed value said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is no seal: whoever sent it may have written it.
    Plain,
    /// It was sealed by somebody who has one of the keys.
    Valid {
        /// The value, without its seal.
        value: String,
        /// The index of the key that fitted.
        key: usize,
    },
    /// It fits a key that is no longer used.
    WrongKey {
        /// The value; `None` where a server without that key could not have read it.
        value: Option<String>,
    },
    /// It has the right form, and fits no key.
    Forged,
    /// It does not have the form of this seal.
    Unreadable(Unreadable),
}

/// What is missing for a value to have the form of its seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// It does not start with `s:`, so Express takes it for an unsigned cookie.
    NoPrefix,
    /// No dot separates value and signature.
    NoDot,
    /// The seal is not base64 with padding.
    NotBase64,
    /// It is shorter than the seal alone.
    TooShort,
    /// Once percent-decoded it is not UTF-8, and tower-cookies drops the whole pair.
    NotUtf8,
    /// tower-cookies decodes the name as well, and then it is another one.
    OtherName,
}

/// A verdict with the steps that led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Check {
    /// What the server thinks of it.
    pub verdict: Verdict,
    /// How it came to that.
    pub steps: Vec<Step>,
    /// What anybody reads without a key: the value of the signed formats, nothing of a private one.
    pub readable: Option<String>,
}

impl Check {
    fn unreadable(reason: Unreadable, mut steps: Vec<Step>, readable: Option<String>) -> Self {
        steps.push(Step::new(StepKind::Failed, ""));
        Self {
            verdict: Verdict::Unreadable(reason),
            steps,
            readable,
        }
    }

    /// For a cookie that the reader knows under another name: nobody finds it under this one.
    fn nameless(steps: Vec<Step>) -> Self {
        Self::unreadable(Unreadable::OtherName, steps, None)
    }
}

/// Seals the value of the cookie `name` with `secret`.
///
/// Nothing is validated: a `;` in a plain or signed value ends it, as it does in a program that uses
/// the libraries without care.
#[must_use]
pub fn seal(seal: Seal, name: &str, value: &str, secret: &str) -> Sealed {
    match seal {
        Seal::Plain => Sealed {
            wire: value.to_owned(),
            steps: vec![
                Step::new(StepKind::Value, value),
                Step::new(StepKind::Cookie, value),
            ],
        },
        Seal::Express => express::seal(value, secret),
        Seal::Signed => signed::seal(name, value, secret),
        Seal::Private => private::seal(name, value, secret),
    }
}

/// Checks the value of the cookie `name` as it came in the `Cookie` header.
///
/// `keys` are those in use, newest first. `retired` are accepted no more; they only tell a value of
/// yesterday from a forged one, which a server that threw its old keys away cannot do.
#[must_use]
pub fn check(seal: Seal, name: &str, wire: &str, keys: &[String], retired: &[String]) -> Check {
    match seal {
        Seal::Plain => check_plain(name, wire),
        Seal::Express => express::check(wire, keys, retired),
        Seal::Signed => signed::check(name, wire, keys, retired),
        Seal::Private => private::check(name, wire, keys, retired),
    }
}

fn check_plain(name: &str, wire: &str) -> Check {
    let mut steps = vec![Step::new(StepKind::Encoded, wire)];
    match jar::read(name, wire) {
        Ok(cookie) => {
            steps.push(Step::new(StepKind::Decoded, cookie.value()));
            Check {
                verdict: Verdict::Plain,
                steps,
                readable: Some(cookie.value().to_owned()),
            }
        }
        Err(jar::Lost::Pair) => Check::unreadable(Unreadable::NotUtf8, steps, None),
        Err(jar::Lost::Name) => Check {
            verdict: Verdict::Plain,
            steps,
            readable: None,
        },
    }
}

#[cfg(test)]
mod tests;
