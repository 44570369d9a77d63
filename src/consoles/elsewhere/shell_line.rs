//! A command that the driver sent, as the line that one would type for it.
//!
//! The tape has it as `find sessions {"filter":{…},"limit":1}`; its values are already written as
//! mongosh takes them, so they are only put into another order.

/// The line; `db.runCommand(…)` for what the shell has no method for.
pub fn of(command: &str) -> String {
    shell_line(command).unwrap_or_else(|| run_command(command))
}

fn shell_line(command: &str) -> Option<String> {
    let (name, rest) = command.split_once(' ')?;
    let (collection, fields) = rest.split_once(' ')?;
    let fields = members(fields)?;
    let field = |key: &str| value(&fields, key);
    let call = match name {
        "find" => find(&fields),
        "insert" => match items(field("documents")?)?.as_slice() {
            [one] => format!("insertOne({one})"),
            _ => format!("insertMany({})", field("documents")?),
        },
        "update" => update(only(field("updates")?)?)?,
        "delete" => {
            let delete = members(only(field("deletes")?)?)?;
            let method = if value(&delete, "limit") == Some("1") {
                "deleteOne"
            } else {
                "deleteMany"
            };
            format!("{method}({})", value(&delete, "q")?)
        }
        _ => return None,
    };
    Some(format!("db.{collection}.{call}"))
}

fn find(fields: &[(&str, &str)]) -> String {
    let field = |key: &str| value(fields, key);
    let filter = field("filter").unwrap_or("{}");
    let projection = field("projection").map(|fields| format!(", {fields}"));
    let mut line = format!("find({filter}{})", projection.unwrap_or_default());
    for method in ["sort", "skip", "limit"] {
        if let Some(value) = field(method) {
            line = format!("{line}.{method}({value})");
        }
    }
    line
}

fn update(update: &str) -> Option<String> {
    let update = members(update)?;
    let field = |key: &str| value(&update, key);
    let method = if field("multi") == Some("true") {
        "updateMany"
    } else {
        "updateOne"
    };
    let upsert = (field("upsert") == Some("true")).then_some(", { upsert: true }");
    Some(format!(
        "{method}({}, {}{})",
        field("q")?,
        field("u")?,
        upsert.unwrap_or_default()
    ))
}

fn run_command(command: &str) -> String {
    let mut words = command.splitn(3, ' ');
    let (name, on) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let fields = words.next().unwrap_or("{}");
    let inside = fields.strip_prefix('{').unwrap_or(fields);
    let inside = inside.strip_suffix('}').unwrap_or(inside);
    let comma = if inside.is_empty() { "" } else { ", " };
    format!("db.runCommand({{ {name}: \"{on}\"{comma}{inside} }})")
}

fn value<'a>(fields: &[(&str, &'a str)], key: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(name, _)| *name == key);
    found.map(|(_, value)| *value)
}

/// The one item of an array.
fn only(array: &str) -> Option<&str> {
    match items(array)?.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// The members of an object in JSON, as text. `None` if it was cut off.
fn members(object: &str) -> Option<Vec<(&str, &str)>> {
    let inside = object.strip_prefix('{')?.strip_suffix('}')?;
    split(inside)?
        .into_iter()
        .map(|text| {
            let at = end(text, ':')?;
            let key = text[..at].trim().strip_prefix('"')?.strip_suffix('"')?;
            Some((key, text[at + 1..].trim()))
        })
        .collect()
}

/// The items of an array in JSON, as text.
fn items(array: &str) -> Option<Vec<&str>> {
    split(array.strip_prefix('[')?.strip_suffix(']')?)
}

/// What stands between the commas that are inside of nothing.
fn split(inside: &str) -> Option<Vec<&str>> {
    let (mut rest, mut parts) = (inside, Vec::new());
    while !rest.is_empty() {
        if let Some(at) = end(rest, ',') {
            parts.push(&rest[..at]);
            rest = &rest[at + 1..];
        } else {
            // Without its end, the text was cut off.
            end(&format!("{rest},"), ',')?;
            parts.push(rest);
            rest = "";
        }
    }
    Some(parts)
}

/// Where this sign stands for the first time outside of strings and brackets.
fn end(text: &str, sign: char) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_u32, false, false);
    for (at, c) in text.char_indices() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            _ if c == sign && depth == 0 => return Some(at),
            '"' => in_string = true,
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn what_the_driver_sent_is_a_line_of_the_shell() {
        for (sent, line) in [
            (
                r#"find sessions {"filter":{"_id":"a","lab":"x"},"limit":1,"singleBatch":true}"#,
                r#"db.sessions.find({"_id":"a","lab":"x"}).limit(1)"#,
            ),
            (
                r#"insert sessions {"ordered":true,"documents":[{"_id":"a,\"}","expires":ISODate("2030-01-01T00:00:00Z")}]}"#,
                r#"db.sessions.insertOne({"_id":"a,\"}","expires":ISODate("2030-01-01T00:00:00Z")})"#,
            ),
            (
                r#"update sessions {"updates":[{"q":{"_id":"a"},"u":{"$set":{"data":{"n":1}}},"upsert":true}]}"#,
                r#"db.sessions.updateOne({"_id":"a"}, {"$set":{"data":{"n":1}}}, { upsert: true })"#,
            ),
            (
                r#"delete sessions {"deletes":[{"q":{"_id":{"$in":["a","b"]}},"limit":0}]}"#,
                r#"db.sessions.deleteMany({"_id":{"$in":["a","b"]}})"#,
            ),
            (
                r#"count sessions {"query":{}}"#,
                r#"db.runCommand({ count: "sessions", "query":{} })"#,
            ),
        ] {
            assert_eq!(of(sent), line);
        }
    }

    #[test]
    fn what_was_cut_off_stays_readable() {
        let cut = r#"insert sessions {"documents":[{"_id":"a","data":{"x…"#;
        assert!(of(cut).starts_with("db.runCommand({ insert: \"sessions\", \"documents\":["));
    }
}
