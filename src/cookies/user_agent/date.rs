//! The dates of `Expires`: RFC 6265bis section 5.1.1.
//!
//! Servers have always written dates in many ways, so browsers read them without a format: they
//! look for a time, a day, a month and a year among the words and pass over everything else.

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// What an `Expires` means: milliseconds since 1970, UTC. `None` if it is no date to a browser.
#[must_use]
pub fn parse_date(text: &str) -> Option<i64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for token in text.as_bytes().split(|byte| is_delimiter(*byte)) {
        // Each word is the first thing that it can be and that is still wanted.
        if time.is_none() && hms(token).is_some() {
            time = hms(token);
        } else if day.is_none() && whole(token, 1, 2).is_some() {
            day = whole(token, 1, 2);
        } else if month.is_none() && month_index(token).is_some() {
            month = month_index(token);
        } else if year.is_none() {
            year = whole(token, 2, 4);
        }
    }
    let year = match year? {
        short @ 70..=99 => short + 1900,
        short @ 0..=69 => short + 2000,
        long => long,
    };
    let (hour, minute, second) = time?;
    let (month, day) = (month?, day?);
    if year < 1601 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if day < 1 || day > days_in(month, year) {
        return None;
    }
    let seconds = (hour * 60 + minute) * 60 + second;
    Some(days_since_1970(year, month, day) * DAY_MS + seconds * 1000)
}

/// Whether Chromium 156 reads this date in another way: it takes a year of three or five digits, or
/// one before 1601, for a year like any other, and a number with letters behind it for none.
pub(super) fn is_odd(text: &str) -> bool {
    let is_date = parse_date(text).is_some();
    let odd_year = |token| match number(token, 3, 5) {
        Some((year, [])) => year < 1601 || token.len() == 5,
        _ => false,
    };
    let odd_number = |token: &[u8]| {
        token.first().is_some_and(u8::is_ascii_digit)
            && !token.last().is_some_and(u8::is_ascii_digit)
    };
    let tokens = || text.as_bytes().split(|byte| is_delimiter(*byte));
    tokens().any(|token| month_index(token).is_some())
        && tokens().any(|token| {
            if is_date {
                odd_number(token)
            } else {
                odd_year(token)
            }
        })
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, 0x09 | 0x20..=0x2F | 0x3B..=0x40 | 0x5B..=0x60 | 0x7B..=0x7E)
}

/// The number at the start of a token and what follows it, if it has that many digits: the longest
/// run counts, so `123` is not `12` and a rest.
fn number(token: &[u8], least: usize, most: usize) -> Option<(i64, &[u8])> {
    let digits = token.iter().take_while(|byte| byte.is_ascii_digit());
    let length = digits.clone().count();
    let value = digits
        .take(most)
        .fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    (least..=most)
        .contains(&length)
        .then(|| (value, &token[length..]))
}

fn whole(token: &[u8], least: usize, most: usize) -> Option<i64> {
    number(token, least, most).map(|(value, _)| value)
}

fn hms(token: &[u8]) -> Option<(i64, i64, i64)> {
    let (hour, rest) = number(token, 1, 2)?;
    let (minute, rest) = number(rest.strip_prefix(b":")?, 1, 2)?;
    let (second, _) = number(rest.strip_prefix(b":")?, 1, 2)?;
    Some((hour, minute, second))
}

/// 0 for January. Only the first three letters count.
fn month_index(token: &[u8]) -> Option<usize> {
    let start = token.get(..3)?;
    MONTHS
        .iter()
        .position(|month| start.eq_ignore_ascii_case(month))
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(month: usize, year: i64) -> i64 {
    match month {
        1 if is_leap(year) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: i64, month: usize, day: i64) -> i64 {
    let before = year - 1;
    let leap_days = before / 4 - before / 100 + before / 400;
    // 719 162 days lie between the first of January of the years 1 and 1970.
    let years = before * 365 + leap_days - 719_162;
    let months: i64 = (0..month).map(|earlier| days_in(earlier, year)).sum();
    years + months + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_whatever_its_format() {
        let same = Some(1_445_412_480_000);
        for text in [
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "21 Oct 2015 07:28:00",
            "Wednesday, 21-Oct-15 07:28:00 GMT",
            "Wed Oct 21 07:28:00 2015",
            "2015 21 october 7:28:0",
            "oct/21/2015/07:28:00",
            "21 OCT\t2015\t07:28:00 GMT-0500",
            "21th Oct 2015AD 07:28:00.999",
        ] {
            assert_eq!(parse_date(text), same, "{text}");
        }
    }

    #[test]
    fn two_digits_are_a_year_between_1970_and_2069() {
        let year = |text: &str| parse_date(&format!("01 Jan {text} 00:00:00"));
        assert_eq!(year("70"), Some(0));
        assert_eq!(year("99"), parse_date("1 jan 1999 0:0:0"));
        assert_eq!(year("00"), parse_date("1 jan 2000 0:0:0"));
        assert_eq!(year("69"), parse_date("1 jan 2069 0:0:0"));
        assert_eq!(year("1601"), Some(-11_644_473_600_000));
        assert_eq!(year("9999"), Some(253_370_764_800_000));
    }

    #[test]
    fn a_date_that_does_not_exist_is_none() {
        for text in [
            "",
            "tomorrow",
            "0",
            "1445412480",
            "2015-10-21T07:28:00Z",
            "21 Oct 2015",
            "21 Oct 07:28:00",
            "Oct 2015 07:28:00",
            "21 2015 07:28:00",
            "00 Oct 2015 07:28:00",
            "32 Oct 2015 07:28:00",
            "31 Apr 2015 07:28:00",
            "29 Feb 2015 07:28:00",
            "29 Feb 1900 07:28:00",
            "21 Oct 1600 07:28:00",
            "21 Oct 20150 07:28:00",
            "07:28:00 GMT-0500 21 Oct 2015",
            "21 Oct 2015 24:00:00",
            "21 Oct 2015 07:60:00",
            "21 Oct 2015 07:28:60",
            "21 Oct 2015 07:28",
            "21 Oct 2015 007:28:00",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn leap_days_count() {
        assert_eq!(
            parse_date("29 Feb 2000 00:00:00"),
            Some(951_782_400_000),
            "a year divisible by 400"
        );
        assert_eq!(
            parse_date("1 Mar 2024 00:00:00"),
            parse_date("29 Feb 2024 00:00:00").map(|at| at + DAY_MS)
        );
        assert_eq!(parse_date("31 Dec 1969 23:59:59"), Some(-1000));
    }
}
