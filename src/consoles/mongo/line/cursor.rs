//! The methods of a cursor, with the complaints of mongosh and of its driver.

use super::{Ask, Find, Request, Shown, Thrown, chain::Place};
use crate::consoles::mongo::{
    constants::stringified,
    value::{Object, Value},
};

/// What a method of a cursor does; one of those that are known.
pub(super) fn method(find: Find, name: &str, arguments: &[Value]) -> Result<Place, Thrown> {
    let shown = match name {
        name if shapes(name) => return Ok(Place::Cursor(shaped(find, name, arguments)?)),
        "explain" => {
            let verbosity = verbosity(arguments.first())?;
            return Ok(Place::Done(Request::Ask(Ask::Explain(find, verbosity))));
        }
        "count" | "size" => {
            let Find {
                filter,
                skip,
                limit,
                ..
            } = find;
            return Ok(Place::Done(Request::Ask(Ask::Count {
                filter,
                skip,
                limit,
            })));
        }
        "toArray" => Shown::Array,
        "next" => Shown::One,
        "hasNext" => Shown::HasNext,
        _ => Shown::Count,
    };
    Ok(Place::Done(Request::Ask(Ask::Find(find, shown))))
}

/// Whether the method says how to find, and gives the cursor back.
pub(super) fn shapes(name: &str) -> bool {
    matches!(name, "sort" | "limit" | "skip" | "projection" | "pretty")
}

/// The cursor after such a method.
pub(super) fn shaped(find: Find, name: &str, arguments: &[Value]) -> Result<Find, Thrown> {
    let first = arguments.first().unwrap_or(&Value::Undefined);
    Ok(match name {
        "sort" => Find {
            sort: sort(first)?,
            ..find
        },
        "limit" => Find {
            limit: Some(whole(name, first)?),
            ..find
        },
        "skip" => Find {
            skip: Some(whole(name, first)?),
            ..find
        },
        "projection" => Find {
            projection: Some(first.clone()).filter(|projection| !projection.is_falsy()),
            ..find
        },
        _ => find,
    })
}

fn whole(name: &str, value: &Value) -> Result<f64, Thrown> {
    match value {
        Value::Number(number) => Ok(*number),
        _ => Err(Thrown::says(format!(
            "MongoInvalidArgumentError: Operation \"{name}\" requires an integer"
        ))),
    }
}

/// How much is explained.
pub(super) fn verbosity(value: Option<&Value>) -> Result<String, Thrown> {
    match value {
        None | Some(Value::Undefined | Value::Bool(false)) => Ok("queryPlanner".to_owned()),
        Some(Value::Bool(true)) => Ok("allPlansExecution".to_owned()),
        Some(Value::Text(text)) => Ok(text.clone()),
        Some(_) => Err(Thrown::says(
            "MongoshInvalidInputError: [COMMON-10001] verbosity must be a string",
        )),
    }
}

/// The driver takes many forms; an order is 1 or -1 in the end.
fn sort(value: &Value) -> Result<Option<Object>, Thrown> {
    let mut sort = Object::default();
    match value {
        Value::Undefined | Value::Null => return Ok(None),
        Value::Text(field) if !field.is_empty() => sort.set(field.clone(), Value::Number(1.0)),
        Value::Object(fields) => {
            for (field, order) in fields.fields() {
                sort.set(field.clone(), direction(order)?);
            }
        }
        other => {
            let Some(shown) = stringified(other) else {
                return Err(Thrown::not_run());
            };
            return Err(Thrown::says(format!(
                "MongoInvalidArgumentError: Invalid sort format: {shown} Sort must be a valid object"
            )));
        }
    }
    Ok((!sort.is_empty()).then_some(sort))
}

fn direction(order: &Value) -> Result<Value, Thrown> {
    let text = match order {
        Value::Number(1.0) => "1".to_owned(),
        Value::Number(-1.0) => "-1".to_owned(),
        Value::Text(text) => text.to_lowercase(),
        Value::Object(meta) if meta.get("$meta").is_some() => return Ok(order.clone()),
        other => stringified(other).unwrap_or_default(),
    };
    match text.as_str() {
        "1" | "asc" | "ascending" => Ok(Value::Number(1.0)),
        "-1" | "desc" | "descending" => Ok(Value::Number(-1.0)),
        _ => match stringified(order) {
            Some(shown) => Err(Thrown::says(format!(
                "MongoInvalidArgumentError: Invalid sort direction: {shown}"
            ))),
            None => Err(Thrown::not_run()),
        },
    }
}
