//! A whole class with a Redis each, in the real program: up together, gone together.

use std::fs;

use super::*;
use crate::engine_fixture::noisy;

const LABS: usize = 100;

/// The process ids of the labs' own Redis processes, as their folders note them.
fn own_redises(data: &Path) -> Vec<i32> {
    let notes = files_below(&data.join("labs"));
    let notes = notes
        .iter()
        .filter(|path| path.ends_with("redis/child.pid"));
    let pid = |note: &PathBuf| {
        let text = fs::read_to_string(note).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    notes.filter_map(pid).collect()
}

async fn a_redis_for_each(program: &Program) -> Duration {
    let mut students: Vec<_> = (0..LABS).map(|_| Student::new()).collect();
    let entered = students
        .iter_mut()
        .map(|ana| ana.get(program, "/lab/memory/me"));
    futures::future::join_all(entered).await;
    let began = Instant::now();
    let started = students
        .iter_mut()
        .map(|ana| ana.post(program, "/lab/failures/redis/start"));
    for (status, answer) in futures::future::join_all(started).await {
        assert_eq!(status, 200, "{answer}");
    }
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_labs_with_a_redis_each_come_and_go() {
    let _alone = noisy().await;
    let data = Folder::new();
    let program = Program::start(&data.0, &[]).await.both_up().await;
    let took = a_redis_for_each(&program).await;
    let left = own_redises(&data.0);
    assert_eq!(left.len(), LABS);
    assert!(left.iter().all(|pid| is_alive(*pid)));
    assert!(took < Duration::from_secs(5), "{took:?}");

    program.kill().await;
    let program = Program::start(&data.0, &[]).await.both_up().await;
    assert!(
        !left.into_iter().any(is_alive),
        "the next start ends what a kill -9 left"
    );

    a_redis_for_each(&program).await;
    let left = own_redises(&data.0);
    assert_eq!(left.len(), LABS);
    program.stop(rustix::process::Signal::TERM).await;
    assert!(!left.into_iter().any(is_alive), "they go with the program");
}
