//! What an operator does by hand: an expiry moved, a text put in a record's place.

use std::any::Any;

use super::*;

/// Which of the four it is: what they leave differs.
fn kind<S: Kept>(store: &S) -> StoreKind {
    let store: &dyn Any = store;
    if store.is::<MemoryStore>() {
        StoreKind::Memory
    } else if store.is::<FileStore>() {
        StoreKind::File
    } else if store.is::<RedisStore>() {
        StoreKind::Redis
    } else {
        StoreKind::Mongo
    }
}

/// `data` as this store wants it from a hand: alone, or with the whole sheet around it.
fn sheet<S: Kept>(store: &S, kept: &Record, data: &Value) -> String {
    match kind(store) {
        StoreKind::Memory | StoreKind::Mongo => data.to_string(),
        StoreKind::File | StoreKind::Redis => {
            let expires = kept
                .expiry_date
                .format(&time::format_description::well_known::Rfc3339)
                .unwrap();
            json!({"expires": expires, "data": data}).to_string()
        }
    }
}

pub(super) async fn move_ahead_shortens<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    for seconds in [60, 120] {
        let by = time::Duration::seconds(seconds);
        labs.ana.move_ahead(&kept.id, by).await.unwrap();
        kept.expiry_date -= by;
        // What is read is the stored text's own date; what is looked at, in Redis, is PTTL.
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
        assert!(ends_at(&labs.ana, &kept).await);
    }
    labs.ana
        .move_ahead(&kept.id, time::Duration::seconds(420))
        .await
        .unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None, "all of it");
}

pub(super) async fn move_ahead_can_lengthen<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({}), LONG).await;
    let by = time::Duration::minutes(-5);
    labs.ana.move_ahead(&kept.id, by).await.unwrap();
    kept.expiry_date -= by;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    assert!(ends_at(&labs.ana, &kept).await);
    // Farther than any store can write: it ends somewhere in the year 9999 or 1970, and is no accident.
    for by in [time::Duration::MIN, time::Duration::MAX] {
        let kept = created(&labs.ana, json!({}), LONG).await;
        labs.ana.move_ahead(&kept.id, by).await.unwrap();
        let alive = labs.ana.load(&kept.id).await.unwrap().is_some();
        assert_eq!(alive, by.is_negative());
        labs.ana.forget_all(&[kept.id]).await.unwrap();
    }
}

pub(super) async fn move_ahead_into_the_past_leaves_what_the_store_leaves<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let by = time::Duration::seconds(1200);
    labs.ana.move_ahead(&kept.id, by).await.unwrap();
    let held = labs.ana.look(&[kept.id]).await.unwrap();
    if kind(&labs.ana) == StoreKind::Redis {
        assert_eq!(held, [], "Redis deletes it by itself");
    } else {
        assert_eq!(held.len(), 1, "expired, but still lying there");
        assert_eq!(held[0].expires_ms, config::to_ms(kept.expiry_date - by));
    }
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
    assert!(is_gone(labs.ana.save(&kept).await));
}

pub(super) async fn move_ahead_of_an_unknown_session_is_gone<S: Kept>(labs: Labs<S>) {
    let unknown = id();
    let gone = labs
        .ana
        .move_ahead(&unknown, time::Duration::seconds(1))
        .await;
    assert_eq!(gone, Err(StoreError::Gone));
    assert_eq!(labs.ana.look(&[unknown]).await.unwrap(), []);
}

pub(super) async fn overwrite_is_what_is_read<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"user": "ana", "role": "student"}), LONG).await;
    let (held, seen) = labs.ana.read(&kept.id).await.unwrap().unwrap();
    let data = json!({"user": "ana", "role": "admin", "$set": {"x": {"$oid": "1"}}});
    let text = sheet(&labs.ana, &kept, &data);
    labs.ana.overwrite(&kept.id, &text).await.unwrap();
    kept.data = serde_json::from_value(data).unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    assert!(ends_at(&labs.ana, &kept).await, "the expiry stays");
    let refused = labs.ana.replace(&held, &seen).await;
    assert_eq!(refused, Err(StoreError::Changed), "a hand is somebody else");
}

pub(super) async fn overwrite_of_an_unknown_session_is_gone_and_leaves_nothing<S: Kept>(
    labs: Labs<S>,
) {
    let unknown = record(json!({}), LONG);
    let text = sheet(&labs.ana, &unknown, &json!({}));
    let gone = labs.ana.overwrite(&unknown.id, &text).await;
    assert_eq!(gone, Err(StoreError::Gone));
    assert_eq!(labs.ana.look(&[unknown.id]).await.unwrap(), []);
}

pub(super) async fn overwrite_with_what_is_no_session<S: Kept>(labs: Labs<S>) {
    for text in ["", "{", "[]", "1", "{\"a\":1,}"] {
        let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
        let outcome = labs.ana.overwrite(&kept.id, text).await;
        let kind = kind(&labs.ana);
        match kind {
            StoreKind::Memory | StoreKind::Mongo => {
                let refused = matches!(&outcome, Err(StoreError::Refused { store, reply }) if *store == kind && !reply.is_empty());
                assert!(refused, "{text}: {outcome:?}");
                assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
            }
            StoreKind::File => {
                outcome.unwrap();
                assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None, "put aside");
                assert!(is_gone(labs.ana.save(&kept).await));
            }
            StoreKind::Redis => {
                outcome.unwrap();
                let error = labs.ana.read(&kept.id).await.unwrap_err();
                assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
                let by = time::Duration::seconds(1);
                let moved = labs.ana.move_ahead(&kept.id, by).await;
                assert!(matches!(moved, Err(StoreError::Corrupt { .. })));
                assert_eq!(labs.ana.look(&[kept.id]).await.unwrap()[0].text, text);
                assert!(ends_at(&labs.ana, &kept).await, "the expiry stays");
                labs.ana.delete(&kept.id).await.unwrap();
            }
        }
    }
}

pub(super) async fn a_hand_on_one_lab_is_not_felt_in_another<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let (held, seen) = labs.ana.read(&kept.id).await.unwrap().unwrap();
    let forged = Record {
        data: HashMap::from([("user".into(), json!("admin"))]),
        ..held.clone()
    };
    let bob = &labs.bob;
    assert_eq!(bob.read(&kept.id).await.unwrap(), None);
    assert_eq!(bob.replace(&forged, &seen).await, Err(StoreError::Gone));
    let by = time::Duration::seconds(60);
    assert_eq!(bob.move_ahead(&kept.id, by).await, Err(StoreError::Gone));
    let text = sheet(bob, &kept, &json!({"user": "admin"}));
    let gone = bob.overwrite(&kept.id, &text).await;
    assert_eq!(gone, Err(StoreError::Gone));
    assert_eq!(bob.look(&[kept.id]).await.unwrap(), []);
    // All labs share one collection, where an `_id` is there once: MongoDB refuses, the others keep both.
    let upserted = bob.upsert(&forged).await;
    if kind(bob) == StoreKind::Mongo {
        let refused = matches!(&upserted, Err(StoreError::Refused { .. }));
        assert!(refused, "{upserted:?}");
        assert_eq!(bob.load(&kept.id).await.unwrap(), None);
    } else {
        upserted.unwrap();
        assert_eq!(bob.load(&kept.id).await.unwrap(), Some(forged));
    }
    bob.forget_all(&[kept.id]).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    assert!(ends_at(&labs.ana, &kept).await);
}

pub(super) async fn every_new_operation_is_told<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let (held, seen) = labs.ana.read(&kept.id).await.unwrap().unwrap();
    let text = sheet(&labs.ana, &kept, &json!({"user": "eva"}));
    let ear = Arc::new(Ear::default());
    let mut before = 0;
    recording(Arc::clone(&ear) as _, async {
        for step in 0..6 {
            match step {
                0 => assert!(labs.ana.read(&kept.id).await.unwrap().is_some()),
                1 => labs.ana.replace(&held, &seen).await.unwrap(),
                2 => labs.ana.upsert(&held).await.unwrap(),
                3 => labs.ana.overwrite(&kept.id, &text).await.unwrap(),
                4 => assert!(labs.ana.replace(&held, &seen).await.is_err()),
                _ => {
                    let by = time::Duration::seconds(1);
                    labs.ana.move_ahead(&kept.id, by).await.unwrap();
                }
            }
            let heard = ear.heard();
            let new = &heard[before..];
            let name = kept.id.to_string();
            assert!(
                new.iter().any(|command| command.text.contains(&name)),
                "step {step}: {new:?}"
            );
            assert!(
                new.iter()
                    .all(|command| !command.reply.is_empty() && !command.failed),
                "step {step}: {new:?}"
            );
            let once = step == 0 || (kind(&labs.ana) != StoreKind::File && step < 4);
            assert!(!once || new.len() == 1, "step {step}: {new:?}");
            before = heard.len();
        }
    })
    .await;
}
