//! What may be written.

use mongodb::bson::{Bson, Document, doc};

use super::{COLLECTION, Meaning, Object, Value, dangers};
use crate::consoles::mongo::{constants::fresh_id, value::index};

/// The last place in an array that an update may name: the places before it would be filled with null.
const LAST_PLACE: u32 = 99;
/// How many names a path may have: what is nested too deep cannot be read again.
const LONGEST_PATH: usize = 32;

/// `insert` of one document, with the lab's own name in it.
pub(super) fn insert(document: &Object, tag: &str) -> Result<Document, Meaning> {
    check_names(document)?;
    match document.get("lab") {
        None => {}
        Some(Value::Text(lab)) if lab == tag => {}
        Some(_) => return Err(Meaning::LabIsAnothers),
    }
    let mut sent = document.document();
    // As the driver does it: an `_id` that is null counts as none.
    if matches!(sent.get("_id"), None | Some(Bson::Null)) {
        sent.insert("_id", fresh_id());
    }
    sent.insert("lab", tag);
    Ok(doc! { "insert": COLLECTION, "documents": [sent], "ordered": true })
}

/// Whether an update leaves `lab` alone and is not larger than it looks.
pub(super) fn check_update(update: &Object) -> Result<(), Meaning> {
    dangers::check(update)?;
    if !spares_the_lab(&update.document()) {
        return Err(Meaning::LabIsFixed);
    }
    for (operator, fields) in update.fields() {
        for (path, value) in fields.object().into_iter().flat_map(Object::fields) {
            let far = |part: &str| index(part).is_some_and(|place| place > LAST_PLACE);
            if path.split('.').any(far) {
                return Err(Meaning::FarPlace);
            }
            // A field that is renamed to a path goes one level deeper each time.
            let deeper =
                operator == "$rename" && matches!(value, Value::Text(to) if to.contains('.'));
            if path.split('.').count() > LONGEST_PATH || deeper {
                return Err(Meaning::TooDeep);
            }
        }
    }
    Ok(())
}

/// Whether no operator of an update names `lab`: not as the field, not as the beginning of a path, and
/// not as the new name of another field.
pub(super) fn spares_the_lab(update: &Document) -> bool {
    let is_lab = |path: &str| path.split('.').next() == Some("lab");
    update.iter().all(|(operator, fields)| match fields {
        // Without an operator it would be the whole new document.
        _ if !operator.starts_with('$') => false,
        Bson::Document(fields) => fields.iter().all(|(path, value)| {
            let renamed = operator == "$rename" && value.as_str().is_none_or(is_lab);
            !is_lab(path) && !renamed
        }),
        // Not an object: the server refuses it.
        _ => true,
    })
}

fn check_names(document: &Object) -> Result<(), Meaning> {
    let is_bad = |value: &Value| match value {
        Value::Object(object) => check_names(object).is_err(),
        _ => false,
    };
    for (key, value) in document.fields() {
        let inside = match value {
            Value::Array(items) => items.iter().any(is_bad_item),
            value => is_bad(value),
        };
        if key.contains('\0') || inside {
            return Err(Meaning::ZeroByte);
        }
    }
    Ok(())
}

fn is_bad_item(item: &Value) -> bool {
    match item {
        Value::Object(object) => check_names(object).is_err(),
        Value::Array(items) => items.iter().any(is_bad_item),
        _ => false,
    }
}
