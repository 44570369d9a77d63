//! What the console says of a session is what then happens to it on the Site.

use super::*;

/// A student who is logged in, the key of their session, and their console.
struct Student {
    browser: Browser,
    console: Console,
    key: String,
}

async fn logged_in(playground: &Arc<Playground>) -> Student {
    let mut browser = Browser::open(playground);
    browser
        .post("/lab/redis/login", "user=ana&password=galleta")
        .await;
    let console = Console::of_the_only_lab(playground);
    let listed = console.prints("KEYS sess:*").await;
    let key = listed.split('"').nth(1).unwrap().to_owned();
    assert!(key.starts_with("sess:"), "{listed}");
    Student {
        browser,
        console,
        key,
    }
}

impl Student {
    async fn is_known(&mut self) -> bool {
        self.browser.get("/lab/redis/me").await.json()["user"] == "ana"
    }

    /// Types a line in which `$` stands for the session's key.
    async fn means(&self, line: &str) -> Meaning {
        self.console.means(&line.replace('$', &self.key)).await
    }

    async fn prints(&self, line: &str) -> String {
        self.console.prints(&line.replace('$', &self.key)).await
    }
}

/// Both kinds of Redis.
async fn both() -> [Arc<Playground>; 2] {
    [classroom().await, classroom_of_their_own().await]
}

#[tokio::test]
async fn a_deleted_key_logs_out() {
    for line in ["DEL $", "UNLINK $ nobody", "EXPIRE $ 0", "GETDEL $"] {
        for playground in both().await {
            let mut ana = logged_in(&playground).await;
            assert!(ana.is_known().await);
            assert_eq!(ana.means("GET $").await, Meaning::Record);
            let meaning = ana.means(line).await;
            let expected = [
                Meaning::LoggedOut { sessions: 1 },
                Meaning::ExpiredAtOnce { session: true },
                Meaning::Deleted { keys: 1 },
            ];
            let at =
                usize::from(line.starts_with("EXPIRE")) + 2 * usize::from(line.contains("nobody"));
            assert_eq!(meaning, expected[at], "{line}");
            assert!(!ana.is_known().await, "{line}");
            assert_eq!(ana.means("TTL $").await, Meaning::NoKey { session: true });
            assert_eq!(ana.means("GET $").await, Meaning::Nothing { session: true });
        }
    }
}

#[tokio::test]
async fn flushing_logs_out() {
    let mut ana = logged_in(&classroom_of_their_own().await).await;
    assert_eq!(ana.means("FLUSHALL").await, Meaning::Flushed);
    assert!(!ana.is_known().await);
}

#[tokio::test]
async fn a_plain_set_throws_the_time_to_live_away() {
    for playground in both().await {
        let mut ana = logged_in(&playground).await;
        let record = ana.prints("GET $").await;
        assert!(matches!(
            ana.means("TTL $").await,
            Meaning::Left {
                session: true,
                ms: 1..
            }
        ));
        assert_eq!(
            ana.means(&format!("SET $ {record} KEEPTTL")).await,
            Meaning::KeptTtl
        );
        assert!(matches!(ana.means("PTTL $").await, Meaning::Left { .. }));
        let forever = Meaning::Forever { session: true };
        assert_eq!(ana.means(&format!("SET $ {record}")).await, forever);
        assert_eq!(
            ana.means("TTL $").await,
            Meaning::NeverExpires { session: true }
        );
        assert!(ana.is_known().await, "it is still the same record");
        ana.browser.get("/lab/redis/visit").await;
        assert!(matches!(
            ana.means("TTL $").await,
            Meaning::Left {
                session: true,
                ms: 1..
            }
        ));
        let lives = ana.means(&format!("SET $ {record} EX 60")).await;
        assert_eq!(
            lives,
            Meaning::LivesFor {
                ms: 60_000,
                session: true
            }
        );
        assert_eq!(
            ana.means("PERSIST $").await,
            Meaning::Persisted { session: true }
        );
        assert_eq!(ana.means("TYPE $").await, Meaning::SessionType);
        // What was written is what the Site reads.
        let eva = record.replace("ana", "eva");
        ana.means(&format!("SET $ {eva} XX")).await;
        assert_eq!(ana.browser.get("/lab/redis/me").await.json()["user"], "eva");
    }
}

#[tokio::test]
async fn a_record_that_dies_takes_the_login_with_it() {
    for playground in both().await {
        let mut ana = logged_in(&playground).await;
        let will = Meaning::WillExpire { session: true };
        assert_eq!(ana.means("PEXPIRE $ 30").await, will);
        let gone = async || ana.prints("EXISTS $").await == "(integer) 0";
        until("the record has died", PATIENCE, gone).await;
        assert!(
            ana.browser.jar.contains_key("redis.sid"),
            "the cookie has not"
        );
        assert!(!ana.is_known().await);
    }
}

#[tokio::test]
async fn nx_and_xx_guard_a_session() {
    let ana = logged_in(&classroom().await).await;
    assert_eq!(
        ana.means("SET $ x NX").await,
        Meaning::NotWritten { nx: true }
    );
    ana.means("DEL $").await;
    assert_eq!(
        ana.means("SET $ x XX").await,
        Meaning::NotWritten { nx: false }
    );
}

#[tokio::test]
async fn what_shutdown_leaves_is_what_comes_back() {
    for (line, kept) in [("SHUTDOWN SAVE", true), ("SHUTDOWN NOSAVE", false)] {
        let mut ana = logged_in(&classroom_of_their_own().await).await;
        let own = ana.console.0.bench.sessions.own_redis().await.unwrap();
        own.set_persistence(session_playground::engines::view::Persistence::None)
            .await
            .unwrap();
        let saved = Some(kept);
        assert_eq!(ana.means(line).await, Meaning::ShutDown { saved });
        assert_eq!(ana.browser.get("/lab/redis/me").await.status, 503);
        own.start().await.unwrap();
        assert_eq!(ana.is_known().await, kept, "{line}");
    }
}

#[tokio::test]
async fn errors_teach() {
    let console = Console::new(&classroom_of_their_own().await);
    let near = |name: &str| Meaning::Unknown {
        nearest: Some(name.to_owned()),
    };
    assert_eq!(console.means("gte a").await, near("GET"));
    assert_eq!(console.means("EXPIER a 10").await, near("EXPIRE"));
    assert_eq!(
        console.means("whatever").await,
        Meaning::Unknown { nearest: None }
    );
    console.types("RPUSH l a").await;
    assert_eq!(console.means("GET l").await, Meaning::WrongType);
    assert_eq!(console.means("CONFIG SET dir /").await, Meaning::NoPerm);
    assert_eq!(console.means("INCRBY n x").await, Meaning::NotANumber);
    assert_eq!(console.means("PING \"").await, Meaning::Quotes);
    assert_eq!(console.means("0 PING").await, Meaning::BadTimes);
    let usage = Meaning::Usage {
        command: "TTL".to_owned(),
        hint: "key".to_owned(),
    };
    assert_eq!(console.means("ttl").await, usage);
    for number in 0..12 {
        let fill = "redis.call('SET', ARGV[1], string.rep('x', 900000))";
        console
            .types(&format!("EVAL \"{fill}\" 0 big{number}"))
            .await;
    }
    assert_eq!(console.means("SET more 1").await, Meaning::OutOfMemory);
}
