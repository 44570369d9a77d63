//! The crowd of [`Experiment::Eviction`](super::Experiment::Eviction): how it comes, is counted and goes.

use super::{CROWD, mark};
use crate::cookies::request::{Heard, Pair};

/// What the names of the crowd begin with.
const NAME: &str = "relleno_";

/// The `Set-Cookie` lines of the crowd of a run.
pub fn lines(at_ms: i64) -> impl Iterator<Item = String> {
    let mark = mark(at_ms);
    (1..=CROWD).map(move |number| format!("{NAME}{number}={mark}; Path=/; Max-Age=600"))
}

/// How many of this run's crowd came.
#[must_use]
pub fn left(heard: &Heard, at_ms: i64) -> usize {
    let mark = mark(at_ms);
    let of_run = |pair: &&Pair| is_one(pair) && pair.value == mark;
    heard.pairs.iter().filter(of_run).count()
}

/// The lines that send away whoever came of any crowd: no run has to remember what it owes.
#[must_use]
pub fn farewell(heard: &Heard) -> Vec<String> {
    let crowd = heard.pairs.iter().filter(|pair| is_one(pair));
    crowd
        .map(|pair| format!("{}=; Path=/; Max-Age=0", pair.name))
        .collect()
}

/// Whether it is one of a crowd, and not a cookie that a student gave such a name.
fn is_one(pair: &Pair) -> bool {
    let number = pair.name.strip_prefix(NAME).map(str::parse::<usize>);
    let is_mark = pair.value.len() == mark(0).len();
    matches!(number, Some(Ok(1..=CROWD)))
        && is_mark
        && pair.value.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_crowd_is_counted_and_sent_away() {
        let heard = Heard::from_text("relleno_1=1; relleno_2=000007; relleno_3=000008; a=000007");
        assert_eq!(left(&heard, 7), 1);
        assert_eq!(
            farewell(&heard),
            [
                "relleno_2=; Path=/; Max-Age=0",
                "relleno_3=; Path=/; Max-Age=0"
            ]
        );
        assert_eq!(lines(7).count(), CROWD);
    }
}
