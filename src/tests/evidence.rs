//! The page against the engines' own clients: what it shows is what they see.

use mongodb::bson::{Document, doc};
use session_playground::{sessions::tape::What, stores::StoreKind};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::{
    browser::{Browser, tag_of},
    classroom::classroom,
    engine_fixture::{mongo_url, program, redis_port},
};

#[tokio::test]
async fn redis_cli_sees_exactly_the_record_on_the_page() {
    let mut ana = Browser::open(&classroom().await);
    ana.press("login", "").await;
    ana.press("cart", "store=redis&product=queso").await;
    let lane = &ana.look().await.lanes[StoreKind::Redis.index()];
    let [record] = lane.records.as_ref().unwrap().as_slice() else {
        panic!("one record: {lane:?}")
    };
    let text = redis_cli(&["GET", &record.place]);
    let left: i64 = redis_cli(&["PTTL", &record.place]).parse().unwrap();
    assert_eq!(record.text, text);
    assert!(
        text.contains(r#""user":"ana""#) && text.contains("queso"),
        "{text}"
    );
    let shown = record.expires_ms - session_playground::config::now_ms();
    assert!(
        (left - shown).abs() < 1000,
        "{left} ms there, {shown} ms on the page"
    );
    let pattern = format!("{}*", record.place.rsplit_once(':').unwrap().0);
    let keys = redis_cli(&["--scan", "--pattern", &pattern]);
    assert_eq!(keys, record.place, "and nothing else of this lab");
}

/// What the real `redis-cli` prints.
fn redis_cli(words: &[&str]) -> String {
    let port = redis_port().to_string();
    let mut command = std::process::Command::new(program("redis-cli"));
    let output = command
        .args(["--raw", "-p", &port])
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

#[tokio::test]
async fn the_mongodb_client_sees_exactly_the_document_on_the_page() {
    let mut ana = Browser::open(&classroom().await);
    ana.press("login", "account=profe").await;
    let lane = &ana.look().await.lanes[StoreKind::Mongo.index()];
    let [record] = lane.records.as_ref().unwrap().as_slice() else {
        panic!("one record: {lane:?}")
    };
    let client = mongodb::Client::with_uri_str(mongo_url()).await.unwrap();
    let sessions = client
        .database("session_playground")
        .collection::<Document>("sessions");
    let there = sessions
        .find_one(doc! { "_id": &record.place })
        .await
        .unwrap()
        .unwrap();
    let shown: serde_json::Value = serde_json::from_str(&record.text).unwrap();
    assert_eq!(
        mongodb::bson::Bson::Document(there.clone()).into_relaxed_extjson(),
        shown
    );
    assert_eq!(
        there.get_datetime("expires").unwrap().timestamp_millis(),
        record.expires_ms
    );
    let of_this_lab = doc! { "lab": there.get_str("lab").unwrap() };
    assert_eq!(
        sessions.count_documents(of_this_lab).await.unwrap(),
        1,
        "and nothing else of this lab"
    );
}

#[tokio::test]
async fn the_tape_of_a_login_is_what_monitor_saw() {
    let mut ana = Browser::open(&classroom().await);
    ana.get("/lab/redis/visit").await;
    let before = ana.look().await;
    let tag = tag_of(&before);

    let mut monitor = Monitor::open().await;
    ana.post("/lab/redis/login", "user=ana&password=galleta")
        .await;
    let end = format!("end-of-{tag}");
    ping(&end).await;
    let seen: Vec<_> = monitor
        .until(&end)
        .await
        .into_iter()
        .filter(|command| command[1].contains(&tag))
        .collect();

    let tape = ana.look().await.tape;
    let login = tape
        .iter()
        .filter(|entry| entry.seq > before.tape.last().unwrap().seq);
    let taped: Vec<_> = login
        .filter_map(|entry| match &entry.what {
            What::Command { text, .. } => Some(words(text)),
            _ => None,
        })
        .collect();
    assert_eq!(taped, seen);
    let names: Vec<_> = taped.iter().map(|command| command[0].as_str()).collect();
    assert_eq!(
        names,
        ["GET", "DEL", "SET"],
        "load, the old id deleted, the new one created"
    );
}

/// A connection that hears every command that the shared Redis executes.
struct Monitor(BufReader<TcpStream>);

impl Monitor {
    async fn open() -> Self {
        let mut stream = TcpStream::connect(("127.0.0.1", redis_port()))
            .await
            .unwrap();
        stream.write_all(b"MONITOR\r\n").await.unwrap();
        let mut reader = BufReader::new(stream);
        let mut ok = String::new();
        reader.read_line(&mut ok).await.unwrap();
        assert_eq!(ok, "+OK\r\n");
        Self(reader)
    }

    /// The commands up to the one that names `end`.
    async fn until(&mut self, end: &str) -> Vec<Vec<String>> {
        let mut commands = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            // +1700000000.123456 [0 127.0.0.1:4711] "GET" "key"
            let (_, command) = line.split_once("] ").unwrap();
            let command = words(command.trim_end());
            if command.iter().any(|word| word == end) {
                return commands;
            }
            if command.len() > 1 {
                commands.push(command);
            }
        }
    }
}

async fn ping(text: &str) {
    let client = redis::Client::open(format!("redis://127.0.0.1:{}/", redis_port())).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    redis::cmd("PING")
        .arg(text)
        .exec_async(&mut connection)
        .await
        .unwrap();
}

/// A command's words: bare, in single quotes (the tape) or in double quotes (MONITOR).
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(first) = rest.next() {
        let mut word = String::new();
        match first {
            ' ' => continue,
            quote @ ('"' | '\'') => {
                while let Some(next) = rest.next() {
                    match next {
                        '\\' => word.extend(rest.next()),
                        end if end == quote => break,
                        other => word.push(other),
                    }
                }
            }
            other => {
                word.push(other);
                while let Some(next) = rest.next_if(|next| *next != ' ') {
                    word.push(next);
                }
            }
        }
        words.push(word);
    }
    words
}
