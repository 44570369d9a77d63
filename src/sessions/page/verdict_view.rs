//! Before a restart: what will happen? After it: what was predicted, what happened, and how we know.

use leptos::prelude::*;

use super::{Bench, button::Act};
use crate::{
    sessions::{
        snapshot::Lane,
        verdict::{Outcome, Prediction, Verdict},
    },
    stores::StoreKind,
};

/// The last cell of a lane.
#[component]
pub fn VerdictCell(store: StoreKind) -> impl IntoView {
    let bench = expect_context::<Bench>();
    let text = bench.text;
    let lane = bench.lane(store);
    let verdict =
        Memo::new(move |_| lane.with(|lane| lane.as_ref().and_then(|lane| lane.verdict.clone())));
    let logged_in = Memo::new(move |_| {
        let user = |lane: &Lane| {
            lane.cookie
                .as_ref()
                .is_some_and(|cookie| cookie.user.is_some())
        };
        lane.with(|lane| lane.as_ref().is_some_and(user))
    });
    view! {
        <div class="cell verdict" data-testid=format!("verdict-{}", store.name())>
            {move || match (verdict.get(), logged_in.get()) {
                (Some(verdict), _) => view! { <Judged store verdict/> }.into_any(),
                (None, true) => view! { <Guess store/> }.into_any(),
                (None, false) => view! { <p class="soft">{text.waiting}</p> }.into_any(),
            }}
        </div>
    }
}

/// What will happen? The radio buttons belong to the restart form, so that they travel with it where there is no JavaScript.
#[component]
fn Guess(store: StoreKind) -> impl IntoView {
    let bench = expect_context::<Bench>();
    let text = bench.text;
    let lane = bench.lane(store);
    let made = Memo::new(move |_| lane.with(|lane| lane.as_ref().and_then(|lane| lane.prediction)));
    view! {
        <fieldset>
            <legend>{(text.what_happens)(store)}</legend>
            {Prediction::ALL.map(|prediction| view! {
                <label>
                    <input
                        type="radio"
                        form="restart"
                        name=store.name()
                        value=prediction.name()
                        checked=made.get_untracked() == Some(prediction)
                        prop:checked=move || made.get() == Some(prediction)
                        on:change=move |_| bench.press(Act::Predict(prediction), store.name())
                    />
                    {(text.prediction)(prediction)}
                </label>
            }).collect_view()}
        </fieldset>
    }
}

#[component]
fn Judged(store: StoreKind, verdict: Verdict) -> impl IntoView {
    let Bench { text, .. } = expect_context();
    let sign = match verdict.outcome {
        Outcome::Kept => "✓",
        Outcome::Lost => "✗",
        Outcome::Expired => "◔",
        Outcome::Refused => "⚠",
        Outcome::Unknown => "?",
    };
    let said = verdict
        .predicted
        .map_or(text.not_predicted, text.prediction);
    let hit = verdict.hit().map(|hit| {
        if hit {
            format!(" ✓ {}", text.hit)
        } else {
            format!(" ✗ {}", text.miss)
        }
    });
    let outcome = verdict.outcome;
    view! {
        <p class=format!("stamp {}", outcome.name())>
            <span aria-hidden="true">{sign}</span> " " <span data-testid="outcome">{(text.outcome)(outcome)}</span>
        </p>
        <p>
            {text.you_said} " " <b>{said}</b> {hit} <br/>
            {(text.why)(store, outcome)}
        </p>
        <Trace store verdict/>
    }
}

/// Cookie sent → store command → reply → decision.
#[component]
fn Trace(store: StoreKind, verdict: Verdict) -> impl IntoView {
    let Bench { text, clock, .. } = expect_context();
    let Verdict {
        outcome,
        cookie,
        commands,
        status,
        at_ms,
        ..
    } = verdict;
    let sent = match cookie {
        Some(value) => {
            view! { {text.trace_cookie} ": " <code>{store.cookie_name()} "=" {value}</code> }
                .into_any()
        }
        None => text.trace_no_cookie.into_any(),
    };
    let asked = if commands.is_empty() {
        view! { <li>{text.trace_no_command}</li> }.into_any()
    } else {
        commands
            .into_iter()
            .map(|(command, reply)| {
                view! {
                    <li>{text.trace_command} ": " <code>{command}</code></li>
                    <li>{text.trace_reply} ": " <code>{reply}</code></li>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <details class="trace">
            <summary>{text.trace}</summary>
            <ol>
                <li>{sent}</li>
                {asked}
                <li>
                    {text.trace_decision} ": " <b>{(text.outcome)(outcome)}</b> " · " {status} " · "
                    {move || clock.exact_time(at_ms)}
                </li>
            </ol>
        </details>
    }
}
