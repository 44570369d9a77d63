//! How much one lab may ask for. Per lab, never per address: a class shares one.

/// How many labs the program keeps open at once.
pub const MOST_LABS: usize = 2_000;
/// How long a lab may be idle before it is removed: 24 hours, in ms.
pub const IDLE_MS: i64 = 24 * 60 * 60 * 1000;
/// The largest request body, in bytes.
pub const MOST_BODY: usize = 16 * 1024;
/// The largest form of the cookie lab, in bytes: four times as large, so that a cookie that is too long
/// for a browser is answered with the page that says so.
pub const MOST_COOKIE_FORM: usize = 64 * 1024;
/// The most bytes that the headers of one request may have.
pub const MOST_HEADERS: usize = 64 * 1024;
/// The most requests that a lab may send at once.
const BURST: f64 = 80.0;
/// How many requests per second a lab may go on sending.
const PER_SECOND: f64 = 40.0;

/// A token bucket: full at first, one token leaves with each request, and they come back with time.
#[derive(Debug)]
pub struct Bucket {
    tokens: f64,
    filled_ms: i64,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub const fn new(now_ms: i64) -> Self {
        Self {
            tokens: BURST,
            filled_ms: now_ms,
        }
    }

    /// Takes one token if there is one.
    pub fn take(&mut self, now_ms: i64) -> bool {
        // Less than a lifetime of milliseconds: the conversion is exact enough.
        let waited = u32::try_from((now_ms - self.filled_ms).max(0)).unwrap_or(u32::MAX);
        self.tokens = (self.tokens + f64::from(waited) / 1000.0 * PER_SECOND).min(BURST);
        self.filled_ms = now_ms;
        let allowed = self.tokens >= 1.0;
        if allowed {
            self.tokens -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_rate_holds() {
        let mut bucket = Bucket::new(0);
        assert_eq!((0..200).filter(|_| bucket.take(0)).count(), 80);
        assert_eq!((0..200).filter(|_| bucket.take(500)).count(), 20);
        assert!(!bucket.take(400), "a clock that steps back gives nothing");
    }
}
