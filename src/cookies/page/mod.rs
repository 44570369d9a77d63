//! The page of the cookie lab, made on the server at every change.
//!
//! Every button is a real form and every form leads back here, so the page works before the wasm has
//! arrived and without JavaScript.

use leptos::prelude::*;
use serde::Deserialize;

use super::{
    cookie_form::Order,
    experiments::Experiment,
    islands::CookieWatch,
    outcome::Aftermath,
    readers::Worlds,
    request::{Heard, Visit},
    seal::{Seal, seal},
    server_rules::Finding,
    state::{FIRST_KEY, Page},
    user_agent::Difference,
    views::Row,
};
use crate::{
    cookies::text::CookieText,
    error::LabError,
    i18n::Locale,
    live::{notices::Notices, page::Live},
};

mod answer_view;
mod experiment_view;
mod forged_view;
mod form;
mod jar_table;
mod keys;
mod moment;
pub mod program_view;
mod tools;
mod verdict;
mod worlds_view;

/// Everything that the page shows, at one moment.
#[derive(Clone)]
pub struct CookieView {
    /// The language of the URL.
    pub locale: Locale,
    /// How the page was asked for.
    pub visit: Visit,
    /// What the lab remembers.
    pub notes: Page,
    /// The cookies that came with the request for the page.
    pub heard: Heard,
    /// The table.
    pub rows: Vec<Row>,
    /// What the query asks to show.
    pub asked: Asked,
    /// What the form shows: what is being typed, or what was sent last.
    pub draft: Order,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// What came of the last act, in both worlds.
    pub aftermath: Vec<Aftermath>,
    /// What both worlds say about the cookie on the checking bench, if a header can carry it.
    pub checked: Option<Worlds>,
    /// Now: ms since 1970, UTC.
    pub now_ms: i64,
    /// What went wrong with the form that led here.
    pub notice: Option<LabError>,
}

/// What stands on the checking bench.
pub struct OnBench {
    /// How it should be sealed.
    pub format: Seal,
    /// The cookie's name.
    pub name: String,
    /// Its value as it travelled.
    pub cookie: String,
    /// The key to check it with.
    pub key: String,
}

impl CookieView {
    /// The texts of its language.
    #[must_use]
    pub const fn text(&self) -> &'static CookieText {
        self.locale.cookies()
    }
}

/// What the page's query asks to show, beside the form's fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The experiment that is loaded.
    pub experiment: Option<Experiment>,
    /// The code of what went wrong.
    pub refused: String,
    /// The sealing bench: format.
    pub seal_format: Option<Seal>,
    /// The sealing bench: name.
    pub seal_name: String,
    /// The sealing bench: value.
    pub seal_value: String,
    /// The sealing bench: key.
    pub seal_key: String,
    /// The checking bench: format.
    pub check_format: Option<Seal>,
    /// The checking bench: name.
    pub check_name: String,
    /// The checking bench: the cookie's value as it travelled.
    pub check_cookie: String,
    /// The checking bench: key.
    pub check_key: String,
}

impl Asked {
    /// What is to be checked: what was typed, or at first a value that somebody changed and could not
    /// sign again.
    #[must_use]
    pub fn on_bench(&self) -> OnBench {
        match self.check_format {
            Some(format) => OnBench {
                format,
                name: self.check_name.clone(),
                cookie: self.check_cookie.clone(),
                key: self.check_key.clone(),
            },
            None => OnBench {
                format: Seal::Express,
                name: "rol".to_owned(),
                cookie: seal(Seal::Express, "rol", "alumna", FIRST_KEY)
                    .wire
                    .replace("alumna", "profe"),
                key: FIRST_KEY.to_owned(),
            },
        }
    }
}

/// The page below the frame.
pub fn cookie_page(view: &CookieView) -> AnyView {
    let text = view.text();
    view! {
        <main id="lab" class="cookies" tabindex="-1">
            <h1>{text.title}</h1>
            <p class="lede">{text.lede}</p>
            <Live now_ms=view.now_ms events="cookies"/>
            <CookieWatch/>
            <Notices notice=view.notice.as_ref().map(|error| error.text(view.locale)) spoken=experiment_view::spoken(view) locale=view.locale/>
            {experiment_view::experiments(view).into_any()}
            <div class="two">
                {form::form(view).into_any()}
                {program_view::program_view(view).into_any()}
            </div>
            {answer_view::answer_view(view).into_any()}
            {jar_table::jar_table(view).into_any()}
            {forged_view::forged_view(view).into_any()}
            {keys::keys(view).into_any()}
            <div class="two">
                {tools::seal_bench(view).into_any()}
                {tools::check_bench(view).into_any()}
            </div>
            <section class="card limits" aria-labelledby="limits-title">
                <h2 id="limits-title">{text.limits_title}</h2>
                <ul>{text.limits.iter().map(|limit| view! { <li>{*limit}</li> }).collect_view()}</ul>
                <details>
                    <summary>{text.differences}</summary>
                    <ul>{Difference::ALL.map(|each| view! { <li>{(text.difference)(each)}</li> }).collect_view()}</ul>
                </details>
                <noscript><p>{text.without_js}</p></noscript>
            </section>
        </main>
    }
    .into_any()
}
