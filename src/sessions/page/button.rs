//! A button of the control panel: a form that posts to a server function.
//!
//! Before the wasm is awake the browser posts the form itself and is led back to the page. Afterwards
//! the same fields travel in the background and only what changed is drawn again.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::Bench;
use crate::{
    error::LabError,
    sessions::{api, snapshot::Snapshot},
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
            // Predictions were sent when they were made.
            Self::Restart => api::restart(none(), none(), none(), none(), since).await,
            Self::Check => api::check(since).await,
            Self::Reset => api::reset(since).await,
        }
    }
}

impl Bench {
    /// Runs something on the server and takes over the answer.
    pub fn run(self, work: impl Future<Output = Result<Snapshot, LabError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match work.await {
                Ok(snapshot) => {
                    self.notice.set(None);
                    self.receive(snapshot);
                }
                Err(error) => self.notice.set(Some(error)),
            }
            self.busy.set(false);
        });
    }

    /// The number of the newest tape entry that is here.
    pub fn last_seen(self) -> u64 {
        self.snapshot.with_untracked(Snapshot::last_seen)
    }

    fn press(self, act: Act, store: &'static str) {
        let since = self.last_seen();
        self.run(async move {
            let snapshot = act.run(store, since).await?;
            if matches!(act, Act::Restart | Act::Check) {
                self.spoken.set(self.summary(&snapshot));
            }
            Ok(snapshot)
        });
    }

    fn summary(self, snapshot: &Snapshot) -> String {
        let verdict = |lane: &crate::sessions::snapshot::Lane| {
            Some((lane.store, lane.verdict.as_ref()?.outcome))
        };
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
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        bench.press(act, store);
    };
    let field = act
        .field()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let store =
        (!store.is_empty()).then(|| view! { <input type="hidden" name="store" value=store/> });
    let busy = move || bench.busy.get().then_some("true");
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
