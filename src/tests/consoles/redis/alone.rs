//! In a Redis that others use too, a lab is alone.

use redis::aio::MultiplexedConnection;
use session_playground::{
    consoles::redis::completions,
    sandbox::{cleanup, limits},
};

use super::*;

async fn everybodys() -> MultiplexedConnection {
    let url = format!("redis://127.0.0.1:{}/", redis_port());
    let client = redis::Client::open(url).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

async fn keys(pattern: &str) -> Vec<String> {
    let mut keys = redis::cmd("KEYS");
    keys.arg(pattern);
    keys.query_async(&mut everybodys().await).await.unwrap()
}

#[tokio::test]
async fn two_labs_have_the_same_key() {
    let playground = classroom().await;
    let [ana, eva] = [Console::new(&playground), Console::new(&playground)];
    assert_eq!(ana.prints("SET a ana").await, "OK");
    assert_eq!(eva.prints("GET a").await, "(nil)");
    assert_eq!(eva.prints("SET a eva").await, "OK");
    assert_eq!(ana.prints("GET a").await, "\"ana\"");
    assert_eq!(ana.prints("KEYS *").await, "1) \"a\"");
    assert_eq!(ana.prints("DBSIZE").await, "(integer) 1");
    assert_eq!(ana.means("DBSIZE").await, Meaning::Size { lab: true });
    let real = keys(&format!("{}*", ana.prefix())).await;
    assert_eq!(real, [format!("{}a", ana.prefix())]);
    // The neighbour's whole name is a name of one's own.
    let theirs = format!("{}a", eva.prefix());
    assert_eq!(ana.prints(&format!("GET {theirs}")).await, "(nil)");
    assert_eq!(ana.prints(&format!("DEL {theirs}")).await, "(integer) 0");
    for pattern in [
        "*eva*",
        "lab:*",
        "\\\\*",
        "[a-z]*:*",
        "?ab:*",
        "*]",
        "\"*\\\\\"",
    ] {
        let seen = ana.prints(&format!("KEYS {pattern}")).await;
        assert!(!seen.contains("lab:"), "{pattern}: {seen}");
    }
    assert_eq!(eva.prints("GET a").await, "\"eva\"");
}

#[tokio::test]
async fn what_is_about_the_whole_server_is_refused() {
    let console = Console::new(&classroom().await);
    for line in [
        "INFO",
        "CONFIG GET dir",
        "FLUSHALL",
        "FLUSHDB",
        "SAVE",
        "BGSAVE",
        "SHUTDOWN",
        "CLIENT LIST",
        "RANDOMKEY",
        "EVAL \"return 1\" 0",
        "SELECT 1",
        "SWAPDB 0 1",
        "MIGRATE h 1 a 0 1",
        "OBJECT HELP",
        "COMMAND",
        "ACL LIST",
        "SCRIPT FLUSH",
        "FUNCTION LIST",
        "XADD s * a 1",
        "BLPOP l 1",
        "DEBUG SLEEP 1",
        "MULTI",
        "WAIT 1 0",
        "DUMP a",
        "RESTORE a 0 x",
        "MOVE a 1",
        "PUBLISH a b",
        "MEMORY STATS",
        "SLOWLOG GET",
        "LATENCY DOCTOR",
        "CLUSTER INFO",
    ] {
        let answer = console.types(line).await;
        assert!(
            answer.failed && answer.printed.is_empty(),
            "{line}: {answer:?}"
        );
        assert!(
            matches!(
                answer.meaning,
                Some(answer::Meaning::Redis(Meaning::NotHere { .. }))
            ),
            "{line}: {answer:?}"
        );
    }
    for line in [
        "COPY a b DB 1",
        "SORT a BY x_*",
        "SORT a GET y_*",
        "SORT a STORE b",
    ] {
        assert!(
            matches!(console.means(line).await, Meaning::Outside { .. }),
            "{line}"
        );
    }
    assert!(matches!(
        console.means("gte a").await,
        Meaning::Unknown { nearest: Some(_) }
    ));
}

#[tokio::test]
async fn a_lab_has_but_so_much_room() {
    let console = Console::new(&classroom().await);
    for batch in 0..10 {
        let pairs = (0..20).map(|number| format!("k{batch}-{number} x"));
        let line = format!("MSET {}", pairs.collect::<Vec<_>>().join(" "));
        assert_eq!(console.prints(&line).await, "OK");
    }
    assert_eq!(
        console.means("SET more x").await,
        Meaning::KeysFull { most: 200 }
    );
    assert_eq!(console.prints("EXISTS more").await, "(integer) 0");
    assert_eq!(
        console.prints("SET k0-0 y").await,
        "OK",
        "what is there may change"
    );
    console.types("DEL k0-1").await;
    assert_eq!(console.prints("SET more x").await, "OK");
    assert!(matches!(
        console.means("SETRANGE k0-0 9999999 x").await,
        Meaning::TooMuch { .. }
    ));
    let long = format!("20 APPEND k0-0 {}", "x".repeat(4000));
    let mut full = false;
    for _ in 0..6 {
        full |= matches!(
            console.types(&long).await.meaning,
            Some(answer::Meaning::Redis(Meaning::ValuesFull { .. }))
        );
    }
    assert!(full);
    assert_eq!(console.prints("DEL k0-0").await, "(integer) 1");
}

#[tokio::test]
async fn what_a_console_left_goes_with_the_lab() {
    let playground = classroom().await;
    let console = Console::new(&playground);
    let prefix = console.prefix();
    console.types("SET a 1").await;
    console.types("RPUSH l 1 2").await;
    assert_eq!(keys(&format!("{prefix}*")).await.len(), 2);
    console.0.bench.sessions.reset().await;
    assert!(keys(&format!("{prefix}*")).await.is_empty(), "a reset");
    console.types("SET a 1").await;
    let neighbour = Console::new(&playground);
    drop(console);
    let now = config::now_ms();
    neighbour.types("SET mine 1").await;
    cleanup::round(&playground.registry, now + limits::IDLE_MS + 60_000).await;
    assert!(keys(&format!("{prefix}*")).await.is_empty(), "the keeper");
}

#[tokio::test]
async fn a_lab_that_moves_keeps_its_session() {
    let playground = classroom_of_their_own().await;
    let mut browser = Browser::open(&playground);
    browser
        .post("/lab/redis/login", "user=ana&password=galleta")
        .await;
    let tape = browser.get("/api/view").await.body;
    assert!(
        tape.contains("lab:") && tape.contains(":sess:"),
        "in everybody's first"
    );
    let console = Console::of_the_only_lab(&playground);
    let prefix = console.prefix();
    assert_eq!(keys(&format!("{prefix}*")).await.len(), 1);
    let listed = console.prints("KEYS *").await;
    assert!(
        listed.starts_with("1) \"sess:") && !listed.contains('\n'),
        "{listed}"
    );
    assert!(keys(&format!("{prefix}*")).await.is_empty(), "it has moved");
    assert_eq!(console.prefix(), "");
    assert_eq!(browser.get("/lab/redis/me").await.json()["user"], "ana");
}

#[tokio::test]
async fn completions_are_commands_with_their_arguments() {
    let all = completions();
    assert!(all.len() > 100);
    for pair in [("GET", "key"), ("CONFIG GET", "parameter"), ("DBSIZE", "")] {
        assert!(all.contains(&pair), "{pair:?}");
    }
}
