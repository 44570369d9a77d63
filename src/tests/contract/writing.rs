//! What is written is what comes back, also when many write at once.

use super::*;

pub(super) async fn a_record_comes_back_as_it_was<S: Kept>(labs: Labs<S>) {
    let data = json!({
        "user": "ana", "visits": 3, "price": 9.5, "admin": false, "nothing": null,
        "cart": [{"product": "mate", "n": 2}, [], {}, [null, true, "x", [1, 2]]],
        "deep": {"a": {"b": {"c": [0]}}}, "empty": "",
    });
    let kept = created(&labs.ana, data, LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

pub(super) async fn numbers_keep_their_kind<S: Kept>(labs: Labs<S>) {
    let data = json!({
        "zero": 0, "minus": -1, "i32": i32::MAX, "beyond": i64::from(i32::MAX) + 1,
        "least": i64::MIN, "most": i64::MAX, "whole float": 5.0, "tiny": 1e-300, "huge": 1e300, "minus zero": -0.0,
    });
    let kept = created(&labs.ana, data, LONG).await;
    let loaded = labs.ana.load(&kept.id).await.unwrap().unwrap();
    assert_eq!(loaded.data, kept.data);
    assert!(loaded.data["whole float"].is_f64() && loaded.data["most"].is_i64());
}

pub(super) async fn create_gives_a_new_id_on_collision<S: Kept>(labs: Labs<S>) {
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

pub(super) async fn save_changes_the_record<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"visits": 1}), LONG).await;
    kept.data.insert("visits".into(), json!(2));
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

pub(super) async fn save_replaces_all_data<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"a": {"x": 1}, "b": 2}), LONG).await;
    kept.data = HashMap::from([("a".into(), json!({"y": 1}))]);
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(
        labs.ana.load(&kept.id).await.unwrap().unwrap().data,
        kept.data
    );
}

pub(super) async fn save_of_an_unknown_session_is_gone<S: Kept>(labs: Labs<S>) {
    let unknown = record(json!({"a": 1}), LONG);
    assert!(is_gone(labs.ana.save(&unknown).await));
    assert_eq!(labs.ana.load(&unknown.id).await.unwrap(), None);
}

pub(super) async fn save_of_a_deleted_session_is_gone_and_leaves_nothing<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    labs.ana.delete(&kept.id).await.unwrap();
    assert!(is_gone(labs.ana.save(&kept).await));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
    assert_eq!(labs.ana.look(&[kept.id]).await.unwrap(), []);
}

pub(super) async fn save_of_an_expired_session_is_gone_and_leaves_nothing<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({"user": "ana"}), SHORT).await;
    // Redis counts the time to live from when the command arrives, which is a little later.
    let over = kept.expiry_date + time::Duration::milliseconds(300);
    until("its time is over", LONG, async || config::now() > over).await;
    kept.expiry_date = to_ms(config::now() + LONG);
    assert!(is_gone(labs.ana.save(&kept).await));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

pub(super) async fn empty_data_is_a_session<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

pub(super) async fn thirty_kilobytes_fit<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"text": "ñ".repeat(15_000)}), LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

pub(super) async fn creates_at_once_are_distinct<S: Kept>(labs: Labs<S>) {
    let creates = (0..20).map(|n| created(&labs.ana, json!({"n": n}), LONG));
    let records = futures::future::join_all(creates).await;
    for kept in records {
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
    }
}

pub(super) async fn creates_of_one_id_at_once_keep_every_record<S: Kept>(labs: Labs<S>) {
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

pub(super) async fn saves_and_a_delete_at_once_end_deleted<S: Kept>(labs: Labs<S>) {
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

pub(super) async fn clones_share_the_records<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let clone = labs.ana.clone();
    assert_eq!(clone.load(&kept.id).await.unwrap(), Some(kept.clone()));
    clone.delete(&kept.id).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}
