//! The four steps: always visible, one of them now, each with its button; and what else can be done
//! in all four stores at once.

use leptos::prelude::*;

use super::{
    Bench,
    button::{Act, Button},
};
use crate::sessions::snapshot::{Snapshot, Step};

/// The four steps and the buttons for all stores.
#[component]
pub fn Steps() -> impl IntoView {
    let Bench { text, snapshot, .. } = expect_context();
    let now = Memo::new(move |_| snapshot.with(Snapshot::step));
    let state = move |step: Step| match step.cmp(&now.get()) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "later",
    };
    let step = move |step: Step, title: &'static str, hint: Signal<String>, button: AnyView| {
        let spoken = move || match state(step) {
            "done" => text.step_done,
            "now" => text.step_now,
            _ => "",
        };
        view! {
            <li class=move || state(step) aria-current=move || (now.get() == step).then_some("step")>
                <span><strong>{title}</strong><small>{hint}</small><span class="spoken">" " {spoken}</span></span>
                {button}
            </li>
        }
    };
    let in_stores = move |snapshot: &Snapshot| {
        snapshot
            .lanes
            .iter()
            .filter(|lane| {
                lane.cookie
                    .as_ref()
                    .is_some_and(|cookie| cookie.user.is_some())
            })
            .count()
    };
    let enter_hint = Signal::derive(move || match snapshot.with(in_stores) {
        0 => text.enter_hint.to_owned(),
        count => (text.enter_done)(count),
    });
    let predict_hint = Signal::derive(move || {
        let made = snapshot.with(|snapshot| {
            snapshot
                .lanes
                .iter()
                .filter(|lane| lane.prediction.is_some())
                .count()
        });
        if made == 0 {
            text.predict_hint.to_owned()
        } else {
            (text.predicted)(made, 4)
        }
    });
    let restart_hint = Signal::derive(move || match snapshot.with(|snapshot| snapshot.restarted) {
        None => text.restart_hint.to_owned(),
        Some(restart) => (text.restarted)(restart.to),
    });
    let check_hint = Signal::derive(move || match snapshot.with(Snapshot::hits) {
        (_, 0) => text.check_hint.to_owned(),
        (hits, of) => (text.hits)(hits, of),
    });
    let label = |text: &'static str| Signal::derive(move || text.to_owned());
    let again =
        move || {
            (now.get() == Step::Check).then(|| view! {
        <Button act=Act::LogIn("ana") label=label(text.again) class="go" testid="again"/>
    })
        };
    let enter = move || {
        (now.get() != Step::Check).then(|| view! {
        <Button act=Act::LogIn("ana") label=label(text.enter_all) class="go" testid="login-all"/>
    })
    };
    let products = ["pan", "te", "queso"];
    view! {
        <ol class="steps" aria-label=text.steps>
            {step(Step::Enter, text.enter, enter_hint, enter.into_any())}
            {step(Step::Predict, text.predict, predict_hint, ().into_any())}
            {step(Step::Restart, text.restart, restart_hint, view! {
                <Button act=Act::Restart id="restart" label=label(text.restart_server) class="go" testid="restart"/>
            }.into_any())}
            {step(Step::Check, text.check, check_hint, again.into_any())}
        </ol>
        <div class="all" role="group" aria-label=text.with_all>
            <span aria-hidden="true">{text.with_all}</span>
            <Button act=Act::Visit label=label(text.visit) testid="visit-all"/>
            {products.map(|product| view! {
                <Button act=Act::AddToCart(product) label=Signal::derive(move || (text.add)((text.product)(product)))/>
            }).collect_view()}
            <Button act=Act::Check label=label(text.ask_again) testid="ask-again"/>
            <Button act=Act::Reset label=label(text.reset) class="quiet" testid="reset"/>
        </div>
    }
}
