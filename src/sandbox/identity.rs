//! Whose lab is it? The one cookie that is ours.
//!
//! `lab=<signature><id>`: 128 random bits, signed, `HttpOnly`, `SameSite=Lax`, and `Secure` exactly
//! when the request came over https. It is compared by its raw name, byte for byte, because parsed
//! cookie jars decode percent signs and trim Unicode spaces: `%6Cab=…` must not pass for ours
//! (RFC 6265bis section 5.4 warns of names that only look alike).
//!
//! A *pass* is the same identity for ten minutes, encrypted, for the curl commands that the page
//! offers: the lab cookie itself is never shown.

use std::{fs, io, path::Path};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use cookie::{Cookie, CookieJar, Key, SameSite, time::Duration};

use crate::{config, error::LabError, stores::SandboxTag};

/// The name of the lab cookie.
pub const LAB_COOKIE: &str = "lab";
/// The header that carries a pass.
pub const PASS_HEADER: HeaderName = HeaderName::from_static(PASS);
const PASS: &str = "playground-pass";
/// How long a pass is good: 10 minutes, in ms.
const PASS_MS: i64 = 10 * 60 * 1000;
/// How long the browser keeps the lab cookie.
const LAB_COOKIE_AGE: Duration = Duration::days(30);

/// The secret id of a lab: 128 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct SandboxId([u8; 16]);

impl SandboxId {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        Self(config::random())
    }

    /// The public name that goes with it.
    #[must_use]
    pub fn tag(&self) -> SandboxTag {
        SandboxTag::of(&self.0)
    }

    fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }
}

impl Default for SandboxId {
    fn default() -> Self {
        Self::new()
    }
}

/// How a request shows whose lab it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By the lab cookie itself: it comes from the lab's own browser.
    Cookie,
    /// By a pass, which is good for ten minutes and must not turn into anything better.
    Pass,
}

/// Signs lab cookies and recognises them.
#[derive(Clone)]
pub struct Identity {
    key: Key,
}

impl Identity {
    /// Takes the key from the secret, or from `<data>/secret.key`, which is made (0600) if it is not there.
    ///
    /// # Errors
    /// Those of the disk, and a key file that is too short.
    pub fn open(secret: Option<&str>, data: &Path) -> io::Result<Self> {
        if let Some(secret) = secret {
            return Ok(Self {
                key: Key::derive_from(secret.as_bytes()),
            });
        }
        let file = data.join("secret.key");
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => make_key_file(&file)?,
            Err(error) => return Err(error),
        };
        let key = Key::try_from(bytes.as_slice()).map_err(|_| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "secret.key is shorter than 64 bytes",
            )
        })?;
        Ok(Self { key })
    }

    /// The lab that a request belongs to, and how it shows that: by its cookie, else by its pass.
    ///
    /// # Errors
    /// [`LabError::TwoLabs`] if the request carries two lab cookies that we signed: one of them was
    /// planted, and nobody can say which.
    pub fn recognise(&self, headers: &HeaderMap) -> Result<Option<(SandboxId, Proof)>, LabError> {
        let mut found: Option<SandboxId> = None;
        for value in raw_cookies(headers)
            .filter_map(|(name, value)| (name == LAB_COOKIE.as_bytes()).then_some(value))
        {
            // What we did not sign is a student's experiment, and ignored.
            let Some(id) = self.verify(value) else {
                continue;
            };
            if found.as_ref().is_some_and(|other| *other != id) {
                return Err(LabError::TwoLabs);
            }
            found = Some(id);
        }
        let by_pass = || self.verify_pass(headers.get(PASS_HEADER)?, config::now_ms());
        Ok(match found {
            Some(id) => Some((id, Proof::Cookie)),
            None => by_pass().map(|id| (id, Proof::Pass)),
        })
    }

    /// The `Set-Cookie` value that gives a lab to a browser.
    #[must_use]
    pub fn set_cookie(&self, id: &SandboxId, https: bool) -> Option<HeaderValue> {
        let cookie = Cookie::build((LAB_COOKIE, id.text()))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(https)
            .max_age(LAB_COOKIE_AGE)
            .build();
        let mut jar = CookieJar::new();
        jar.signed_mut(&self.key).add(cookie);
        HeaderValue::from_str(&jar.get(LAB_COOKIE)?.to_string()).ok()
    }

    /// A pass for the lab, good for ten minutes.
    #[must_use]
    pub fn pass(&self, id: &SandboxId) -> String {
        let mut jar = CookieJar::new();
        let text = format!("{}.{}", id.text(), config::now_ms() + PASS_MS);
        jar.private_mut(&self.key).add(Cookie::new(PASS, text));
        jar.get(PASS)
            .map(|cookie| cookie.value().to_owned())
            .unwrap_or_default()
    }

    fn verify(&self, value: &[u8]) -> Option<SandboxId> {
        let value = std::str::from_utf8(value).ok()?.to_owned();
        let jar = CookieJar::new();
        let cookie = jar
            .signed(&self.key)
            .verify(Cookie::new(LAB_COOKIE, value))?;
        SandboxId::parse(cookie.value())
    }

    fn verify_pass(&self, header: &HeaderValue, now_ms: i64) -> Option<SandboxId> {
        let jar = CookieJar::new();
        let sealed = Cookie::new(PASS, header.to_str().ok()?.to_owned());
        let opened = jar.private(&self.key).decrypt(sealed)?;
        let (id, until) = opened.value().split_once('.')?;
        (now_ms < until.parse::<i64>().ok()?)
            .then(|| SandboxId::parse(id))
            .flatten()
    }
}

/// The name and value of every cookie pair as it travelled: only spaces and tabs around them are cut.
pub fn raw_cookies(headers: &HeaderMap) -> impl Iterator<Item = (&[u8], &[u8])> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .flat_map(|line| line.as_bytes().split(|&byte| byte == b';'))
        .filter_map(|pair| {
            let pair = pair.trim_ascii();
            let split = pair.iter().position(|&byte| byte == b'=')?;
            Some((&pair[..split], &pair[split + 1..]))
        })
}

/// The request's cookies as one header, without the lab cookie: what the exhibits see and the tape shows.
#[must_use]
pub fn cookies_of_the_student(headers: &HeaderMap) -> String {
    let pairs = raw_cookies(headers).filter(|(name, _)| *name != LAB_COOKIE.as_bytes());
    let texts: Vec<_> = pairs
        .map(|(name, value)| {
            format!(
                "{}={}",
                String::from_utf8_lossy(name),
                String::from_utf8_lossy(value)
            )
        })
        .collect();
    texts.join("; ")
}

fn make_key_file(file: &Path) -> io::Result<Vec<u8>> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let bytes = config::random::<64>();
    let mut opened = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    opened.write_all(&bytes)?;
    opened.sync_all()?;
    Ok(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity {
            key: Key::derive_from(&[7; 32]),
        }
    }

    fn cookies(lines: &[&str]) -> HeaderMap {
        lines
            .iter()
            .map(|line| (header::COOKIE, HeaderValue::from_str(line).unwrap()))
            .collect()
    }

    fn pair(identity: &Identity, id: &SandboxId) -> String {
        let header = identity.set_cookie(id, false).unwrap();
        header
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn a_lab_is_recognised_by_its_own_cookie_among_others() {
        let (identity, id) = (identity(), SandboxId::new());
        let headers = cookies(&[
            "a=1; redis.sid=x",
            &format!("b=2;  {} ; c=3", pair(&identity, &id)),
        ]);
        assert!(identity.recognise(&headers).unwrap() == Some((id, Proof::Cookie)));
        assert_eq!(
            cookies_of_the_student(&headers),
            "a=1; redis.sid=x; b=2; c=3"
        );
    }

    #[test]
    fn what_only_looks_like_it_is_ignored() {
        let (identity, id) = (identity(), SandboxId::new());
        let value = pair(&identity, &id)["lab=".len()..].to_owned();
        for name in ["%6Cab", "Lab", "lab%20", "xlab", "lab.sid", "\u{a0}lab"] {
            assert!(
                identity
                    .recognise(&cookies(&[&format!("{name}={value}")]))
                    .unwrap()
                    .is_none(),
                "{name}"
            );
        }
        let mut forged = value;
        forged.pop();
        forged.push(if forged.ends_with('A') { 'B' } else { 'A' });
        assert!(
            identity
                .recognise(&cookies(&[&format!("lab={}x", &forged)]))
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn a_forged_shadow_does_not_hide_the_lab_but_a_second_real_one_is_refused() {
        let (identity, id) = (identity(), SandboxId::new());
        let mine = pair(&identity, &id);
        assert!(
            identity
                .recognise(&cookies(&[&format!("lab=evil; {mine}; lab=")]))
                .unwrap()
                == Some((id, Proof::Cookie))
        );
        let theirs = pair(&identity, &SandboxId::new());
        assert_eq!(
            identity
                .recognise(&cookies(&[&format!("{theirs}; {mine}")]))
                .err(),
            Some(LabError::TwoLabs)
        );
    }

    #[test]
    fn secure_exactly_over_https() {
        let (identity, id) = (identity(), SandboxId::new());
        let text = |https| {
            identity
                .set_cookie(&id, https)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert!(text(true).contains("; Secure") && !text(false).contains("Secure"));
        assert!(text(false).contains("HttpOnly; SameSite=Lax"));
    }

    #[test]
    fn a_pass_opens_the_lab_until_its_time_is_over() {
        let (identity, id) = (identity(), SandboxId::new());
        let pass = HeaderValue::from_str(&identity.pass(&id)).unwrap();
        let now = config::now_ms();
        assert!(identity.verify_pass(&pass, now) == Some(id));
        assert!(identity.verify_pass(&pass, now + PASS_MS + 1000).is_none());
        assert!(
            identity
                .verify_pass(&HeaderValue::from_static("AAAA"), now)
                .is_none()
        );
    }
}
