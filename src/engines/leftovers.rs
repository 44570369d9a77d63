//! What a run that was killed leaves behind, and how the next one recognizes it.
//!
//! A killed program cannot stop its engines. So each managed engine's process id is written down, and
//! the next start ends that process first, if it is still alive and its command line still names our
//! folder: a process id alone may belong to somebody else by now.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    fs,
    process::Command,
    time::{Instant, sleep},
};

const PID_FILE: &str = "child.pid";
/// How long a leftover may take to end after SIGTERM before it is killed.
const GRACE: Duration = Duration::from_secs(3);
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// Makes the engine's folder (0700), ends what an earlier run left in it, and gives the folder's absolute path.
pub async fn prepare(folder: &Path) -> io::Result<PathBuf> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .await?;
    let folder = fs::canonicalize(folder).await?;
    let Ok(note) = fs::read_to_string(folder.join(PID_FILE)).await else {
        return Ok(folder);
    };
    let (process, socket) = note.trim_end().split_once('\n').unwrap_or((&note, ""));
    let number = process.split(' ').next().and_then(|pid| pid.parse().ok());
    if let Some(pid) = number.filter(|pid| *pid > 1).and_then(Pid::from_raw) {
        let names = [&*folder.to_string_lossy(), socket].map(str::to_owned);
        end(pid, &names).await;
    }
    clear(&folder, None).await;
    Ok(folder)
}

/// Whether an earlier run left a note of its process in this folder. Blocks on the disk.
pub fn is_noted(folder: &Path) -> bool {
    folder.join(PID_FILE).exists()
}

/// Writes down which process serves this folder, and at which socket: Redis shows that instead of its arguments.
pub async fn note(
    folder: &Path,
    pid: u32,
    program: &Path,
    socket: Option<&Path>,
) -> io::Result<()> {
    let socket = socket.unwrap_or(folder);
    let note = format!("{pid} {}\n{}\n", program.display(), socket.display());
    fs::write(folder.join(PID_FILE), note).await
}

/// Removes the pid file, the socket and the lock files of a process that has ended.
pub async fn clear(folder: &Path, socket: Option<&Path>) {
    let mut stale = vec![folder.join(PID_FILE)];
    stale.extend(socket.map(Path::to_owned));
    for place in [
        folder.to_owned(),
        folder.join("mongod"),
        folder.join("secantusdb"),
    ] {
        let Ok(mut entries) = fs::read_dir(place).await else {
            continue;
        };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let path = entry.path();
            if path
                .extension()
                .is_some_and(|ext| ext == "lock" || ext == "sock")
            {
                stale.push(path);
            }
        }
    }
    for path in stale {
        // Most of them are not there; what cannot be removed is removed by its next owner.
        fs::remove_file(path).await.ok();
    }
}

async fn end(pid: Pid, names: &[String]) {
    if !serves(pid, names).await {
        return;
    }
    tracing::info!(
        pid = pid.as_raw_nonzero().get(),
        "ending an engine that an earlier run left behind"
    );
    kill_process(pid, Signal::TERM).ok();
    let last = Instant::now() + GRACE;
    while serves(pid, names).await {
        if Instant::now() > last {
            kill_process(pid, Signal::KILL).ok();
        }
        sleep(LOOK_EVERY).await;
    }
}

/// Whether this process is alive and its command line says one of these names.
async fn serves(pid: Pid, names: &[String]) -> bool {
    let number = pid.as_raw_nonzero().get();
    let command_line = match fs::read(format!("/proc/{number}/cmdline")).await {
        Ok(bytes) => bytes,
        Err(_) if Path::new("/proc/self").exists() => return false,
        // macOS has no /proc.
        Err(_) => match Command::new("ps")
            .args(["-o", "command=", "-p", &number.to_string()])
            .output()
            .await
        {
            Ok(listed) => listed.stdout,
            Err(_) => return false,
        },
    };
    let command_line = String::from_utf8_lossy(&command_line);
    names
        .iter()
        .any(|name| !name.is_empty() && command_line.contains(name))
}
