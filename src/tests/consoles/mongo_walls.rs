//! Two labs in one collection: nothing that one of them types shows, changes or counts the other's.

use mongodb::{
    Client, Collection,
    bson::{Document, doc},
};
use session_playground::consoles::mongo::Meaning;

use super::student::Student;
use crate::{classroom::classroom, engine_fixture::mongo_url};

/// Everything that could widen a filter, with the neighbour's `{LAB}` and `{ID}` in the student's hands.
const FILTERS: [&str; 36] = [
    "{}",
    "{lab: '{LAB}'}",
    "{lab: {$ne: null}}",
    "{lab: {$exists: true}}",
    "{lab: {$in: ['{LAB}']}}",
    "{lab: /./}",
    "{_id: '{ID}'}",
    "{_id: {$ne: 'x'}}",
    "{$or: [{}, {lab: '{LAB}'}]}",
    "{$or: [{lab: '{LAB}'}]}",
    "{$nor: [{lab: 'x'}]}",
    "{$nor: [{$and: [{lab: 'x'}]}]}",
    "{$and: [{lab: '{LAB}'}]}",
    "{$and: [{}], $and: [{lab: '{LAB}'}]}",
    "{a: 1, lab: '{LAB}', $or: [{}]}",
    "{lab: 'x', lab: '{LAB}'}",
    "{$where: 'true'}",
    "{$or: [{$where: 'true'}]}",
    "{$expr: true}",
    "{$expr: {$eq: ['$lab', '{LAB}']}}",
    "{$expr: {$ne: ['$lab', null]}}",
    "{$expr: {$function: {body: 'function() { return true }', args: [], lang: 'js'}}}",
    "{$jsonSchema: {}}",
    "{$comment: 'x'}",
    "{__proto__: {lab: '{LAB}'}}",
    "{'__proto__': {lab: '{LAB}'}}",
    "{__proto__: null, _id: '{ID}'}",
    "{constructor: {prototype: {lab: '{LAB}'}}}",
    "{'$and': [], $or: [{lab: '{LAB}'}]}",
    "{$alwaysTrue: 1}",
    "{$sampleRate: 1}",
    "{$text: {$search: 'x'}}",
    "{$lookup: {from: 'sessions', as: 'x', pipeline: []}}",
    "{data: {$exists: true}}",
    "{expires: {$gt: ISODate('2000-01-01')}}",
    "{'lab': {$regex: '^.', $options: 's'}}",
];

const LINES: [&str; 22] = [
    "db.sessions.find({F})",
    "db.sessions.find({F}, {_id: 1})",
    "db.sessions.find({F}).toArray()",
    "db.sessions.find({F}).sort({_id: 1}).limit(0)",
    "db.sessions.find({F}).limit(-5)",
    "db.sessions.findOne({F})",
    "db.sessions.find({F}).count()",
    "db.sessions.count({F})",
    "db.sessions.countDocuments({F})",
    "db.sessions.distinct('lab', {F})",
    "db.sessions.distinct('_id', {F})",
    "db.sessions.find({F}).explain('executionStats')",
    "db.sessions.explain(true).find({F})",
    "db.sessions.updateOne({F}, {$set: {touched: 1}})",
    "db.sessions.updateMany({F}, {$set: {touched: 1}})",
    "db.sessions.updateMany({F}, {$set: {touched: 1}}, {upsert: true})",
    "db.sessions.updateMany({F}, [{$set: {lab: 'x'}}])",
    "db.sessions.aggregate([{$match: {F}}])",
    "db.sessions.aggregate([{$match: {F}}, {$out: 'sessions'}])",
    "db.sessions.aggregate([{$match: {F}}, {$merge: {into: 'sessions'}}])",
    "db.sessions.deleteOne({F})",
    "db.sessions.deleteMany({F})",
];

/// What only the neighbour has.
const SECRET: &str = "the neighbours secret";

async fn sessions() -> Collection<Document> {
    let client = Client::with_uri_str(mongo_url()).await.unwrap();
    client.database("session_playground").collection("sessions")
}

#[tokio::test(flavor = "multi_thread")]
async fn no_operator_widens_the_filter() {
    let playground = classroom().await;
    let (eva, ana) = (
        Student::enter(&playground).await,
        Student::enter(&playground).await,
    );
    let sessions = sessions().await;
    let held = || async {
        sessions
            .find_one(doc! { "_id": &eva.id })
            .await
            .unwrap()
            .unwrap()
    };
    eva.types(&format!(
        "db.sessions.updateOne({{_id: '{}'}}, {{$set: {{secret: '{SECRET}'}}}})",
        eva.id
    ))
    .await;
    let before = held().await;
    assert_eq!(before.get_str("secret"), Ok(SECRET));
    for filter in FILTERS {
        let filter = filter.replace("{LAB}", &eva.tag).replace("{ID}", &eva.id);
        for line in LINES {
            let line = line.replace("{F}", &filter);
            ana.types("db.sessions.insertOne({data: {mine: 1}, expires: ISODate('2099-01-01')})")
                .await;
            let answer = ana.types(&line).await;
            // A filter that names the neighbour is repeated by `explain`, and by a complaint.
            let shown = answer.printed.replace(&filter, "");
            assert!(!shown.contains(SECRET), "{line}\n{shown}");
            if !line.contains("explain") && !answer.failed {
                assert!(
                    !shown.contains(&eva.id) && !shown.contains(&eva.tag),
                    "{line}\n{shown}"
                );
            }
            if let Ok(count) = answer.printed.parse::<u64>() {
                assert!(count <= 200, "{line}: {count}");
            }
            assert_eq!(held().await, before, "{line}\n{shown}");
        }
    }
}

#[tokio::test]
async fn what_is_added_is_the_labs_own_and_stays_it() {
    let playground = classroom().await;
    let (eva, ana) = (
        Student::enter(&playground).await,
        Student::enter(&playground).await,
    );
    let sessions = sessions().await;
    for (line, meaning) in [
        (
            format!("db.sessions.insertOne({{lab: '{}'}})", eva.tag),
            Meaning::LabIsAnothers,
        ),
        (
            format!(
                "db.sessions.insertOne({{lab: '{}', lab: '{}'}})",
                ana.tag, eva.tag
            ),
            Meaning::LabIsAnothers,
        ),
        (
            format!("db.sessions.insertOne({{_id: '{}'}})", eva.id),
            Meaning::IdNeedsLab {
                lab: ana.tag.clone(),
            },
        ),
        (
            "db.sessions.insertOne({_id: 1})".to_owned(),
            Meaning::IdNeedsLab {
                lab: ana.tag.clone(),
            },
        ),
        (
            format!("db.sessions.insertOne({{_id: '{}x'}})", eva.tag),
            Meaning::IdNeedsLab {
                lab: ana.tag.clone(),
            },
        ),
        (
            format!("db.sessions.insertOne({{_id: '{}'}})", ana.id),
            Meaning::IdIsTaken,
        ),
        (
            format!("db.sessions.insertOne({{_id: '{}-mine', n: 1}})", ana.tag),
            Meaning::Inserted,
        ),
        (
            format!("db.sessions.insertOne({{_id: '{}-mine', n: 2}})", ana.tag),
            Meaning::IdIsTaken,
        ),
        (
            format!("db.sessions.insertOne({{lab: '{}', n: 3}})", ana.tag),
            Meaning::Inserted,
        ),
        (
            "db.sessions.insertOne({__proto__: {lab: 'x'}, n: 4})".to_owned(),
            Meaning::Inserted,
        ),
        (
            "db.sessions.insertOne({_id: null, n: 5})".to_owned(),
            Meaning::Inserted,
        ),
    ] {
        assert_eq!(ana.means(&line).await, meaning, "{line}");
    }
    let own = sessions
        .count_documents(doc! { "lab": &ana.tag })
        .await
        .unwrap();
    let others = sessions
        .count_documents(doc! { "lab": &eva.tag })
        .await
        .unwrap();
    assert_eq!((own, others), (5, 1));
    assert_eq!(ana.types("db.sessions.countDocuments()").await.printed, "5");
    assert_eq!(
        ana.types("db.sessions.distinct('lab')").await.printed,
        format!("[ '{}' ]", ana.tag)
    );
}

#[tokio::test]
async fn a_lab_takes_everything_with_it_that_was_added() {
    let playground = classroom().await;
    let (mut ana, eva) = (
        Student::enter(&playground).await,
        Student::enter(&playground).await,
    );
    let sessions = sessions().await;
    for student in [&ana, &eva] {
        student.types("db.sessions.insertOne({n: 1})").await;
    }
    ana.browser.press("reset", "").await;
    let count = async |tag: &str| sessions.count_documents(doc! { "lab": tag }).await.unwrap();
    assert_eq!((count(&ana.tag).await, count(&eva.tag).await), (0, 2));
    ana.types("db.sessions.insertOne({n: 1})").await;
    session_playground::sandbox::Bench::clear(&ana.lab.bench).await;
    assert_eq!((count(&ana.tag).await, count(&eva.tag).await), (0, 2));
}

#[tokio::test]
async fn a_lab_can_be_full() {
    let ana = Student::enter(&classroom().await).await;
    for _ in 0..199 {
        assert_eq!(
            ana.means("db.sessions.insertOne({})").await,
            Meaning::Inserted
        );
    }
    assert_eq!(
        ana.means("db.sessions.insertOne({})").await,
        Meaning::Full { limit: 200 }
    );
    let shown = ana.types("db.sessions.find({}, {_id: 1})").await.printed;
    assert!(shown.ends_with("\n]\nType \"it\" for more"), "{shown}");
    assert_eq!(shown.matches("_id").count(), 20);
    let all = ana
        .types("db.sessions.find({}, {_id: 1}).toArray()")
        .await
        .printed;
    assert_eq!(all.matches("_id").count(), 200);
    assert_eq!(
        ana.types("db.sessions.find({}, {_id: 1}).limit(20)")
            .await
            .printed
            .matches("it\" for")
            .count(),
        0
    );
    assert_eq!(
        ana.means("db.sessions.deleteMany({})").await,
        Meaning::Deleted { count: 200 }
    );
}
