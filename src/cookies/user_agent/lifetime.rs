//! How long a cookie lives: RFC 6265bis sections 5.5, 5.6.1 and 5.6.2.

use super::Note;

/// The longest life that a browser grants, however much a line asks for: 400 days in milliseconds.
pub const LONGEST_MS: i64 = 400 * 24 * 60 * 60 * 1000;

/// The earliest time that a cookie's end is set to: 1970. The standard leaves it to the browser.
const EARLIEST_MS: i64 = 0;

/// A `Max-Age` in seconds; `None` is more than can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Age(Option<i64>);

/// The age that a `Max-Age` names, if it is a whole number. A `+` is none of its characters.
pub(super) fn max_age(value: &str) -> Option<Age> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let below_zero = digits.len() < value.len();
    // Only a number of too many digits fails here, and below zero each number means the same.
    let seconds = digits.parse().ok();
    Some(Age(if below_zero { Some(0) } else { seconds }))
}

/// When a cookie dies: section 5.7, step 6. `None`: with the session.
pub(super) fn end(
    max_age: Option<Age>,
    expires_ms: Option<i64>,
    now_ms: i64,
    notes: &mut Vec<Note>,
) -> Option<i64> {
    if max_age.is_some() && expires_ms.is_some() {
        notes.push(Note::MaxAgeOverExpires);
    }
    let (wanted_ms, asked_s) = match max_age {
        Some(Age(Some(..=0))) => (EARLIEST_MS, Some(0)),
        Some(Age(Some(seconds))) => (
            now_ms.saturating_add(seconds.saturating_mul(1000)),
            Some(seconds),
        ),
        Some(Age(None)) => (i64::MAX, None),
        None => {
            let at = expires_ms?;
            (at.max(EARLIEST_MS), Some((at - now_ms) / 1000))
        }
    };
    let latest_ms = now_ms.saturating_add(LONGEST_MS);
    if wanted_ms > latest_ms {
        notes.push(Note::AgeCapped { asked_s });
    }
    Some(wanted_ms.min(latest_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000_000;
    const DAY_S: i64 = 24 * 60 * 60;

    #[test]
    fn max_age_is_digits_after_at_most_one_minus() {
        for (value, expected) in [
            ("60", Some(Some(60))),
            ("0", Some(Some(0))),
            ("-0", Some(Some(0))),
            ("-5", Some(Some(0))),
            ("007", Some(Some(7))),
            ("99999999999999999999999", Some(None)),
            ("-99999999999999999999999", Some(Some(0))),
            ("", None),
            ("-", None),
            ("--5", None),
            ("+60", None),
            ("1.5", None),
            ("abc", None),
            ("1e3", None),
            ("0x10", None),
            ("\"60\"", None),
            ("6 0", None),
            ("٦", None),
        ] {
            assert_eq!(max_age(value).map(|Age(age)| age), expected, "{value}");
        }
    }

    #[test]
    fn a_life_is_cut_at_four_hundred_days() {
        let mut notes = vec![];
        let mut end_of = |seconds| end(Some(Age(seconds)), None, NOW, &mut notes);
        assert_eq!(end_of(Some(60)), Some(NOW + 60_000));
        assert_eq!(end_of(Some(400 * DAY_S)), Some(NOW + LONGEST_MS));
        assert_eq!(end_of(Some(401 * DAY_S)), Some(NOW + LONGEST_MS));
        assert_eq!(end_of(Some(i64::MAX)), Some(NOW + LONGEST_MS));
        assert_eq!(end_of(None), Some(NOW + LONGEST_MS));
        assert_eq!(
            notes,
            [Some(401 * DAY_S), Some(i64::MAX), None].map(|asked_s| Note::AgeCapped { asked_s })
        );
    }

    #[test]
    fn max_age_wins_over_expires_and_without_both_the_session_decides() {
        let mut notes = vec![];
        let age = Some(Age(Some(60)));
        assert_eq!(end(None, None, NOW, &mut notes), None);
        assert_eq!(end(None, Some(-5), NOW, &mut notes), Some(EARLIEST_MS));
        assert_eq!(notes, []);
        assert_eq!(end(age, Some(5), NOW, &mut notes), Some(NOW + 60_000));
        assert_eq!(notes, [Note::MaxAgeOverExpires]);
        let later = Some(NOW + LONGEST_MS + 1000);
        assert_eq!(end(age, later, NOW, &mut notes), Some(NOW + 60_000));
        assert_eq!(end(None, later, NOW, &mut notes), Some(NOW + LONGEST_MS));
        assert_eq!(
            notes.last(),
            Some(&Note::AgeCapped {
                asked_s: Some(400 * DAY_S + 1)
            })
        );
    }
}
