//! What a filter or a projection may not have in it, at any depth.

use super::{Meaning, Object, Value};

/// They run JavaScript inside of the server.
const CODE: [&str; 3] = ["$where", "$function", "$accumulator"];
/// They make much work out of little: arrays of any length, texts that double with every step, numbers
/// with a million digits, and regular expressions where they cannot be looked at.
const HUNGRY: [&str; 9] = [
    "$range",
    "$reduce",
    "$map",
    "$let",
    "$pow",
    "$regexMatch",
    "$regexFind",
    "$regexFindAll",
    "$jsonSchema",
];
/// How long a pattern may be.
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
        if key == "$regex"
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

/// MongoDB gives up on a regular expression that goes on and on. SecantusDB does not, and answers nobody
/// meanwhile: so a pattern has one repetition at most, two question marks, and no repeated group.
fn check_pattern(pattern: &str) -> Result<(), Meaning> {
    if pattern.contains('\0') {
        return Err(Meaning::ZeroByte);
    }
    let repetitions = pattern.matches(['*', '+', '{']).count();
    let maybes = pattern.matches('?').count();
    let repeats_group = [")*", ")+", "){"]
        .iter()
        .any(|repeated| pattern.contains(repeated));
    if repetitions > 1 || maybes > 2 || repeats_group || pattern.len() > LONGEST_PATTERN {
        return Err(Meaning::Hungry {
            operator: "$regex".to_owned(),
        });
    }
    Ok(())
}
