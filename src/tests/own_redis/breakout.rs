//! What a student may type, and what leads nowhere.

use super::*;

/// Whatever reaches files, the network, other processes, or the settings that do.
const REFUSED: &[&[&str]] = &[
    &["CONFIG", "SET", "dir", "/tmp"],
    &["CONFIG", "SET", "dbfilename", "evil.so"],
    &["CONFIG", "SET", "unixsocket", "/tmp/evil.sock"],
    &["CONFIG", "SET", "maxmemory", "0"],
    &["CONFIG", "SET", "port", "7777"],
    &["CONFIG", "SET", "requirepass", "x"],
    &["CONFIG", "REWRITE"],
    &["CONFIG", "RESETSTAT"],
    &["DEBUG", "SLEEP", "1"],
    &["DEBUG", "SEGFAULT"],
    &["MODULE", "LOAD", "/tmp/evil.so"],
    &["MODULE", "LOADEX", "/tmp/evil.so"],
    &["MODULE", "LIST"],
    &["REPLICAOF", "127.0.0.1", "6379"],
    &["SLAVEOF", "127.0.0.1", "6379"],
    &["REPLCONF", "listening-port", "1"],
    &["MIGRATE", "127.0.0.1", "6379", "a", "0", "100"],
    &["RESTORE", "evil", "0", "x"],
    &["RESTORE-ASKING", "evil", "0", "x"],
    &["SYNC"],
    &["PSYNC", "?", "-1"],
    &["FAILOVER"],
    &["CLUSTER", "MEET", "127.0.0.1", "6379"],
    &["CLUSTER", "INFO"],
    &["ACL", "SETUSER", "default", "+@all"],
    &["ACL", "LOAD"],
    &["ACL", "SAVE"],
    &["ACL", "LIST"],
    &["ACL", "GETUSER", "keeper"],
    &["ACL", "DELUSER", "keeper"],
    &[
        "FUNCTION",
        "LOAD",
        "#!lua name=evil\nredis.register_function('f', function() return 1 end)",
    ],
    &["FUNCTION", "RESTORE", "x"],
    &["SCRIPT", "DEBUG", "YES"],
    &["MONITOR"],
    &["CLIENT", "KILL", "TYPE", "normal"],
    &["CLIENT", "PAUSE", "10000"],
    &["CLIENT", "REPLY", "OFF"],
    &["CLIENT", "TRACKING", "ON"],
    &["SUBSCRIBE", "a"],
    &["PSUBSCRIBE", "a"],
    &["SSUBSCRIBE", "a"],
    &["MULTI"],
    &["BLPOP", "a", "0"],
    &["BLMOVE", "a", "b", "LEFT", "LEFT", "0"],
    &["SWAPDB", "0", "0"],
    &["SELECT", "1"],
    &["MOVE", "a", "1"],
    &["COPY", "a", "b", "DB", "1"],
    &["LATENCY", "RESET"],
    &["PFDEBUG", "ENCODING", "a"],
    &["PFSELFTEST"],
    &["AUTH", "keeper", ""],
    &["AUTH", "keeper", "keeper"],
    &["AUTH", "keeper", "password"],
    &[
        "AUTH",
        "keeper",
        "000000000000000000000000000000000000000000000000",
    ],
    &["HELLO", "2", "AUTH", "keeper", "keeper"],
];

/// Scripts that look for a way out of Lua.
const SCRIPTS: &[&str] = &[
    "return io.open('/etc/passwd'):read('*a')",
    "return io.popen('id'):read('*a')",
    "return os.execute('touch /tmp/evil')",
    "return os.getenv('HOME')",
    "return os.remove('own.conf')",
    "return dofile('own.conf')",
    "return loadfile('own.conf')()",
    "return require('os')",
    "return package.loadlib('/lib/x86_64-linux-gnu/liblua5.1.so.0', 'luaopen_io')()",
    "return debug.getregistry()",
    "return getfenv(2).x.y",
    "return redis.setresp(9)",
    "return redis.call('AUTH', 'keeper', 'keeper')",
    "return redis.call('SHUTDOWN')",
    "return redis.call('SELECT', 1)",
    "x = 1",
];

#[tokio::test]
async fn a_student_cannot_leave() {
    let _quiet = quiet().await;
    let (all, folder) = (own(2), Folder::new());
    let [mine, other] = ["mine", "other"].map(|name| all.of(folder.0.join(name).join("redis")));
    ok(&mine, &["SET", "a", "1"]).await;
    ok(&other, &["SET", "secret", "1"]).await;
    // Whoever reads the conf of the first process would know all: the students' file names stay the same.
    let files = || {
        let mut found = Vec::new();
        for place in [
            folder.0.clone(),
            folder.0.join("mine"),
            folder.0.join("mine").join("redis"),
        ] {
            let entries = fs::read_dir(place).unwrap();
            found.extend(entries.map(|entry| entry.unwrap().path()));
        }
        found.sort();
        found
    };
    let before = files();
    let conf = fs::read(folder.0.join("mine/redis/own.conf")).unwrap();
    for words in REFUSED {
        let answer = send(&mine, words).await;
        assert!(answer.is_err(), "{words:?}: {answer:?}");
        let reason = answer.unwrap_err();
        assert!(
            !reason.contains("timed out") && !reason.contains("closed"),
            "{words:?}: {reason}"
        );
        // The same from a script: the rules hold there too.
        let call: Vec<_> = words.iter().map(|word| format!("[==[{word}]==]")).collect();
        let script = format!("return redis.call({})", call.join(","));
        let answer = send(&mine, &["EVAL", &script, "0"]).await;
        assert!(answer.is_err(), "{script}: {answer:?}");
    }
    for script in SCRIPTS {
        let answer = send(&mine, &["EVAL", script, "0"]).await;
        assert!(answer.is_err(), "{script}: {answer:?}");
    }
    // Nothing in Lua opens a socket, and no key leads to the neighbour's.
    for name in [
        "socket", "io", "package", "require", "loadfile", "dofile", "debug", "posix", "ffi",
    ] {
        let script = format!("return type(rawget(_G, '{name}'))");
        assert_eq!(
            ok(&mine, &["EVAL", &script, "0"]).await,
            Value::BulkString(b"nil".into()),
            "{name}"
        );
    }
    let connect = format!(
        "return socket.connect('{}')",
        folder.0.join("other/redis/redis.sock").display()
    );
    assert!(send(&mine, &["EVAL", &connect, "0"]).await.is_err());
    assert_eq!(
        ok(&mine, &["ACL", "WHOAMI"]).await,
        Value::BulkString(b"default".into())
    );
    assert!(!has(&mine, "secret").await);
    assert!(has(&mine, "a").await);
    assert_eq!(files(), before);
    assert_eq!(
        fs::read(folder.0.join("mine/redis/own.conf")).unwrap(),
        conf
    );
    for evil in ["/tmp/evil", "/tmp/evil.so", "/tmp/evil.sock"] {
        assert!(!Path::new(evil).exists(), "{evil}");
    }
    assert_eq!(ok(&other, &["DBSIZE"]).await, Value::Int(1));
    assert!(other.view().is_up());
    all.close().await;
}

#[tokio::test]
async fn a_script_without_end_is_ended() {
    let lab = One::new().await;
    let redis = &lab.redis;
    ok(redis, &["SET", "a", "1"]).await;
    let old = pid(redis);
    assert!(
        send(redis, &["EVAL", "while true do end", "0"])
            .await
            .is_err()
    );
    until("it answers again", PATIENCE, async || {
        send(redis, &["GET", "a"]).await.is_ok()
    })
    .await;
    assert_eq!(pid(redis), old);
    // One that has written cannot be ended without the process.
    let script = "redis.call('SET', 'b', 1) while true do end";
    send(redis, &["EVAL", script, "0"]).await.unwrap_err();
    until("its process is gone", PATIENCE, async || !alive(old)).await;
    until("it says so", PATIENCE, async || {
        matches!(redis.view().state, EngineState::Down { reason } if reason.contains("signal 9"))
    })
    .await;
    redis.start().await.unwrap();
    assert!(has(redis, "a").await);
    lab.all.close().await;
}

#[tokio::test]
async fn a_script_cannot_take_the_machine_s_memory() {
    let lab = One::new().await;
    let redis = &lab.redis;
    ok(redis, &["SET", "a", "1"]).await;
    let limits = fs::read_to_string(format!("/proc/{}/limits", pid(redis))).unwrap();
    let data = limits
        .lines()
        .find(|line| line.starts_with("Max data size"));
    assert!(
        data.unwrap().contains(&(128_u64 << 20).to_string()),
        "{limits}"
    );
    let doubling = "local s = 'x' for i = 1, 40 do s = s .. s end return #s";
    // On a busy machine a second may pass before Lua is told that there is no more.
    let error = send(redis, &["EVAL", doubling, "0"]).await.unwrap_err();
    assert!(
        error.contains("memory") || error.contains("timed out") || error.contains("signal 6"),
        "{error}"
    );
    until("it answers again", PATIENCE, async || {
        redis.start().await.is_ok() && send(redis, &["GET", "a"]).await.is_ok()
    })
    .await;
    lab.all.close().await;
}

#[tokio::test]
async fn a_lost_connection_is_made_again() {
    let lab = One::new().await;
    let redis = &lab.redis;
    ok(redis, &["SET", "a", "1"]).await;
    let old = pid(redis);
    ok(redis, &["QUIT"]).await;
    until("it answers again", PATIENCE, async || {
        send(redis, &["GET", "a"])
            .await
            .map_err(|reason| redis.failed(reason))
            .is_ok()
    })
    .await;
    assert_eq!(pid(redis), old);
    lab.all.close().await;
}

#[tokio::test]
async fn a_class_may_type_what_a_lesson_needs() {
    let lab = One::new().await;
    let redis = &lab.redis;
    let script = "return redis.call('SET', KEYS[1], ARGV[1], 'XX', 'PX', 60000)";
    let commands: &[&[&str]] = &[
        &["PING"],
        &["SET", "a", "1", "EX", "60"],
        &["GET", "a"],
        &["TTL", "a"],
        &["PTTL", "a"],
        &["EXPIRE", "a", "50"],
        &["PERSIST", "a"],
        &["EXISTS", "a"],
        &["TYPE", "a"],
        &["KEYS", "*"],
        &["SCAN", "0"],
        &["INFO"],
        &["DBSIZE"],
        &["CONFIG", "GET", "maxmemory"],
        &["MEMORY", "USAGE", "a"],
        &["OBJECT", "ENCODING", "a"],
        &["EVAL", script, "1", "a", "2"],
        &["SCRIPT", "LOAD", "return 1"],
        &["EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "0"],
        &["HSET", "h", "name", "ana"],
        &["HGETALL", "h"],
        &["RPUSH", "l", "b", "a"],
        &["SORT", "l", "ALPHA"],
        &["ACL", "WHOAMI"],
        &["SLOWLOG", "GET"],
        &["LASTSAVE"],
        &["SAVE"],
        &["CLIENT", "LIST"],
        &["SELECT", "0"],
        &["DEL", "a"],
        &["FLUSHDB"],
        &["FLUSHALL"],
        &["BGSAVE"],
    ];
    for words in commands {
        ok(redis, words).await;
    }
    // The student may end it with its own command too.
    until("SHUTDOWN ends it", PATIENCE, async || {
        send(redis, &["SHUTDOWN"]).await.ok();
        !redis.view().is_up() && lab.all.running() == 0
    })
    .await;
    lab.all.close().await;
}
