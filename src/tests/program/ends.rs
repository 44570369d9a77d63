//! How the program ends: by a signal, by a kill -9, and what it leaves behind.

use super::*;

#[tokio::test]
async fn after_a_kill_9_the_same_lab_knows_everything_but_memory() {
    let data = Folder::new();
    let program = Program::start(&data.0, &[]).await.both_up().await;
    let mut ana = Student::new();
    ana.post(&program, "/api/login").await;
    for store in StoreKind::ALL {
        ana.get(&program, &format!("/lab/{}/visit", store.name()))
            .await;
    }
    let cookies = ana.cookies.clone();
    let orphans = program.pids().await;
    assert_eq!(orphans.len(), 2);
    program.kill().await;

    let program = Program::start(&data.0, &[]).await.both_up().await;
    let leftovers: Vec<_> = orphans.into_iter().filter(|pid| is_alive(*pid)).collect();
    assert!(
        leftovers.is_empty(),
        "the next start cleans up: {leftovers:?}"
    );
    let (_, view) = ana.post(&program, "/api/check").await;
    assert_eq!(ana.cookies[0], cookies[0], "the lab cookie is the same");
    let outcomes: Vec<_> = view["lanes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lane| lane["verdict"]["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["lost", "kept", "kept", "kept"]);
    assert_eq!(view["boot"], 2);
    assert_eq!(view["lanes"][0]["graves"][0]["program"], true);
    for store in [StoreKind::File, StoreKind::Redis, StoreKind::Mongo] {
        let (_, me) = ana
            .get(&program, &format!("/lab/{}/me", store.name()))
            .await;
        assert_eq!(
            (&me["user"], &me["visits"], &me["boot"]),
            (&"ana".into(), &1.into(), &2.into())
        );
    }
    assert_eq!(ana.user(&program, StoreKind::Memory).await, Value::Null);

    let children = program.pids().await;
    program.stop(rustix::process::Signal::TERM).await;
    assert!(
        !children.into_iter().any(is_alive),
        "no child process is left behind"
    );
    let locks: Vec<_> = files_below(&data.0)
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            ["lock", "pid", "sock"]
                .iter()
                .any(|end| name.ends_with(end))
        })
        .collect();
    assert!(locks.is_empty(), "no lock file is left behind: {locks:?}");
}

#[tokio::test]
async fn ctrl_c_ends_it_at_once_with_an_open_page() {
    let _quiet = quiet().await;
    let data = Folder::new();
    let program = Program::start(&data.0, &[]).await.both_up().await;
    let stream = program
        .client
        .get(format!("{}/events", program.url))
        .send()
        .await
        .unwrap();
    let children = program.pids().await;
    let began = Instant::now();
    program.stop(rustix::process::Signal::INT).await;
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
    assert!(!children.into_iter().any(is_alive));
    drop(stream);
}
