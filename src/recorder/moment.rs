//! Moments as the stores write them.

use time::{
    OffsetDateTime, PrimitiveDateTime, UtcOffset, format_description::BorrowedFormatItem,
    macros::format_description,
};

/// The form of JavaScript's `toISOString()`: UTC, always three digits of milliseconds.
const MOMENT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// A moment as text: `2026-11-21T11:04:21.123Z`.
#[must_use]
pub fn moment_text(moment: OffsetDateTime) -> String {
    let utc = moment.to_offset(UtcOffset::UTC);
    utc.format(MOMENT).unwrap_or_else(|_| utc.to_string())
}

/// The moment so many milliseconds after 1970 as text: `2026-11-21T11:04:21.123Z`.
#[must_use]
pub fn moment_of_ms(ms: i64) -> String {
    moment_text(moment_at(ms))
}

/// The moment so many milliseconds after 1970, UTC; the last or first one that there is, if that is too far.
#[must_use]
pub fn moment_at(ms: i64) -> OffsetDateTime {
    let far = if ms < 0 {
        PrimitiveDateTime::MIN
    } else {
        PrimitiveDateTime::MAX
    };
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
        .unwrap_or(far.assume_utc())
}
