//! Lines that are refused, and what was probably meant.

use session_playground::{
    consoles::mongo::{
        Meaning, Why,
        line::{Request, understand},
        scope,
    },
    i18n::Locale,
};

const TAG: &str = "0123456789abcdef";

/// What a line prints and means without a server; the command, if there is one.
pub fn told(line: &str) -> (String, Option<Meaning>) {
    match understand(line, "test") {
        Err(thrown) => (thrown.printed, thrown.meaning),
        Ok(understood) => match understood.request {
            Request::Print { text, meaning } => (text, meaning),
            Request::Ask(ask) => match scope::scoped(&ask, TAG) {
                Ok(scoped) => (scoped.command().to_string(), None),
                Err(meaning) => (String::new(), Some(meaning)),
            },
        },
    }
}

fn not_here(method: &str, why: Why) -> Meaning {
    Meaning::NotHere {
        method: method.to_owned(),
        why,
    }
}

fn code(operator: &str) -> Meaning {
    Meaning::ServerCode {
        operator: operator.to_owned(),
    }
}

fn hungry(operator: &str) -> Meaning {
    Meaning::Hungry {
        operator: operator.to_owned(),
    }
}

fn no_method(typed: &str, nearest: &str) -> Meaning {
    Meaning::NoSuchMethod {
        typed: typed.to_owned(),
        nearest: Some(nearest.to_owned()),
    }
}

#[test]
fn what_is_refused_says_why_and_is_not_sent() {
    let deep = format!("db.sessions.find({}1{})", "{a:".repeat(40), "}".repeat(40));
    let lists = format!(
        "db.sessions.find({{a:{}{}}})",
        "[".repeat(2000),
        "]".repeat(2000)
    );
    let signs = format!(
        "db.sessions.find({{a:{}1}})",
        "-".repeat(3).replace('-', "- ").repeat(600)
    );
    let path = format!(
        "db.sessions.updateOne({{}}, {{$set: {{'a{}': 1}}}})",
        ".a".repeat(40)
    );
    let sums = format!("db.sessions.find({{a:1{}}})", "+1".repeat(1000));
    for (line, meaning) in [
        ("db.sessions.find({a:1}", Meaning::Unfinished),
        ("db.sessions.find(", Meaning::Unfinished),
        ("db.sessions.find() /* c", Meaning::Unfinished),
        ("db.", Meaning::Unfinished),
        (&deep, Meaning::TooDeep),
        (&lists, Meaning::TooDeep),
        (&signs, Meaning::TooDeep),
        (&sums, Meaning::TooDeep),
        ("1 + 1", Meaning::NotRun),
        ("while (true) {}", Meaning::NotRun),
        ("db.sessions.find().forEach(x => print(x))", Meaning::NotRun),
        ("db.sessions.find(); db.sessions.drop()", Meaning::NotRun),
        ("db = 1", Meaning::NotRun),
        ("db.sessions.find({[\"__proto__\"]: 1})", Meaning::NotRun),
        ("db.sessions.find({...{a: 1}})", Meaning::NotRun),
        ("db.sessions.find(`x`)", Meaning::NotRun),
        ("process.exit()", Meaning::NotRun),
        (
            "db.sessions.find",
            Meaning::NoBrackets {
                method: "find".to_owned(),
            },
        ),
        (
            "db.sessions.aggregate([{$lookup: {from: 'x', as: 'y', pipeline: []}}])",
            not_here("aggregate", Why::Pipeline),
        ),
        (
            "db.sessions.aggregate([{$out: 'x'}])",
            not_here("aggregate", Why::Pipeline),
        ),
        (
            "db.sessions.aggregate([{$merge: {into: 'sessions'}}])",
            not_here("aggregate", Why::Pipeline),
        ),
        ("db.sessions.drop()", not_here("drop", Why::Structure)),
        (
            "db.sessions.createIndex({a: 1})",
            not_here("createIndex", Why::Structure),
        ),
        (
            "db.sessions.estimatedDocumentCount()",
            not_here("estimatedDocumentCount", Why::Others),
        ),
        (
            "db.sessions.insertMany([])",
            not_here("insertMany", Why::OneByOne),
        ),
        ("db.sessions.find().map(1)", not_here("map", Why::Loop)),
        (
            "db.sessions.replaceOne({}, {})",
            not_here("replaceOne", Why::NotTaught),
        ),
        (
            "db.runCommand({find: 'sessions'})",
            not_here("runCommand", Why::Others),
        ),
        (
            "db.getSiblingDB('admin')",
            not_here("getSiblingDB", Why::Others),
        ),
        ("db.dropDatabase()", not_here("dropDatabase", Why::Others)),
        ("show dbs", not_here("show dbs", Why::Others)),
        (
            "use admin",
            Meaning::OtherDatabase {
                name: "admin".to_owned(),
            },
        ),
        (
            "db.other.find()",
            Meaning::OtherCollection {
                name: "other".to_owned(),
                meant_sessions: false,
            },
        ),
        (
            "db.sesions.find()",
            Meaning::OtherCollection {
                name: "sesions".to_owned(),
                meant_sessions: true,
            },
        ),
        (
            "db.sessions.x.find()",
            Meaning::OtherCollection {
                name: "sessions.x".to_owned(),
                meant_sessions: true,
            },
        ),
        (
            "db['system.users'].find()",
            Meaning::OtherCollection {
                name: "system.users".to_owned(),
                meant_sessions: false,
            },
        ),
        (
            "db.getCollection('x').deleteMany({})",
            Meaning::OtherCollection {
                name: "x".to_owned(),
                meant_sessions: false,
            },
        ),
        ("db.sessions.find(null)", Meaning::FilterIsNoObject),
        ("db.sessions.deleteOne(null)", Meaning::FilterIsNoObject),
        ("db.sessions.countDocuments([])", Meaning::FilterIsNoObject),
        ("db.sessions.distinct('_id', 1)", Meaning::FilterIsNoObject),
        ("db.sessions.find({$where: 'true'})", code("$where")),
        (
            "db.sessions.find({$or: [{a: 1}, {$where: 'true'}]})",
            code("$where"),
        ),
        (
            "db.sessions.find({$expr: {$function: {body: 'x', args: [], lang: 'js'}}})",
            code("$function"),
        ),
        (
            "db.sessions.find({}, {a: {$function: {}}})",
            code("$function"),
        ),
        (
            "db.sessions.find({$expr: {$eq: [{$size: {$range: [0, 1e9]}}, 1]}})",
            hungry("$range"),
        ),
        ("db.sessions.find({$jsonSchema: {}})", hungry("$jsonSchema")),
        ("db.sessions.find({a: /(a+)+$/})", hungry("$regex")),
        (
            "db.sessions.find({a: {$regex: '((a))*'}})",
            hungry("$regex"),
        ),
        ("db.sessions.find({a: {$not: /a*b*/}})", hungry("$regex")),
        ("db.sessions.find({'a\\0b': 1})", Meaning::ZeroByte),
        ("db.sessions.insertOne({a: {'\\0': 1}})", Meaning::ZeroByte),
        (
            "db.sessions.find({a: new Date('2 Jan 2026')})",
            Meaning::UnclearDate,
        ),
        (
            "db.sessions.updateOne({}, {$set: {lab: 'x'}})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateOne({}, {$set: {'lab.x': 1}})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateOne({}, {$unset: {lab: ''}})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateOne({}, {$rename: {lab: 'x'}})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateOne({}, {$rename: {x: 'lab'}})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateOne({}, {$rename: {x: 'lab.y'}})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateOne({}, {$set: {a: 1}, lab: 'x'})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateMany({}, {$currentDate: {lab: true}})",
            Meaning::LabIsFixed,
        ),
        (
            "db.sessions.updateOne({}, [{$set: {lab: 'x'}}])",
            Meaning::PipelineUpdate,
        ),
        (
            "db.sessions.updateOne({}, {$set: {a: 1}}, {upsert: true})",
            Meaning::Upsert,
        ),
        (
            "db.sessions.updateOne({}, {$set: {a: 1}}, {arrayFilters: []})",
            Meaning::Options {
                method: "updateOne".to_owned(),
            },
        ),
        (
            "db.sessions.updateOne({}, {$set: {'a.99999999': 1}})",
            Meaning::FarPlace,
        ),
        ("db.sessions.insertOne({lab: 'x'})", Meaning::LabIsAnothers),
        (
            "db.sessions.insertOne({lab: {$literal: '0123456789abcdef'}})",
            Meaning::LabIsAnothers,
        ),
        ("db.sessions.insertOne([])", Meaning::DocumentIsNoObject),
        (&path, Meaning::TooDeep),
        (
            "db.sessions.updateOne({}, {$rename: {a: 'b.c'}})",
            Meaning::TooDeep,
        ),
        ("it", Meaning::NoCursor),
    ] {
        assert_eq!(told(line), (String::new(), Some(meaning)), "{line}");
    }
}

#[test]
fn a_mistyped_name_leads_to_the_nearest() {
    for (line, meaning) in [
        ("db.sessions.fnd()", no_method("fnd", "find")),
        ("db.sessions.findone({})", no_method("findone", "findOne")),
        (
            "db.sessions.udpateOne({}, {})",
            no_method("udpateOne", "updateOne"),
        ),
        ("db.sessions.find().lmit(1)", no_method("lmit", "limit")),
        ("db.sessions.find().Sort({})", no_method("Sort", "sort")),
        (
            "db.sessions.delete({})",
            Meaning::NoSuchMethod {
                typed: "delete".to_owned(),
                nearest: None,
            },
        ),
        (
            "db.sessions.find({a: isoDate('2026-01-01')})",
            Meaning::NoSuchName {
                typed: "isoDate".to_owned(),
                nearest: Some("ISODate".to_owned()),
            },
        ),
        (
            "db.sessions.find({user: ana})",
            Meaning::NoSuchName {
                typed: "ana".to_owned(),
                nearest: None,
            },
        ),
        ("db.sessions.find({data.user: 1})", Meaning::DotNeedsQuotes),
        ("db.sessions.find({a: “x”})", Meaning::CurlyQuotes),
        ("db.sessions.updateOne({}, {a: 1})", Meaning::NeedsOperator),
    ] {
        assert_eq!(told(line).1, Some(meaning), "{line}");
    }
}

#[test]
fn every_meaning_has_words_in_both_languages() {
    let meanings = [
        Meaning::NoSession,
        Meaning::Found { expired: 1 },
        not_here("aggregate", Why::Pipeline),
        Meaning::cut_off(),
    ];
    for meaning in meanings {
        let [spanish, english] =
            Locale::ALL.map(|locale| (locale.mongo_console().meaning)(&meaning));
        assert!(
            !spanish.is_empty() && spanish != english,
            "{spanish} {english}"
        );
    }
}
