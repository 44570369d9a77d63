//! The balancer, the disks and their reaper, as they are set.

use super::{
    settings::{SESSIONS, with},
    *,
};

#[tokio::test]
async fn a_balancer_that_alternates_loses_what_one_server_keeps() {
    let mut ana = with(&[("balance", "alternate"), ("dead_cookie", "keep")]).await;
    for store in SESSIONS {
        let first = ana.log_in(store).await.json();
        let seen: Vec<_> = [
            ana.get(&format!("{store}/me")).await.json(),
            ana.get(&format!("{store}/me")).await.json(),
        ]
        .into();
        assert_eq!(
            (&first["server"], &seen[0]["server"], &seen[1]["server"]),
            (&"A".into(), &"B".into(), &"A".into())
        );
        let alone = matches!(store, "memory" | "file");
        assert_eq!(seen[0]["user"].is_null(), alone, "{store} asked on B");
        assert_eq!(seen[1]["user"], "ana", "{store} asked on A again");
    }
    // A network drive is the same for both.
    ana.set(&[
        ("balance", "alternate"),
        ("dead_cookie", "keep"),
        ("disk", "shared"),
    ])
    .await;
    let login = ana.log_in("file").await.json();
    let me = ana.get("file/me").await.json();
    assert_ne!(login["server"], me["server"]);
    assert_eq!(me["user"], "ana");
    // One that is stopped is left out.
    ana.post("server/b/stop", "").await;
    for _ in 0..3 {
        assert_eq!(ana.get("redis/me").await.json()["server"], "A");
    }
}

#[tokio::test]
async fn another_folder_is_another_disk_to_the_store() {
    let mut ana = with(&[]).await;
    ana.log_in("file").await;
    ana.set(&[("folder", "otra"), ("dead_cookie", "keep")])
        .await;
    assert_eq!(ana.get("file/me").await.json()["user"], Value::Null);
    ana.set(&[]).await;
    assert_eq!(ana.get("file/me").await.json()["user"], "ana");
}

#[tokio::test]
async fn retries_read_a_missing_file_again() {
    let mut ana = with(&[("retries", "2")]).await;
    ana.log_in("file").await;
    let last = ana.0.look().await.last_seen();
    ana.0
        .jar
        .insert("file.sid".to_owned(), "AQAAAAAAAAAAAAAAAAAAAA".to_owned());
    ana.get("file/me").await;
    let reads = ana
        .0
        .look()
        .await
        .tape
        .iter()
        .filter(|entry| entry.seq > last && format!("{:?}", entry.what).contains("read AQ"))
        .count();
    assert_eq!(reads, 3);
}

#[tokio::test]
async fn the_reaper_comes_at_its_interval() {
    let playground = classroom_of_their_own().await;
    let mut ana = Student::of(&playground);
    ana.0.press("login", "").await;
    let tag = tag_of(&ana.0.look().await);
    ana.set(&[("reap_every_s", "2"), ("ttl_s", "2")]).await;
    ana.log_in("file").await;
    let folder = playground
        .registry
        .folder()
        .join(tag)
        .join("server-a/sessions");
    let files = || std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files(), 1);
    let reaped = async || files() == 0;
    until(
        "nobody asked for the file, and it is gone",
        Duration::from_secs(15),
        reaped,
    )
    .await;
    let tape = format!("{:?}", ana.0.look().await.tape);
    assert!(
        tape.contains("readdir") && tape.contains("unlink"),
        "{tape}"
    );
}
