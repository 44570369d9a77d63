//! Engines that a URL names.

use super::*;

#[tokio::test]
async fn malformed_urls_are_refused_without_repeating_them() {
    let good = ("redis://127.0.0.1:1", "mongodb://127.0.0.1:1");
    for bad in [
        "127.0.0.1:6379:hunter2",
        "http://hunter2",
        "redis://:hunter2@",
        "redis://h:hunter2x/0",
        "hunter2",
        "redis://h/hunter2",
    ] {
        let error = by_url(bad, good.1).err().expect(bad);
        assert_eq!(error.name, "REDIS_URL");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    for bad in [
        "mongodb://",
        "http://hunter2",
        "mongodb://u:hunter2@",
        "hunter2",
        "mongodb://h:hunter2",
        "mongodb://u:p@ss:hunter2@h/db",
    ] {
        let error = by_url(good.0, bad).err().expect(bad);
        assert_eq!(error.name, "MONGODB_URL");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn urls_that_do_not_lead_anywhere_are_down_and_no_error() {
    let engines = by_url(
        "redis://nowhere.invalid:6379",
        "mongodb+srv://u:hunter2@nowhere.invalid/db",
    )
    .unwrap();
    for store in BOTH {
        state(&engines, store, "is down", |view| {
            matches!(view.state, EngineState::Down { .. })
        })
        .await;
        let shown = format!("{:?}", view(&engines, store));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    engines.close().await;
}

#[tokio::test]
async fn a_redis_with_a_password_wants_the_right_one() {
    let folder = Folder::new();
    let server = Server::redis(free_port(), &folder.0, &["--requirepass", "hunter2"])
        .ready()
        .await;
    let port = server.port;
    let right = by_url(
        &format!("redis://:hunter2@127.0.0.1:{port}/3"),
        &nobody("mongodb"),
    )
    .unwrap();
    up(&right, StoreKind::Redis).await;
    let [redis, _] = stores(&right);
    redis.create(&mut record()).await.unwrap();
    for (user, says) in [("", "NOAUTH"), (":hunter3@", "WRONGPASS")] {
        let wrong = by_url(
            &format!("redis://{user}127.0.0.1:{port}"),
            &nobody("mongodb"),
        )
        .unwrap();
        state(&wrong, StoreKind::Redis, "is refused", |view| {
            matches!(view.state, EngineState::Down { .. })
        })
        .await;
        let shown = format!("{:?}", view(&wrong, StoreKind::Redis));
        assert!(shown.contains(says) && !shown.contains("hunter"), "{shown}");
        wrong.close().await;
    }
    right.close().await;
}

#[tokio::test]
async fn an_external_engine_outlives_us_and_names_itself() {
    let folder = Folder::new();
    let server = Server::redis(free_port(), &folder.0, &[]).ready().await;
    let engines = by_url(&server.url(StoreKind::Redis), &nobody("mongodb")).unwrap();
    up(&engines, StoreKind::Redis).await;
    let seen = view(&engines, StoreKind::Redis);
    assert_eq!(
        (seen.name.as_str(), seen.pid, seen.managed),
        ("Redis", Some(server.pid.unsigned_abs()), false)
    );
    engines.close().await;
    assert!(alive(server.pid.unsigned_abs()));
}

#[tokio::test]
async fn cancelling_is_enough_to_end_the_engines() {
    let folder = Folder::new();
    let stop = CancellationToken::new();
    let engines = Engines::open(
        &Config {
            data: folder.0.clone(),
            ..environment()
        },
        &stop,
    )
    .unwrap();
    up(&engines, StoreKind::Redis).await;
    let pid = view(&engines, StoreKind::Redis).pid.unwrap();
    stop.cancel();
    until("it has ended", Duration::from_secs(5), async || !alive(pid)).await;
    engines.close().await;
    engines.close().await;
}
