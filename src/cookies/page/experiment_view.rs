//! The ready-made experiments: a button each, a prediction first, an explanation after.

use leptos::prelude::*;

use super::CookieView;
use crate::{
    cookies::{
        experiments::{CROWD, Experiment, Run},
        islands::Theft,
        text::ExperimentText,
    },
    live::marks,
    pages::Page as Site,
};

/// The row of buttons and the experiment that is loaded.
pub fn experiments(view: &CookieView) -> impl IntoView + use<> {
    let text = view.text();
    let page = Site::Cookies.url(view.locale);
    let chosen = view.asked.experiment;
    let links = Experiment::ALL.map(|experiment| {
        let title = (text.experiment)(experiment).title;
        let current = (chosen == Some(experiment)).then_some("true");
        let url = format!("{page}?experiment={}#experiment", experiment.id());
        view! { <li><a class="chip" href=url aria-current=current>{title}</a></li> }
    });
    view! {
        <nav aria-label=text.experiments><ul class="try">{links.collect_view()}</ul></nav>
        <div id="experiment">{chosen.map(|experiment| card(view, experiment))}</div>
    }
}

/// What a screen reader is told when an outcome is there.
pub fn spoken(view: &CookieView) -> String {
    let text = view.text();
    let outcome = view.notes.run.as_ref().and_then(|run| {
        let words = (text.experiment)(run.experiment);
        if run.unclear {
            return Some(text.unclear.to_owned());
        }
        Some(format!(
            "{} {}",
            text.it_came_out,
            words.options.get(run.outcome?)?
        ))
    });
    outcome
        .filter(|_| view.asked.experiment.is_some())
        .unwrap_or_default()
}

fn card(view: &CookieView, experiment: Experiment) -> impl IntoView + use<> {
    let text = view.text();
    let words = (text.experiment)(experiment);
    let run = view.notes.run.as_ref();
    let run = run.filter(|run| run.experiment == experiment);
    let guess = run.and_then(|run| run.guess);
    let options = words.options.iter().enumerate().map(|(number, option)| {
        view! {
            <label>
                <input type="radio" name="guess" id=format!("guess-{number}") value=number checked=guess == Some(number) required/>
                {*option}
            </label>
        }
    });
    let action = format!("/lab/cookies/experiment/{}", experiment.id());
    let button = if run.is_some() {
        text.run_again
    } else {
        text.predict_and_run
    };
    view! {
        <section class="card experiment" aria-labelledby="experiment-title" data-testid="experiment">
            <h2 id="experiment-title">{words.title}</h2>
            <p>{words.setup}</p>
            <form method="post" action=action>
                <fieldset>
                    <legend>{words.question}</legend>
                    {options.collect_view()}
                </fieldset>
                <button class="go" type="submit" id="run">{button}</button>
            </form>
            {run.map(|run| outcome(view, run, words))}
        </section>
    }
}

fn outcome(view: &CookieView, run: &Run, words: &'static ExperimentText) -> AnyView {
    let text = view.text();
    if run.unclear {
        return view! { <p class="outcome" data-testid="unclear">{text.unclear}</p> }.into_any();
    }
    let Some(outcome) = run.outcome else {
        if run.experiment == Experiment::HttpOnly && run.loot.is_none() {
            // The script that steals is ours: an island.
            return view! { <p class="outcome">{text.pending_script}</p> <Theft url="/lab/cookies/stolen"/> }.into_any();
        }
        return view! { <p class="outcome" {..marks::waits()}>{text.pending}</p> }.into_any();
    };
    let said = run.guess.and_then(|guess| {
        let hit = guess == outcome;
        let (class, sign, word) = if hit {
            ("hit", "✓", text.hit)
        } else {
            ("miss", "✗", text.miss)
        };
        let option = *words.options.get(guess)?;
        Some(view! {
            <p>{text.you_said} " " <b>{option}</b> " "
                <span class=class><span aria-hidden="true">{sign}</span> " " {word}</span></p>
        })
    });
    let crowd = run
        .left
        .map(|left| view! { <p>{(text.left_of_crowd)(left, CROWD)}</p> });
    let loot = run
        .loot
        .as_deref()
        .map(|loot| view! { <p>{(text.stolen)(loot)}</p> });
    view! {
        <div class=format!("outcome number-{outcome}") data-testid="outcome">
            {said}
            <p>{text.it_came_out} " " <b>{words.options.get(outcome).copied()}</b></p>
            {crowd}
            {loot}
            <p>{words.because.get(outcome).copied()}</p>
            <p class="soft"><small>{words.rule}</small></p>
        </div>
    }
    .into_any()
}
