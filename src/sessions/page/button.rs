//! A button of the control panel: a form that posts to a server function.
//!
//! Before the wasm is awake the browser posts the form itself and is led back to the page. Afterwards
//! the same fields travel in the background and only what changed is drawn again.

use std::collections::VecDeque;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{Bench, live};
use crate::{
    error::LabError,
    sessions::{
        api,
        snapshot::{Lane, Snapshot},
        verdict::Prediction,
    },
};

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Log in with this demo account.
    LogIn(&'static str),
    /// Count a visit.
    Visit,
    /// Buy this product.
    AddToCart(&'static str),
    /// Log out.
    LogOut,
    /// Say what will happen to the session in this store.
    Predict(Prediction),
    /// Restart the server.
    Restart,
    /// Ask all four again.
    Check,
    /// Back to the beginning.
    Reset,
}

impl Act {
    const fn url(self) -> &'static str {
        match self {
            Self::LogIn(_) => "/api/login",
            Self::Visit => "/api/visit",
            Self::AddToCart(_) => "/api/cart",
            Self::LogOut => "/api/logout",
            Self::Predict(_) => "/api/predict",
            Self::Restart => "/api/restart",
            Self::Check => "/api/check",
            Self::Reset => "/api/reset",
        }
    }

    /// The form's field beside `store`, if it has one.
    const fn field(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::LogIn(account) => Some(("account", account)),
            Self::AddToCart(product) => Some(("product", product)),
            Self::Predict(guess) => Some(("guess", guess.name())),
            _ => None,
        }
    }

    async fn run(self, store: &'static str, since: u64) -> Result<Snapshot, LabError> {
        let store = store.to_owned();
        let none = String::new;
        match self {
            Self::LogIn(account) => api::log_in(store, account.to_owned(), since).await,
            Self::Visit => api::visit(store, since).await,
            Self::AddToCart(product) => api::add_to_cart(store, product.to_owned(), since).await,
            Self::LogOut => api::log_out(store, since).await,
            Self::Predict(guess) => api::predict(store, guess.name().to_owned(), since).await,
            // Predictions were sent when they were made.
            Self::Restart => api::restart(none(), none(), none(), none(), since).await,
            Self::Check => api::check(since).await,
            Self::Reset => api::reset(since).await,
        }
    }
}

/// A button that was pressed: what it does, and in which store (empty: in all).
pub type Press = (Act, &'static str);

impl Bench {
    /// Does what a button says, after those that were pressed before it: nothing that a student does
    /// is dropped or overtaken. Only the same button pressed twice at once counts once.
    pub fn press(self, act: Act, store: &'static str) {
        let waiting = self.pressed.with_untracked(VecDeque::len);
        if self
            .pressed
            .with_untracked(|pressed| pressed.back() == Some(&(act, store)))
        {
            return;
        }
        self.pressed
            .update(|pressed| pressed.push_back((act, store)));
        if waiting == 0 {
            spawn_local(self.work_off());
        }
    }

    async fn work_off(self) {
        while let Some((act, store)) = self
            .pressed
            .with_untracked(|pressed| pressed.front().copied())
        {
            match act.run(store, self.last_seen()).await {
                Ok(snapshot) => {
                    self.notice.set(None);
                    if matches!(act, Act::Restart | Act::Check) {
                        self.spoken.set(self.summary(&snapshot));
                    }
                    self.receive(snapshot);
                }
                Err(error) => self.notice.set(Some(error)),
            }
            self.pressed.update(|pressed| {
                pressed.pop_front();
            });
        }
        live::keep_focus();
        live::catch_up(self);
    }

    /// The number of the newest tape entry that is here.
    fn last_seen(self) -> u64 {
        self.snapshot.with_untracked(Snapshot::last_seen)
    }

    fn summary(self, snapshot: &Snapshot) -> String {
        let verdict = |lane: &Lane| Some((lane.store, lane.verdict.as_ref()?.outcome));
        let verdicts: Vec<_> = snapshot.lanes.iter().filter_map(verdict).collect();
        (self.text.summary)(&verdicts)
    }
}

/// A button that does something in one store, or in all (`store` empty).
#[component]
pub fn Button(
    act: Act,
    #[prop(optional)] store: &'static str,
    #[prop(optional)] id: &'static str,
    #[prop(optional)] class: &'static str,
    /// For scripts and tests.
    #[prop(optional)]
    testid: &'static str,
    #[prop(into)] label: Signal<String>,
) -> impl IntoView {
    let bench = expect_context::<Bench>();
    let place = store;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        bench.press(act, place);
    };
    let field = act
        .field()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let store =
        (!store.is_empty()).then(|| view! { <input type="hidden" name="store" value=store/> });
    let busy = move || {
        bench
            .pressed
            .with(|pressed| pressed.contains(&(act, place)))
            .then_some("true")
    };
    view! {
        <form method="post" action=act.url() id=(!id.is_empty()).then_some(id) on:submit=submit>
            {store}
            {field}
            <button
                type="submit"
                class=(!class.is_empty()).then_some(class)
                data-testid=(!testid.is_empty()).then_some(testid)
                aria-disabled=busy
            >
                {label}
            </button>
        </form>
    }
}
