//! An engine that the operator stops, and starts again.

use super::*;

const STOPPED: &str = "stopped by the operator";

fn is_stopped(engines: &Engines) -> bool {
    let down = EngineState::Down {
        reason: STOPPED.to_owned(),
    };
    view(engines, StoreKind::Mongo).state == down
}

#[tokio::test]
async fn a_held_engine_is_gone_until_it_is_let_go_of_and_keeps_its_data() {
    let folder = Folder::new();
    let engines = managed(&folder.0);
    up(&engines, StoreKind::Mongo).await;
    let [_, session] = stores(&engines);
    let mut kept = record();
    session.create(&mut kept).await.unwrap();
    for round in 0..2 {
        let pid = view(&engines, StoreKind::Mongo).pid.unwrap();
        assert!(engines.mongo.hold(true));
        state(&engines, StoreKind::Mongo, "is stopped", |view| {
            view.pid.is_none() && !view.is_up()
        })
        .await;
        assert!(is_stopped(&engines) && !alive(pid), "round {round}");
        let error = StoreError::of(&session.load(&kept.id).await.unwrap_err());
        assert!(
            matches!(&error, StoreError::Unreachable { reason, .. } if reason == STOPPED),
            "{error:?}"
        );
        // A command that failed must not wake it.
        engines.mongo.failed("the connection was closed".to_owned());
        assert!(is_stopped(&engines));
        assert!(engines.mongo.hold(false));
        up(&engines, StoreKind::Mongo).await;
        assert_ne!(view(&engines, StoreKind::Mongo).pid, Some(pid));
        assert_eq!(
            session.load(&kept.id).await.unwrap().unwrap().data,
            kept.data
        );
    }
    engines.close().await;
    assert_eq!(traces(&folder.0), Vec::<String>::new());
}

#[tokio::test]
async fn a_held_engine_can_be_closed() {
    let folder = Folder::new();
    let engines = managed(&folder.0);
    up(&engines, StoreKind::Mongo).await;
    engines.mongo.hold(true);
    engines.close().await;
    assert!(!view(&engines, StoreKind::Mongo).is_up());
    assert_eq!(traces(&folder.0), Vec::<String>::new());
}

#[tokio::test]
async fn an_engine_held_before_it_was_started_is_not_started() {
    let folder = Folder::new();
    let engines = managed(&folder.0);
    engines.mongo.hold(true);
    state(&engines, StoreKind::Mongo, "is stopped", |_| {
        is_stopped(&engines)
    })
    .await;
    engines.mongo.hold(false);
    up(&engines, StoreKind::Mongo).await;
    engines.close().await;
}

#[tokio::test]
async fn an_engine_by_url_is_not_ours_to_stop() {
    assert!(!engines().mongo.hold(true));
    assert!(view(engines(), StoreKind::Mongo).is_up());
    assert!(!engines().mongo.hold(false));
}
