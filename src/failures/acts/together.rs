//! What happens when two requests of the same session are under way at once.

use std::sync::Arc;

use futures::future::join_all;
use tokio::task::JoinHandle;

use super::kept_if;
use crate::{
    sessions::{
        control::Caller,
        exchange::Reply,
        site::Gate,
        verdict::{Outcome, Verdict},
    },
    stores::StoreKind,
};

/// A slow page view has read the session; before it writes, another tab logs out. Is the session
/// alive afterwards?
pub async fn log_out_race(caller: &mut Caller) -> Vec<Verdict> {
    let known = caller.known();
    let of_the_first_tab = caller.cookies.clone();
    let slow = held(caller).await;
    // What the logout says is on the tape; the question comes after the slow request.
    caller.log_out(&StoreKind::ALL).await.ok();
    go_on(caller, slow).await;
    // Whoever still has the old cookie asks with it.
    let of_the_browser = std::mem::replace(&mut caller.cookies, of_the_first_tab);
    let verdicts = caller.ask(&known, "me").await;
    caller.cookies = of_the_browser;
    verdicts
}

/// Two page views have both read the same number; each adds one and writes. Do both count?
pub async fn lost_update(caller: &mut Caller) -> Vec<Verdict> {
    let before = caller.known();
    let (first, second) = (held(caller).await, held(caller).await);
    go_on(caller, first).await;
    go_on(caller, second).await;
    let after = caller.known();
    let mut verdicts = caller.ask(&after, "me").await;
    for (verdict, (before, after)) in verdicts.iter_mut().zip(before.iter().zip(&after)) {
        if let (Outcome::Kept, Some(before), Some(after)) = (verdict.outcome, before, after) {
            verdict.outcome = kept_if(after.visits >= before.visits + 2);
        }
    }
    verdicts
}

/// A slow request that has read its session and waits before it writes.
struct Held {
    gate: Arc<Gate>,
    reply: JoinHandle<Reply>,
}

async fn go_on(caller: &mut Caller, held: Vec<Held>) {
    for Held { gate, reply } in held {
        gate.open.notify_one();
        if let Ok(reply) = reply.await {
            caller.receive(&reply);
        }
    }
}

/// One slow request to each store, each waiting where it has read its session.
async fn held(caller: &Caller) -> Vec<Held> {
    let all = StoreKind::ALL.map(|store| {
        let (lab, request) = (Arc::clone(&caller.lab), caller.get(store, "slow"));
        let gate = Arc::new(Gate::default());
        async move {
            let through = Some(Arc::clone(&gate));
            let mut reply =
                tokio::spawn(async move { lab.send_through(store, request, through).await });
            // A store that is away answers before anything is read.
            tokio::select! {
                () = gate.reached.notified() => {}
                _ = &mut reply => return None,
            }
            Some(Held { gate, reply })
        }
    });
    join_all(all).await.into_iter().flatten().collect()
}
