//! Engines that we start: what they keep, and what is left of them.

use super::*;

#[tokio::test]
async fn managed_engines_start_keep_and_leave_nothing_behind() {
    let folder = Folder::new();
    let kept = record();
    for boot in 0..2 {
        let began = Instant::now();
        let engines = managed(&folder.0);
        assert!(
            began.elapsed() < Duration::from_millis(500),
            "open waits for nobody"
        );
        let mut pids = Vec::new();
        for store in BOTH {
            up(&engines, store).await;
            let view = view(&engines, store);
            assert!(
                view.managed && !view.name.is_empty() && view.version.contains('.'),
                "{view:?}"
            );
            assert!(alive(view.pid.unwrap()));
            pids.push(view.pid.unwrap());
        }
        assert_eq!(
            traces(&folder.0)
                .iter()
                .filter(|path| path.ends_with("child.pid"))
                .count(),
            2
        );
        for store in stores(&engines) {
            if boot == 0 {
                store.create(&mut kept.clone()).await.unwrap();
            } else {
                assert_eq!(store.load(&kept.id).await.unwrap().unwrap().data, kept.data);
            }
        }
        engines.close().await;
        assert!(!pids.into_iter().any(alive));
        assert_eq!(traces(&folder.0), Vec::<String>::new());
        for (store, session) in BOTH.into_iter().zip(stores(&engines)) {
            assert!(!view(&engines, store).is_up());
            assert!(session.load(&kept.id).await.is_err());
        }
    }
}

#[tokio::test]
async fn the_folders_of_engines_are_only_for_us() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let engines = managed(&folder.0);
    up(&engines, StoreKind::Redis).await;
    for name in ["redis", "mongo"] {
        let mode = fs::metadata(folder.0.join("engines").join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700, "{name}");
    }
    engines.close().await;
}

#[tokio::test]
async fn a_managed_engine_that_dies_is_started_again() {
    let folder = Folder::new();
    let engines = managed(&folder.0);
    let kept = record();
    for (store, session) in BOTH.into_iter().zip(stores(&engines)) {
        up(&engines, store).await;
        session.create(&mut kept.clone()).await.unwrap();
        let old = view(&engines, store).pid.unwrap();
        Command::new("kill")
            .args(["-9", &old.to_string()])
            .status()
            .unwrap();
        state(&engines, store, "lives again", |view| {
            view.is_up() && view.pid != Some(old)
        })
        .await;
        assert_eq!(
            session.load(&kept.id).await.unwrap().unwrap().data,
            kept.data
        );
    }
    engines.close().await;
    assert_eq!(traces(&folder.0), Vec::<String>::new());
}

/// The server of a run that was killed: nobody's child. `name` is what its command line says of it.
async fn leftover_is_ended(extra: &[&str], name: impl Fn(&Server, &Path) -> String) {
    let folder = Folder::new();
    let home = folder.0.join("engines").join("redis");
    fs::create_dir_all(&home).unwrap();
    let home = home.canonicalize().unwrap();
    let left = Server::redis(free_port(), &home, extra).ready().await;
    let note = format!("{} redis-server\n{}\n", left.pid, name(&left, &home));
    fs::write(home.join("child.pid"), note).unwrap();
    fs::write(home.join("redis.sock"), "").unwrap();
    let engines = managed(&folder.0);
    up(&engines, StoreKind::Redis).await;
    assert!(!alive(left.pid.unsigned_abs()));
    engines.close().await;
    assert_eq!(traces(&folder.0), Vec::<String>::new());
}

#[tokio::test]
async fn what_a_killed_run_left_behind_is_ended_first() {
    leftover_is_ended(&["--set-proc-title", "no"], |_, home| {
        home.display().to_string()
    })
    .await;
}

#[tokio::test]
async fn a_redis_that_hides_its_arguments_is_known_by_its_address() {
    leftover_is_ended(&[], |left, _| format!("127.0.0.1:{}", left.port)).await;
}

#[tokio::test]
async fn somebody_elses_process_is_left_alone() {
    let folder = Folder::new();
    let elsewhere = Folder::new();
    let home = folder.0.join("engines").join("redis");
    fs::create_dir_all(&home).unwrap();
    let other = Server::redis(free_port(), &elsewhere.0, &[]).ready().await;
    for note in [
        format!("{} redis-server\n", other.pid),
        "-1".into(),
        "0".into(),
        String::new(),
        "x y".into(),
    ] {
        fs::write(home.join("child.pid"), note).unwrap();
        let engines = managed(&folder.0);
        up(&engines, StoreKind::Redis).await;
        engines.close().await;
    }
    assert!(alive(other.pid.unsigned_abs()));
}

#[tokio::test]
async fn a_deep_data_folder_gets_its_socket_elsewhere() {
    let folder = Folder::new();
    let deep = folder.0.join("a-long-name-of-a-folder".repeat(5));
    let engines = managed(&deep);
    up(&engines, StoreKind::Redis).await;
    let [redis, _] = stores(&engines);
    redis.create(&mut record()).await.unwrap();
    engines.close().await;
    assert_eq!(traces(&deep), Vec::<String>::new());
}

#[tokio::test]
async fn an_engine_that_is_not_installed_is_missing_until_it_is() {
    let (folder, tools) = (Folder::new(), Folder::new());
    let config = Config {
        data: folder.0.clone(),
        path: vec![tools.0.clone()],
        ..environment()
    };
    let engines = open(&config).unwrap();
    for (store, session) in BOTH.into_iter().zip(stores(&engines)) {
        state(&engines, store, "is missing", |view| {
            view.state == EngineState::Missing
        })
        .await;
        let error = StoreError::of(&session.load(&record().id).await.unwrap_err());
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    }
    std::os::unix::fs::symlink(program("redis-server"), tools.0.join("redis-server")).unwrap();
    up(&engines, StoreKind::Redis).await;
    assert_eq!(view(&engines, StoreKind::Mongo).state, EngineState::Missing);
    engines.close().await;
}

#[tokio::test]
async fn a_program_that_cannot_serve_is_down_and_says_so() {
    let (folder, tools) = (Folder::new(), Folder::new());
    std::os::unix::fs::symlink("/bin/false", tools.0.join("redis-server")).unwrap();
    std::os::unix::fs::symlink("/bin/false", tools.0.join("mongod")).unwrap();
    let engines = open(&Config {
        data: folder.0.clone(),
        path: vec![tools.0.clone()],
        ..environment()
    })
    .unwrap();
    for store in BOTH {
        state(&engines, store, "is down", |view| {
            format!("{view:?}").contains("exit code 1")
        })
        .await;
    }
    engines.close().await;
    assert_eq!(traces(&folder.0), Vec::<String>::new());
}

#[tokio::test]
async fn a_panic_leaves_no_child_process() {
    let (tell, told) = tokio::sync::oneshot::channel();
    // A program of its own: its runtime dies with the panic, as that of `main` would.
    let program = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async move {
            let folder = Folder::new();
            let engines = managed(&folder.0);
            for store in BOTH {
                up(&engines, store).await;
            }
            let pids = BOTH.map(|store| view(&engines, store).pid.unwrap());
            tell.send(pids).unwrap();
            panic!("on purpose");
        })
    });
    let pids = told.await.unwrap();
    let gone = async || !pids.into_iter().any(alive);
    until("no child is left", Duration::from_secs(5), gone).await;
    assert!(program.join().is_err(), "it did panic");
}
