//! The lab's own Redis: as typed, as the student's user, and the server decides.

use std::{io, time::Duration};

use tokio::{io::AsyncWriteExt, net::UnixStream, time::Instant};

use super::{
    Heard, LIMIT, Meaning, Order,
    print::is_raw,
    wire::{Replies, packed},
};
use crate::{
    engines::{NoLine, OwnRedis},
    error::LabError,
    stores::StoreError,
};

/// How long a server that was told to end may take to be gone.
const END: Duration = Duration::from_secs(2);

/// Sends a command and prints what comes back.
pub async fn run(own: &OwnRedis, order: &Order) -> Result<Heard, LabError> {
    let mut heard = Heard::default();
    let stream = match own.line().await {
        Ok(stream) => stream,
        Err(NoLine::Gone(error)) => {
            // As redis-cli says it that was started in the folder of that Redis.
            let why = reason(&error);
            heard
                .paper
                .text(&format!("Could not connect to Redis at redis.sock: {why}"));
            heard.fails(Meaning::Down { reason: why });
            return Ok(heard);
        }
        Err(NoLine::Store(StoreError::Unreachable { reason, .. })) => {
            heard.fails(Meaning::Down { reason });
            return Ok(heard);
        }
        Err(NoLine::Store(error)) => return Err(error.into()),
    };
    let begun = Instant::now();
    let end = own
        .answer_within(LIMIT, talk(stream, order, &mut heard))
        .await;
    let is_shutdown = order.words[0].eq_ignore_ascii_case(b"shutdown");
    match end {
        Ok(Ok(())) => heard.took(begun.elapsed()),
        // The process may be gone before its last byte has been looked at.
        Ok(Err(_)) | Err(_) if is_shutdown && own.ended_within(END).await.is_some() => {
            heard.instead = Some(Meaning::ShutDown {
                saved: saved(order),
            });
        }
        Ok(Err(_)) => {
            heard.paper.text("Error: Server closed the connection");
            heard.fails(Meaning::Closed);
        }
        Err(reason) if reason == "timed out" => heard.fails(Meaning::Late {
            seconds: LIMIT.as_secs(),
            paused: own.is_paused(),
        }),
        Err(reason) => heard.fails(Meaning::Down { reason }),
    }
    Ok(heard)
}

async fn talk(mut stream: UnixStream, order: &Order, heard: &mut Heard) -> io::Result<()> {
    let (command, raw) = (packed(&order.words), is_raw(&order.words));
    let (read, mut write) = stream.split();
    let mut replies = Replies::of(read);
    for _ in 0..order.times {
        write.write_all(&command).await?;
        heard.reply(replies.next().await?, raw);
        if replies.is_cut() || heard.paper.is_full() {
            heard.cut = true;
            break;
        }
    }
    Ok(())
}

/// What SHUTDOWN was told about saving.
fn saved(order: &Order) -> Option<bool> {
    let mut words = order.words.iter().skip(1);
    words.find_map(|word| match word.to_ascii_lowercase().as_slice() {
        b"save" => Some(true),
        b"nosave" => Some(false),
        _ => None,
    })
}

/// The system's words for an error, without Rust's number behind them.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
