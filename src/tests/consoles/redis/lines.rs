//! The same lines through the console and through the real `redis-cli`, on the same server.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use super::*;

const LINES: &str = include_str!("../redis-lines.txt");
/// The database that redis-cli uses where the console has the first one.
const OTHER: &str = "9";

struct Line {
    private: bool,
    sorted: bool,
    no_numbers: bool,
    text: &'static str,
}

fn lines() -> Vec<Line> {
    let lines = LINES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (flags, text) = line.split_once('|').expect("flags|line");
            assert!(flags.chars().all(|flag| "psn".contains(flag)), "{line}");
            Line {
                private: flags.contains('p'),
                sorted: flags.contains('s'),
                no_numbers: flags.contains('n'),
                text,
            }
        })
        .collect()
}

/// What the real `redis-cli` prints for each of these lines, typed one after the other.
fn redis_cli(folder: &Path, arguments: &[&str], lines: &[&Line]) -> Vec<String> {
    let mark = |number: usize| format!("end of line {number} {}", "=".repeat(20));
    let mut input = String::new();
    for (number, line) in lines.iter().enumerate() {
        writeln!(input, "{}\nECHO \"{}\"", line.text, mark(number)).unwrap();
    }
    let mut child = Command::new("sh")
        .current_dir(folder)
        .args(["-c", r#"exec "$@" 2>&1"#, "sh"])
        .arg(program("redis-cli"))
        .arg("--no-raw")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut rest = output.as_str();
    let answers = lines.iter().enumerate().map(|(number, line)| {
        let end = format!("\"{}\"\n", mark(number));
        let (answer, more) = rest
            .split_once(&end)
            .unwrap_or_else(|| panic!("{}: {rest:?}", line.text));
        rest = more;
        answer.strip_suffix('\n').unwrap_or(answer).to_owned()
    });
    answers.collect()
}

/// What is compared of an answer.
fn compared(line: &Line, printed: &str) -> String {
    let mut text = printed.to_owned();
    if line.no_numbers {
        // The names of the fields, or the kind of the reply.
        let names = text
            .lines()
            .map(|line| line.split_inclusive([':', ')']).next().unwrap_or_default());
        text = names
            .filter(|name| {
                !name.starts_with("db0")
                    && !name.starts_with("errorstat")
                    && !name.starts_with("id=")
            })
            .collect();
    }
    if line.sorted {
        // The numbers before the names say where they stand.
        let names = text
            .lines()
            .map(|line| line.trim_start_matches(|c: char| c.is_ascii_digit() || " )".contains(c)));
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        text = names.join("\n");
    }
    text
}

/// Compares the answers: how many were equal byte for byte, and how many of those were errors; or
/// what differs.
fn compare(lines: &[&Line], console: &[Answer], real: &[String]) -> Result<(usize, usize), String> {
    let mut wrong = Vec::new();
    let (mut equal, mut errors) = (0, 0);
    for ((line, answer), real) in lines.iter().zip(console).zip(real) {
        let (ours, theirs) = (compared(line, &answer.printed), compared(line, real));
        if ours != theirs && seconds_apart(line, &ours, &theirs) {
            // Right, and not counted.
            continue;
        }
        if ours != theirs {
            wrong.push(format!(
                "{}\n--- console\n{ours}\n--- redis-cli\n{theirs}\n",
                line.text
            ));
        } else if !line.sorted && !line.no_numbers && !real.is_empty() {
            equal += 1;
            // What is printed as it is has no "(error)" before it.
            let is_error = ["(error)", "Invalid", "NOPERM"]
                .iter()
                .any(|begin| real.starts_with(begin));
            assert_eq!(answer.failed, is_error, "{}: {answer:?}", line.text);
            errors += usize::from(is_error);
        }
    }
    if wrong.is_empty() {
        Ok((equal, errors))
    } else {
        Err(format!("{} differ:\n{}", wrong.len(), wrong.join("\n")))
    }
}

/// Whether both answers are times, a few seconds apart: they were asked one after the other.
fn seconds_apart(line: &Line, ours: &str, theirs: &str) -> bool {
    let asks = ["TTL ", "OBJECT IDLETIME "];
    let number = |text: &str| text.strip_prefix("(integer) ")?.parse::<i64>().ok();
    let (Some(ours), Some(theirs)) = (number(ours), number(theirs)) else {
        return false;
    };
    asks.iter().any(|command| line.text.starts_with(command))
        && ours >= 0
        && theirs >= 0
        && ours.abs_diff(theirs) <= 20
}

/// Every line, and enough of them.
fn all_equal(mode: &str, outcome: Result<(usize, usize), String>) {
    let (equal, errors) = outcome.unwrap_or_else(|wrong| panic!("{mode}: {wrong}"));
    assert!(
        equal >= 150 && errors >= 30,
        "{mode}: {equal} lines, {errors} errors"
    );
    // For whoever wants to know: `cargo test … -- --nocapture`.
    let told = format!("{mode}: {equal} lines equal byte for byte, {errors} of them errors");
    writeln!(std::io::stderr(), "{told}").unwrap();
}

async fn typed(console: &Console, lines: &[&Line]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for line in lines {
        answers.push(console.types(line.text).await);
    }
    answers
}

#[tokio::test]
async fn in_ones_own_redis_it_prints_what_redis_cli_prints() {
    let _quiet = quiet().await;
    let playground = classroom_of_their_own().await;
    let lines = lines();
    let lines: Vec<_> = lines.iter().collect();
    let outcome = async {
        let console = Console::new(&playground);
        let own = console.0.bench.sessions.own_redis().await.unwrap();
        let answers = typed(&console, &lines).await;
        // The same server again, from the beginning: its order of names is its own.
        own.snapshot().await.unwrap();
        console.types("FLUSHALL").await;
        console.types("SCRIPT FLUSH").await;
        let real = redis_cli(&console.folder(), &["-s", "redis.sock"], &lines);
        compare(&lines, &answers, &real)
    };
    all_equal("private", outcome.await);
}

#[tokio::test]
async fn in_everybodys_redis_it_prints_what_redis_cli_prints() {
    let _quiet = quiet().await;
    let playground = classroom().await;
    let lines = lines();
    let lines: Vec<_> = lines.iter().filter(|line| !line.private).collect();
    let outcome = async {
        let console = Console::new(&playground);
        let answers = typed(&console, &lines).await;
        let port = redis_port().to_string();
        let arguments = ["-p", &port, "-n", OTHER];
        let flush = Line {
            private: false,
            sorted: false,
            no_numbers: false,
            text: "FLUSHDB",
        };
        redis_cli(Path::new("/"), &arguments, &[&flush]);
        let real = redis_cli(Path::new("/"), &arguments, &lines);
        compare(&lines, &answers, &real)
    };
    all_equal("shared", outcome.await);
}

#[tokio::test]
async fn what_redis_cli_says_when_nobody_is_there() {
    let playground = classroom_of_their_own().await;
    let console = Console::new(&playground);
    assert_eq!(console.prints("SET a 1").await, "OK");
    let own = console.0.bench.sessions.own_redis().await.unwrap();
    let shut = console.types("SHUTDOWN NOSAVE").await;
    assert_eq!((shut.printed.as_str(), shut.failed), ("", false));
    assert_eq!(
        shut.meaning,
        Some(answer::Meaning::Redis(Meaning::ShutDown {
            saved: Some(false)
        }))
    );
    assert!(!own.view().is_up());
    let ours = console.types("GET a").await;
    assert!(ours.failed && matches!(console.means("PING").await, Meaning::Down { .. }));
    let folder = console.folder();
    let real = nobody_there(&folder);
    assert_eq!(ours.printed, real);
    // It stays down until the student starts it, and then its keys are what its persistence kept.
    own.start().await.unwrap();
    assert!(["\"1\"", "(nil)"].contains(&console.prints("GET a").await.as_str()));
    own.crash().await.unwrap();
    assert_eq!(console.prints("GET a").await, nobody_there(&folder));
}

/// What the real one says in the folder of a Redis that is gone.
fn nobody_there(folder: &Path) -> String {
    let output = Command::new(program("redis-cli"))
        .current_dir(folder)
        .args(["-s", "redis.sock", "GET", "a"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr)
        .trim_end()
        .to_owned();
    assert!(said.starts_with("Could not connect"), "{said}");
    said
}
