//! Doing what the menu says: a login, the act itself, and the question that is judged.
//!
//! Every act is a real one: a process gets a signal, a file is unlinked, a key is deleted. What was
//! sent is read back from the tape, where it was recorded when it was sent.

use std::sync::Arc;

use super::{
    matrix::Row,
    menu::Failure,
    state::{FailureLab, Phase, Run},
};
use crate::{
    config,
    engines::OwnRedis,
    error::LabError,
    sessions::{
        control::Caller,
        fleet::{A, NAMES},
        lab::SessionLab,
        settings::{Balance, Settings, Writes},
        tape::What,
        verdict::{Outcome, Prediction, Verdict},
    },
    stores::StoreKind,
};

mod cookies;
mod records;
mod redis;
mod together;

pub use cookies::{delete_cookies, set_cookies_again};
pub use records::{RecordAct, move_ahead, on_record};
pub use redis::{RedisAct, on_redis};

/// A lifetime short enough to wait for, in seconds. Browsers count in whole seconds.
const SHORT_S: u32 = 2;
/// How long after an end it is asked, in milliseconds: meanwhile the page shows what lies there
/// expired, and the browser's clock may be later than ours.
const GRACE_MS: i64 = 1500;

/// What has to be done next.
enum Next {
    /// Ask the four sites.
    Ask,
    /// The verdicts are known: what is done in two tabs at once judges itself.
    Judged(Vec<Verdict>),
    /// Wait until then (milliseconds since 1970, UTC), then ask.
    Wait(i64),
}

/// Runs an entry of the menu from its beginning.
///
/// # Errors
/// What keeps it from being done; nothing is entered into the matrix then.
pub async fn run(
    caller: &mut Caller,
    lab: &FailureLab,
    failure: Failure,
    predictions: [Option<Prediction>; 4],
) -> Result<(), LabError> {
    let _turn = lab.turn.lock().await;
    let sessions = Arc::clone(&caller.lab);
    let writes = sessions.settings().writes;
    prepare(caller, failure).await?;
    let known = caller.known();
    let from = sessions.notebook.tape().last();
    let next = perform(caller, failure).await?;
    let mut run = Run {
        failure,
        predictions,
        known,
        deeds: deeds_after(&sessions, from),
        phase: Phase::Done,
    };
    match next {
        Next::Wait(due_ms) => {
            run.phase = Phase::Waiting { due_ms };
            lab.notes.page().run = Some(run);
        }
        Next::Ask => {
            let verdicts = caller.ask(&run.known, failure.probe()).await;
            enter(lab, run, verdicts);
        }
        Next::Judged(verdicts) => enter(lab, run, verdicts),
    }
    let after = sessions.settings();
    if after.writes != writes {
        // The careless way of writing was for this experiment alone.
        sessions.configure(Settings { writes, ..after }).await;
    }
    settle(&sessions, lab).await;
    Ok(())
}

/// Asks the four sites for the experiment that was waiting, or asks again for the last one.
///
/// # Errors
/// [`LabError::BadForm`] if there is none.
pub async fn ask(caller: &mut Caller, lab: &FailureLab) -> Result<(), LabError> {
    let _turn = lab.turn.lock().await;
    let Some(mut run) = lab.notes.page().run.clone() else {
        return Err(LabError::BadForm);
    };
    let verdicts = caller.ask(&run.known, run.failure.probe()).await;
    run.phase = Phase::Done;
    enter(lab, run, verdicts);
    let sessions = Arc::clone(&caller.lab);
    settle(&sessions, lab).await;
    Ok(())
}

/// Writes the notes down and tells the open pages.
pub async fn settle(sessions: &SessionLab, lab: &FailureLab) {
    lab.notes.touch();
    sessions.notebook.touch();
    lab.notes.keep().await;
    sessions.notebook.keep().await;
    lab.notes.announce();
    sessions.notebook.announce();
}

fn enter(lab: &FailureLab, run: Run, mut verdicts: Vec<Verdict>) {
    for (verdict, predicted) in verdicts.iter_mut().zip(run.predictions) {
        verdict.predicted = predicted;
    }
    let mut page = lab.notes.page();
    page.enter(Row {
        failure: run.failure,
        at_ms: config::now_ms(),
        deeds: run.deeds.clone(),
        verdicts,
    });
    page.run = Some(run);
}

/// What was done outside of requests since this entry of the tape.
fn deeds_after(sessions: &SessionLab, from: u64) -> Vec<(String, String)> {
    let tape = sessions.notebook.tape();
    let outside = tape.after(from).filter(|entry| entry.exchange == 0);
    let deed = |what: &What| match what {
        What::Command { text, reply, .. } | What::Deed { text, reply } => {
            Some((text.clone(), reply.clone()))
        }
        What::Restarted {
            server,
            from,
            to,
            held,
            ..
        } => Some((
            format!("server {server}: boot {from} → {to}"),
            format!("memory: {held} → 0"),
        )),
        _ => None,
    };
    outside.filter_map(|entry| deed(&entry.what)).collect()
}

/// Everything as the experiment needs it, and a login in every store.
async fn prepare(caller: &mut Caller, failure: Failure) -> Result<(), LabError> {
    let lab = Arc::clone(&caller.lab);
    for at in 0..NAMES.len() {
        lab.start(at);
    }
    if failure.needs_own_redis() {
        let own = lab.own_redis().await?;
        redis::ready(&lab, &own, failure.safety()).await?;
    } else if let Some(own) = lab.own_redis_if_any() {
        // What an earlier experiment did to it must not decide this one.
        redis::ready(&lab, &own, None).await?;
    }
    let before = lab.settings();
    let mut during = Settings {
        balance: Balance::A,
        writes: match failure {
            Failure::LogoutRace(true) | Failure::LostUpdate(true) => Writes::Upsert,
            _ => Writes::Compare,
        },
        ..before.clone()
    };
    match failure {
        Failure::Expire => {
            (during.ttl_s, during.cookie_max_age_s) = (SHORT_S, Some(SHORT_S));
        }
        Failure::CookieFirst => during.cookie_max_age_s = Some(SHORT_S),
        Failure::RecordFirst => during.ttl_s = SHORT_S,
        Failure::RotateKey | Failure::RotateKeyKeepOld if during.secrets.is_empty() => {
            during.secrets = vec!["primera-clave".to_owned()];
        }
        _ => {}
    }
    if during != before {
        lab.configure(during.clone()).await;
    }
    lab.tidy(&caller.known()).await;
    caller.log_in(&StoreKind::ALL, "ana").await?;
    if matches!(failure.group(), super::menu::Group::Time) {
        // The short lifetime was for this login alone.
        let after = Settings {
            ttl_s: before.ttl_s,
            cookie_max_age_s: before.cookie_max_age_s,
            ..during
        };
        lab.configure(after).await;
    }
    Ok(())
}

async fn perform(caller: &mut Caller, failure: Failure) -> Result<Next, LabError> {
    let lab = Arc::clone(&caller.lab);
    match failure {
        Failure::Restart => lab.restart_one(A),
        Failure::Kill => lab.kill(A),
        Failure::Stop => {
            lab.stop(A);
        }
        Failure::Redeploy => lab.redeploy(A).await,
        Failure::OtherServer => {
            lab.configure(Settings {
                balance: Balance::B,
                ..lab.settings()
            })
            .await;
            lab.note_deed("balancer", "server A → server B");
        }
        Failure::RedisDown
        | Failure::RedisCrash(_)
        | Failure::RedisStop(_)
        | Failure::RedisShutdown(_)
        | Failure::RedisPause
        | Failure::RedisFull
        | Failure::RedisEvict => {
            let own: Arc<OwnRedis> = lab.own_redis().await?;
            redis::perform(caller, &own, failure).await?;
        }
        Failure::RotateKey => cookies::rotate(&lab, false).await,
        Failure::RotateKeyKeepOld => cookies::rotate(&lab, true).await,
        Failure::DeleteCookie => delete_cookies(caller),
        Failure::DeleteFile
        | Failure::CorruptFile
        | Failure::DeleteKey
        | Failure::DeleteDocument => records::behind_its_back(caller, failure).await?,
        Failure::Expire | Failure::CookieFirst | Failure::RecordFirst => {
            return Ok(Next::Wait(ends_ms(&lab, failure) + GRACE_MS));
        }
        Failure::LogoutRace(_) => return Ok(Next::Judged(together::log_out_race(caller).await)),
        Failure::LostUpdate(_) => return Ok(Next::Judged(together::lost_update(caller).await)),
    }
    Ok(Next::Ask)
}

/// When what the experiment waits for has come to its end in every store: ms since 1970, UTC.
fn ends_ms(lab: &SessionLab, failure: Failure) -> i64 {
    let page = lab.notebook.page();
    let cookies = page
        .given
        .iter()
        .flatten()
        .filter_map(|given| given.expires_ms);
    let records = StoreKind::ALL
        .into_iter()
        .filter_map(|store| page.ledger.alive(store).last())
        .map(|known| known.expires_ms);
    let ends = match failure {
        Failure::CookieFirst => cookies.max(),
        Failure::RecordFirst => records.max(),
        _ => cookies.chain(records).max(),
    };
    ends.unwrap_or_else(config::now_ms)
}

/// Whether an outcome says that something was kept; what happens in two tabs is judged by it.
const fn kept_if(kept: bool) -> Outcome {
    if kept { Outcome::Kept } else { Outcome::Lost }
}
