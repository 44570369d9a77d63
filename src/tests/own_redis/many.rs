//! A whole class of them, and what a killed program leaves.

use super::*;

#[tokio::test]
async fn one_too_many_waits_for_a_place() {
    let (all, folder) = (own(2), Folder::new());
    let [a, b, c] = ["a", "b", "c"].map(|name| all.of(folder.0.join(name)));
    ok(&a, &["PING"]).await;
    ok(&b, &["PING"]).await;
    assert_eq!(
        c.connection().await.unwrap_err(),
        StoreError::NoRedisLeft { limit: 2 }
    );
    assert_eq!(c.view().state, EngineState::Starting);
    a.crash().await.unwrap();
    ok(&c, &["PING"]).await;
    assert_eq!(
        a.start().await.unwrap_err(),
        StoreError::NoRedisLeft { limit: 2 }
    );
    b.remove().await;
    a.start().await.unwrap();
    // Nobody who holds it is left, and it is ended all the same.
    let left = pid(&c);
    drop(c);
    all.close().await;
    assert!(!alive(left));
    assert_eq!(all.running(), 0);
}

/// Proportional set size in KiB.
fn pss(pid: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    let line = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_start_together_and_leave_together() {
    let _alone = noisy().await;
    let (all, folder) = (own(100), Folder::new());
    let labs: Vec<_> = (0..100)
        .map(|number| all.of(folder.0.join(number.to_string()).join("redis")))
        .collect();
    let began = Instant::now();
    futures::future::join_all(labs.iter().map(|lab| ok(lab, &["SET", "a", "1"]))).await;
    let started = began.elapsed();
    assert_eq!(all.running(), 100);
    let pids: Vec<_> = labs.iter().map(|lab| pid(lab)).collect();
    let memory: u64 = pids.iter().map(|pid| pss(*pid)).sum();
    let began = Instant::now();
    all.close().await;
    let closed = began.elapsed();
    let measured = format!("started in {started:?}, closed in {closed:?}, {memory} KiB");
    assert!(!pids.into_iter().any(alive), "{measured}");
    assert_eq!(all.running(), 0, "{measured}");
    assert!(started < Duration::from_secs(5), "{measured}");
    assert!(closed < Duration::from_millis(5500), "{measured}");
    assert!(memory < 400 * 1024, "{measured}");
}

#[tokio::test]
async fn what_a_killed_program_left_is_ended() {
    let labs = Folder::new();
    let mut left = Vec::new();
    for number in 0..3 {
        let home = labs.0.join(number.to_string()).join("redis");
        fs::create_dir_all(&home).unwrap();
        let home = home.canonicalize().unwrap();
        let server = Server::redis(free_port(), &home, &["--set-proc-title", "no"])
            .ready()
            .await;
        let note = format!(
            "{} redis-server\n{}\n",
            server.pid,
            home.join("redis.sock").display()
        );
        fs::write(home.join("child.pid"), note).unwrap();
        left.push(server);
    }
    left[2].signal("STOP");
    for number in 3..2000 {
        fs::create_dir_all(labs.0.join(number.to_string()).join("redis")).unwrap();
    }
    OwnRedises::end_leftovers(&labs.0).await;
    for (number, server) in left.iter().enumerate() {
        assert!(!alive(server.pid.unsigned_abs()), "{number}");
        assert!(
            !labs
                .0
                .join(number.to_string())
                .join("redis")
                .join("child.pid")
                .exists()
        );
    }
}

#[tokio::test]
async fn the_program_s_own_leftover_is_known() {
    let folder = Folder::new();
    let home = folder.0.join("lab").join("redis");
    let (first, second) = (own(1), own(1));
    ok(&first.of(home.clone()), &["SET", "a", "1"]).await;
    let old = pid(&first.of(home.clone()));
    // The next program finds the note of the one before, and asks for the same folder.
    OwnRedises::end_leftovers(&folder.0).await;
    assert!(!alive(old));
    assert!(has(&second.of(home), "a").await);
    second.close().await;
    first.close().await;
}

#[tokio::test]
async fn the_engines_have_them_only_where_redis_is_ours() {
    let _quiet = quiet().await;
    let folder = Folder::new();
    let config = Config {
        data: folder.0.clone(),
        most_own_redis: 1,
        ..environment()
    };
    let engines = Engines::open(&config, &CancellationToken::new()).unwrap();
    let all = engines.own_redis.clone().unwrap();
    let redis = all.of(folder.0.join("labs").join("x").join("redis"));
    ok(&redis, &["PING"]).await;
    let left = pid(&redis);
    engines.close().await;
    assert!(!alive(left));
    let config = Config {
        redis_url: Some(format!("redis://127.0.0.1:{}", free_port())),
        ..config
    };
    let engines = Engines::open(&config, &CancellationToken::new()).unwrap();
    assert!(engines.own_redis.is_none());
    engines.close().await;
}

#[tokio::test]
async fn a_deep_folder_gets_its_socket_elsewhere() {
    let (all, folder) = (own(1), Folder::new());
    let deep = folder
        .0
        .join("a \"long\" name of a \\ folder".repeat(5))
        .join("redis");
    let redis = all.of(deep.clone());
    ok(&redis, &["SET", "a", "1"]).await;
    assert!(!deep.join("redis.sock").exists());
    let Value::Array(socket) = ok(&redis, &["CONFIG", "GET", "unixsocket"]).await else {
        panic!("two words");
    };
    let Value::BulkString(path) = &socket[1] else {
        panic!("a path");
    };
    let path = Path::new(std::str::from_utf8(path).unwrap()).to_owned();
    assert!(path.exists());
    all.close().await;
    assert!(!path.exists());
}
