//! Sessions as BSON and back.

use mongodb::bson::{Bson, DateTime, Document, RawDocumentBuf};
use serde_json::Value;
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};

use crate::{
    config,
    recorder::moment::moment_at,
    stores::{StoreError, StoreKind, Stored, stored::sorted_data},
};

pub(super) fn record_of(id: Id, raw: &RawDocumentBuf) -> Result<Record, StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt {
        store: StoreKind::Mongo,
        detail,
    };
    let document = Document::try_from(&**raw).map_err(|error| corrupt(error.to_string()))?;
    let data = document
        .get_document("data")
        .map_err(|error| corrupt(error.to_string()))?;
    let expires = document
        .get_datetime("expires")
        .map_err(|error| corrupt(error.to_string()))?;
    Ok(Record {
        id,
        data: data
            .iter()
            .map(|(key, value)| (key.clone(), to_json(value)))
            .collect(),
        expiry_date: moment_at(expires.timestamp_millis()),
    })
}

pub(super) fn stored(raw: &RawDocumentBuf) -> Option<Stored> {
    let document = Document::try_from(&**raw).ok()?;
    let place = document.get_str("_id").ok()?.to_owned();
    let expires_ms = document
        .get_datetime("expires")
        .map_or(i64::MAX, |date| date.timestamp_millis());
    let text = Bson::Document(document).into_relaxed_extjson().to_string();
    Some(Stored {
        id: place.parse().ok()?,
        place,
        text,
        expires_ms,
    })
}

pub(super) fn date(moment: OffsetDateTime) -> DateTime {
    DateTime::from_millis(config::to_ms(moment))
}

pub(super) fn data_of(record: &Record) -> Bson {
    to_bson(&Value::Object(sorted_data(record)))
}

/// JSON as BSON, word for word: a key such as `$date` in a session is a key and no type.
pub(super) fn to_bson(value: &Value) -> Bson {
    match value {
        Value::Null => Bson::Null,
        Value::Bool(value) => Bson::Boolean(*value),
        Value::String(text) => Bson::String(text.clone()),
        Value::Array(items) => Bson::Array(items.iter().map(to_bson).collect()),
        Value::Object(fields) => Bson::Document(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), to_bson(value)))
                .collect(),
        ),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => i32::try_from(whole).map_or(Bson::Int64(whole), Bson::Int32),
            // BSON's whole numbers end at 2^63 - 1; above, it becomes a double as in JavaScript.
            (None, Some(number)) => Bson::Double(number),
            (None, None) => Bson::Null,
        },
    }
}

/// BSON as JSON. Types that JSON does not have were put there by somebody else and become extended JSON.
fn to_json(value: &Bson) -> Value {
    match value {
        Bson::Array(items) => items.iter().map(to_json).collect(),
        Bson::Document(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), to_json(value)))
                .collect(),
        ),
        other => other.clone().into_relaxed_extjson(),
    }
}
