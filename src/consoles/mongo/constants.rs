//! What a literal stands for.
//!
//! The values of a shell line: numbers, strings, objects, and what `ISODate("…")`, `new Date(…)`,
//! `ObjectId("…")` and `Long("…")` make. Arithmetic is done (`new Date(Date.now() - 1000)` is in every
//! course); names and functions of the student's own are not, for that would be a program.

use mongodb::bson::{Bson, oid::ObjectId};

use super::{
    Meaning, Why, dates, names,
    parse::{Chain, Shape, Step},
    print,
    value::{Object, Value},
};
use crate::config;

/// Why there is no value: what mongosh prints, or a refusal.
#[derive(Clone, Debug, PartialEq)]
pub struct Thrown {
    /// What mongosh prints; empty if it is refused here.
    pub printed: String,
    /// Why, or what is meant instead.
    pub meaning: Option<Meaning>,
}

impl Thrown {
    /// In mongosh's words.
    pub fn says(printed: impl Into<String>) -> Self {
        Self {
            printed: printed.into(),
            meaning: None,
        }
    }

    /// mongosh would do it; here it is refused.
    #[must_use]
    pub const fn refused(meaning: Meaning) -> Self {
        Self {
            printed: String::new(),
            meaning: Some(meaning),
        }
    }

    /// What is JavaScript but no shell line.
    #[must_use]
    pub const fn not_run() -> Self {
        Self::refused(Meaning::NotRun)
    }
}

/// What `BSONError` says about what is no `ObjectId`.
const NO_OBJECT_ID: &str =
    "BSONError: input must be a 24 character hex string, 12 byte Uint8Array, or an integer";

/// Reads literals; keeps what mongosh prints before the answer.
#[derive(Default)]
pub struct Reader {
    /// Warnings, each once.
    pub warnings: Vec<String>,
}

impl Reader {
    /// The values of arguments.
    ///
    /// # Errors
    /// The first that is thrown.
    pub fn all(&mut self, shapes: &[Shape]) -> Result<Vec<Value>, Thrown> {
        shapes.iter().map(|shape| self.value(shape)).collect()
    }

    fn value(&mut self, shape: &Shape) -> Result<Value, Thrown> {
        Ok(match shape {
            Shape::Number(number) => Value::Number(*number),
            Shape::Text(text) => Value::Text(text.clone()),
            Shape::Regex(pattern, flags) => Value::Regex(pattern.clone(), flags.clone()),
            Shape::Array(items) => {
                let items = items.iter().map(|item| match item {
                    Some(item) => self.value(item),
                    None => Ok(Value::Undefined),
                });
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Shape::Object(fields) => {
                let mut object = Object::default();
                for (key, value) in fields {
                    object.set(key.clone(), self.value(value)?);
                }
                Value::Object(object)
            }
            Shape::Sign(sign, value) => sign_of(sign, &self.value(value)?)?,
            Shape::Sum(left, operator, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                Value::Number(calculated(&left, operator, &right)?)
            }
            Shape::Chain(chain) => self.named(chain)?,
            Shape::New(chain) => self.made(chain)?,
        })
    }

    /// `true`, `ISODate("…")`, `Date.now()`.
    fn named(&mut self, chain: &Chain) -> Result<Value, Thrown> {
        match (chain.head.as_str(), chain.steps.as_slice()) {
            ("true", []) => Ok(Value::Bool(true)),
            ("false", []) => Ok(Value::Bool(false)),
            ("null", []) => Ok(Value::Null),
            ("undefined", []) => Ok(Value::Undefined),
            ("NaN", []) => Ok(Value::Number(f64::NAN)),
            ("Infinity", []) => Ok(Value::Number(f64::INFINITY)),
            ("Date", [Step::Member(now), Step::Call(none)]) if now == "now" && none.is_empty() => {
                Ok(now_number())
            }
            // Without `new` it gives today as a text, whatever it is given.
            ("Date", [Step::Call(_)]) => Err(Thrown::not_run()),
            (name, [Step::Call(arguments)]) if MAKERS.contains(&name) => {
                let arguments = self.all(arguments)?;
                self.make(name, &arguments)
            }
            (name, _) if names::GLOBALS.contains(&name) => Err(Thrown::not_run()),
            (name, _) => Err(Thrown {
                printed: format!("ReferenceError: {name} is not defined"),
                meaning: Some(names::unknown_name(name)),
            }),
        }
    }

    /// `new Date(…)`.
    fn made(&mut self, chain: &Chain) -> Result<Value, Thrown> {
        let (name, arguments) = match (chain.head.as_str(), chain.steps.as_slice()) {
            (name, []) => (name, Vec::new()),
            (name, [Step::Call(arguments)]) => (name, self.all(arguments)?),
            _ => return Err(Thrown::not_run()),
        };
        match name {
            "Date" => date(&arguments),
            "ISODate" | "NumberLong" | "NumberInt" | "ObjectId" | "Long" | "Int32" | "Double" => {
                self.make(name, &arguments)
            }
            name if names::GLOBALS.contains(&name) => Err(Thrown::not_run()),
            name => Err(Thrown {
                printed: format!("ReferenceError: {name} is not defined"),
                meaning: Some(names::unknown_name(name)),
            }),
        }
    }

    fn make(&mut self, name: &str, arguments: &[Value]) -> Result<Value, Thrown> {
        let first = arguments.first().unwrap_or(&Value::Undefined);
        match (name, first) {
            ("ISODate", Value::Undefined) => Ok(Value::Date(Some(config::now_ms()))),
            ("ISODate", Value::Text(text)) => match dates::iso_date(text) {
                Some(ms) => Ok(Value::Date(Some(ms))),
                None => Err(Thrown::says(format!(
                    "MongoshInvalidInputError: [COMMON-10001] {} is not a valid ISODate",
                    json(text)
                ))),
            },
            ("ISODate", _) => date(arguments),
            ("ObjectId", Value::Undefined) => Ok(Value::Id(fresh_id())),
            ("ObjectId", Value::Text(text)) if text.len() == 24 => ObjectId::parse_str(text)
                .map(Value::Id)
                .map_err(|_| Thrown::says(NO_OBJECT_ID)),
            ("ObjectId", Value::Text(_)) => Err(Thrown::says(NO_OBJECT_ID)),
            ("NumberLong", Value::Number(number)) => {
                let warning = "Warning: NumberLong: specifying a number as argument is deprecated and may lead to loss of precision, pass a string instead";
                if !self.warnings.iter().any(|told| told == warning) {
                    self.warnings.push(warning.to_owned());
                }
                long(*number)
            }
            ("Long", Value::Number(number)) => long(*number),
            ("Long" | "NumberLong", Value::Text(text)) => {
                integer(text).map(|n| Value::Typed(Bson::Int64(n)))
            }
            ("Long" | "NumberLong" | "NumberInt", Value::Undefined) => {
                integer("0").map(|n| match name {
                    "NumberInt" => Value::Typed(Bson::Int32(0)),
                    _ => Value::Typed(Bson::Int64(n)),
                })
            }
            ("Int32" | "NumberInt", Value::Number(number)) => int(*number),
            ("Int32" | "NumberInt", Value::Text(text)) => {
                int(text.trim().parse().map_err(|_| Thrown::not_run())?)
            }
            ("Double", Value::Number(number)) => Ok(Value::Typed(Bson::Double(*number))),
            _ => Err(Thrown::refused(Meaning::NotHere {
                method: name.to_owned(),
                why: Why::NotTaught,
            })),
        }
    }
}

/// What makes a value without `new`.
const MAKERS: [&str; 7] = [
    "ISODate",
    "ObjectId",
    "Long",
    "NumberLong",
    "Int32",
    "NumberInt",
    "Double",
];

/// A text as JavaScript's `JSON.stringify` writes it.
#[must_use]
pub fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A new `ObjectId`: the seconds since 1970, and chance.
#[must_use]
pub fn fresh_id() -> ObjectId {
    let mut bytes: [u8; 12] = config::random();
    let seconds = u32::try_from(config::now_ms() / 1000).unwrap_or(u32::MAX);
    bytes[..4].copy_from_slice(&seconds.to_be_bytes());
    ObjectId::from_bytes(bytes)
}

fn now_number() -> Value {
    // Far below 2^53: exact.
    Value::Number(config::now_ms().to_string().parse().unwrap_or(f64::NAN))
}

fn date(arguments: &[Value]) -> Result<Value, Thrown> {
    Ok(Value::Date(match arguments {
        [] => Some(config::now_ms()),
        [Value::Number(ms)] => dates::from_number(*ms),
        [Value::Text(text)] => match dates::js_date(text) {
            Some(ms) => Some(ms),
            // JavaScript reads many forms more; what looks like one of them is not judged here.
            None if text.contains(|c: char| c.is_ascii_digit()) => {
                return Err(Thrown::refused(Meaning::UnclearDate));
            }
            None => None,
        },
        [Value::Date(ms)] => *ms,
        [Value::Null] => Some(0),
        _ => return Err(Thrown::not_run()),
    }))
}

fn long(number: f64) -> Result<Value, Thrown> {
    integer(&format!("{:.0}", number.trunc())).map(|n| Value::Typed(Bson::Int64(n)))
}

fn integer(text: &str) -> Result<i64, Thrown> {
    text.parse().map_err(|_| Thrown::not_run())
}

fn int(number: f64) -> Result<Value, Thrown> {
    let whole = super::value::whole(number.trunc() + 0.0);
    whole
        .map(|n| Value::Typed(Bson::Int32(n)))
        .ok_or_else(Thrown::not_run)
}

fn sign_of(sign: &str, value: &Value) -> Result<Value, Thrown> {
    match (sign, value) {
        ("-", Value::Number(number)) => Ok(Value::Number(-number)),
        ("+", Value::Number(number)) => Ok(Value::Number(*number)),
        ("!", value) => Ok(Value::Bool(value.is_falsy())),
        _ => Err(Thrown::not_run()),
    }
}

fn calculated(left: &Value, operator: &str, right: &Value) -> Result<f64, Thrown> {
    let (Value::Number(left), Value::Number(right)) = (left, right) else {
        return Err(Thrown::not_run());
    };
    Ok(match operator {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        _ => left % right,
    })
}

/// A value as `JSON.stringify` writes it in an error; only what is no object.
#[must_use]
pub fn stringified(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(print::number(*number)),
        Value::Text(text) => Some(json(text)),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
