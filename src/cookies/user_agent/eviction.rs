//! Which cookies leave a full jar: RFC 6265bis section 5.7, "remove excess cookies".

use super::Cookie;
use super::matching::registrable;

/// The most cookies of one site: Chromium's number. The standard asks browsers to keep at least 50
/// for each domain and 3000 in all.
const MOST_OF_A_SITE: usize = 180;
/// How many of them are left when there was one too many: Chromium's number again, so that it
/// need not clean up at each new cookie. Partitioned cookies are cut back to 180 only.
const LEFT_OF_A_SITE: usize = 150;

/// The cookies that must leave after this one came, by the numbers of their last writings.
pub(super) fn surplus<'a>(
    shelf: impl Iterator<Item = (&'a Cookie, &'a u64)>,
    new: &Cookie,
) -> Vec<u64> {
    let site = registrable(&new.domain);
    let mut neighbours: Vec<_> = shelf
        .filter(|(cookie, _)| {
            cookie.partitioned == new.partitioned && registrable(&cookie.domain) == site
        })
        .map(|(cookie, written)| (cookie.secure, *written))
        .collect();
    let left = if neighbours.len() <= MOST_OF_A_SITE || new.partitioned {
        MOST_OF_A_SITE
    } else {
        LEFT_OF_A_SITE
    };
    // Those without `Secure` go first, and among equals the one used longest ago.
    neighbours.sort_unstable();
    neighbours.truncate(neighbours.len().saturating_sub(left));
    neighbours.into_iter().map(|(_, written)| written).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Jar, Place};

    const LOCAL: Place<'_> = Place {
        host: "localhost",
        path: "/",
        secure: true,
    };

    #[test]
    fn one_cookie_too_many_makes_room_for_thirty() {
        let mut jar = Jar::default();
        jar.receive("sid=1; HttpOnly", &LOCAL, 1);
        jar.receive("safe=1; Secure", &LOCAL, 1);
        jar.receive("again=1", &LOCAL, 1);
        for n in 0..177 {
            assert_eq!(jar.receive(&format!("n{n}=1"), &LOCAL, 1).evicted, []);
        }
        jar.receive("again=2", &LOCAL, 1);
        let evicted = jar.receive("last=1", &LOCAL, 1).evicted;
        assert_eq!((evicted.len(), jar.cookies().len()), (31, 150));
        assert_eq!(evicted[0].name, "sid");
        assert!(
            ["safe", "again", "last"]
                .iter()
                .all(|name| { jar.cookies().iter().any(|cookie| cookie.name == *name) })
        );
    }

    #[test]
    fn partitioned_cookies_are_cut_back_to_180() {
        let mut jar = Jar::default();
        for n in 0..185 {
            jar.receive(&format!("n{n}=1; Secure; Partitioned"), &LOCAL, 1);
        }
        jar.receive("plain=1", &LOCAL, 1);
        assert_eq!(jar.cookies().len(), 181);
    }
}
