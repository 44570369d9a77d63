//! Values and complaints as the real mongosh prints them.
//!
//! Every line of `mongo_lines.jsonl` is what was typed into mongosh 2.12.0 and what a terminal then shows
//! (mongosh writes `Uncaught `, returns the carriage and writes the error over it). Every line of
//! `mongo_prints.jsonl` was made by it on SecantusDB 0.7.0b3: a literal was typed into
//! `insertOne({ _id: n, v: <literal> })`, and `find({ _id: n }, { _id: 0 })` printed it.

use mongodb::bson::{Bson, doc};
use serde::Deserialize;
use session_playground::consoles::mongo::{
    line::{Ask, Request, understand},
    print,
};

use super::mongo_lines::told;

#[derive(Deserialize)]
struct Case {
    typed: String,
    printed: String,
}

#[test]
fn values_are_printed_as_mongosh_prints_them() {
    let cases = include_str!("mongo_prints.jsonl");
    let mut wrong = Vec::new();
    for case in cases.lines() {
        let Case { typed, printed } = serde_json::from_str(case).unwrap();
        let line = format!("db.sessions.insertOne({{ v: {typed} }})");
        let understood = match understand(&line, "test") {
            Ok(understood) => understood,
            Err(thrown) => {
                wrong.push(format!("{typed}: {thrown:?}"));
                continue;
            }
        };
        let Request::Ask(Ask::Insert(document)) = understood.request else {
            panic!("{typed}");
        };
        let value = document.get("v").unwrap().bson();
        let ours = print::documents(&Bson::Array(vec![doc! { "v": value }.into()]));
        if ours != printed {
            wrong.push(format!("{typed}\n  ours    {ours}\n  mongosh {printed}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn complaints_are_mongoshs_own() {
    let mut wrong = Vec::new();
    for case in include_str!("mongo_lines.jsonl").lines() {
        let Case { typed, printed } = serde_json::from_str(case).unwrap();
        let (ours, _) = told(&typed);
        if ours != printed {
            wrong.push(format!("{typed}\n  ours    {ours}\n  mongosh {printed}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
