//! What a student can cause, one variant each.
//!
//! Every [`LabError`] has a code for scripts, an HTTP status, and a text in both languages that says
//! what happened and what to do next.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::{i18n::Locale, store_kind::StoreKind};

mod en;
mod es;
mod store;

pub(crate) use es::reason as reason_es;
pub use store::StoreError;

/// What a student can cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[error("{}", self.code())]
pub enum LabError {
    /// The URL names a store that does not exist. 404.
    UnknownStore,
    /// No account has this name and password. 401.
    WrongPassword,
    /// The page needs a login. 401.
    Anonymous,
    /// The page is for the admin. 403.
    NotAdmin,
    /// The shop has no such product. 422.
    UnknownProduct,
    /// The cart holds as much as it can. 422.
    CartFull,
    /// A field is missing or the form cannot be read. 422.
    BadForm,
    /// The store's engine does not answer. 503.
    StoreUnreachable {
        /// Which store.
        store: StoreKind,
        /// What the attempt said.
        reason: String,
    },
    /// The store's engine answered with an error. 503.
    StoreRefused {
        /// Which store.
        store: StoreKind,
        /// Its reply.
        reply: String,
    },
    /// What stands under the session's id is not a session. 503.
    StoreCorrupt {
        /// Which store.
        store: StoreKind,
    },
    /// The session was deleted while the request was under way. 409.
    SessionGone,
    /// Another request changed the session while this one was under way. 409.
    Changed,
    /// The lab keeps as many sessions in this store as it may. 429.
    TooManySessions {
        /// The limit.
        limit: u32,
    },
    /// Redis is not ours to stop or to fill: a URL says where it is. 409.
    NotYourRedis,
    /// As many labs as may have a Redis of their own running have one. 503.
    NoRedisLeft {
        /// The limit.
        limit: u32,
    },
    /// More requests per second than one lab may send. 429.
    TooFast,
    /// The body is larger than the playground reads. 413.
    TooLarge,
    /// A state change that came from another site's page. 403.
    ForeignOrigin,
    /// The request carries two different lab cookies of ours. 400.
    TwoLabs,
    /// A server should not send this cookie, and was not asked to send it anyway. 422.
    BadCookie,
    /// There is no such cookie in the lab's jar. 404.
    NoSuchCookie,
    /// The request's headers are larger than the playground reads; its cookies are deleted. 431.
    HeadersTooLarge,
    /// The lab's cookies together are as large as they may be. 422.
    JarFull,
    /// No answer from the playground: it stopped, or the network did.
    Offline,
}

impl LabError {
    /// The code for scripts, such as `store_unreachable`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownStore => "unknown_store",
            Self::WrongPassword => "wrong_password",
            Self::Anonymous => "anonymous",
            Self::NotAdmin => "not_admin",
            Self::UnknownProduct => "unknown_product",
            Self::CartFull => "cart_full",
            Self::BadForm => "bad_form",
            Self::StoreUnreachable { .. } => "store_unreachable",
            Self::StoreRefused { .. } => "store_refused",
            Self::StoreCorrupt { .. } => "store_corrupt",
            Self::SessionGone => "session_gone",
            Self::Changed => "changed",
            Self::TooManySessions { .. } => "too_many_sessions",
            Self::NotYourRedis => "not_your_redis",
            Self::NoRedisLeft { .. } => "no_redis_left",
            Self::TooFast => "too_fast",
            Self::TooLarge => "too_large",
            Self::ForeignOrigin => "foreign_origin",
            Self::TwoLabs => "two_labs",
            Self::BadCookie => "bad_cookie",
            Self::NoSuchCookie => "no_such_cookie",
            Self::HeadersTooLarge => "headers_too_large",
            Self::JarFull => "jar_full",
            Self::Offline => "offline",
        }
    }

    /// The error of the cookie lab with this code, if there is one: it comes back to the page in a URL.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::BadCookie,
            Self::NoSuchCookie,
            Self::JarFull,
            Self::TooLarge,
            Self::BadForm,
        ]
        .into_iter()
        .find(|error| error.code() == code)
    }

    /// What went wrong and what to do next, in a language.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        match locale {
            Locale::Es => es::text(self),
            Locale::En => en::text(self),
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::UnknownStore | Self::NoSuchCookie => 404,
            Self::WrongPassword | Self::Anonymous => 401,
            Self::NotAdmin | Self::ForeignOrigin => 403,
            Self::UnknownProduct
            | Self::CartFull
            | Self::BadForm
            | Self::BadCookie
            | Self::JarFull => 422,
            Self::StoreUnreachable { .. }
            | Self::StoreRefused { .. }
            | Self::StoreCorrupt { .. }
            | Self::NoRedisLeft { .. }
            | Self::Offline => 503,
            Self::SessionGone | Self::Changed | Self::NotYourRedis => 409,
            Self::TooManySessions { .. } | Self::TooFast => 429,
            Self::TooLarge => 413,
            Self::TwoLabs => 400,
            Self::HeadersTooLarge => 431,
        }
    }
}

impl FromServerFnError for LabError {
    type Encoder = JsonEncoding;

    /// What server functions themselves can fail at: the browser got no answer, or sent a form they cannot read.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::BadForm,
            _ => Self::Offline,
        }
    }
}
