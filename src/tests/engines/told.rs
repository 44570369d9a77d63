//! What is told and shown is what the engines heard and hold.

use super::*;

#[tokio::test]
async fn the_redis_of_inspect_is_the_redis_of_everybody() {
    let store = RedisStore::new(
        Arc::clone(&engines().redis),
        SandboxTag::of(&config::random::<16>()),
    );
    let mut kept = record();
    store.create(&mut kept).await.unwrap();
    let mut connection = engines().redis.connection().unwrap();
    let raw: String = redis::cmd("GET")
        .arg(store.key(&kept.id))
        .query_async(&mut connection)
        .await
        .unwrap();
    let held = store.inspect(&[kept.id]).await.unwrap();
    assert_eq!(
        (held[0].text.as_str(), held[0].place.as_str()),
        (raw.as_str(), store.key(&kept.id).as_str())
    );
    assert!(raw.starts_with("{\"expires\":\"2"));
}

#[tokio::test]
async fn what_is_told_is_what_redis_heard() {
    let folder = Folder::new();
    let server = Server::redis(free_port(), &folder.0, &[]).ready().await;
    let engines = by_url(&server.url(StoreKind::Redis), &nobody("mongodb")).unwrap();
    up(&engines, StoreKind::Redis).await;
    let client = redis::Client::open(server.url(StoreKind::Redis)).unwrap();
    let monitor = client.get_async_monitor().await.unwrap();
    let mut lines = monitor.into_on_message::<String>();
    let [store, _] = stores(&engines);
    let ear = Arc::new(Ear::default());
    let mut kept = record();
    recording(Arc::clone(&ear) as _, async {
        store.create(&mut kept).await.unwrap();
        store.load(&kept.id).await.unwrap();
        store.save(&kept).await.unwrap();
        store.delete(&kept.id).await.unwrap();
    })
    .await;
    let mut heard = Vec::new();
    while heard.len() < 4 {
        let line = futures::StreamExt::next(&mut lines).await.unwrap();
        if line.contains("sess:") {
            heard.push(words_of_monitor(&line));
        }
    }
    let told: Vec<_> = ear
        .heard()
        .iter()
        .map(|command| words_of_cli(&command.text))
        .collect();
    assert_eq!(told, heard);
    let replies: Vec<_> = ear
        .heard()
        .into_iter()
        .map(|command| command.reply)
        .collect();
    assert_eq!(
        (
            replies[0].as_str(),
            replies[2].as_str(),
            replies[3].as_str()
        ),
        ("OK", "OK", "(integer) 1")
    );
    engines.close().await;
}

/// `1763723061.1 [0 127.0.0.1:1] "SET" "sess:…" "{\"…\"}"`: what follows is quoted as JSON is.
fn words_of_monitor(line: &str) -> Vec<String> {
    let words = line.split_once("] ").unwrap().1;
    serde_json::Deserializer::from_str(words)
        .into_iter::<String>()
        .map(Result::unwrap)
        .collect()
}

/// `SET sess:… '{"…"}' PX 1 NX`
fn words_of_cli(text: &str) -> Vec<String> {
    text.split(' ')
        .map(|word| word.trim_matches('\'').to_owned())
        .collect()
}

#[tokio::test]
async fn redis_errors_are_shown_as_they_are() {
    let store = RedisStore::new(
        Arc::clone(&engines().redis),
        SandboxTag::of(&config::random::<16>()),
    );
    let mut connection = engines().redis.connection().unwrap();
    let id = record().id;
    redis::cmd("LPUSH")
        .arg(store.key(&id))
        .arg("x")
        .exec_async(&mut connection)
        .await
        .unwrap();
    let error = StoreError::of(&store.load(&id).await.unwrap_err());
    assert!(
        matches!(&error, StoreError::Refused { reply, .. } if reply.starts_with("WRONGTYPE Operation")),
        "{error:?}"
    );
    redis::cmd("DEL")
        .arg(store.key(&id))
        .exec_async(&mut connection)
        .await
        .unwrap();
    redis::cmd("SET")
        .arg(store.key(&id))
        .arg("no json")
        .exec_async(&mut connection)
        .await
        .unwrap();
    let error = StoreError::of(&store.load(&id).await.unwrap_err());
    assert!(
        matches!(
            error,
            StoreError::Corrupt {
                store: StoreKind::Redis,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(view(engines(), StoreKind::Redis).is_up());
    store.delete(&id).await.unwrap();
}

#[tokio::test]
async fn a_full_redis_refuses_and_stays_up() {
    let folder = Folder::new();
    let server = Server::redis(free_port(), &folder.0, &["--maxmemory", "1"])
        .ready()
        .await;
    let engines = by_url(&server.url(StoreKind::Redis), &nobody("mongodb")).unwrap();
    up(&engines, StoreKind::Redis).await;
    let [store, _] = stores(&engines);
    let ear = Arc::new(Ear::default());
    let refused = recording(Arc::clone(&ear) as _, async {
        store.create(&mut record()).await
    })
    .await;
    let error = StoreError::of(&refused.unwrap_err());
    let line = "OOM command not allowed when used memory > 'maxmemory'.";
    assert_eq!(
        error,
        StoreError::Refused {
            store: StoreKind::Redis,
            reply: line.to_owned()
        }
    );
    assert_eq!(ear.heard()[0].reply, format!("(error) {line}"));
    assert!(ear.heard()[0].failed && view(&engines, StoreKind::Redis).is_up());
    engines.close().await;
}

#[tokio::test]
async fn mongo_deletes_what_has_expired_by_its_index() {
    let sessions = engines().mongo.sessions().unwrap();
    let indexes: Vec<_> =
        futures::TryStreamExt::try_collect(sessions.list_indexes().await.unwrap())
            .await
            .unwrap();
    let ttl = indexes.iter().find_map(|index| {
        let options = index.options.as_ref()?;
        (options.name.as_deref() == Some("expires_1")).then_some(options.expire_after)
    });
    assert_eq!(ttl, Some(Some(Duration::ZERO)));
}

#[tokio::test]
async fn the_mongo_of_inspect_is_the_mongo_of_everybody() {
    let store = MongoStore::new(
        Arc::clone(&engines().mongo),
        SandboxTag::of(&config::random::<16>()),
    );
    let mut kept = record();
    store.create(&mut kept).await.unwrap();
    let sessions = engines().mongo.sessions().unwrap();
    let raw = sessions
        .find_one(mongodb::bson::doc! { "_id": kept.id.to_string() })
        .await
        .unwrap()
        .unwrap();
    let held = store.inspect(&[kept.id]).await.unwrap();
    assert_eq!(
        held[0].text,
        mongodb::bson::Bson::Document(raw)
            .into_relaxed_extjson()
            .to_string()
    );
    assert!(
        held[0].text.contains("\"expires\":{\"$date\":\"2"),
        "{}",
        held[0].text
    );
}

#[tokio::test]
async fn what_mongo_is_told_reads_as_in_its_shell() {
    let tag = SandboxTag::of(&config::random::<16>());
    let store = MongoStore::new(Arc::clone(&engines().mongo), tag.clone());
    let ear = Arc::new(Ear::default());
    let mut kept = record();
    kept.expiry_date = time::macros::datetime!(2999-11-21 11:04:21.120 UTC);
    let mut twin = kept.clone();
    recording(Arc::clone(&ear) as _, async {
        store.create(&mut kept).await.unwrap();
        store.create(&mut twin).await.unwrap();
        store.save(&kept).await.unwrap();
        store.load(&kept.id).await.unwrap();
        store.delete(&kept.id).await.unwrap();
        store.load(&kept.id).await.unwrap();
    })
    .await;
    let heard = ear.heard();
    let (id, document) = (kept.id, |id: Id| {
        format!(
            r#"{{"_id":"{id}","lab":"{tag}","data":{{"user":"ana"}},"expires":ISODate("2999-11-21T11:04:21.120Z")}}"#
        )
    });
    let insert = |id| {
        format!(
            r#"insert sessions {{"ordered":true,"writeConcern":{{"j":true}},"documents":[{}]}}"#,
            document(id)
        )
    };
    assert_eq!(
        (heard[0].text.clone(), heard[0].reply.as_str()),
        (insert(id), "n: 1")
    );
    assert_eq!(heard[1].text, insert(id));
    assert!(
        heard[1].reply.starts_with("E11000 duplicate key error") && heard[1].failed,
        "{:?}",
        heard[1]
    );
    assert_eq!(
        (heard[2].text.clone(), heard[2].reply.as_str()),
        (insert(twin.id), "n: 1")
    );
    assert!(
        heard[3].text.starts_with(&format!(
            r#"update sessions {{"updates":[{{"q":{{"_id":"{id}""#
        )),
        "{:?}",
        heard[3]
    );
    assert!(heard[3].reply.starts_with("n: 1"));
    assert!(
        heard[4].text.starts_with("find sessions {")
            && heard[4]
                .text
                .contains(&format!(r#""filter":{{"_id":"{id}""#)),
        "{:?}",
        heard[4]
    );
    assert_eq!(heard[4].reply, format!("1 document {}", document(id)));
    assert_eq!(
        (
            heard[5].reply.as_str(),
            heard[6].reply.as_str(),
            heard.len()
        ),
        ("n: 1", "no document", 7)
    );
    assert!(
        !heard
            .iter()
            .any(|command| command.text.contains("lsid") || command.text.contains("$db"))
    );
    store.delete(&twin.id).await.unwrap();
}

#[tokio::test]
async fn mongo_data_of_the_wrong_shape_is_corrupt() {
    let tag = SandboxTag::of(&config::random::<16>());
    let store = MongoStore::new(Arc::clone(&engines().mongo), tag.clone());
    let id = record().id;
    let expires = mongodb::bson::DateTime::from_millis(config::now_ms() + 60_000);
    let odd = mongodb::bson::doc! { "_id": id.to_string(), "lab": tag.as_str(), "data": 1, "expires": expires };
    engines()
        .mongo
        .sessions()
        .unwrap()
        .insert_one(odd)
        .await
        .unwrap();
    let error = StoreError::of(&store.load(&id).await.unwrap_err());
    assert!(
        matches!(
            error,
            StoreError::Corrupt {
                store: StoreKind::Mongo,
                ..
            }
        ),
        "{error:?}"
    );
    store.delete(&id).await.unwrap();
}
