//! Looks into the stores for the drawing: what does each really hold for this lab now?
//!
//! These looks are not on the tape, because no site asked for them.

use futures::future::join_all;

use super::{
    control::Caller,
    fleet::NAMES,
    lab::SessionLab,
    ledger::Known,
    settings::id_in,
    snapshot::{Lane, SessionCookie, Snapshot, StoredRecord},
};
use crate::{
    config,
    error::LabError,
    sandbox::identity::Identity,
    stores::{StoreError, StoreKind, Stored},
};

/// The lab as it is now, with the tape's entries after `since`.
pub async fn look(caller: &Caller, identity: &Identity, since: u64) -> Snapshot {
    let bench = caller.bench();
    // Taken before the looks: what changes meanwhile is announced with a higher number.
    let version = bench.version();
    let lanes = join_all(StoreKind::ALL.map(|store| lane(caller, store))).await;
    let (tape, tape_start) = {
        let tape = bench.notebook.tape();
        (tape.after(since).cloned().collect(), tape.start())
    };
    let front = bench.front();
    let page = bench.notebook.page();
    let life = page.servers[front];
    Snapshot {
        version,
        now_ms: config::now_ms(),
        server: NAMES[front].to_owned(),
        boot: life.boot,
        started_ms: life.started_ms,
        restarted: page.restarted,
        lanes,
        tape,
        tape_start,
        // A pass that could be exchanged for the next one would be good for ever.
        pass: if caller.has_pass {
            String::new()
        } else {
            identity.pass(&caller.lab_id)
        },
    }
}

async fn lane(caller: &Caller, store: StoreKind) -> Lane {
    let bench = caller.bench();
    let known: Vec<Known> = bench.notebook.page().ledger.alive(store).to_vec();
    let cookie = caller.cookie(store).map(|value| {
        let seen = known.iter().find(|known| known.id == id_in(value));
        SessionCookie {
            value: value.to_owned(),
            expires_ms: seen.map(|known| known.expires_ms),
            user: seen.and_then(|known| known.user.clone()),
        }
    });
    let held = hold(bench, store, &known).await;
    let records = held.map_err(LabError::from).map(|held| {
        let record = |stored: Stored| StoredRecord {
            current: cookie
                .as_ref()
                .is_some_and(|cookie| id_in(&cookie.value) == stored.id.to_string()),
            place: stored.place,
            text: stored.text,
            expires_ms: stored.expires_ms,
        };
        held.into_iter().map(record).collect()
    });
    let page = bench.notebook.page();
    Lane {
        store,
        cookie,
        engine: match store {
            StoreKind::Memory | StoreKind::File => None,
            StoreKind::Redis => Some(bench.outside.redis.view()),
            StoreKind::Mongo => Some(bench.engines.mongo.view()),
        },
        records,
        graves: if store == StoreKind::Memory {
            page.ledger.graves().to_vec()
        } else {
            Vec::new()
        },
        prediction: page.predictions[store.index()],
        verdict: page.verdicts[store.index()].clone(),
    }
}

async fn hold(
    bench: &SessionLab,
    store: StoreKind,
    known: &[Known],
) -> Result<Vec<Stored>, StoreError> {
    let ids: Vec<_> = known
        .iter()
        .filter_map(|known| known.id.parse().ok())
        .collect();
    match store {
        StoreKind::Memory => Ok(bench
            .server(bench.front())
            .map(|server| server.memory.records())
            .unwrap_or_default()
            .into_iter()
            // What has expired lies there until it is asked for; this page shows who is remembered.
            .filter(|stored| stored.expires_ms > config::now_ms())
            .collect()),
        _ if ids.is_empty() => Ok(Vec::new()),
        StoreKind::File => bench.disk(bench.front()).inspect(&ids).await,
        StoreKind::Redis => bench.outside.redis.inspect(&ids).await,
        StoreKind::Mongo => bench.outside.mongo.inspect(&ids).await,
    }
}
