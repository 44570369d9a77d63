//! Values as mongosh prints them.
//!
//! mongosh leaves the printing to Node's `util.inspect`, and so this is `util.inspect` again, as far
//! as documents need it: an object stands on one line if it fits into 80 columns, more than six items
//! of an array are put in columns, a string has the quotes that need no escape.
//!
//! Documents that a cursor brought are printed one inside the other, each on its own ([`documents`]);
//! what `explain` brought is one whole, in which only the three innermost levels share a line ([`whole`]).

mod columns;
mod scalars;

use mongodb::bson::{Bson, Document};

pub use self::scalars::{date, number, text};

use super::value::index;

/// The width of a line.
const WIDTH: usize = 80;
/// How many of the innermost levels may share a line.
const COMPACT: usize = 3;

/// A value that a cursor or a method brought.
#[must_use]
pub fn documents(value: &Bson) -> String {
    Inspector {
        each_alone: true,
        ..Inspector::default()
    }
    .value(value)
}

/// A value that is printed as one whole.
#[must_use]
pub fn whole(value: &Bson) -> String {
    Inspector::default().value(value)
}

/// What `util.inspect` calls its context.
#[derive(Default)]
struct Inspector {
    each_alone: bool,
    indentation: usize,
    /// How deep the object stands that was begun last.
    last_depth: usize,
    depth: usize,
}

impl Inspector {
    fn value(&mut self, value: &Bson) -> String {
        match value {
            Bson::Document(document) if document.is_empty() => "{}".to_owned(),
            Bson::Array(items) if items.is_empty() => "[]".to_owned(),
            Bson::Document(_) | Bson::Array(_) if self.each_alone && self.depth > 0 => {
                let alone = documents(value);
                alone.replace('\n', &format!("\n{}", " ".repeat(self.indentation)))
            }
            Bson::Document(document) => self.object(document),
            Bson::Array(items) => self.array(items),
            Bson::String(string) => scalars::string(string, self.indentation),
            scalar => scalars::scalar(scalar),
        }
    }

    fn deeper<T>(&mut self, print: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        self.last_depth = self.depth;
        self.indentation += 2;
        let printed = print(self);
        self.indentation -= 2;
        self.depth -= 1;
        printed
    }

    fn object(&mut self, document: &Document) -> String {
        let fields = in_js_order(document);
        let entries = self.deeper(|inspector| {
            let print = |(key, value): (&String, &Bson)| {
                format!("{}: {}", scalars::key(key), inspector.value(value))
            };
            fields.into_iter().map(print).collect::<Vec<_>>()
        });
        let count = entries.len();
        self.joined(&entries, count, ["{", "}"])
    }

    fn array(&mut self, items: &[Bson]) -> String {
        let entries: Vec<_> =
            self.deeper(|inspector| items.iter().map(|item| inspector.value(item)).collect());
        let count = entries.len();
        let rows = if count > 6 {
            columns::grouped(entries, items, self.indentation)
        } else {
            entries
        };
        self.joined(&rows, count, ["[", "]"])
    }

    /// On one line if it fits, else one line each. `count`: how many there were before they got columns.
    fn joined(&self, entries: &[String], count: usize, [open, close]: [&str; 2]) -> String {
        // `last_depth` is at least one deeper than this object: `depth` counts those around it.
        let inner = self.last_depth.saturating_sub(self.depth + 1);
        let start = entries.len() + self.indentation + open.len() + 10;
        let lengths: usize = entries.iter().map(|entry| units(entry)).sum();
        let fits = lengths + entries.len() + start <= WIDTH
            && !entries.iter().any(|entry| entry.contains('\n'));
        if inner < COMPACT && count == entries.len() && fits {
            return format!("{open} {} {close}", entries.join(", "));
        }
        let indentation = " ".repeat(self.indentation);
        let between = format!(",\n{indentation}  ");
        format!(
            "{open}\n{indentation}  {}\n{indentation}{close}",
            entries.join(&between)
        )
    }
}

/// How many units of UTF-16 a text has: what JavaScript calls its length.
fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The fields as an object of JavaScript has them: whole numbers first.
fn in_js_order(document: &Document) -> Vec<(&String, &Bson)> {
    let mut fields: Vec<_> = document.iter().collect();
    fields.sort_by_key(|(key, _)| index(key).map_or((1, 0), |number| (0, number)));
    fields
}
