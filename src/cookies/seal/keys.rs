//! From the text of a secret to the bytes of a key, and which of several keys fits.
//!
//! Changing a secret throws out every cookie that it sealed, unless the server still accepts the old
//! one for a while: new cookies are sealed with the first key, old ones are opened with any.

use cookie::Key;
use sha2::{Digest, Sha512};

use super::{Check, Step, StepKind, Verdict};

/// The 64 bytes that the crate `cookie` wants: SHA-512 of the text. The first 32 sign, the next 32 encrypt.
///
/// Any text gives a key, which suits a lab; a hash makes no weak secret strong, so a real program
/// takes 64 random bytes.
#[must_use]
pub fn key_of(secret: &str) -> Key {
    Key::from(&Sha512::digest(secret))
}

/// One key tried on one value.
pub(super) struct Attempt {
    /// What was computed for it.
    pub steps: Vec<Step>,
    /// The value, if the key fitted.
    pub opened: Option<String>,
}

/// Tries the keys in use, newest first, then those that are not.
pub(super) fn try_keys(
    (keys, retired): (&[String], &[String]),
    mut steps: Vec<Step>,
    readable: Option<String>,
    attempt: impl Fn(&str) -> Attempt,
) -> Check {
    for (key, secret) in keys.iter().enumerate() {
        let tried = attempt(secret);
        steps.extend(tried.steps);
        if let Some(value) = tried.opened {
            steps.push(Step::new(StepKind::Opened, &value));
            return Check {
                verdict: Verdict::Valid { value, key },
                steps,
                readable,
            };
        }
    }
    steps.push(Step::new(StepKind::Failed, ""));
    let fits = retired.iter().find_map(|secret| attempt(secret).opened);
    Check {
        verdict: fits.map_or(Verdict::Forged, |_| Verdict::WrongKey {
            // Not from the opened value: without the key a private one stays closed.
            value: readable.clone(),
        }),
        steps,
        readable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // `printf nueva | sha512sum`
    #[test]
    fn the_first_half_of_sha_512_signs_and_the_second_encrypts() {
        let key = key_of("nueva");
        assert_eq!(
            hex::encode(key.signing()),
            "17950858528ec9f8fed7b7ea91a703ad2b7b23acc6d65c1b44ffc7b77e02a2b7"
        );
        assert_eq!(
            hex::encode(key.encryption()),
            "18f9da6f86b1afdbd1de05758cd64f12e88182c1adf63de5c47095b55c2b3e8e"
        );
    }

    #[test]
    fn any_text_is_a_key_even_none() {
        assert_ne!(key_of("").signing(), key_of(" ").signing());
    }
}
