//! What a filter or a projection may not have in it, at any depth.

use super::{Meaning, Object, Value};

/// They run JavaScript inside of the server.
const CODE: [&str; 3] = ["$where", "$function", "$accumulator"];
/// They make much out of little: an array of any length, or a text that doubles with every step.
const HUNGRY: [&str; 3] = ["$range", "$reduce", "$map"];
/// How many single documents may be named in one line is a question of its length alone; how much work
/// a regular expression is, is not. MongoDB stops one that takes long, SecantusDB does not.
const LONGEST_PATTERN: usize = 60;

/// Whether a filter, a projection or a sort is harmless.
pub(super) fn check(object: &Object) -> Result<(), Meaning> {
    for (key, value) in object.fields() {
        let operator = || key.clone();
        if key.contains('\0') {
            return Err(Meaning::ZeroByte);
        }
        if CODE.contains(&key.as_str()) {
            return Err(Meaning::ServerCode {
                operator: operator(),
            });
        }
        if HUNGRY.contains(&key.as_str()) {
            return Err(Meaning::Hungry {
                operator: operator(),
            });
        }
        if matches!(key.as_str(), "$regex" | "regex")
            && let Value::Text(pattern) = value
        {
            check_pattern(pattern)?;
        }
        check_value(value)?;
    }
    Ok(())
}

/// The same for a value that may be an object.
pub(super) fn check_value(value: &Value) -> Result<(), Meaning> {
    match value {
        Value::Object(object) => check(object),
        Value::Array(items) => items.iter().try_for_each(check_value),
        Value::Regex(pattern, _) => check_pattern(pattern),
        _ => Ok(()),
    }
}

/// A repetition of a group that repeats by itself can take longer than the world has existed.
fn check_pattern(pattern: &str) -> Result<(), Meaning> {
    if pattern.contains('\0') {
        return Err(Meaning::ZeroByte);
    }
    let repeats = |text: &str| text.contains(['*', '+', '{']);
    let nested = pattern.split('(').skip(1).any(|group| {
        let (inside, behind) = group.split_once(')').unwrap_or((group, ""));
        (repeats(inside) || inside.contains('|')) && behind.starts_with(['*', '+', '{'])
    });
    let many = pattern.matches(['*', '+', '{']).count() > 3;
    if nested || many || pattern.len() > LONGEST_PATTERN {
        return Err(Meaning::Hungry {
            operator: "$regex".to_owned(),
        });
    }
    Ok(())
}
