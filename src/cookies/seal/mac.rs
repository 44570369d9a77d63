//! HMAC-SHA256: a fingerprint of a message that only the owner of the key can compute.
//!
//! Both signed formats use it. They differ in where they put it and in how the key comes from the
//! secret, so a signature of one is never valid for the other.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The 32 bytes of the HMAC-SHA256 of `message`.
#[must_use]
#[expect(
    clippy::expect_used,
    reason = "HMAC hashes long keys and pads short ones"
)]
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 4231, test case 2.
    #[test]
    fn it_is_the_hmac_of_the_rfc() {
        assert_eq!(
            hex::encode(hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
