//! Dates as `ISODate("…")` and `new Date("…")` read them.

use time::{Date, Month};

/// The last and the first moment that JavaScript's dates reach, in ms from 1970.
const FARTHEST: i64 = 8_640_000_000_000_000;
/// The years 0 to 9999, in ms from 1970: what `ISODate` takes.
const ISO_RANGE: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

/// What `ISODate` makes of a text, in ms since 1970: `2026-01-02T03:04:05.678Z`, or less of it.
#[must_use]
pub fn iso_date(text: &str) -> Option<i64> {
    let ms = read(text, true)?;
    ISO_RANGE.contains(&ms).then_some(ms)
}

/// What `new Date` makes of a text in one of the forms that the course uses.
#[must_use]
pub fn js_date(text: &str) -> Option<i64> {
    match text.len() {
        4 => read(&format!("{text}-01-01"), false),
        7 => read(&format!("{text}-01"), false),
        _ => read(text, false),
    }
}

/// A number of ms as a date, if JavaScript's dates reach so far.
#[must_use]
pub fn from_number(ms: f64) -> Option<i64> {
    let far = FARTHEST.to_string().parse().unwrap_or(f64::MAX);
    if ms.is_nan() || ms.abs() > far {
        return None;
    }
    format!("{:.0}", ms.trunc()).parse().ok()
}

struct Text<'a>(&'a str);

impl Text<'_> {
    fn takes(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// A number of exactly so many digits.
    fn digits<T: std::str::FromStr>(&mut self, count: usize) -> Option<T> {
        let digits = self.0.get(..count)?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.0 = &self.0[count..];
        digits.parse().ok()
    }
}

/// `loose`: the marks between the digits may be missing.
fn read(text: &str, loose: bool) -> Option<i64> {
    let mut text = Text(text);
    let year: i32 = text.digits(4)?;
    if !text.takes('-') && !loose {
        return None;
    }
    let month: u8 = text.digits(2)?;
    if !text.takes('-') && !loose {
        return None;
    }
    let day: u8 = text.digits(2)?;
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    let mut ms = 0;
    if text.takes('T') || text.takes(' ') {
        ms = time_of_day(&mut text, loose)?;
        ms -= offset(&mut text)?;
    }
    if !text.0.is_empty() {
        return None;
    }
    let days = i64::from(
        date.to_julian_day()
            - Date::from_calendar_date(1970, Month::January, 1)
                .ok()?
                .to_julian_day(),
    );
    Some(days * 86_400_000 + ms)
}

fn time_of_day(text: &mut Text<'_>, loose: bool) -> Option<i64> {
    let hours: i64 = text.digits(2)?;
    let (mut minutes, mut seconds, mut ms) = (0, 0, 0);
    let mut goes_on =
        text.takes(':') || (loose && text.0.starts_with(|c: char| c.is_ascii_digit()));
    if goes_on {
        minutes = text.digits(2)?;
        goes_on = text.takes(':') || (loose && text.0.starts_with(|c: char| c.is_ascii_digit()));
    } else if !loose {
        return None;
    }
    if goes_on {
        seconds = text.digits(2)?;
        if text.takes('.') {
            let length = text.0.bytes().take_while(u8::is_ascii_digit).count();
            let digits = format!("{:0<3}", &text.0[..length]);
            text.0 = &text.0[length..];
            ms = (length > 0).then(|| digits[..3].parse().ok()).flatten()?;
        }
    }
    let fits = minutes < 60
        && seconds < 60
        && (hours < 24 || (hours, minutes, seconds, ms) == (24, 0, 0, 0));
    fits.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + ms)
}

/// What is after the time: nothing or `Z`, or `+02:00`. Without it the class's server has UTC.
fn offset(text: &mut Text<'_>) -> Option<i64> {
    if text.takes('Z') || text.0.is_empty() {
        return Some(0);
    }
    let west = text.takes('-');
    if !west && !text.takes('+') {
        return None;
    }
    let hours: i64 = text.digits(2)?;
    text.takes(':');
    let minutes: i64 = if text.0.is_empty() {
        0
    } else {
        text.digits(2)?
    };
    let ms = (hours * 60 + minutes) * 60_000;
    (hours < 24 && minutes < 60).then_some(if west { -ms } else { ms })
}
