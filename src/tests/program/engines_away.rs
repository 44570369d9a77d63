//! Engines that stop, hang, come back, or were never there.

use super::*;

#[tokio::test]
async fn a_stopped_engine_is_refused_within_a_second_and_comes_back_by_itself() {
    let _quiet = quiet().await;
    let (data, engines) = (Folder::new(), Folder::new());
    let (redis_dir, mongo_dir) = (engines.0.join("redis"), engines.0.join("mongo"));
    std::fs::create_dir_all(&redis_dir).unwrap();
    std::fs::create_dir_all(&mongo_dir).unwrap();
    let (redis_port, mongo_port) = (free_port(), free_port());
    let mut redis = Some(Server::redis(redis_port, &redis_dir, &[]).ready().await);
    let mut mongo = Some(Server::mongo(mongo_port, &mongo_dir).ready().await);
    let settings = [
        ("REDIS_URL", redis.as_ref().unwrap().url(StoreKind::Redis)),
        ("MONGODB_URL", mongo.as_ref().unwrap().url(StoreKind::Mongo)),
    ];
    let settings: Vec<_> = settings
        .iter()
        .map(|(name, url)| (*name, url.as_str()))
        .collect();
    let program = Program::start(&data.0, &settings).await.both_up().await;
    let mut ana = Student::new();
    ana.post(&program, "/api/login").await;

    for store in [StoreKind::Redis, StoreKind::Mongo] {
        let others: Vec<_> = StoreKind::ALL
            .into_iter()
            .filter(|other| *other != store)
            .collect();
        drop(if store == StoreKind::Redis {
            redis.take()
        } else {
            mongo.take()
        });
        let began = Instant::now();
        let (status, refused) = ana
            .get(&program, &format!("/lab/{}/me", store.name()))
            .await;
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{store:?}: {:?}",
            began.elapsed()
        );
        assert_eq!(
            (status, &refused["error"]),
            (503, &"store_unreachable".into()),
            "{store:?}"
        );
        assert!(
            refused["message"].as_str().unwrap().contains('('),
            "with the reason: {refused}"
        );
        for other in others {
            assert_eq!(
                ana.user(&program, other).await,
                "ana",
                "{other:?} without {store:?}"
            );
        }
        let began = Instant::now();
        let (_, view) = ana.post(&program, "/api/check").await;
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{:?}",
            began.elapsed()
        );
        assert_eq!(
            view["lanes"][store.index()]["verdict"]["outcome"],
            "refused"
        );

        if store == StoreKind::Redis {
            redis = Some(Server::redis(redis_port, &redis_dir, &[]).ready().await);
        } else {
            mongo = Some(Server::mongo(mongo_port, &mongo_dir).ready().await);
        }
        program
            .engine_within(store.name(), "up", Duration::from_secs(2))
            .await;
        assert_eq!(ana.user(&program, store).await, "ana", "{store:?} is back");
    }
    // An engine that hangs is found out as well, and no click waits for it.
    for (store, server) in [
        (StoreKind::Redis, redis.as_ref().unwrap()),
        (StoreKind::Mongo, mongo.as_ref().unwrap()),
    ] {
        server.signal("STOP");
        let began = Instant::now();
        let (status, _) = ana
            .post(&program, &format!("/lab/{}/logout", store.name()))
            .await;
        assert_eq!(status, 503, "{store:?}");
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{store:?}: {:?}",
            began.elapsed()
        );
        server.signal("CONT");
        program
            .engine_within(store.name(), "up", Duration::from_secs(2))
            .await;
        assert_eq!(
            ana.user(&program, store).await,
            "ana",
            "a refused logout ended nothing"
        );
    }
}

#[tokio::test]
async fn without_engines_it_starts_and_says_how_to_get_them() {
    let data = Folder::new();
    let program = Program::start(&data.0, &[("PATH", "/nowhere")]).await;
    program.engine("redis", "missing").await;
    program.engine("mongo", "missing").await;
    let mut ana = Student::new();
    let (status, view) = ana.post(&program, "/api/login").await;
    assert_eq!(status, 200, "{view}");
    assert_eq!(ana.user(&program, StoreKind::Memory).await, "ana");
    assert_eq!(ana.user(&program, StoreKind::File).await, "ana");
    assert_eq!(ana.get(&program, "/lab/redis/visit").await.0, 503);
    let page = program
        .client
        .get(format!("{}/es/sessions", program.url))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains("Redis no está instalado.") && page.contains("make engines"));
    assert!(page.contains("MongoDB no está instalado.") && page.contains("make engines"));
}
