//! Two benches that never touch each other's fields: seal a value, check a cookie.

use leptos::prelude::*;

use super::{
    CookieView, OnBench,
    verdict::{steps, verdict},
    worlds_view::{Question, worlds_view},
};
use crate::{
    cookies::{
        seal::{self, Seal},
        state::FIRST_KEY,
        text::CookieText,
    },
    live::marks,
    pages::Page as Site,
};

/// Value and key in, bytes out.
pub fn seal_bench(view: &CookieView) -> impl IntoView + use<> {
    let (text, asked) = (view.text(), &view.asked);
    let format = asked.seal_format.unwrap_or(Seal::Express);
    let or = |typed: &str, first: &str| {
        let untouched = asked.seal_format.is_none();
        if untouched {
            first.to_owned()
        } else {
            typed.to_owned()
        }
    };
    let (name, value) = (or(&asked.seal_name, "rol"), or(&asked.seal_value, "alumna"));
    let key = or(&asked.seal_key, FIRST_KEY);
    let sealed = seal::seal(format, &name, &value, &key);
    view! {
        <section class="card" aria-labelledby="seal-title" id="seal-bench">
            <h2 id="seal-title">{text.seal_title}</h2>
            <p class="soft">{text.seal_hint} " " {text.name_for_private}</p>
            <form method="get" action=format!("{}#seal-bench", Site::Cookies.url(view.locale)) class="bench" autocomplete="off" {..marks::live_form(Site::Cookies.url(view.locale))}>
                {formats("seal_format", format, text)}
                {field("seal_name", text.name, &name)}
                {field("seal_value", text.value, &value)}
                {field("seal_key", text.key, &key)}
                <button type="submit" id="do-seal">{text.do_seal}</button>
            </form>
            <div id="seal-steps" data-testid="seal-steps">
                {steps(&sealed.steps, text)}
            </div>
        </section>
    }
}

/// A cookie's value and a key in, a verdict out, with the step that failed.
pub fn check_bench(view: &CookieView) -> impl IntoView + use<> {
    let text = view.text();
    let OnBench {
        format,
        name,
        cookie,
        key,
    } = view.asked.on_bench();
    let checked = seal::check(format, &name, &cookie, std::slice::from_ref(&key), &[]);
    let header = format!("{name}={cookie}");
    let keys = std::slice::from_ref(&key);
    let worlds = view.checked.as_ref().map(|worlds| {
        let question = Question {
            name: &name,
            seal: format,
            header: &header,
            keys,
        };
        worlds_view(&question, worlds, text)
    });
    view! {
        <section class="card" aria-labelledby="check-title" id="check-bench">
            <h2 id="check-title">{text.check_title}</h2>
            <p class="soft">{text.check_hint}</p>
            <form method="get" action=format!("{}#check-bench", Site::Cookies.url(view.locale)) class="bench" autocomplete="off" {..marks::live_form(Site::Cookies.url(view.locale))}>
                {formats("check_format", format, text)}
                {field("check_name", text.name, &name)}
                {field("check_cookie", text.cookie, &cookie)}
                {field("check_key", text.key, &key)}
                <button type="submit" id="do-check">{text.do_check}</button>
            </form>
            <div id="check-steps" data-testid="check-steps">
                {steps(&checked.steps, text)}
                <p data-testid="check-verdict">{verdict(&checked, text)}</p>
                {worlds}
            </div>
        </section>
    }
}

fn formats(name: &'static str, chosen: Seal, text: &'static CookieText) -> impl IntoView + use<> {
    let options = [Seal::Express, Seal::Signed, Seal::Private].map(|seal| {
        view! { <option value=seal.name() selected=seal == chosen>{(text.seal)(seal)}</option> }
    });
    view! { <label>{text.format}<select name=name>{options.collect_view()}</select></label> }
}

fn field(name: &'static str, label: &'static str, value: &str) -> impl IntoView + use<> {
    let value = value.to_owned();
    view! {
        <label>{label}<input type="text" name=name value=value spellcheck="false" autocapitalize="off"/></label>
    }
}
