//! What a store promises. The same cases run against all four, on real servers.

use std::{collections::HashMap, future::Future, sync::Arc, time::Duration};

use serde_json::{Value, json};
use session_playground::{
    config,
    stores::{
        LabTag, StoreError, StoreKind, Stored, file::FileStore, memory::MemoryStore,
        mongo::MongoStore, recorder::recording, redis::RedisStore,
    },
};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use super::engine_fixture::{Ear, Folder, engines, until};

mod away;
mod disk;

macro_rules! contract {
    ($($case:ident)*) => {
        contract!(memory: $($case)*);
        contract!(file: $($case)*);
        contract!(redis: $($case)*);
        contract!(mongo: $($case)*);
    };
    ($store:ident: $($case:ident)*) => {
        mod $store {
            $(#[tokio::test] async fn $case() { super::$case(super::labs::$store()).await; })*
        }
    };
}

contract! {
    a_record_comes_back_as_it_was
    numbers_keep_their_kind
    create_gives_a_new_id_on_collision
    save_changes_the_record
    save_replaces_all_data
    save_of_an_unknown_session_is_gone
    save_of_a_deleted_session_is_gone_and_leaves_nothing
    save_of_an_expired_session_is_gone_and_leaves_nothing
    delete_twice_is_fine
    delete_of_an_unknown_session_is_fine
    load_of_an_unknown_session_is_none
    load_never_gives_an_expired_session
    a_record_born_expired_is_never_given
    a_save_into_the_past_ends_the_session
    save_keeps_the_time_to_live
    save_extends_the_time_to_live
    save_shortens_the_time_to_live
    dates_keep_their_milliseconds
    labs_do_not_see_each_other
    labs_do_not_change_each_other
    labs_do_not_delete_each_other
    the_same_id_in_two_labs_never_mixes
    extreme_ids_are_ids
    hostile_text_is_text
    empty_data_is_a_session
    thirty_kilobytes_fit
    creates_at_once_are_distinct
    creates_of_one_id_at_once_keep_every_record
    saves_and_a_delete_at_once_end_deleted
    clones_share_the_records
    every_operation_is_told_with_its_reply
    nothing_is_told_when_nobody_listens
    looking_and_forgetting_are_never_told
    inspect_shows_what_is_held
    inspect_leaves_out_what_is_not_there
    forget_removes_only_these
    errors_stay_typed_on_their_way
}

/// A store with its two looks from outside.
trait Kept: SessionStore + Clone {
    fn look(&self, ids: &[Id]) -> impl Future<Output = Result<Vec<Stored>, StoreError>> + Send;
    fn forget_all(&self, ids: &[Id]) -> impl Future<Output = Result<(), StoreError>> + Send;
}

macro_rules! kept {
    ($($store:ident)*) => {$(
        impl Kept for $store {
            async fn look(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
                self.inspect(ids).await
            }
            async fn forget_all(&self, ids: &[Id]) -> Result<(), StoreError> {
                self.forget(ids).await
            }
        }
    )*};
}

kept!(MemoryStore FileStore RedisStore MongoStore);

/// The same store for two labs that must not notice each other.
struct Labs<S> {
    ana: S,
    bob: S,
    _folder: Option<Folder>,
}

mod labs {
    use super::*;

    pub fn memory() -> Labs<MemoryStore> {
        Labs {
            ana: MemoryStore::new(),
            bob: MemoryStore::new(),
            _folder: None,
        }
    }

    pub fn file() -> Labs<FileStore> {
        let folder = Folder::new();
        let store = || FileStore::new(folder.0.join(tag().as_str()).join("server-a"));
        Labs {
            ana: store(),
            bob: store(),
            _folder: Some(folder),
        }
    }

    pub fn redis() -> Labs<RedisStore> {
        let store = || RedisStore::new(Arc::clone(&engines().redis), tag());
        Labs {
            ana: store(),
            bob: store(),
            _folder: None,
        }
    }

    pub fn mongo() -> Labs<MongoStore> {
        let store = || MongoStore::new(Arc::clone(&engines().mongo), tag());
        Labs {
            ana: store(),
            bob: store(),
            _folder: None,
        }
    }

    fn tag() -> LabTag {
        LabTag::of(&config::random::<16>())
    }
}

const LONG: Duration = Duration::from_secs(600);
const SHORT: Duration = Duration::from_millis(60);

fn id() -> Id {
    Id(i128::from_le_bytes(config::random()))
}

fn record(data: Value, life: Duration) -> Record {
    let data: HashMap<String, Value> = serde_json::from_value(data).unwrap();
    Record {
        id: id(),
        data,
        expiry_date: to_ms(config::now() + life),
    }
}

fn to_ms(moment: OffsetDateTime) -> OffsetDateTime {
    moment.replace_millisecond(moment.millisecond()).unwrap()
}

async fn created<S: Kept>(store: &S, data: Value, life: Duration) -> Record {
    let mut record = record(data, life);
    store.create(&mut record).await.unwrap();
    record
}

fn is_gone(result: session_store::Result<()>) -> bool {
    result.is_err_and(|error| StoreError::of(&error) == StoreError::Gone)
}

async fn expired<S: Kept>(store: &S, id: &Id) {
    until("it expires", Duration::from_secs(2), async || {
        store.load(id).await.unwrap().is_none()
    })
    .await;
}

async fn a_record_comes_back_as_it_was<S: Kept>(labs: Labs<S>) {
    let data = json!({
        "user": "ana", "visits": 3, "price": 9.5, "admin": false, "nothing": null,
        "cart": [{"product": "mate", "n": 2}, [], {}, [null, true, "x", [1, 2]]],
        "deep": {"a": {"b": {"c": [0]}}}, "empty": "",
    });
    let kept = created(&labs.ana, data, LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

async fn numbers_keep_their_kind<S: Kept>(labs: Labs<S>) {
    let data = json!({
        "zero": 0, "minus": -1, "i32": i32::MAX, "beyond": i64::from(i32::MAX) + 1,
        "least": i64::MIN, "most": i64::MAX, "whole float": 5.0, "tiny": 1e-300, "huge": 1e300, "minus zero": -0.0,
    });
    let kept = created(&labs.ana, data, LONG).await;
    let loaded = labs.ana.load(&kept.id).await.unwrap().unwrap();
    assert_eq!(loaded.data, kept.data);
    assert!(loaded.data["whole float"].is_f64() && loaded.data["most"].is_i64());
}

async fn create_gives_a_new_id_on_collision<S: Kept>(labs: Labs<S>) {
    let first = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let mut second = Record {
        id: first.id,
        ..record(json!({"user": "eve"}), LONG)
    };
    labs.ana.create(&mut second).await.unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(labs.ana.load(&first.id).await.unwrap(), Some(first));
    assert_eq!(labs.ana.load(&second.id).await.unwrap(), Some(second));
}

async fn save_changes_the_record<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"visits": 1}), LONG).await;
    kept.data.insert("visits".into(), json!(2));
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

async fn save_replaces_all_data<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"a": {"x": 1}, "b": 2}), LONG).await;
    kept.data = HashMap::from([("a".into(), json!({"y": 1}))]);
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(
        labs.ana.load(&kept.id).await.unwrap().unwrap().data,
        kept.data
    );
}

async fn save_of_an_unknown_session_is_gone<S: Kept>(labs: Labs<S>) {
    let unknown = record(json!({"a": 1}), LONG);
    assert!(is_gone(labs.ana.save(&unknown).await));
    assert_eq!(labs.ana.load(&unknown.id).await.unwrap(), None);
}

async fn save_of_a_deleted_session_is_gone_and_leaves_nothing<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    labs.ana.delete(&kept.id).await.unwrap();
    assert!(is_gone(labs.ana.save(&kept).await));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
    assert_eq!(labs.ana.look(&[kept.id]).await.unwrap(), []);
}

async fn save_of_an_expired_session_is_gone_and_leaves_nothing<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"user": "ana"}), SHORT).await;
    // Redis counts the time to live from when the command arrives, which is a little later.
    let over = kept.expiry_date + time::Duration::milliseconds(300);
    until("its time is over", LONG, async || config::now() > over).await;
    kept.expiry_date = to_ms(config::now() + LONG);
    assert!(is_gone(labs.ana.save(&kept).await));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

async fn delete_twice_is_fine<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), LONG).await;
    labs.ana.delete(&kept.id).await.unwrap();
    labs.ana.delete(&kept.id).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

async fn delete_of_an_unknown_session_is_fine<S: Kept>(labs: Labs<S>) {
    labs.ana.delete(&id()).await.unwrap();
}

async fn load_of_an_unknown_session_is_none<S: Kept>(labs: Labs<S>) {
    assert_eq!(labs.ana.load(&id()).await.unwrap(), None);
}

async fn load_never_gives_an_expired_session<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), SHORT).await;
    let mut last = None;
    until("it expires", LONG, async || {
        let asked = config::now();
        last = labs.ana.load(&kept.id).await.unwrap();
        assert!(
            last.is_none() || asked < kept.expiry_date,
            "given after its end"
        );
        last.is_none()
    })
    .await;
    assert!(
        config::now() >= kept.expiry_date - Duration::from_millis(2),
        "lost before its end"
    );
}

async fn a_record_born_expired_is_never_given<S: Kept>(labs: Labs<S>) {
    let mut late = record(json!({}), LONG);
    late.expiry_date = to_ms(config::now() - LONG);
    labs.ana.create(&mut late).await.unwrap();
    assert_eq!(labs.ana.load(&late.id).await.unwrap(), None);
    let mut very_late = Record {
        id: id(),
        expiry_date: OffsetDateTime::UNIX_EPOCH,
        ..late
    };
    labs.ana.create(&mut very_late).await.unwrap();
    assert_eq!(labs.ana.load(&very_late.id).await.unwrap(), None);
}

async fn a_save_into_the_past_ends_the_session<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({}), LONG).await;
    kept.expiry_date = to_ms(config::now() - LONG);
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

async fn save_keeps_the_time_to_live<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"visits": 1}), LONG).await;
    for _ in 0..3 {
        labs.ana.save(&kept).await.unwrap();
    }
    assert!(ends_at(&labs.ana, &kept).await);
    assert_eq!(
        labs.ana.load(&kept.id).await.unwrap().unwrap().expiry_date,
        kept.expiry_date
    );
}

/// Whether the store lets go of it when it should. Redis tells the time that is left: a few ms are the way there.
async fn ends_at<S: Kept>(store: &S, kept: &Record) -> bool {
    let held = store.look(&[kept.id]).await.unwrap();
    held.len() == 1 && (held[0].expires_ms - config::to_ms(kept.expiry_date)).abs() < 100
}

async fn save_extends_the_time_to_live<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({}), Duration::from_secs(2)).await;
    kept.expiry_date = to_ms(config::now() + LONG);
    labs.ana.save(&kept).await.unwrap();
    assert!(ends_at(&labs.ana, &kept).await);
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

async fn save_shortens_the_time_to_live<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({}), LONG).await;
    kept.expiry_date = to_ms(config::now() + SHORT);
    labs.ana.save(&kept).await.unwrap();
    expired(&labs.ana, &kept.id).await;
}

async fn dates_keep_their_milliseconds<S: Kept>(labs: Labs<S>) {
    for millisecond in [0, 1, 10, 120, 999] {
        let mut kept = record(json!({}), LONG);
        kept.expiry_date = kept.expiry_date.replace_millisecond(millisecond).unwrap();
        labs.ana.create(&mut kept).await.unwrap();
        assert_eq!(
            labs.ana.load(&kept.id).await.unwrap().unwrap().expiry_date,
            kept.expiry_date
        );
    }
}

async fn labs_do_not_see_each_other<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    assert_eq!(labs.bob.load(&kept.id).await.unwrap(), None);
    assert_eq!(labs.bob.look(&[kept.id]).await.unwrap(), []);
}

async fn labs_do_not_change_each_other<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let forged = Record {
        data: HashMap::from([("user".into(), json!("admin"))]),
        ..kept.clone()
    };
    assert!(is_gone(labs.bob.save(&forged).await));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

async fn labs_do_not_delete_each_other<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    labs.bob.delete(&kept.id).await.unwrap();
    labs.bob.forget_all(&[kept.id]).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

async fn the_same_id_in_two_labs_never_mixes<S: Kept>(labs: Labs<S>) {
    let ana = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    // MongoDB gives the second one another id, the others keep it: both are allowed.
    let mut bob = Record {
        id: ana.id,
        ..record(json!({"user": "bob"}), LONG)
    };
    labs.bob.create(&mut bob).await.unwrap();
    assert_eq!(labs.bob.load(&bob.id).await.unwrap(), Some(bob.clone()));
    labs.bob.delete(&bob.id).await.unwrap();
    assert_eq!(labs.ana.load(&ana.id).await.unwrap(), Some(ana));
}

async fn extreme_ids_are_ids<S: Kept>(labs: Labs<S>) {
    // The last two are `-` and `_` in every place of the text but the last.
    let dashes = i128::from_le_bytes([0xfb, 0xef, 0xbe].repeat(6)[..16].try_into().unwrap());
    let extremes = [
        0,
        -1,
        1,
        i128::MIN,
        i128::MAX,
        dashes,
        i128::from_le_bytes([0xff; 16]),
    ]
    .map(Id);
    labs.ana.forget_all(&extremes).await.unwrap();
    for id in extremes {
        let mut kept = Record {
            id,
            ..record(json!({"id": id.to_string()}), LONG)
        };
        labs.ana.create(&mut kept).await.unwrap();
        assert_eq!(
            labs.ana.load(&kept.id).await.unwrap().unwrap().data,
            kept.data,
            "{id}"
        );
        labs.ana.save(&kept).await.unwrap();
        assert_eq!(labs.ana.look(&[kept.id]).await.unwrap().len(), 1, "{id}");
        labs.ana.delete(&kept.id).await.unwrap();
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None, "{id}");
    }
}

async fn hostile_text_is_text<S: Kept>(labs: Labs<S>) {
    let data = json!({
        "": "an empty key", "a.b": {"c.d": 1}, "$where": "1", "$set": {"$inc": {"x": 1}}, "__proto__": {"admin": true},
        "date": {"$date": "2026-11-21T00:00:00Z"}, "oid": {"$oid": "x"}, "long": {"$numberLong": "1"},
        "quotes": "'\"`\\", "lines": "a\r\nb\tc", "redis": "*1\r\n$8\r\nFLUSHALL\r\n", "path": "../../etc/passwd",
        "null byte": "a\u{0}b", "unicode": "ñandú 🧉 \u{202e}x", "html": "<script>alert(1)</script>",
        "../x": 1, "ñ": [1], "a\nb": {"x\"y": "z"},
    });
    let mut kept = created(&labs.ana, data, LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    kept.data.insert("$unset".into(), json!({"user": "$user"}));
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    assert_eq!(labs.ana.look(&[kept.id]).await.unwrap().len(), 1);
}

async fn empty_data_is_a_session<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

async fn thirty_kilobytes_fit<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"text": "ñ".repeat(15_000)}), LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

async fn creates_at_once_are_distinct<S: Kept>(labs: Labs<S>) {
    let creates = (0..20).map(|n| created(&labs.ana, json!({"n": n}), LONG));
    let records = futures::future::join_all(creates).await;
    for kept in records {
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
    }
}

async fn creates_of_one_id_at_once_keep_every_record<S: Kept>(labs: Labs<S>) {
    let wanted = id();
    let creates = (0..8).map(|n| {
        let store = labs.ana.clone();
        tokio::spawn(async move {
            let mut record = Record {
                id: wanted,
                ..record(json!({"n": n}), LONG)
            };
            store.create(&mut record).await.unwrap();
            record
        })
    });
    let mut taken = 0;
    for task in futures::future::join_all(creates).await {
        let kept = task.unwrap();
        taken += usize::from(kept.id == wanted);
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
    }
    assert_eq!(taken, 1);
}

async fn saves_and_a_delete_at_once_end_deleted<S: Kept>(labs: Labs<S>) {
    for _ in 0..5 {
        let kept = created(&labs.ana, json!({"n": 0}), LONG).await;
        let saves = futures::future::join_all((0..4).map(|_| labs.ana.save(&kept)));
        let (outcomes, deleted) = tokio::join!(saves, labs.ana.delete(&kept.id));
        deleted.unwrap();
        assert!(
            outcomes
                .into_iter()
                .all(|saved| saved.is_ok() || is_gone(saved))
        );
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
    }
}

async fn clones_share_the_records<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let clone = labs.ana.clone();
    assert_eq!(clone.load(&kept.id).await.unwrap(), Some(kept.clone()));
    clone.delete(&kept.id).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

async fn every_operation_is_told_with_its_reply<S: Kept>(labs: Labs<S>) {
    let mut kept = record(json!({"user": "ana"}), LONG);
    let ear = Arc::new(Ear::default());
    let mut before = 0;
    recording(Arc::clone(&ear) as _, async {
        for step in 0..6 {
            match step {
                0 => labs.ana.create(&mut kept).await.unwrap(),
                1 => labs.ana.save(&kept).await.unwrap(),
                2 => assert!(labs.ana.load(&kept.id).await.unwrap().is_some()),
                3 => labs.ana.delete(&kept.id).await.unwrap(),
                4 => assert!(labs.ana.load(&kept.id).await.unwrap().is_none()),
                _ => assert!(is_gone(labs.ana.save(&kept).await)),
            }
            let heard = ear.heard();
            let new = &heard[before..];
            assert!(!new.is_empty(), "step {step} was not told");
            assert!(
                new.iter()
                    .all(|command| !command.reply.is_empty() && !command.failed),
                "{new:?}"
            );
            let name = kept.id.to_string();
            assert!(
                new.iter().any(|command| command.text.contains(&name)),
                "{new:?}"
            );
            before = heard.len();
        }
    })
    .await;
    let all = ear.heard();
    assert!(
        all.iter()
            .any(|command| command.reply.contains("ana") || command.text.contains("ana"))
    );
}

async fn nothing_is_told_when_nobody_listens<S: Kept>(labs: Labs<S>) {
    let ear = Arc::new(Ear::default());
    recording(Arc::clone(&ear) as _, async {
        // Another task is outside of the scope.
        let store = labs.ana.clone();
        tokio::spawn(async move {
            let kept = created(&store, json!({}), LONG).await;
            store.save(&kept).await.unwrap();
            store.load(&kept.id).await.unwrap();
            store.delete(&kept.id).await.unwrap();
        })
        .await
        .unwrap();
    })
    .await;
    assert_eq!(ear.heard(), []);
}

async fn looking_and_forgetting_are_never_told<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), LONG).await;
    let ear = Arc::new(Ear::default());
    recording(Arc::clone(&ear) as _, async {
        labs.ana.look(&[kept.id]).await.unwrap();
        labs.ana.forget_all(&[kept.id]).await.unwrap();
    })
    .await;
    assert_eq!(ear.heard(), []);
}

async fn inspect_shows_what_is_held<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana", "visits": 3}), LONG).await;
    let held = labs.ana.look(&[kept.id]).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].id, kept.id);
    assert!(held[0].place.contains(&kept.id.to_string()));
    let text: Value = serde_json::from_str(&held[0].text).unwrap();
    assert_eq!(text["data"], json!({"user": "ana", "visits": 3}));
    assert!(ends_at(&labs.ana, &kept).await);
}

async fn inspect_leaves_out_what_is_not_there<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), LONG).await;
    let deleted = created(&labs.ana, json!({}), LONG).await;
    labs.ana.delete(&deleted.id).await.unwrap();
    let held = labs.ana.look(&[deleted.id, kept.id, id()]).await.unwrap();
    assert_eq!(
        held.iter().map(|stored| stored.id).collect::<Vec<_>>(),
        [kept.id]
    );
    assert_eq!(labs.ana.look(&[]).await.unwrap(), []);
}

async fn forget_removes_only_these<S: Kept>(labs: Labs<S>) {
    let [first, second, third] = [
        created(&labs.ana, json!({}), LONG).await,
        created(&labs.ana, json!({}), LONG).await,
        created(&labs.ana, json!({}), LONG).await,
    ];
    labs.ana.forget_all(&[]).await.unwrap();
    labs.ana
        .forget_all(&[first.id, third.id, id()])
        .await
        .unwrap();
    let held = labs
        .ana
        .look(&[first.id, second.id, third.id])
        .await
        .unwrap();
    assert_eq!(
        held.iter().map(|stored| stored.id).collect::<Vec<_>>(),
        [second.id]
    );
}

async fn errors_stay_typed_on_their_way<S: Kept>(labs: Labs<S>) {
    for error in [
        StoreError::Gone,
        StoreError::Unreachable {
            store: StoreKind::Redis,
            reason: "timed out".into(),
        },
        StoreError::Refused {
            store: StoreKind::File,
            reply: "ENOSPC".into(),
        },
    ] {
        assert_eq!(StoreError::of(&error.clone().into()), error);
    }
    assert!(is_gone(labs.ana.save(&record(json!({}), LONG)).await));
}

/// What only memory promises.
#[tokio::test]
async fn memory_counts_and_sweeps() {
    let store = MemoryStore::new();
    let kept = created(&store, json!({}), LONG).await;
    let late = created(&store, json!({}), Duration::ZERO).await;
    assert_eq!((store.len(), store.is_empty()), (1, false));
    assert_eq!(
        store
            .records()
            .iter()
            .map(|stored| stored.id)
            .collect::<Vec<_>>(),
        [kept.id]
    );
    assert_eq!(
        store.inspect(&[late.id]).await.unwrap().len(),
        1,
        "expired, and nobody has met it yet"
    );
    created(&store, json!({}), LONG).await;
    assert_eq!(store.inspect(&[late.id]).await.unwrap(), []);
}
