//! How the site says no: a status, a code for scripts, and a text in the visitor's language.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tower_sessions::session;

use crate::{error::LabError, i18n::Locale, stores::StoreError};

/// Why a request was not granted, in the visitor's language.
pub struct Refusal(pub LabError, pub Locale);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(error, locale) = self;
        let status =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::json!({ "error": error.code(), "message": error.text(locale) });
        (status, Json(body)).into_response()
    }
}

/// Turns a session's error into what the visitor is told.
pub trait Refused<T> {
    /// The error as a refusal in this language.
    ///
    /// # Errors
    /// The [`Refusal`] for what went wrong.
    fn refused(self, locale: Locale) -> Result<T, Refusal>;
}

impl<T> Refused<T> for Result<T, session::Error> {
    fn refused(self, locale: Locale) -> Result<T, Refusal> {
        self.map_err(|error| match error {
            session::Error::Store(error) => Refusal(StoreError::of(&error).into(), locale),
            session::Error::SerdeJson(_) => Refusal(LabError::BadForm, locale),
        })
    }
}

impl From<StoreError> for LabError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unreachable { store, reason } => Self::StoreUnreachable { store, reason },
            StoreError::Refused { store, reply } => Self::StoreRefused { store, reply },
            StoreError::Corrupt { store, .. } => Self::StoreCorrupt { store },
            StoreError::Gone => Self::SessionGone,
            StoreError::Changed => Self::Changed,
            StoreError::TooManySessions { limit } => Self::TooManySessions {
                limit: u32::try_from(limit).unwrap_or(u32::MAX),
            },
            StoreError::NoRedisLeft { limit } => Self::NoRedisLeft {
                limit: u32::try_from(limit).unwrap_or(u32::MAX),
            },
        }
    }
}
