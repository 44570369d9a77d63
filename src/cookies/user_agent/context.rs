//! How a request or a script comes to the jar: RFC 6265bis sections 5.2 and 5.8.3.

use serde::{Deserialize, Serialize};

use super::{Cookie, SameSite};

/// Who asks. `SameSite` and `HttpOnly` make a difference between them.
///
/// A site is a scheme and a registrable domain; the port is no part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// A request from a page of the same site, or one that the user typed.
    #[default]
    SameSite,
    /// A request from another site that changes the page in the address bar, with a method that
    /// changes nothing: a link, or a form with `GET`.
    CrossSiteNavigation,
    /// The same with another method: a form with `POST`.
    CrossSiteUnsafeNavigation,
    /// Any other request from another site: an image, a frame, a `fetch`.
    CrossSiteSubresource,
    /// No request at all: `document.cookie` of a page of the same site.
    Script,
}

impl Context {
    /// Whether a cookie may be set here, whatever its `SameSite` says: section 5.7, step 18. A new
    /// page in the address bar may set all kinds, even one that it would not have been sent.
    pub(super) const fn sets_any(self) -> bool {
        !matches!(self, Self::CrossSiteSubresource)
    }

    /// Whether this cookie may be seen here: the last points of section 5.8.3, step 3.
    ///
    /// The mode "Lax-Allowing-Unsafe" (section 5.6.7.2) is left to the browser, and off here.
    pub(super) fn shows(self, cookie: &Cookie) -> bool {
        match self {
            Self::SameSite => true,
            Self::CrossSiteNavigation => cookie.same_site != SameSite::Strict,
            Self::CrossSiteUnsafeNavigation => cookie.same_site == SameSite::None,
            // Inside of a page of another site, CHIPS takes another partition than ours.
            Self::CrossSiteSubresource => cookie.same_site == SameSite::None && !cookie.partitioned,
            Self::Script => !cookie.http_only,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Jar, Place};
    use super::Context::{
        CrossSiteNavigation, CrossSiteSubresource, CrossSiteUnsafeNavigation, SameSite, Script,
    };

    #[test]
    fn same_site_decides_by_who_asks() {
        let place = Place {
            host: "localhost",
            path: "/",
            secure: true,
        };
        let mut jar = Jar::default();
        for line in [
            "none=1; SameSite=None; Secure",
            "lax=1; SameSite=Lax",
            "strict=1; SameSite=Strict; HttpOnly",
            "unset=1",
            "chips=1; SameSite=None; Secure; Partitioned",
        ] {
            assert!(jar.receive(line, &place, 1).stored, "{line}");
        }
        for (context, expected) in [
            (SameSite, "none lax strict unset chips"),
            (CrossSiteNavigation, "none lax unset chips"),
            (CrossSiteUnsafeNavigation, "none chips"),
            (CrossSiteSubresource, "none"),
            (Script, "none lax unset chips"),
        ] {
            let sent = jar.sent_in(context, &place, 2);
            let names: Vec<_> = sent.iter().map(|cookie| &*cookie.name).collect();
            assert_eq!(names.join(" "), expected, "{context:?}");
        }
    }
}
