//! The settings: each with the option of Express that it is, and what tower-sessions does.

use leptos::prelude::*;

use super::FailureView;
use crate::{
    failures::text::SettingWords,
    sessions::settings::{Balance, DeadCookie, Disk, Renewal, Sliding, Writes},
};

/// The card with the settings.
pub fn settings(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let settings = &view.look.settings;
    let secrets = settings.secrets.join(", ");
    let seconds = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let sliding = [Sliding::Change, Sliding::Request, Sliding::Fixed];
    let renewal = [Renewal::Cycle, Renewal::Regenerate, Renewal::Keep];
    let writes = [Writes::Compare, Writes::Upsert];
    let balance = [Balance::A, Balance::B, Balance::Alternate];
    let disk = [Disk::Separate, Disk::Shared];
    let dead = [DeadCookie::Remove, DeadCookie::Keep];
    view! {
        <section class="card" aria-labelledby="settings-title">
            <h2 id="settings-title">{text.settings}</h2>
            <p class="soft">{text.settings_hint}</p>
            <form class="settings" id="settings" method="post" action="/lab/failures/settings">
                {choice(&text.balance_setting, "balance", balance.map(|each| (each == settings.balance, word(&each), (text.balance)(each))).into())}
                {choice(&text.disk, "disk", disk.map(|each| (each == settings.disk, word(&each), (text.disk_option)(each))).into())}
                {choice(&text.dead_cookie_setting, "dead_cookie", dead.map(|each| (each == settings.dead_cookie, word(&each), (text.dead_cookie)(each))).into())}
                {field(&text.cookie_max_age, "cookie_max_age_s", seconds(settings.cookie_max_age_s), Some(text.empty_is_none), text.seconds)}
                {field(&text.ttl, "ttl_s", settings.ttl_s.to_string(), None, text.seconds)}
                {choice(&text.sliding, "sliding", sliding.map(|each| (each == settings.sliding, word(&each), (text.sliding_option)(each))).into())}
                {tick(&text.resave, "resave", settings.resave)}
                {tick(&text.save_uninitialized, "save_uninitialized", settings.save_uninitialized)}
                {field(&text.secrets, "secrets", secrets, None, "")}
                {choice(&text.renewal, "renewal", renewal.map(|each| (each == settings.renewal, word(&each), (text.renewal_option)(each))).into())}
                {choice(&text.writes, "writes", writes.map(|each| (each == settings.writes, word(&each), (text.writes_option)(each))).into())}
                {field(&text.folder, "folder", settings.folder.clone(), None, "")}
                {field(&text.retries, "retries", settings.retries.to_string(), None, "")}
                {field(&text.reap_every, "reap_every_s", seconds(settings.reap_every_s), Some(text.empty_is_none), text.seconds)}
                <button class="go">{text.apply}</button>
            </form>
        </section>
    }
}

/// The word of an option in the form.
fn word(option: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(option).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}

fn explained(words: &SettingWords, id: &str) -> impl IntoView + use<> {
    // Some things are nobody's option.
    let express = (words.express != "—").then(|| {
        view! { "Express: " <code>{words.express}</code> ". " }
    });
    view! { <p class="hint" id=format!("hint-{id}")>{express} "tower-sessions: " {words.tower}</p> }
}

fn choice(
    words: &SettingWords,
    name: &'static str,
    options: Vec<(bool, String, &'static str)>,
) -> impl IntoView + use<> {
    let options = options.into_iter().map(|(chosen, word, label)| {
        view! { <option value=word selected=chosen>{label}</option> }
    });
    view! {
        <div>
            <label for=name>{words.label}</label>
            <select id=name name=name aria-describedby=format!("hint-{name}")>{options.collect_view()}</select>
            {explained(words, name)}
        </div>
    }
}

fn field(
    words: &SettingWords,
    name: &'static str,
    value: String,
    hint: Option<&'static str>,
    unit: &'static str,
) -> impl IntoView + use<> {
    view! {
        <div>
            <label for=name>{words.label} " " <small>{unit} " " {hint}</small></label>
            <input type="text" id=name name=name value=value autocomplete="off" spellcheck="false" aria-describedby=format!("hint-{name}")/>
            {explained(words, name)}
        </div>
    }
}

fn tick(words: &SettingWords, name: &'static str, is_on: bool) -> impl IntoView + use<> {
    view! {
        <div>
            <label class="check" for=name>
                <input type="checkbox" id=name name=name checked=is_on aria-describedby=format!("hint-{name}")/>
                {words.label}
            </label>
            {explained(words, name)}
        </div>
    }
}
