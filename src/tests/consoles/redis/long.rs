//! What takes long, or is long.

use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};
use session_playground::consoles::redis::LIMIT;

use super::*;

/// How much later than the limit a busy machine may be.
const LATE: Duration = Duration::from_secs(3);

/// Types a line that is cut off, while a neighbour goes on.
async fn cut_off(console: &Console, line: &str, neighbour: &mut Browser) -> Meaning {
    let begun = Instant::now();
    let visiting = async {
        let mut visits = 0;
        while begun.elapsed() < LIMIT / 2 {
            let sent = Instant::now();
            assert_eq!(neighbour.get("/lab/redis/visit").await.status, 200);
            assert!(sent.elapsed() < LIMIT / 2, "the neighbour waited");
            visits += 1;
            tokio::task::yield_now().await;
            if visits >= 20 {
                break;
            }
        }
        visits
    };
    let (meaning, visits) = tokio::join!(console.means(line), visiting);
    let took = begun.elapsed();
    assert!(took >= LIMIT && took < LIMIT + LATE, "{line}: {took:?}");
    assert!(visits > 0);
    meaning
}

#[tokio::test]
async fn a_frozen_server_is_cut_off_and_holds_up_nobody() {
    let _quiet = quiet().await;
    let playground = classroom_of_their_own().await;
    let console = Console::new(&playground);
    console.types("SET a 1").await;
    let own = console.0.bench.sessions.own_redis().await.unwrap();
    let mut eva = Browser::open(&playground);
    own.pause().await.unwrap();
    let late = |paused| Meaning::Late {
        seconds: LIMIT.as_secs(),
        paused,
    };
    assert_eq!(cut_off(&console, "GET a", &mut eva).await, late(true));
    own.resume().await.unwrap();
    assert_eq!(console.prints("GET a").await, "\"1\"");
    // Frozen by somebody else, without our knowing.
    let pid = Pid::from_raw(i32::try_from(own.view().pid.unwrap()).unwrap()).unwrap();
    kill_process(pid, Signal::STOP).unwrap();
    assert_eq!(cut_off(&console, "GET a", &mut eva).await, late(false));
    kill_process(pid, Signal::CONT).unwrap();
    let answers = async || console.prints("GET a").await == "\"1\"";
    until("it answers again", PATIENCE, answers).await;
}

#[tokio::test]
async fn a_script_without_end_is_cut_off_and_ended() {
    let _quiet = quiet().await;
    let playground = classroom_of_their_own().await;
    let console = Console::new(&playground);
    console.types("SET a 1").await;
    let mut eva = Browser::open(&playground);
    let line = "EVAL \"while true do end\" 0";
    let late = cut_off(&console, line, &mut eva).await;
    assert!(matches!(late, Meaning::Late { paused: false, .. }));
    let answers = async || console.prints("GET a").await == "\"1\"";
    until("it answers again", PATIENCE, answers).await;
}

#[tokio::test]
async fn a_frozen_redis_of_everybodys_is_cut_off() {
    let _quiet = quiet().await;
    let folder = Folder::new();
    let server = Server::redis(free_port(), &folder.0, &[]).ready().await;
    let url = server.url(session_playground::stores::StoreKind::Redis);
    let playground = crate::classroom::classroom_by_url(&url).await;
    let console = Console::new(&playground);
    assert_eq!(console.prints("SET a 1").await, "OK");
    server.signal("STOP");
    let begun = Instant::now();
    let meaning = console.means("GET a").await;
    assert!(
        matches!(meaning, Meaning::Late { .. } | Meaning::Down { .. }),
        "{meaning:?}"
    );
    assert!(begun.elapsed() < LIMIT + LATE);
    let mut eva = Browser::open(&playground);
    assert_eq!(eva.get("/lab/file/visit").await.status, 200);
    server.signal("CONT");
}

/// Writes so many keys whose names begin with this.
const MANY: &str = "for i = 1, 200000 do redis.call('SET', ARGV[1] .. i, i) end";

#[tokio::test]
async fn keys_over_200_000_keys_in_ones_own() {
    let _quiet = quiet().await;
    let playground = classroom_of_their_own().await;
    let console = Console::new(&playground);
    console.types("SET a 1").await;
    // So many do not fit into 8 MB, so our own user makes room.
    let folder = console.folder();
    let conf = std::fs::read_to_string(folder.join("own.conf")).unwrap();
    let password = conf.split("user keeper on >").nth(1).unwrap();
    let password = password.split(' ').next().unwrap();
    let socket = folder.join("redis.sock");
    let login = format!(
        "redis+unix://{}?user=keeper&pass={password}",
        socket.display()
    );
    let client = redis::Client::open(login).unwrap();
    let mut keeper = client.get_multiplexed_async_connection().await.unwrap();
    for (name, value) in [("maxmemory", "64mb"), ("appendonly", "no")] {
        let mut set = redis::cmd("CONFIG");
        set.arg("SET").arg(name).arg(value);
        set.exec_async(&mut keeper).await.unwrap();
    }
    fill(&client, "k").await;
    assert_eq!(console.prints("DBSIZE").await, "(integer) 200001");
    let mut eva = Browser::open(&playground);
    let (answer, visit) = tokio::join!(console.types("KEYS *"), eva.get("/lab/redis/visit"));
    assert_eq!(visit.status, 200);
    // It is done within the limit, and there is more than anybody wants to read.
    assert!(matches!(
        answer.meaning,
        Some(answer::Meaning::Redis(
            Meaning::Cut { .. } | Meaning::Late { .. }
        ))
    ));
    assert!(answer.printed.len() <= 64 * 1024);
    if let Some(first) = answer.printed.lines().next() {
        assert!(first.starts_with("     1) \""), "{first}");
    }
}

/// The server takes its time for so many.
async fn fill(client: &redis::Client, name: &str) {
    let settings = redis::AsyncConnectionConfig::new().set_response_timeout(Some(PATIENCE));
    let mut connection = client
        .get_multiplexed_async_connection_with_config(&settings)
        .await
        .unwrap();
    let mut eval = redis::cmd("EVAL");
    eval.arg(MANY).arg(0).arg(name);
    eval.exec_async(&mut connection).await.unwrap();
}

#[tokio::test]
async fn keys_among_200_000_keys_of_others() {
    let _quiet = quiet().await;
    let folder = Folder::new();
    let server = Server::redis(free_port(), &folder.0, &["--appendonly", "no"])
        .ready()
        .await;
    let url = server.url(session_playground::stores::StoreKind::Redis);
    fill(&redis::Client::open(url.clone()).unwrap(), "lab:other:").await;
    let playground = crate::classroom::classroom_by_url(&url).await;
    let console = Console::new(&playground);
    let begun = Instant::now();
    assert_eq!(console.prints("SET a 1").await, "OK");
    let answer = console.types("KEYS *").await;
    assert!(
        answer.printed == "1) \"a\""
            || matches!(
                answer.meaning,
                Some(answer::Meaning::Redis(Meaning::Late { .. }))
            ),
        "{answer:?}"
    );
    assert!(begun.elapsed() < 2 * LIMIT + LATE);
}

#[tokio::test]
async fn a_long_answer_is_cut_at_a_line() {
    let console = Console::new(&classroom_of_their_own().await);
    let script = "local t = {} for i = 1, 200000 do t[i] = i end return t";
    let answer = console.types(&format!("EVAL \"{script}\" 0")).await;
    assert!(
        answer.printed.len() <= 64 * 1024,
        "{}",
        answer.printed.len()
    );
    let last = answer.printed.lines().last().unwrap_or_default();
    assert!(last.contains(") (integer) "), "{last}");
    let cut = Some(answer::Meaning::Redis(Meaning::Cut { bytes: 64 * 1024 }));
    assert_eq!(answer.meaning, cut);
    console.types("SETRANGE big 200000 x").await;
    let answer = console.types("GET big").await;
    assert_eq!(answer.meaning, cut);
    assert!(answer.printed.starts_with("\"\\x00\\x00"));
}

#[tokio::test]
async fn what_is_not_sent() {
    let console = Console::new(&classroom_of_their_own().await);
    for line in [
        "exit",
        "quit now",
        "clear",
        "help",
        "help set",
        "? get",
        ":set hints",
        "connect a 1",
        "restart",
    ] {
        assert!(
            matches!(console.means(line).await, Meaning::LocalWord { .. }),
            "{line}"
        );
    }
    for line in ["AUTH a b", "HELLO 3", "reset", "2 QUIT"] {
        assert!(
            matches!(console.means(line).await, Meaning::EachLineAlone { .. }),
            "{line}"
        );
    }
    for line in ["SUBSCRIBE a", "monitor", "PSYNC ? -1"] {
        assert!(
            matches!(console.means(line).await, Meaning::Endless { .. }),
            "{line}"
        );
    }
    assert_eq!(
        console.means("21 PING").await,
        Meaning::TooManyTimes { most: 20 }
    );
    let long = format!("SET a {}", "x".repeat(4096));
    assert_eq!(
        console.means(&long).await,
        Meaning::LineTooLong { most: 4096 }
    );
    let blank = console.types("   ").await;
    assert_eq!(
        (blank.printed.as_str(), blank.failed, blank.meaning),
        ("", false, None)
    );
}
