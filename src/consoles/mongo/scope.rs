//! The lab's walls around a command.
//!
//! All labs share one collection, and every document has the name of its lab in `lab`. A command that
//! reads, changes or deletes has the filter `{ $and: [{ lab: "…" }, <the student's filter>] }`: both
//! have to be true, and nothing inside of the second can make the first one untrue. What is added gets
//! the lab's own name; nothing may change it afterwards. Only this module makes a [`Scoped`] command,
//! and only a [`Scoped`] command is sent.

mod dangers;
mod writes;

use mongodb::bson::{Bson, Document, doc};

use super::{
    MOST_TIME, Meaning,
    line::{Ask, Find, Shown},
    value::{Object, Value},
};

/// The collection.
pub const COLLECTION: &str = "sessions";
/// How many documents a cursor shows at once in mongosh.
pub const SHOWN_AT_ONCE: usize = 20;
/// How many documents are asked for where all are wanted: far more than a lab has.
const ALL: i32 = 1000;

/// A command that cannot reach beyond its lab.
#[derive(Clone, Debug, PartialEq)]
pub struct Scoped(Document);

impl Scoped {
    /// What is sent.
    #[must_use]
    pub const fn command(&self) -> &Document {
        &self.0
    }

    fn of(mut command: Document) -> Self {
        let most = i64::try_from(MOST_TIME.as_millis()).unwrap_or(i64::MAX);
        command.insert("maxTimeMS", most);
        Self(command)
    }
}

/// The command for a request, within the lab.
///
/// # Errors
/// Why it cannot be kept within the lab, or should not be done at all.
pub fn scoped(ask: &Ask, tag: &str) -> Result<Scoped, Meaning> {
    let within = |filter: &Object| {
        dangers::check(filter)?;
        Ok(within(filter, tag))
    };
    Ok(Scoped::of(match ask {
        Ask::Find(find, shown) => {
            let mut command = find_command(find, tag)?;
            let wanted = match shown {
                Shown::One | Shown::HasNext => 1,
                Shown::Cursor => i32::try_from(SHOWN_AT_ONCE + 1).unwrap_or(ALL),
                Shown::Array | Shown::Count => ALL,
            };
            // One answer, and no cursor that stays open in the server.
            command.insert("batchSize", wanted);
            command.insert("singleBatch", true);
            command
        }
        Ask::Explain(find, verbosity) => {
            doc! { "explain": find_command(find, tag)?, "verbosity": verbosity.as_str() }
        }
        Ask::Count {
            filter,
            skip,
            limit,
        } => {
            let mut command = doc! { "count": COLLECTION, "query": within(filter)? };
            let bounds = [("skip", skip), ("limit", limit)];
            for (name, bound) in bounds {
                if let Some(bound) = bound {
                    command.insert(name, Value::Number(*bound).bson());
                }
            }
            command
        }
        Ask::CountDocuments(filter) => doc! {
            "aggregate": COLLECTION,
            "pipeline": [{ "$match": within(filter)? }, { "$group": { "_id": 1, "n": { "$sum": 1 } } }],
            "cursor": {},
        },
        Ask::Distinct { field, filter } => {
            dangers::check_value(field)?;
            let mut command = doc! { "distinct": COLLECTION };
            if *field != Value::Undefined {
                command.insert("key", field.bson());
            }
            command.insert("query", within(filter)?);
            command
        }
        Ask::Indexes | Ask::IndexKeys => doc! { "listIndexes": COLLECTION, "cursor": {} },
        Ask::Collections => {
            doc! { "listCollections": 1, "filter": { "name": COLLECTION }, "nameOnly": true, "cursor": {} }
        }
        Ask::Insert(document) => writes::insert(document, tag)?,
        Ask::Update {
            filter,
            update,
            many,
        } => {
            writes::check_update(update)?;
            doc! {
                "update": COLLECTION,
                "updates": [{ "q": within(filter)?, "u": update.document(), "multi": *many }],
                "ordered": true,
            }
        }
        Ask::Delete { filter, many } => doc! {
            "delete": COLLECTION,
            "deletes": [{ "q": within(filter)?, "limit": i32::from(!*many) }],
            "ordered": true,
        },
    }))
}

/// Counts the lab's documents.
#[must_use]
pub fn all_of(tag: &str) -> Scoped {
    Scoped::of(doc! { "count": COLLECTION, "query": { "lab": tag } })
}

/// Counts the lab's documents with this `_id`: one or none.
#[must_use]
pub fn with_id(tag: &str, id: &Value) -> Scoped {
    Scoped::of(doc! { "count": COLLECTION, "query": { "lab": tag, "_id": { "$eq": id.bson() } } })
}

/// The `_id` of a new document, if another lab may want the same one: any that does not begin with the
/// lab's own name. The collection has each `_id` only once, for all labs.
#[must_use]
pub fn id_that_may_be_anybodys<'a>(document: &'a Object, tag: &str) -> Option<&'a Value> {
    match document.get("_id")? {
        Value::Undefined | Value::Null => None,
        Value::Text(id) if id.starts_with(tag) => None,
        id => Some(id),
    }
}

/// The lab's own documents among those of the filter.
fn within(filter: &Object, tag: &str) -> Document {
    if filter.is_empty() {
        return doc! { "lab": tag };
    }
    doc! { "$and": [{ "lab": tag }, filter.document()] }
}

/// `find` with the fields in the order in which mongosh's driver sends them.
fn find_command(find: &Find, tag: &str) -> Result<Document, Meaning> {
    dangers::check(&find.filter)?;
    let mut command = doc! { "find": COLLECTION, "filter": within(&find.filter, tag) };
    if let Some(sort) = &find.sort {
        dangers::check(sort)?;
        command.insert("sort", sort.document());
    }
    if let Some(projection) = &find.projection {
        dangers::check_value(projection)?;
        command.insert("projection", projection.bson());
    }
    if let Some(skip) = find.skip {
        command.insert("skip", Value::Number(skip).bson());
    }
    if let Some(limit) = find.limit {
        command.insert("limit", Value::Number(limit.abs()).bson());
        if limit < 0.0 {
            command.insert("singleBatch", true);
        }
    }
    Ok(command)
}

/// Whether a command as it is sent stays within the lab; for the tests that try to break out.
#[must_use]
pub fn is_within(command: &Document, tag: &str) -> bool {
    let own = |filter: Option<&Bson>| {
        filter
            .and_then(Bson::as_document)
            .is_some_and(|filter| is_own(filter, tag))
    };
    let only = |list: &str, held: &dyn Fn(&Document) -> bool| {
        let items = command
            .get_array(list)
            .map(Vec::as_slice)
            .unwrap_or_default();
        matches!(items, [Bson::Document(one)] if held(one))
    };
    let collection = command
        .iter()
        .next()
        .is_some_and(|(_, name)| *name == Bson::from(COLLECTION));
    match command
        .iter()
        .next()
        .map(|(name, value)| (name.as_str(), value))
    {
        Some(("find", _)) => collection && own(command.get("filter")),
        Some(("explain", Bson::Document(inner))) => is_within(inner, tag),
        Some(("count" | "distinct", _)) => collection && own(command.get("query")),
        Some(("aggregate", _)) => {
            let stages = command
                .get_array("pipeline")
                .map(Vec::as_slice)
                .unwrap_or_default();
            matches!(stages, [Bson::Document(first), Bson::Document(second)]
                if first.len() == 1 && own(first.get("$match")) && second.len() == 1 && second.contains_key("$group"))
                && collection
        }
        Some(("listIndexes", _)) => collection,
        Some(("listCollections", _)) => {
            command.get_document("filter") == Ok(&doc! { "name": COLLECTION })
        }
        Some(("insert", _)) => {
            collection && only("documents", &|document| document.get_str("lab") == Ok(tag))
        }
        Some(("update", _)) => {
            let held = |update: &Document| {
                own(update.get("q"))
                    && update.len() == 3
                    && update.get_document("u").is_ok_and(writes::spares_the_lab)
            };
            collection && only("updates", &held)
        }
        Some(("delete", _)) => collection && only("deletes", &|delete| own(delete.get("q"))),
        _ => false,
    }
}

fn is_own(filter: &Document, tag: &str) -> bool {
    let lab = doc! { "lab": tag };
    match filter.iter().next() {
        Some((key, Bson::Array(both))) if key == "$and" && filter.len() == 1 => {
            both.len() == 2 && both[0] == Bson::Document(lab)
        }
        _ => {
            *filter == lab
                || (filter.len() == 2
                    && filter.get_str("lab") == Ok(tag)
                    && filter.contains_key("_id"))
        }
    }
}
