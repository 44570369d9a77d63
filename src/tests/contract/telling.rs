//! What a store tells: every operation to a recorder, what it holds to the drawing, errors with their type.

use super::*;

pub(super) async fn every_operation_is_told_with_its_reply<S: Kept>(labs: Labs<S>) {
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

pub(super) async fn nothing_is_told_when_nobody_listens<S: Kept>(labs: Labs<S>) {
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

pub(super) async fn looking_and_forgetting_are_never_told<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), LONG).await;
    let ear = Arc::new(Ear::default());
    recording(Arc::clone(&ear) as _, async {
        labs.ana.look(&[kept.id]).await.unwrap();
        labs.ana.forget_all(&[kept.id]).await.unwrap();
    })
    .await;
    assert_eq!(ear.heard(), []);
}

pub(super) async fn inspect_shows_what_is_held<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana", "visits": 3}), LONG).await;
    let held = labs.ana.look(&[kept.id]).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].id, kept.id);
    assert!(held[0].place.contains(&kept.id.to_string()));
    let text: Value = serde_json::from_str(&held[0].text).unwrap();
    assert_eq!(text["data"], json!({"user": "ana", "visits": 3}));
    assert!(ends_at(&labs.ana, &kept).await);
}

pub(super) async fn inspect_leaves_out_what_is_not_there<S: Kept>(labs: Labs<S>) {
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

pub(super) async fn forget_removes_only_these<S: Kept>(labs: Labs<S>) {
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

pub(super) async fn errors_stay_typed_on_their_way<S: Kept>(labs: Labs<S>) {
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
