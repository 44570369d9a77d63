//! The methods of a collection, with the complaints of mongosh and of its driver.

use super::{Ask, Find, Request, Shown, Thrown, chain::Place, cursor};
use crate::consoles::mongo::{
    meaning::{Meaning, Why},
    value::{Object, Value},
};

/// What mongosh says before it does what `count` did in old versions.
const COUNT_IS_OLD: &str = "DeprecationWarning: Collection.count() is deprecated. Use countDocuments or estimatedDocumentCount.";

/// What a method of the collection does.
pub(super) fn method(
    database: &str,
    name: &str,
    arguments: &[Value],
    warnings: &mut Vec<String>,
) -> Result<Place, Thrown> {
    let ask = match name {
        "find" => return Ok(Place::Cursor(find(arguments)?)),
        "explain" => return Ok(Place::Explainable(cursor::verbosity(arguments.first())?)),
        "getName" => {
            let (text, meaning) = (super::super::scope::COLLECTION.to_owned(), None);
            return Ok(Place::Done(Request::Print { text, meaning }));
        }
        "findOne" => {
            let found = Find {
                limit: Some(1.0),
                ..find(arguments)?
            };
            Ask::Find(found, Shown::One)
        }
        "count" => {
            warnings.push(COUNT_IS_OLD.to_owned());
            no_options(name, arguments.get(1))?;
            let filter = object_or_nothing(arguments.first())?;
            let (skip, limit) = (None, None);
            Ask::Count {
                filter,
                skip,
                limit,
            }
        }
        "countDocuments" => {
            no_options(name, arguments.get(1))?;
            Ask::CountDocuments(object_or_nothing(arguments.first())?)
        }
        "distinct" => {
            no_options(name, arguments.get(2))?;
            let field = arguments.first().cloned().unwrap_or(Value::Undefined);
            let filter = object_or_nothing(arguments.get(1))?;
            Ask::Distinct { field, filter }
        }
        "getIndexes" => Ask::Indexes,
        "getIndexKeys" => Ask::IndexKeys,
        "insertOne" => {
            let document = required(name, arguments)?.object();
            let document = document.ok_or_else(|| Thrown::refused(Meaning::DocumentIsNoObject))?;
            no_options(name, arguments.get(1))?;
            Ask::Insert(document.clone())
        }
        "updateOne" | "updateMany" => update(name, arguments)?,
        "deleteOne" | "deleteMany" => {
            let filter = object_or_nothing(Some(required(name, arguments)?))?;
            no_options(name, arguments.get(1))?;
            let many = name == "deleteMany";
            Ask::Delete { filter, many }
        }
        _ => {
            return Err(Thrown::refused(Meaning::NotHere {
                method: format!("{database}.{name}"),
                why: Why::NotTaught,
            }));
        }
    };
    Ok(Place::Done(Request::Ask(ask)))
}

/// The filter and the projection of `find`.
pub(super) fn find(arguments: &[Value]) -> Result<Find, Thrown> {
    no_options("find", arguments.get(2))?;
    let projection = arguments.get(1).filter(|projection| !projection.is_falsy());
    Ok(Find {
        filter: filter_of_find(arguments.first())?,
        projection: projection.cloned(),
        ..Find::default()
    })
}

fn filter_of_find(filter: Option<&Value>) -> Result<Object, Thrown> {
    match filter {
        Some(Value::Number(_) | Value::Text(_) | Value::Bool(_) | Value::Array(_)) => Err(Thrown {
            printed: "MongoInvalidArgumentError: Query filter must be a plain object or ObjectId"
                .to_owned(),
            meaning: Some(Meaning::FilterIsNoObject),
        }),
        Some(id @ Value::Id(_)) => {
            let mut filter = Object::default();
            filter.set("_id".to_owned(), id.clone());
            Ok(filter)
        }
        other => object_or_nothing(other),
    }
}

/// A filter that may be left out. Anything else than an object is not sent: SecantusDB takes null for
/// "all", and nobody knows who takes what else for it.
fn object_or_nothing(filter: Option<&Value>) -> Result<Object, Thrown> {
    match filter {
        None | Some(Value::Undefined) => Ok(Object::default()),
        Some(Value::Object(object)) => Ok(object.clone()),
        Some(_) => Err(Thrown::refused(Meaning::FilterIsNoObject)),
    }
}

fn required<'a>(name: &str, arguments: &'a [Value]) -> Result<&'a Value, Thrown> {
    match arguments.first() {
        None | Some(Value::Undefined) => Err(Thrown::says(format!(
            "MongoshInvalidInputError: [COMMON-10001] Missing required argument at position 0 (Collection.{name})"
        ))),
        Some(first) => Ok(first),
    }
}

/// Options can name collations, hints and more: none of it is of the course.
fn no_options(name: &str, options: Option<&Value>) -> Result<(), Thrown> {
    match options {
        None | Some(Value::Undefined) => Ok(()),
        Some(Value::Object(options)) if options.is_empty() => Ok(()),
        Some(_) => Err(Thrown::refused(Meaning::Options {
            method: name.to_owned(),
        })),
    }
}

fn update(name: &str, arguments: &[Value]) -> Result<Ask, Thrown> {
    let says = |words: &str| Err(Thrown::says(format!("MongoInvalidArgumentError: {words}")));
    let filter = match required(name, arguments)? {
        Value::Object(filter) => filter.clone(),
        Value::Null | Value::Number(_) | Value::Text(_) | Value::Bool(_) => {
            return says("Selector must be a valid JavaScript object");
        }
        _ => return Err(Thrown::refused(Meaning::FilterIsNoObject)),
    };
    let update = match arguments.get(1) {
        Some(Value::Object(update)) => update.clone(),
        None | Some(Value::Undefined) => Object::default(),
        Some(Value::Array(stages)) if stages.is_empty() => Object::default(),
        Some(Value::Array(_)) => return Err(Thrown::refused(Meaning::PipelineUpdate)),
        Some(Value::Null | Value::Number(_) | Value::Text(_) | Value::Bool(_)) => {
            return says("Document must be a valid JavaScript object");
        }
        Some(_) => return Err(Thrown::not_run()),
    };
    let first = update.fields().next();
    if !first.is_some_and(|(operator, _)| operator.starts_with('$')) {
        return Err(Thrown {
            printed: "MongoInvalidArgumentError: Update document requires atomic operators"
                .to_owned(),
            meaning: Some(Meaning::NeedsOperator),
        });
    }
    match arguments.get(2) {
        Some(Value::Object(options))
            if options
                .get("upsert")
                .is_some_and(|upsert| !upsert.is_falsy()) =>
        {
            return Err(Thrown::refused(Meaning::Upsert));
        }
        options => no_options(name, options)?,
    }
    Ok(Ask::Update {
        filter,
        update,
        many: name == "updateMany",
    })
}
