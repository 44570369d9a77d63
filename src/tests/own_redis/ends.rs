//! How it ends, and what is left of the data.

use std::os::unix::fs::PermissionsExt;

use super::*;

#[tokio::test]
async fn it_starts_when_somebody_needs_it() {
    let lab = One::new().await;
    assert_eq!(lab.redis.view().state, EngineState::Starting);
    assert!(lab.redis.facts().await.is_err());
    assert!(!lab.folder.0.join("lab").exists());
    assert_eq!(lab.all.running(), 0);
    ok(&lab.redis, &["SET", "a", "1"]).await;
    let view = lab.redis.view();
    assert!(
        view.is_up() && view.managed && view.version.contains('.'),
        "{view:?}"
    );
    assert_eq!(lab.all.running(), 1);
    assert_eq!(lab.redis.start().await.unwrap(), pid(&lab.redis));
    let facts = lab.redis.facts().await.unwrap();
    assert_eq!((facts.maxmemory, facts.aof_enabled), (8 << 20, true));
    assert!(facts.used_memory > 0 && facts.last_save_ms > 0 && facts.policy == "noeviction");
    assert!(Arc::ptr_eq(
        &lab.redis,
        &lab.all.of(lab.folder.0.join("lab").join("redis"))
    ));
    let home = lab.folder.0.join("lab").join("redis");
    for (file, mode) in [("", 0o700), ("own.conf", 0o600), ("redis.sock", 0o700)] {
        let found = fs::metadata(home.join(file)).unwrap().permissions().mode();
        assert_eq!(found & 0o777, mode, "{file}");
    }
    lab.redis.remove().await;
    assert!(!home.exists());
    assert_eq!(
        (lab.all.running(), lab.redis.view().state),
        (0, EngineState::Starting)
    );
    assert!(!has(&lab.redis, "a").await);
    lab.all.close().await;
}

#[tokio::test]
async fn twenty_at_once_start_one_process() {
    let lab = One::new().await;
    let asking = (0..20).map(|_| ok(&lab.redis, &["SET", "n", "1"]));
    futures::future::join_all(asking).await;
    assert!(has(&lab.redis, "n").await);
    assert_eq!(lab.all.running(), 1);
    lab.all.close().await;
}

#[derive(Clone, Copy, Debug)]
enum End {
    Crash,
    Terminate,
    ShutDown,
}

/// Ends one with a key that is in a snapshot and one that is not; which of them are there after a start.
async fn survivors(way: Persistence, end: End) -> [bool; 2] {
    let lab = One::new().await;
    let redis = &lab.redis;
    redis.set_persistence(way).await.unwrap();
    ok(redis, &["SET", "early", "1"]).await;
    if way != Persistence::None {
        redis.snapshot().await.unwrap();
    }
    ok(redis, &["SET", "late", "1"]).await;
    let old = pid(redis);
    let ear = Arc::new(Ear::default());
    recording(Arc::<Ear>::clone(&ear), async {
        match end {
            End::Crash => redis.crash().await,
            End::Terminate => redis.terminate().await,
            End::ShutDown => redis.shut_down().await,
        }
    })
    .await
    .unwrap();
    let (text, how) = match end {
        End::Crash => (format!("kill -9 {old}"), "signal 9"),
        End::Terminate => (format!("kill -TERM {old}"), "exit code 0"),
        End::ShutDown => ("SHUTDOWN".to_owned(), "exit code 0"),
    };
    let heard = ear.heard();
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(
        (heard[0].text.as_str(), heard[0].reply.as_str()),
        (text.as_str(), how)
    );
    assert!(!alive(old));
    // The tape has the status as a shell prints it; who asks later is told in a sentence.
    let how = format!("its process ended ({how})");
    assert_eq!(down(redis), how);
    let refused = redis.connection().await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::Unreachable { reason, .. } if *reason == how),
        "{refused:?}"
    );
    assert!(redis.crash().await.is_err());
    assert_eq!(lab.all.running(), 0);
    let new = redis.start().await.unwrap();
    assert_eq!((new, redis.persistence()), (pid(redis), way));
    let left = [has(redis, "early").await, has(redis, "late").await];
    lab.all.close().await;
    left
}

#[tokio::test]
async fn without_persistence_every_end_loses_everything() {
    for end in [End::Crash, End::Terminate, End::ShutDown] {
        assert_eq!(
            survivors(Persistence::None, end).await,
            [false, false],
            "{end:?}"
        );
    }
}

#[tokio::test]
async fn with_snapshots_a_crash_loses_what_came_after() {
    assert_eq!(survivors(Persistence::Rdb, End::Crash).await, [true, false]);
    assert_eq!(
        survivors(Persistence::Rdb, End::Terminate).await,
        [true, true]
    );
    assert_eq!(
        survivors(Persistence::Rdb, End::ShutDown).await,
        [true, true]
    );
}

#[tokio::test]
async fn with_an_aof_nothing_is_lost() {
    for end in [End::Crash, End::Terminate, End::ShutDown] {
        assert_eq!(
            survivors(Persistence::Aof, end).await,
            [true, true],
            "{end:?}"
        );
    }
}

#[tokio::test]
async fn nothing_old_comes_back_after_the_way_was_changed() {
    let lab = One::new().await;
    let redis = &lab.redis;
    ok(redis, &["SET", "old", "1"]).await;
    redis.snapshot().await.unwrap();
    let ways = [
        Persistence::Rdb,
        Persistence::None,
        Persistence::Aof,
        Persistence::None,
    ];
    for way in ways {
        redis.set_persistence(way).await.unwrap();
    }
    redis.crash().await.unwrap();
    redis.start().await.unwrap();
    assert!(!has(redis, "old").await);
    // The AOF is on again after it was removed, and complete at once.
    ok(redis, &["SET", "kept", "1"]).await;
    redis.set_persistence(Persistence::Aof).await.unwrap();
    redis.crash().await.unwrap();
    redis.start().await.unwrap();
    assert!(has(redis, "kept").await);
    // The next program knows the choice.
    redis.set_persistence(Persistence::Rdb).await.unwrap();
    lab.all.close().await;
    let again = own(1).of(lab.folder.0.join("lab").join("redis"));
    assert_eq!(again.persistence(), Persistence::Rdb);
    assert!(has(&again, "kept").await);
    again.remove().await;
    assert_eq!(again.persistence(), Persistence::Aof);
}

#[tokio::test]
async fn a_snapshot_of_the_student_survives_a_crash_without_persistence() {
    let lab = One::new().await;
    let redis = &lab.redis;
    redis.set_persistence(Persistence::None).await.unwrap();
    ok(redis, &["SET", "early", "1"]).await;
    redis.snapshot().await.unwrap();
    ok(redis, &["SET", "late", "1"]).await;
    lab.all.stop_idle(i64::MAX).await;
    assert!(has(redis, "late").await);
    redis.crash().await.unwrap();
    redis.start().await.unwrap();
    assert_eq!(
        (has(redis, "early").await, has(redis, "late").await),
        (true, false)
    );
    lab.all.close().await;
}

#[tokio::test]
async fn an_end_from_outside_is_noticed() {
    let lab = One::new().await;
    ok(&lab.redis, &["SET", "a", "1"]).await;
    let mut changes = lab.redis.changes();
    let kill = std::process::Command::new("kill")
        .args(["-9", &pid(&lab.redis).to_string()])
        .status();
    assert!(kill.unwrap().success());
    let waiting = changes.wait_for(|_| !lab.redis.view().is_up());
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap()
        .unwrap();
    assert!(down(&lab.redis).ends_with("(signal 9)"));
    assert!(send(&lab.redis, &["GET", "a"]).await.is_err());
    lab.redis.start().await.unwrap();
    assert!(has(&lab.redis, "a").await);
    lab.all.close().await;
}

#[tokio::test]
async fn a_paused_one_is_silent_and_goes_on() {
    let lab = One::new().await;
    let redis = &lab.redis;
    ok(redis, &["SET", "a", "1"]).await;
    let old = pid(redis);
    redis.pause().await.unwrap();
    assert!(redis.view().is_up());
    let began = Instant::now();
    assert_eq!(
        send(redis, &["GET", "a"]).await,
        Err("timed out".to_owned())
    );
    assert!(began.elapsed() >= Duration::from_millis(990));
    assert_eq!(down(redis), "timed out");
    assert!(redis.connection().await.is_ok());
    redis.resume().await.unwrap();
    assert!(redis.view().is_up());
    assert!(has(redis, "a").await);
    assert_eq!(pid(redis), old);
    // One that stands still can be ended like any other.
    redis.pause().await.unwrap();
    redis.terminate().await.unwrap();
    assert!(down(redis).ends_with("(exit code 0)"));
    redis.start().await.unwrap();
    redis.pause().await.unwrap();
    lab.all.stop_idle(i64::MAX).await;
    assert!(has(redis, "a").await);
    redis.pause().await.unwrap();
    lab.all.close().await;
    assert_eq!(lab.all.running(), 0);
}

#[tokio::test]
async fn sleep_keeps_the_data_in_every_way() {
    for way in Persistence::ALL {
        let lab = One::new().await;
        let redis = &lab.redis;
        redis.set_persistence(way).await.unwrap();
        ok(redis, &["SET", "a", "1"]).await;
        let old = pid(redis);
        lab.all.stop_idle(config::now_ms() - 600_000).await;
        assert!(alive(old), "it was used just now");
        for _ in 0..2 {
            lab.all.stop_idle(i64::MAX).await;
            assert!(!alive(old));
            assert_eq!(
                (redis.view().state, lab.all.running()),
                (EngineState::Starting, 0)
            );
            assert!(has(redis, "a").await, "{way:?}");
        }
        redis.crash().await.unwrap();
        redis.start().await.unwrap();
        assert_eq!(has(redis, "a").await, way != Persistence::None, "{way:?}");
        // Asleep or not is not the student's business: a crash wakes it up first.
        ok(redis, &["SET", "b", "1"]).await;
        lab.all.stop_idle(i64::MAX).await;
        redis.crash().await.unwrap();
        redis.start().await.unwrap();
        assert_eq!(has(redis, "b").await, way != Persistence::None, "{way:?}");
        lab.all.close().await;
        let error = redis.start().await.unwrap_err();
        assert!(error.to_string().contains("stopping"), "{error}");
    }
}

#[tokio::test]
async fn a_missing_program_is_said() {
    let folder = Folder::new();
    let all = OwnRedises::new(vec![folder.0.clone()], 1);
    let redis = all.of(folder.0.join("redis"));
    assert!(redis.connection().await.is_err());
    assert_eq!(
        (redis.view().state, all.running()),
        (EngineState::Missing, 0)
    );
}
