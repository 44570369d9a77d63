//! What is done outside of the menu: hands, clocks, exports, and what stays after the program ends.

use super::*;

/// Between two texts of a page.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page
        .split_once(from)
        .unwrap_or_else(|| panic!("{from} in {page}"));
    rest.split_once(to).unwrap().0
}

impl Student {
    async fn page(&mut self) -> String {
        self.0.get("/en/failures").await.body
    }

    /// When a clock of the page ends: milliseconds since 1970.
    async fn clock(&mut self, which: &str, store: &str) -> i64 {
        let page = self.page().await;
        let clock = between(&page, &format!("clock-{which}-{store}\""), "</dd>");
        between(clock, "<data value=\"", "\"").parse().unwrap()
    }
}

#[tokio::test]
async fn the_clocks_say_what_the_stores_say() {
    let mut ana = Student::of(&classroom_of_their_own().await);
    ana.0.press("login", "").await;
    for way in ["everybody's", "own"] {
        if way == "own" {
            let answer = ana.post("redis/start", "").await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        }
        let snapshot = ana.0.look().await;
        for lane in &snapshot.lanes {
            let name = lane.store.name();
            let held = &lane.records.as_ref().unwrap()[0];
            let shown = ana.clock("record", name).await;
            // What Redis has left (`PTTL`), what the others' records say (`expires`).
            assert!(
                (shown - held.expires_ms).abs() <= 100,
                "{way} {name}: {shown} {}",
                held.expires_ms
            );
            if held.text.contains("\"expires\":\"") {
                let written = between(&held.text, "\"expires\":\"", "\"");
                let format = &time::format_description::well_known::Rfc3339;
                let written = time::OffsetDateTime::parse(written, format).unwrap();
                assert!(
                    (shown - config::to_ms(written)).abs() <= 100,
                    "{way} {name}"
                );
            }
            // The cookie counts in whole seconds, from the same moment.
            let cookie = ana.clock("cookie", name).await;
            assert!(
                (shown - cookie).abs() <= 1000,
                "{way} {name}: {shown} {cookie}"
            );
        }
    }
}

#[tokio::test]
async fn thirty_seconds_ahead_are_taken_from_every_clock() {
    let mut ana = Student::of(&classroom_of_their_own().await);
    ana.0.press("login", "").await;
    let before = ana.0.look().await;
    let answer = ana.post("ahead", "").await;
    for store in ["memory", "file", "redis", "mongo"] {
        let line = &answer.set_cookie(&format!("{store}.sid"))[0];
        let age: i64 = line.rsplit('=').next().unwrap().parse().unwrap();
        assert!((1760..=1770).contains(&age), "{line}");
    }
    let after = ana.0.look().await;
    for (before, after) in before.lanes.iter().zip(&after.lanes) {
        let ends = |lane: &session_playground::sessions::snapshot::Lane| {
            lane.records.as_ref().unwrap()[0].expires_ms
        };
        let moved = ends(before) - ends(after);
        assert!(
            (moved - 30_000).abs() <= 100,
            "{}: {moved}",
            before.store.name()
        );
    }
    let told = format!("{:?}", after.tape);
    assert!(
        told.contains("PEXPIRE") && told.contains("rename"),
        "by real commands"
    );
}

#[tokio::test]
async fn a_record_is_edited_and_deleted_behind_its_stores_back() {
    let mut ana = Student::of(&classroom_of_their_own().await);
    let snapshot = ana.0.press("login", "").await;
    for lane in &snapshot.lanes {
        let store = lane.store.name();
        let id = lane.cookie.as_ref().unwrap().value.clone();
        let held = lane.records.as_ref().unwrap()[0].text.replace("ana", "eva");
        let text = match store {
            "memory" | "mongo" => {
                let whole: Value = serde_json::from_str(&held).unwrap();
                whole["data"].to_string()
            }
            _ => held,
        };
        let text: String =
            percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC)
                .collect();
        let path = format!("record/{store}/{id}");
        let answer = ana.post(&path, &format!("text={text}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{store}: {}", answer.body);
        let me = ana.0.get(&format!("/lab/{store}/me")).await.json();
        assert_eq!(me["user"], "eva", "{store}");
        // What is written now is compared with what was edited, and goes on from it.
        assert_eq!(
            ana.0.get(&format!("/lab/{store}/visit")).await.json()["visits"],
            1,
            "{store}"
        );
        ana.post(&path, "").await;
        let me = ana.0.get(&format!("/lab/{store}/me")).await.json();
        assert_eq!(me["user"], Value::Null, "{store}");
    }
}

#[tokio::test]
async fn only_what_the_lab_gave_out_can_be_touched() {
    let playground = classroom_of_their_own().await;
    let (mut ana, mut eva) = (Student::of(&playground), Student::of(&playground));
    ana.0.press("login", "").await;
    let of_eva = eva.0.press("login", "").await;
    for lane in &of_eva.lanes {
        let id = &lane.cookie.as_ref().unwrap().value;
        for id in [id.as_str(), "..", "x", "%2e%2e%2fserver-a"] {
            let path = format!("record/{}/{id}", lane.store.name());
            let answer = ana.post(&path, "text=x").await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        }
    }
    let texts = |snapshot: &session_playground::sessions::snapshot::Snapshot| {
        let records = snapshot
            .lanes
            .iter()
            .map(|lane| lane.records.clone().unwrap());
        records
            .flatten()
            .map(|record| record.text)
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&eva.0.look().await), texts(&of_eva));
}

#[tokio::test]
async fn the_matrix_is_exported_whole() {
    let mut ana = Student::of(&classroom_of_their_own().await);
    ana.check(Failure::Restart).await;
    for (file, kind) in [
        ("matrix.csv", "text/csv"),
        ("matrix.md", "text/markdown"),
        ("matrix.svg", "image/svg+xml"),
    ] {
        let answer = ana.0.get(&format!("/lab/failures/matrix/{file}")).await;
        assert!(answer.header("content-type").starts_with(kind));
        assert!(answer.header("content-disposition").contains(file));
        assert!(answer.body.matches("Redis").count() > 5, "{}", answer.body);
    }
    let csv = ana.0.get("/lab/failures/matrix/matrix.csv").await.body;
    assert!(csv.starts_with('\u{feff}'));
    for line in csv.lines() {
        assert_eq!(line.matches("\",\"").count(), 4, "{line}");
    }
}

#[tokio::test]
async fn a_crash_loses_what_redis_had_not_made_safe() {
    let mut ana = Student::of(&classroom_of_their_own().await);
    let row = ana
        .check(Failure::RedisCrash(
            session_playground::failures::menu::Safety::None,
        ))
        .await;
    let deeds = row["deeds"].to_string();
    assert!(deeds.contains("kill -9"), "{deeds}");
    let pid = between(&deeds, "kill -9 ", "\"").trim().to_owned();
    assert!(
        !std::path::Path::new(&format!("/proc/{pid}")).exists(),
        "{pid} is gone"
    );
}

#[tokio::test]
async fn reset_undoes_everything_and_keeps_what_was_learnt() {
    let mut ana = Student::of(&classroom_of_their_own().await);
    ana.check(Failure::RedisDown).await;
    ana.check(Failure::Stop).await;
    assert_eq!(ana.post("reset", "").await.status, StatusCode::OK);
    let snapshot = ana.0.press("login", "").await;
    for lane in &snapshot.lanes {
        assert_eq!(
            lane.records.as_ref().unwrap().len(),
            1,
            "{}",
            lane.store.name()
        );
    }
    let page = ana.page().await;
    assert!(page.contains("data-testid=\"row-stop\"") && page.contains("cell-stop-redis"));
}
