//! What the console says about a session is what the next request shows.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use mongodb::{Client, bson::doc};
use session_playground::{
    config::Config,
    consoles::{
        answer,
        mongo::{
            Meaning, completions,
            line::{Request, understand},
            reply, scope, type_line,
        },
    },
    engines::Engines,
    error::LabError,
    server::Playground,
    stores::{StoreKind, mongo::Said},
};
use tokio_util::sync::CancellationToken;

use super::student::Student;
use crate::{
    classroom::classroom,
    engine_fixture::{Folder, Server, environment, free_port, mongo_url, redis_port, up},
};

impl Student {
    async fn sets(&self, field: &str, value: &str) -> Meaning {
        let id = &self.id;
        self.means(&format!(
            "db.sessions.updateOne({{_id: '{id}'}}, {{$set: {{'{field}': {value}}}}})"
        ))
        .await
    }

    async fn counts(&self) -> String {
        self.types("db.sessions.countDocuments()").await.printed
    }
}

#[tokio::test]
async fn who_is_deleted_is_logged_out_on_the_next_request() {
    let mut ana = Student::enter(&classroom().await).await;
    assert_eq!(ana.user().await, "ana");
    let found = ana
        .types(&format!("db.sessions.findOne({{_id: '{}'}})", ana.id))
        .await
        .printed;
    assert!(
        found.starts_with(&format!(
            "{{\n  _id: '{}',\n  lab: '{}',\n  data: {{",
            ana.id, ana.tag
        )),
        "{found}"
    );
    let line = format!("db.sessions.deleteOne({{_id: '{}'}})", ana.id);
    assert_eq!(
        ana.types(&line).await.printed,
        "{ acknowledged: true, deletedCount: 1 }"
    );
    assert_eq!(ana.user().await, "nobody");
    assert_eq!(ana.means(&line).await, Meaning::DeletedNone);
    assert_eq!(ana.means("db.sessions.findOne()").await, Meaning::NoSession);
    assert_eq!(ana.types("db.sessions.findOne()").await.printed, "null");
    assert_eq!(ana.types("db.sessions.find()").await.printed, "");
}

#[tokio::test]
async fn the_next_request_sees_what_was_updated() {
    let mut ana = Student::enter(&classroom().await).await;
    assert_eq!(ana.sets("data.user", "'eva'").await, Meaning::UpdatedData);
    assert_eq!(ana.user().await, "eva");
    assert_eq!(ana.sets("data.user", "'eva'").await, Meaning::UpdatedSame);
    assert_eq!(
        ana.means("db.sessions.updateOne({_id: 'x'}, {$set: {a: 1}})")
            .await,
        Meaning::UpdatedNone
    );
}

#[tokio::test]
async fn a_session_is_over_at_its_date_though_the_document_lies_there() {
    let mut ana = Student::enter(&classroom().await).await;
    assert_eq!(
        ana.sets("expires", "new Date(Date.now() - 1000)").await,
        Meaning::UpdatedToPast
    );
    assert_eq!(ana.counts().await, "1");
    assert_eq!(
        ana.means("db.sessions.find()").await,
        Meaning::Found { expired: 1 }
    );
    assert_eq!(ana.user().await, "nobody");
    assert_eq!(ana.counts().await, "1", "the request did not delete it");
    assert_eq!(
        ana.means("db.sessions.find({expires: {$gt: new Date()}})")
            .await,
        Meaning::FoundNone
    );
}

#[tokio::test]
async fn a_date_that_is_a_text_is_no_date() {
    let mut ana = Student::enter(&classroom().await).await;
    assert_eq!(
        ana.sets("expires", "'2099-01-01'").await,
        Meaning::UpdatedToText
    );
    assert_eq!(ana.user().await, "nobody");
    assert_eq!(
        ana.means("db.sessions.find({expires: {$gt: '2099-01-02'}})")
            .await,
        Meaning::DateIsNoText
    );
    assert_eq!(
        ana.sets("expires", "ISODate('2099-01-01')").await,
        Meaning::UpdatedToFuture
    );
    assert_eq!(
        ana.means("db.sessions.find({expires: {$gt: '2026-01-01'}})")
            .await,
        Meaning::DateIsNoText
    );
    assert_eq!(
        ana.means("db.sessions.insertOne({expires: '2099-01-01'})")
            .await,
        Meaning::InsertedForever
    );
}

#[tokio::test]
async fn the_id_of_a_session_is_a_text() {
    let ana = Student::enter(&classroom().await).await;
    assert_eq!(
        ana.means("db.sessions.find({_id: 5})").await,
        Meaning::IdIsText
    );
    assert_eq!(
        ana.means("db.sessions.deleteOne({_id: ObjectId('0123456789abcdef01234567')})")
            .await,
        Meaning::IdIsText
    );
    assert_eq!(ana.counts().await, "1");
}

#[tokio::test]
async fn a_document_is_no_login_until_somebody_sends_its_id() {
    let mut ana = Student::enter(&classroom().await).await;
    let id = format!("{}AAAAAA", ana.tag);
    let line = format!(
        "db.sessions.insertOne({{_id: '{id}', data: {{user: 'profe', role: 'admin'}}, expires: ISODate('2099-01-01')}})"
    );
    assert_eq!(
        ana.means(&line).await,
        Meaning::InsertedSession { id: id.clone() }
    );
    assert_eq!(ana.user().await, "ana");
    ana.browser.jar.insert("mongo.sid".to_owned(), id);
    assert_eq!(ana.user().await, "profe");
}

#[tokio::test]
async fn the_plan_says_how_it_is_found() {
    let ana = Student::enter(&classroom().await).await;
    let scan = "db.sessions.find({'data.user': 'ana'}).explain()";
    assert_eq!(ana.means(scan).await, Meaning::Scans);
    let line = format!("db.sessions.find({{_id: '{}'}}).explain()", ana.id);
    let answer = ana.types(&line).await;
    let lab = format!("{{ lab: '{}' }}", ana.tag);
    assert!(
        answer.printed.contains(&lab),
        "the filter that was sent is shown"
    );
    // SecantusDB takes no index as soon as there is a second condition; MongoDB does.
    let alone = doc! { "explain": { "find": "sessions", "filter": { "_id": &ana.id } } };
    let client = Client::with_uri_str(mongo_url()).await.unwrap();
    let plan = client
        .database("session_playground")
        .run_command(alone)
        .await
        .unwrap();
    assert!(plan.to_string().contains("IXSCAN"), "{plan}");
    let expected = if answer.printed.contains("COLLSCAN") {
        Meaning::ScansForTheLab
    } else {
        Meaning::ByIndex
    };
    assert_eq!(ana.means(&line).await, expected);
}

#[tokio::test]
async fn the_ttl_index_is_shown() {
    let ana = Student::enter(&classroom().await).await;
    let answer = ana.types("db.sessions.getIndexes()").await;
    assert_eq!(
        answer.printed,
        "[\n  { v: 2, key: { _id: 1 }, name: '_id_' },\n  { v: 2, key: { expires: 1 }, name: 'expires_1', expireAfterSeconds: 0 }\n]"
    );
    assert_eq!(ana.types("show collections").await.printed, "sessions");
    assert_eq!(ana.types("db").await.printed, "session_playground");
}

#[tokio::test]
async fn a_session_with_odd_keys_is_printed_as_it_is() {
    let ana = Student::enter(&classroom().await).await;
    ana.types("db.sessions.updateOne({}, {$set: {data: {a: 1}}})")
        .await;
    let line = format!(
        "db.sessions.insertOne({{_id: '{}', data: {{'$oid': 'x', $date: 1}}}})",
        ana.tag
    );
    assert!(!ana.types(&line).await.failed);
    let found = ana
        .types(&format!(
            "db.sessions.findOne({{_id: '{}'}}, {{_id: 0, data: 1}})",
            ana.tag
        ))
        .await;
    assert_eq!(found.printed, "{ data: { '$oid': 'x', '$date': 1 } }");
}

#[tokio::test]
async fn a_long_line_is_refused() {
    let ana = Student::enter(&classroom().await).await;
    let line = format!("db.sessions.find({{a: '{}'}})", "x".repeat(5000));
    assert_eq!(ana.means(&line).await, Meaning::TooLong { limit: 4096 });
}

#[test]
fn whatever_can_be_completed_is_known() {
    for (text, _) in completions() {
        let line = match text {
            text if text.starts_with('.') => format!("db.sessions.find(){text}"),
            text if text.starts_with("db") || text.contains(' ') && !text.starts_with("new") => {
                text.to_owned()
            }
            text => format!("db.sessions.find({{a: {text}"),
        };
        let closed = match line.trim_end() {
            "use" => "use test".to_owned(),
            line if line.ends_with('(') => {
                let argument = if line.contains("limit") || line.contains("skip") {
                    "1"
                } else {
                    ""
                };
                let argument = if line.ends_with("One(") || line.ends_with("Many(") {
                    "{a: 1}, {$set: {a: 1}}"
                } else {
                    argument
                };
                let argument = if line.contains("insert") || line.contains("delete") {
                    "{a: 1}"
                } else {
                    argument
                };
                format!(
                    "{line}{argument}){}",
                    if line.contains("{a: ") && !line.contains("{a: 1") {
                        "})"
                    } else {
                        ""
                    }
                )
            }
            line => line.to_owned(),
        };
        assert!(
            understand(&closed, "test").is_ok(),
            "{closed}: {:?}",
            understand(&closed, "test")
        );
    }
}

/// What stands before the student if the server was given `within` and did not answer.
async fn cut_off(ana: &Student, within: Duration) -> answer::Answer {
    let Request::Ask(ask) = understand("db.sessions.find()", "test").unwrap().request else {
        panic!("it asks");
    };
    let scoped = scope::scoped(&ask, &ana.tag).unwrap();
    assert_eq!(scoped.command().get_i64("maxTimeMS"), Ok(2000));
    let store = &ana.lab.bench.sessions.outside.mongo;
    let said = store.run(scoped.command().clone(), within).await.unwrap();
    assert_eq!(said, Said::Nothing);
    reply::answer(&ask, &scoped, &said)
}

#[tokio::test]
async fn a_server_that_is_stuck_is_told_within_two_seconds() {
    let folder = Folder::new();
    let server = Server::mongo(free_port(), &folder.0).ready().await;
    let config = Config {
        data: folder.0.join("data"),
        mongodb_url: Some(server.url(StoreKind::Mongo)),
        redis_url: Some(format!("redis://127.0.0.1:{}/0", redis_port())),
        ..environment()
    };
    let stop = CancellationToken::new();
    let engines = Engines::open(&config, &stop).unwrap();
    up(&engines, StoreKind::Mongo).await;
    up(&engines, StoreKind::Redis).await;
    let playground = Arc::new(Playground::with_engines(&config, engines, stop.clone()).unwrap());
    let ana = Student::enter(&playground).await;
    server.signal("STOP");
    let answer = cut_off(&ana, Duration::from_millis(1)).await;
    assert!(answer.failed && answer.printed.is_empty());
    assert_eq!(
        answer.meaning,
        Some(answer::Meaning::Mongo(Meaning::CutOff { seconds: 2 }))
    );
    let began = Instant::now();
    let typed = type_line(&ana.lab.bench.sessions, "db.sessions.find()").await;
    let took = began.elapsed();
    server.signal("CONT");
    match typed {
        Ok(answer) => assert_eq!(
            answer.meaning,
            Some(answer::Meaning::Mongo(Meaning::CutOff { seconds: 2 }))
        ),
        Err(error) => assert!(
            matches!(error, LabError::StoreUnreachable { .. }),
            "{error:?}"
        ),
    }
    assert!(took < Duration::from_millis(2500), "{took:?}");
    stop.cancel();
}
