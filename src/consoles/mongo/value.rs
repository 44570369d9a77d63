//! Values as mongosh has them in its hands, and how they are sent.
//!
//! An object of JavaScript is not quite a document: names that are whole numbers come first, and of
//! two fields with one name the later value stands in the earlier one's place. A number has no type
//! until it is sent: what is whole and fits becomes an `Int32`, anything else a `Double`.

use mongodb::bson::{Bson, DateTime, Document, Regex, oid::ObjectId};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `undefined`; the driver sends null.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number of JavaScript.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
    /// A date; `None` is JavaScript's `Invalid Date`.
    Date(Option<i64>),
    /// An `ObjectId`.
    Id(ObjectId),
    /// `Long`, `Int32` or `Double`.
    Typed(Bson),
    /// `/pattern/flags`.
    Regex(String, String),
}

/// An object of JavaScript: its fields in the order in which they are sent and printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// Sets a field; one that is there keeps its place.
    pub fn set(&mut self, key: String, value: Value) {
        // As a field of a literal it names the prototype, and no field comes of it.
        if key == "__proto__" {
            return;
        }
        if let Some(held) = self.0.iter_mut().find(|(held, _)| *held == key) {
            held.1 = value;
            return;
        }
        let at = match index(&key) {
            None => self.0.len(),
            Some(number) => {
                let before =
                    |held: &&(String, Value)| index(&held.0).is_some_and(|held| held < number);
                self.0.iter().take_while(before).count()
            }
        };
        self.0.insert(at, (key, value));
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(held, _)| held == key)
            .map(|(_, value)| value)
    }

    /// The fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &(String, Value)> {
        self.0.iter()
    }

    /// Whether there are no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it is sent.
    #[must_use]
    pub fn document(&self) -> Document {
        self.0
            .iter()
            .map(|(key, value)| (key.clone(), value.bson()))
            .collect()
    }
}

/// What JavaScript takes for the index of an array: `0` to `4294967294`, without zeros in front.
#[must_use]
pub fn index(key: &str) -> Option<u32> {
    let number: u32 = key.parse().ok()?;
    (number != u32::MAX && number.to_string() == key).then_some(number)
}

impl Value {
    /// As it is sent.
    #[must_use]
    pub fn bson(&self) -> Bson {
        match self {
            Self::Undefined | Self::Null => Bson::Null,
            Self::Bool(value) => Bson::Boolean(*value),
            Self::Number(number) => whole(*number).map_or(Bson::Double(*number), Bson::Int32),
            Self::Text(text) => Bson::String(text.clone()),
            Self::Array(items) => Bson::Array(items.iter().map(Self::bson).collect()),
            Self::Object(object) => Bson::Document(object.document()),
            // The driver sends the beginning of time for an invalid date.
            Self::Date(ms) => Bson::DateTime(DateTime::from_millis(ms.unwrap_or_default())),
            Self::Id(id) => Bson::ObjectId(*id),
            Self::Typed(value) => value.clone(),
            Self::Regex(pattern, flags) => Bson::RegularExpression(Regex {
                pattern: pattern.clone(),
                options: options(flags),
            }),
        }
    }

    /// The fields, if it is an object.
    #[must_use]
    pub const fn object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether JavaScript takes it for false.
    #[must_use]
    pub fn is_falsy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null | Self::Bool(false) => true,
            Self::Number(number) => *number == 0.0 || number.is_nan(),
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }
}

/// The number as `Int32`, if it is one; minus zero is not.
#[must_use]
pub fn whole(number: f64) -> Option<i32> {
    let fits = number.fract() == 0.0
        && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number)
        && !(number == 0.0 && number.is_sign_negative());
    // Exact: it was just seen to be whole and within the range.
    fits.then(|| format!("{number:.0}").parse().ok()).flatten()
}

/// JavaScript's flags as the driver sends them, in the order that BSON wants: `g` becomes `s`.
fn options(flags: &str) -> String {
    [('i', 'i'), ('m', 'm'), ('g', 's')]
        .into_iter()
        .filter(|(flag, _)| flags.contains(*flag))
        .map(|(_, option)| option)
        .collect()
}
