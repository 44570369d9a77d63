//! The four steps: always visible, one of them now, each with its button; and what else can be done
//! in all four stores at once.

use std::cmp::Ordering;

use leptos::prelude::*;

use super::{
    SessionView,
    button::{self, Look, for_all},
    verdict_view,
};
use crate::{
    sessions::snapshot::{Lane, Step},
    stores::StoreKind,
};

/// A button that leads on.
const fn onward(testid: &'static str) -> Look {
    Look {
        id: None,
        class: Some("go"),
        testid: Some(testid),
    }
}

/// The four steps and the buttons for all stores.
pub fn steps(view: &SessionView) -> impl IntoView + use<> {
    let text = view.text();
    let is_over = view.snapshot.step() == Step::Check;
    let begin =
        |label: &str, testid| for_all(button::log_in("ana"), label.to_owned(), onward(testid));
    let enter = (!is_over).then(|| begin(text.enter_all, "login-all"));
    let again = is_over.then(|| begin(text.again, "again"));
    let restart = Look {
        id: Some("restart"),
        ..onward("restart")
    };
    let restart = for_all(button::RESTART, text.restart_server.to_owned(), restart);
    view! {
        <ol class="steps" aria-label=text.steps>
            {step(view, Step::Enter, text.enter, enter)}
            {step(view, Step::Predict, text.predict, None)}
            {step(view, Step::Restart, text.restart, Some(restart))}
            {step(view, Step::Check, text.check, again)}
        </ol>
        {in_all(view)}
    }
}

fn step(view: &SessionView, step: Step, title: &'static str, button: Option<AnyView>) -> AnyView {
    let text = view.text();
    let now = view.snapshot.step();
    let (class, spoken) = match step.cmp(&now) {
        Ordering::Less => ("done", text.step_done),
        Ordering::Equal => ("now", text.step_now),
        Ordering::Greater => ("later", ""),
    };
    // Where there is no button, the keyboard goes on at what the step is about.
    let about = (step == Step::Predict).then(|| StoreKind::ALL.map(verdict_view::id).join(" "));
    view! {
        <li class=class aria-current=(now == step).then_some("step") aria-controls=about>
            <span><strong>{title}</strong><small>{hint(view, step)}</small><span class="spoken">" " {spoken}</span></span>
            {button}
        </li>
    }
    .into_any()
}

/// What a step is for, or what came of it.
fn hint(view: &SessionView, step: Step) -> String {
    let (text, snapshot) = (view.text(), &view.snapshot);
    let lanes = |is: fn(&Lane) -> bool| snapshot.lanes.iter().filter(|lane| is(lane)).count();
    match step {
        Step::Enter => match lanes(Lane::is_logged_in) {
            0 => text.enter_hint.to_owned(),
            count => (text.enter_done)(count),
        },
        Step::Predict => match lanes(|lane| lane.prediction.is_some()) {
            0 => text.predict_hint.to_owned(),
            made => (text.predicted)(made, 4),
        },
        Step::Restart => match snapshot.restarted {
            None => text.restart_hint.to_owned(),
            Some(restart) => (text.restarted)(restart.to),
        },
        Step::Check => match snapshot.hits() {
            (_, 0) => text.check_hint.to_owned(),
            (hits, of) => (text.hits)(hits, of),
        },
    }
}

/// What can be done in all four stores at once.
fn in_all(view: &SessionView) -> impl IntoView + use<> {
    let text = view.text();
    let products = ["pan", "te", "queso"].map(|product| {
        let label = (text.add)((text.product)(product));
        for_all(button::add_to_cart(product), label, Look::default())
    });
    let named = |testid| Look {
        testid: Some(testid),
        ..Look::default()
    };
    let quiet = Look {
        class: Some("quiet"),
        ..named("reset")
    };
    view! {
        <div class="all" role="group" aria-label=text.with_all>
            <span aria-hidden="true">{text.with_all}</span>
            {for_all(button::VISIT, text.visit.to_owned(), named("visit-all"))}
            {products.into_iter().collect::<Vec<_>>()}
            {for_all(button::CHECK, text.ask_again.to_owned(), named("ask-again"))}
            {for_all(button::RESET, text.reset.to_owned(), quiet)}
        </div>
    }
}
