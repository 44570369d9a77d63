//! Two requests on one session at once: what is noticed, and what is lost.

use session_playground::stores::Seen;
use tokio::sync::Barrier;

use super::*;

async fn read<S: Kept>(store: &S, id: &Id) -> (Record, Seen) {
    store.read(id).await.unwrap().expect("a session")
}

fn count(record: &Record) -> u64 {
    record.data["n"].as_u64().unwrap()
}

fn counted(mut record: Record) -> Record {
    let next = count(&record) + 1;
    record.data.insert("n".into(), json!(next));
    record
}

pub(super) async fn replace_writes_what_was_not_changed<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"n": 1, "user": "ana"}), LONG).await;
    for n in 2..5 {
        let (held, seen) = read(&labs.ana, &kept.id).await;
        let mut new = counted(held);
        new.expiry_date = to_ms(config::now() + LONG * 2);
        labs.ana.replace(&new, &seen).await.unwrap();
        assert_eq!(count(&new), n);
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(new.clone()));
        assert!(ends_at(&labs.ana, &new).await);
    }
    // Written and unchanged is not changed.
    let (held, seen) = read(&labs.ana, &kept.id).await;
    labs.ana.replace(&held, &seen).await.unwrap();
    labs.ana.replace(&held, &seen).await.unwrap();
}

pub(super) async fn replace_after_a_change_is_refused_and_keeps_the_other<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"n": 1}), LONG).await;
    let (held, seen) = read(&labs.ana, &kept.id).await;
    let mut other = Record {
        data: HashMap::from([("n".into(), json!(1)), ("cart".into(), json!(["te"]))]),
        ..held.clone()
    };
    labs.ana.save(&other).await.unwrap();
    let refused = labs.ana.replace(&counted(held.clone()), &seen).await;
    assert_eq!(refused, Err(StoreError::Changed));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(other.clone()));
    // The expiry alone is a change as well.
    let (held, seen) = read(&labs.ana, &kept.id).await;
    other.expiry_date += time::Duration::seconds(1);
    labs.ana.save(&other).await.unwrap();
    let refused = labs.ana.replace(&counted(held), &seen).await;
    assert_eq!(refused, Err(StoreError::Changed));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(other));
}

pub(super) async fn replace_after_delete_is_gone_and_leaves_nothing<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"n": 1}), LONG).await;
    let (held, seen) = read(&labs.ana, &kept.id).await;
    labs.ana.delete(&kept.id).await.unwrap();
    let gone = labs.ana.replace(&counted(held), &seen).await;
    assert_eq!(gone, Err(StoreError::Gone));
    assert_eq!(labs.ana.look(&[kept.id]).await.unwrap(), []);
}

pub(super) async fn replace_after_expiry_is_gone<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"n": 1}), Duration::from_millis(400)).await;
    let (mut held, seen) = read(&labs.ana, &kept.id).await;
    let over = kept.expiry_date + time::Duration::milliseconds(300);
    until("its time is over", LONG, async || config::now() > over).await;
    held.expiry_date = to_ms(config::now() + LONG);
    let gone = labs.ana.replace(&counted(held), &seen).await;
    assert_eq!(gone, Err(StoreError::Gone));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

/// Deleted and begun anew under the same id: another session than the one that was read.
pub(super) async fn replace_does_not_revive<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"n": 1, "user": "ana"}), LONG).await;
    let (held, seen) = read(&labs.ana, &kept.id).await;
    labs.ana.delete(&kept.id).await.unwrap();
    let mut anew = Record {
        data: HashMap::from([("n".into(), json!(0))]),
        ..kept.clone()
    };
    labs.ana.create(&mut anew).await.unwrap();
    assert_eq!(anew.id, kept.id);
    let refused = labs.ana.replace(&counted(held), &seen).await;
    assert_eq!(refused, Err(StoreError::Changed));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(anew));
}

pub(super) async fn replace_compares_hostile_text_word_for_word<S: Kept>(labs: Labs<S>) {
    let data = json!({
        "n": 1, "": "an empty key", "a.b": {"c.d": 1}, "$where": "1", "$set": {"$inc": {"x": 1}},
        "date": {"$date": "2026-11-21T00:00:00Z"}, "oid": {"$oid": "x"}, "$gt": "", "$eq": {"$ne": null},
        "quotes": "'\"`\\", "lines": "a\r\nb", "redis": "*1\r\n$8\r\nFLUSHALL\r\n", "lua": "]] return \"ok\" --",
        "unicode": "ñandú 🧉 \u{202e}x", "list": [1, 2.5, null, {"$in": []}], "least": i64::MIN, "half": 0.5,
    });
    let mut kept = created(&labs.ana, data, LONG).await;
    for change in ["first", "second"] {
        let (held, seen) = read(&labs.ana, &kept.id).await;
        assert_eq!(held, kept);
        kept = counted(held.clone());
        kept.data.insert("$unset".into(), json!({ "user": change }));
        labs.ana.replace(&kept, &seen).await.unwrap();
        let refused = labs.ana.replace(&held, &seen).await;
        assert_eq!(refused, Err(StoreError::Changed));
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    }
}

pub(super) async fn of_two_replaces_at_once_one_wins<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"n": 0}), LONG).await;
    for round in 0..40 {
        let (held, seen) = read(&labs.ana, &kept.id).await;
        let start = Arc::new(Barrier::new(2));
        let writers = ["first", "second"].map(|who| {
            let (store, seen, start) = (labs.ana.clone(), seen.clone(), Arc::clone(&start));
            let mut new = held.clone();
            new.data = HashMap::from([("n".into(), json!(round)), ("who".into(), json!(who))]);
            tokio::spawn(async move {
                start.wait().await;
                (store.replace(&new, &seen).await, new)
            })
        });
        let mut won = Vec::new();
        for writer in writers {
            match writer.await.unwrap() {
                (Ok(()), new) => won.push(new),
                (refused, _) => assert_eq!(refused, Err(StoreError::Changed)),
            }
        }
        assert_eq!(won.len(), 1, "round {round}");
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), won.pop());
    }
}

pub(super) async fn two_counters_with_replace_and_retry_lose_nothing<S: Kept>(labs: Labs<S>) {
    const EACH: u64 = 20;
    let kept = created(&labs.ana, json!({"n": 0}), LONG).await;
    let counters = [(); 2].map(|()| {
        let (store, id) = (labs.ana.clone(), kept.id);
        tokio::spawn(async move {
            let mut done = 0;
            while done < EACH {
                let (held, seen) = read(&store, &id).await;
                match store.replace(&counted(held), &seen).await {
                    Ok(()) => done += 1,
                    refused => assert_eq!(refused, Err(StoreError::Changed)),
                }
            }
        })
    });
    for counter in counters {
        counter.await.unwrap();
    }
    let last = labs.ana.load(&kept.id).await.unwrap().unwrap();
    assert_eq!(count(&last), 2 * EACH);
}

pub(super) async fn two_counters_with_upsert_can_lose_one<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"n": 0}), LONG).await;
    let (first, _) = read(&labs.ana, &kept.id).await;
    let (second, _) = read(&labs.ana, &kept.id).await;
    labs.ana.upsert(&counted(first)).await.unwrap();
    labs.ana.upsert(&counted(second)).await.unwrap();
    let last = labs.ana.load(&kept.id).await.unwrap().unwrap();
    assert_eq!(count(&last), 1, "two were counted, one is left");
}

pub(super) async fn upsert_revives_a_deleted_session<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let (held, _) = read(&labs.ana, &kept.id).await;
    labs.ana.delete(&kept.id).await.unwrap();
    labs.ana.upsert(&held).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(held.clone()));
    assert!(ends_at(&labs.ana, &held).await);
    // And the first session of all, before there is any folder.
    let new = record(json!({"user": "bob"}), LONG);
    labs.bob.upsert(&new).await.unwrap();
    assert_eq!(labs.bob.load(&new.id).await.unwrap(), Some(new));
}

pub(super) async fn upserts_at_once_all_succeed<S: Kept>(labs: Labs<S>) {
    for _ in 0..5 {
        let new = record(json!({"n": 0}), LONG);
        let start = Arc::new(Barrier::new(4));
        let writers = [(); 4].map(|()| {
            let (store, new, start) = (labs.ana.clone(), new.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                store.upsert(&new).await
            })
        });
        for writer in writers {
            writer.await.unwrap().unwrap();
        }
        assert_eq!(labs.ana.look(&[new.id]).await.unwrap().len(), 1);
        assert_eq!(labs.ana.load(&new.id).await.unwrap(), Some(new));
    }
}
