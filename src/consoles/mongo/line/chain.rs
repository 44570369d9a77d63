//! A walk along `db.sessions.find(…).sort(…)`.

use super::{Ask, Find, Request, Shown, Thrown, Value, collection, cursor};
use crate::consoles::mongo::{
    constants::Reader,
    meaning::{Meaning, Why},
    names,
    parse::{Chain, Shape, Step},
    scope::COLLECTION,
};

/// The longest part of the line that an error repeats, in units of UTF-16.
const MOST_REPEATED: usize = 25;

/// A chain that begins with `db`.
pub(super) struct Walk<'a> {
    pub(super) line: &'a [char],
    pub(super) chain: &'a Chain,
    pub(super) database: &'a str,
    pub(super) reader: &'a mut Reader,
}

/// What the chain is as far as it was walked.
pub(super) enum Place {
    /// `db`.
    Database,
    /// `db.<name>`.
    Collection(String),
    /// A cursor.
    Cursor(Find),
    /// A collection that explains; how much.
    Explainable(String),
    /// A cursor that explains; how much.
    ExplainedCursor(Find, String),
    /// It is known what to do.
    Done(Request),
}

impl Walk<'_> {
    /// What the whole chain asks for.
    pub(super) fn request(mut self) -> Result<Request, Thrown> {
        let mut place = Place::Database;
        let mut at = 0;
        while let Some(step) = self.chain.steps.get(at) {
            let next = self.chain.steps.get(at + 1);
            (place, at) = match (step, next) {
                (Step::Member(name), Some(Step::Call(arguments))) => {
                    (self.called(place, at, name, arguments)?, at + 2)
                }
                (Step::Member(name), _) => (self.member(place, at, name)?, at + 1),
                // `db()`, `db.sessions.find()()`.
                (Step::Call(_), _) => return Err(Thrown::not_run()),
            };
        }
        Ok(self.ended(place))
    }

    fn ended(&self, place: Place) -> Request {
        let print = |text: String, meaning| Request::Print { text, meaning };
        match place {
            Place::Database => print(self.database.to_owned(), None),
            Place::Collection(name) => {
                let other = (name != COLLECTION).then(|| other_collection(&name));
                let meaning = other.unwrap_or(Meaning::Collections);
                print(format!("{}.{name}", self.database), Some(meaning))
            }
            Place::Explainable(_) => {
                print(format!("Explainable({}.{COLLECTION})", self.database), None)
            }
            Place::Cursor(find) => Request::Ask(Ask::Find(find, Shown::Cursor)),
            Place::ExplainedCursor(find, verbosity) => Request::Ask(Ask::Explain(find, verbosity)),
            Place::Done(request) => request,
        }
    }

    /// A name without a call behind it.
    fn member(&self, place: Place, at: usize, name: &str) -> Result<Place, Thrown> {
        let last = at + 1 == self.chain.steps.len();
        let no_brackets = |known: bool| {
            Err(if known && last {
                Thrown::refused(Meaning::NoBrackets {
                    method: name.to_owned(),
                })
            } else {
                Thrown::not_run()
            })
        };
        match place {
            Place::Database if names::DATABASE.contains(&name) => no_brackets(true),
            Place::Database => Ok(Place::Collection(name.to_owned())),
            Place::Collection(_) if is_method(name) => no_brackets(true),
            Place::Collection(outer) => Ok(Place::Collection(format!("{outer}.{name}"))),
            Place::Cursor(_) | Place::ExplainedCursor(..) | Place::Explainable(_) => {
                no_brackets(names::CURSOR.contains(&name))
            }
            Place::Done(_) => no_brackets(false),
        }
    }

    /// A method with its arguments.
    fn called(
        &mut self,
        place: Place,
        at: usize,
        name: &str,
        arguments: &[Shape],
    ) -> Result<Place, Thrown> {
        // A method that is not there is told after the arguments were looked at, as JavaScript does it.
        let arguments = self.reader.all(arguments)?;
        match place {
            Place::Database => self.of_database(at, name, &arguments),
            Place::Collection(collection) => self.of_collection(&collection, at, name, &arguments),
            Place::Cursor(find) if names::CURSOR.contains(&name) => {
                cursor::method(find, name, &arguments)
            }
            Place::ExplainedCursor(find, verbosity) if cursor::shapes(name) => {
                let find = cursor::shaped(find, name, &arguments)?;
                Ok(Place::ExplainedCursor(find, verbosity))
            }
            Place::Explainable(verbosity) if name == "find" => Ok(Place::ExplainedCursor(
                collection::find(&arguments)?,
                verbosity,
            )),
            Place::Explainable(_) if is_method(name) => Err(not_here(name, Why::NotTaught)),
            Place::Cursor(_) | Place::ExplainedCursor(..) | Place::Explainable(_) => {
                match names::other_of_cursor(name) {
                    Some(why) => Err(not_here(name, why)),
                    None => Err(self.no_function(at, name, &names::CURSOR)),
                }
            }
            Place::Done(_) => Err(Thrown::not_run()),
        }
    }

    fn of_database(&mut self, at: usize, name: &str, arguments: &[Value]) -> Result<Place, Thrown> {
        match (name, arguments) {
            ("getName", _) => Ok(Place::Done(Request::Print {
                text: self.database.to_owned(),
                meaning: None,
            })),
            ("getCollection", [Value::Text(name)]) => Ok(Place::Collection(name.clone())),
            (name, _) if names::DATABASE.contains(&name) => Err(not_here(name, Why::Others)),
            _ => {
                let known = [&names::DATABASE[..], &["sessions"]].concat();
                Err(self.no_function(at, name, &known))
            }
        }
    }

    fn of_collection(
        &mut self,
        collection: &str,
        at: usize,
        name: &str,
        arguments: &[Value],
    ) -> Result<Place, Thrown> {
        if !is_method(name) {
            return Err(self.no_function(at, name, &names::COLLECTION));
        }
        if collection != COLLECTION {
            return Err(Thrown::refused(other_collection(collection)));
        }
        match names::other_method(name) {
            Some(why) => Err(not_here(name, why)),
            None => collection::method(self.database, name, arguments, &mut self.reader.warnings),
        }
    }

    /// JavaScript's words for a method that is not there, with the part of the line before it.
    fn no_function(&self, at: usize, name: &str, known: &[&str]) -> Thrown {
        let before = &self.line[self.chain.start..self.chain.ends[at]];
        let before = shortened(&before.iter().collect::<String>());
        Thrown {
            printed: format!("TypeError: {before}.{name} is not a function"),
            meaning: Some(names::unknown_method(name, known)),
        }
    }
}

fn is_method(name: &str) -> bool {
    names::COLLECTION.contains(&name) || names::other_method(name).is_some()
}

fn not_here(method: &str, why: Why) -> Thrown {
    Thrown::refused(Meaning::NotHere {
        method: method.to_owned(),
        why,
    })
}

fn other_collection(name: &str) -> Meaning {
    Meaning::OtherCollection {
        name: name.to_owned(),
        meant_sessions: names::nearest(name, &[COLLECTION, "session"]).is_some()
            || name.starts_with("sessions."),
    }
}

/// The beginning and the end of a text that is long, as mongosh shortens it.
fn shortened(text: &str) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    if units.len() <= MOST_REPEATED {
        return text.to_owned();
    }
    let (first, last) = (&units[..14], &units[units.len() - 6..]);
    format!(
        "{} ... {}",
        String::from_utf16_lossy(first),
        String::from_utf16_lossy(last)
    )
}
