//! Settings: honoured, or refused in one line without a secret.

use super::*;

#[tokio::test]
async fn urls_are_honoured_with_a_password_too() {
    let (data, folder) = (Folder::new(), Folder::new());
    let password = ["open", "sesame"].join("-");
    let redis = Server::redis(free_port(), &folder.0, &["--requirepass", &password])
        .ready()
        .await;
    let mongo = Server::mongo(free_port(), &folder.0.join("mongo"))
        .ready()
        .await;
    let redis_url = format!("redis://default:{password}@127.0.0.1:{}/3", redis.port);
    let mongo_url = mongo.url(StoreKind::Mongo);
    let settings = [
        ("REDIS_URL", redis_url.as_str()),
        ("MONGODB_URL", mongo_url.as_str()),
    ];
    let program = Program::start(&data.0, &settings).await.both_up().await;
    let ready = program.ready().await;
    assert_eq!(
        (&ready["redis"]["managed"], &ready["redis"]["pid"]),
        (&false.into(), &redis.pid.into())
    );
    assert_eq!(ready["mongo"]["managed"], false);
    let mut ana = Student::new();
    ana.post(&program, "/api/login").await;
    let client = redis::Client::open(redis_url.clone()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<String> = redis::cmd("KEYS")
        .arg("lab:*:sess:*")
        .query_async(&mut connection)
        .await
        .unwrap();
    assert_eq!(
        keys.len(),
        1,
        "in database 3 of the server that the URL names: {keys:?}"
    );
    assert!(!ready.to_string().contains(&password));
    program.stop(rustix::process::Signal::TERM).await;
    assert!(
        is_alive(redis.pid),
        "an external engine is not ours to stop"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_setting_is_one_line_without_the_password() {
    let data = Folder::new();
    let secret = ["hunter", "2"].concat();
    let wrong = [
        ("REDIS_URL", format!("http://ana:{secret}@host:1/0")),
        ("REDIS_URL", format!("redis://ana:{secret}@host:notaport/0")),
        ("MONGODB_URL", format!("mongo://ana:{secret}@host/db")),
        (
            "MONGODB_URL",
            format!("mongodb://ana:{secret}@host:99999/db"),
        ),
        ("PLAYGROUND_ADDR", format!("{secret}:http")),
        ("PLAYGROUND_SECRET", secret.clone()),
    ];
    for (name, value) in &wrong {
        let mut command = command(&data.0, free_port(), &[(name, value)]);
        let ended = tokio::time::timeout(
            PATIENCE,
            command
                .stderr(Stdio::piped())
                .stdout(Stdio::piped())
                .output(),
        );
        let ended = ended.await.expect("it does not start").unwrap();
        assert!(!ended.status.success(), "{name}");
        let said = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat())
            .trim()
            .to_owned();
        assert!(
            said.contains(name) && said.lines().count() == 1,
            "{name}: {said}"
        );
        assert!(!said.contains(&secret), "{name}: {said}");
    }
}

#[tokio::test]
async fn two_programs_never_share_a_data_folder() {
    let data = Folder::new();
    let first = Program::start(&data.0, &[("PATH", "/nowhere")]).await;
    let second = command(&data.0, free_port(), &[])
        .stdout(Stdio::piped())
        .output()
        .await
        .unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(
        said.contains("another playground uses the data folder"),
        "{said}"
    );
    assert_eq!(
        first
            .client
            .get(format!("{}/healthz", first.url))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}
