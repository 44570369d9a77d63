//! The experiment that is loaded: what it does, the prediction, the act, the verdicts.

use leptos::prelude::*;

use super::{FailureView, hue, order, until};
use crate::{
    failures::{
        look::Whose,
        matrix::Row,
        menu::Failure,
        state::{Phase, Run},
    },
    live::{clock::Moment, marks},
    sessions::verdict::{Outcome, Prediction, Verdict},
    stores::StoreKind,
};

/// The card of the experiment that is loaded.
pub fn run(view: &FailureView) -> impl IntoView + use<> {
    let card = view.asked.failure.map(|failure| card(view, failure));
    view! { <div id="run">{card}</div> }
}

/// What a screen reader is told when the verdicts are there.
pub fn spoken(view: &FailureView) -> String {
    let (text, shared) = (view.text(), view.locale.text());
    let done = view
        .notes
        .run
        .as_ref()
        .filter(|run| run.phase == Phase::Done);
    let row = done.and_then(|run| view.notes.row(run.failure));
    row.map_or_else(String::new, |row| {
        let outcomes: Vec<_> = StoreKind::ALL
            .into_iter()
            .zip(&row.verdicts)
            .map(|(store, verdict)| (store.label(view.locale), (shared.outcome)(verdict.outcome)))
            .collect();
        (text.spoken)((text.failure)(row.failure).title, &outcomes)
    })
}

fn card(view: &FailureView, failure: Failure) -> impl IntoView + use<> {
    let text = view.text();
    let words = (text.failure)(failure);
    let run = view.notes.run.as_ref().filter(|run| run.failure == failure);
    let waiting = run.and_then(|run| match run.phase {
        Phase::Waiting { due_ms } => Some(waiting(view, run, due_ms)),
        Phase::Done => None,
    });
    let is_waiting = waiting.is_some();
    let row = view.notes.row(failure).filter(|_| !is_waiting);
    let off = failure.needs_own_redis() && view.look.whose_redis == Whose::External;
    let form = if off {
        view! { <p class="notice">{text.off_external}</p> }.into_any()
    } else {
        prediction_form(view, failure, run, row.is_some()).into_any()
    };
    view! {
        <section class="card experiment" aria-labelledby="run-title">
            <h2 id="run-title" tabindex="-1">{words.title}</h2>
            <p><b>{text.what_is_done}</b> " " {words.does}</p>
            {form}
            {waiting}
            {row.map(|row| outcome(view, row).into_any())}
        </section>
    }
}

fn prediction_form(
    view: &FailureView,
    failure: Failure,
    run: Option<&Run>,
    again: bool,
) -> impl IntoView + use<> {
    let (text, shared) = (view.text(), view.locale.text());
    let stores = StoreKind::ALL.map(|store| {
        let made = run.and_then(|run| run.predictions[store.index()]);
        let options = Prediction::ALL.map(|prediction| {
            view! {
                <label>
                    <input
                        type="radio"
                        name=store.name()
                        id=format!("guess-{}-{}", store.name(), prediction.name())
                        value=prediction.name()
                        checked=made == Some(prediction)
                        required
                    />
                    {(shared.prediction)(prediction)}
                </label>
            }
        });
        view! {
            <fieldset>
                <legend class=hue(store)>{store.label(view.locale)}</legend>
                {options.collect_view()}
            </fieldset>
        }
    });
    let button = if again { text.run_again } else { text.run };
    view! {
        <form method="post" action=format!("/lab/failures/run/{}", failure.id())>
            <p class="question" id="question">{text.question}</p>
            <div class="guesses" role="group" aria-labelledby="question">{stores.collect_view()}</div>
            <button class="go" id="do-it">{button}</button>
        </form>
    }
}

fn waiting(view: &FailureView, run: &Run, due_ms: i64) -> impl IntoView + use<> {
    let text = view.text();
    // The browser sends this form by itself when the time has come.
    view! {
        <div class="waits" data-testid="waiting">
            <p>{text.waits} " " <b>{until(view.look.now_ms, due_ms)}</b></p>
            <form method="post" action="/lab/failures/ask" {..marks::due(due_ms)}>
                <button class="go">{text.ask_now}</button>
            </form>
            {deeds(view, &run.deeds)}
        </div>
    }
}

fn outcome(view: &FailureView, row: &Row) -> impl IntoView + use<> {
    let text = view.text();
    let words = (text.failure)(row.failure);
    let verdicts = StoreKind::ALL
        .into_iter()
        .zip(&row.verdicts)
        .map(|(store, verdict)| judged(view, store, verdict).into_any());
    view! {
        <div class="verdicts">{verdicts.collect_view()}</div>
        <p class="because"><b>{text.why}</b> " " {words.because}</p>
        {deeds(view, &row.deeds)}
        {order("/lab/failures/ask".to_owned(), text.ask_again, "quiet")}
    }
}

/// What was really done, with what came of it.
pub fn deeds(view: &FailureView, deeds: &[(String, String)]) -> impl IntoView + use<> {
    let text = view.text();
    let lines: Vec<_> = deeds
        .iter()
        .map(|(deed, reply)| {
            view! { <li><code>{deed.clone()} <span class="reply">" → " {reply.clone()}</span></code></li> }
        })
        .collect();
    if lines.is_empty() {
        return view! { <p class="soft">{text.no_deeds}</p> }.into_any();
    }
    view! {
        <details class="trace" id="deeds" open>
            <summary>{text.deeds}</summary>
            <ol>{lines}</ol>
        </details>
    }
    .into_any()
}

/// The sign of an outcome, so that colour is never the only one.
pub const fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "✓",
        Outcome::Lost => "✗",
        Outcome::Expired => "◔",
        Outcome::Refused => "⚠",
        Outcome::Unknown => "?",
    }
}

fn judged(view: &FailureView, store: StoreKind, verdict: &Verdict) -> impl IntoView + use<> {
    let (text, shared) = (view.text(), view.locale.text());
    let said = verdict
        .predicted
        .map_or(shared.not_predicted, shared.prediction);
    let hit = verdict.hit().map(|hit| {
        if hit {
            format!(" ✓ {}", shared.hit)
        } else {
            format!(" ✗ {}", shared.miss)
        }
    });
    view! {
        <div class="judged" data-testid=format!("verdict-{}", store.name())>
            <h3 class=hue(store)>{store.label(view.locale)}</h3>
            <p class=format!("stamp {}", verdict.outcome.name())>
                <span aria-hidden="true">{sign(verdict.outcome)}</span> " "
                <span data-testid="outcome">{(shared.outcome)(verdict.outcome)}</span>
            </p>
            <p>{shared.you_said} " " <b>{said}</b> {hit}</p>
            <p>{text.decided} " " <b data-testid="step">{(text.step)(verdict.step)}</b></p>
            {trace(view, store, verdict, "run")}
        </div>
    }
}

/// Cookie sent → store command → reply → decision.
pub fn trace(
    view: &FailureView,
    store: StoreKind,
    verdict: &Verdict,
    place: &str,
) -> impl IntoView + use<> {
    let (text, shared) = (view.text(), view.locale.text());
    let sent = match &verdict.cookie {
        Some(value) => view! { {shared.trace_cookie} ": " <code>{store.cookie_name()} "=" {value.clone()}</code> }.into_any(),
        None => shared.trace_no_cookie.into_any(),
    };
    let asked = if verdict.commands.is_empty() {
        view! { <li>{shared.trace_no_command}</li> }.into_any()
    } else {
        verdict
            .commands
            .iter()
            .map(|(command, reply)| {
                view! {
                    <li>{shared.trace_command} ": " <code>{command.clone()}</code></li>
                    <li>{shared.trace_reply} ": " <code>{reply.clone()}</code></li>
                }
            })
            .collect_view()
            .into_any()
    };
    let id = format!("trace-{place}-{}", store.name());
    view! {
        <details class="trace" id=id>
            <summary>{shared.trace}</summary>
            <ol>
                <li>{sent}</li>
                {asked}
                <li>
                    {shared.trace_decision} ": " <b>{(shared.outcome)(verdict.outcome)}</b> " · "
                    {(text.step)(verdict.step)} " · " {verdict.status} " · "
                    <Moment at_ms=verdict.at_ms/>
                </li>
            </ol>
        </details>
    }
}
