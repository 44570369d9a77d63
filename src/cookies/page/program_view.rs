//! The program beside the form: slices of files that run, with the lines that the form uses marked.

use leptos::prelude::*;

use super::{CookieView, verdict::short};
use crate::cookies::{
    jar::SameSite,
    order::{Lifetime, Order, Unit},
    seal::Seal,
};

/// The program in Express, which the tests run.
pub const EXPRESS: &str = include_str!("../../../end2end/express/cookies.js");
/// The program in axum, which has just run.
pub const AXUM: &str = include_str!("../program.rs");

/// The region of a source file with this name, without its marks.
#[must_use]
pub fn region(source: &'static str, name: &str) -> &'static str {
    let begin = format!("// #region {name}\n");
    let after = source.split_once(&begin).map_or("", |(_, after)| after);
    after
        .split_once("// #endregion")
        .map_or("", |(region, _)| region)
}

/// Both programs, one open at a time.
pub fn program_view(view: &CookieView) -> impl IntoView + use<> {
    let (text, order) = (view.text(), &view.draft);
    let of_tower = matches!(order.seal, Seal::Signed | Seal::Private);
    let apart = of_tower.then(|| view! { <p class="hint"><b>{text.sealed_apart}</b></p> });
    let values = values(order).into_iter().map(|(name, value)| {
        view! { <li><code>{name}</code> " = " <code>{short(&value)}</code></li> }
    });
    let changed = text.changed.iter().map(|line| view! { <li>{*line}</li> });
    view! {
        <section class="card" aria-labelledby="program-title">
            <h2 id="program-title">{text.program}</h2>
            <div id="program" data-part="">
                <details name="program" class="source" id="express" open=!of_tower>
                    <summary>"Express"</summary>
                    {apart}
                    {source(region(EXPRESS, "set"), &in_express(order))}
                    <p class="soft">{text.express_hint}</p>
                </details>
                <details name="program" class="source" id="axum" open=of_tower>
                    <summary>"Axum"</summary>
                    {source(region(AXUM, "set"), &in_axum(order))}
                    <p class="soft">{text.axum_hint}</p>
                </details>
                <p class="soft">{text.with_your_form}":"</p>
                <ul class="values">{values.collect_view()}</ul>
            </div>
            <details class="changed">
                <summary>{text.changed_title}</summary>
                <ul>{changed.collect_view()}</ul>
            </details>
        </section>
    }
}

/// Source code with the lines marked that contain one of these words.
fn source(code: &'static str, words: &[&str]) -> impl IntoView + use<> {
    let lines = code.trim_end().split_inclusive('\n').map(|line| {
        if words.iter().any(|word| line.contains(word)) {
            view! { <mark>{line}</mark> }.into_any()
        } else {
            line.into_any()
        }
    });
    view! { <pre tabindex="0" lang="en"><code>{lines.collect_view()}</code></pre> }
}

fn in_express(order: &Order) -> Vec<&'static str> {
    [
        (
            matches!(order.lifetime(), Lifetime::MaxAge { .. }),
            " maxAge: ",
        ),
        (
            matches!(order.lifetime(), Lifetime::Expires { .. }),
            " expires: ",
        ),
        (!order.path.is_empty(), " path: "),
        (!order.domain.is_empty(), " domain: "),
        (order.http_only, " httpOnly: "),
        (order.secure, " secure: "),
        (order.partitioned, " partitioned: "),
        (order.same_site != SameSite::Unset, " sameSite: "),
        (order.seal == Seal::Express, " signed: "),
        (true, "res.cookie("),
    ]
    .into_iter()
    .filter_map(|(used, word)| used.then_some(word))
    .collect()
}

fn in_axum(order: &Order) -> Vec<&'static str> {
    let seal = match order.seal {
        Seal::Plain => "Seal::Plain =>",
        Seal::Express => "Seal::Express, &form",
        Seal::Signed => "Seal::Signed =>",
        Seal::Private => "Seal::Private =>",
    };
    [
        (true, seal),
        (true, "Cookie::new("),
        (
            matches!(order.lifetime(), Lifetime::MaxAge { .. }),
            "set_max_age",
        ),
        (
            matches!(order.lifetime(), Lifetime::Expires { .. }),
            "set_expires",
        ),
        (!order.path.is_empty(), "set_path"),
        (!order.domain.is_empty(), "set_domain"),
        (order.http_only, "set_http_only"),
        (order.secure, "set_secure"),
        (order.partitioned, "set_partitioned"),
        (order.same_site == SameSite::Lax, "SameSite::Lax =>"),
        (order.same_site == SameSite::Strict, "SameSite::Strict =>"),
        (order.same_site == SameSite::None, "SameSite::None =>"),
    ]
    .into_iter()
    .filter_map(|(used, word)| used.then_some(word))
    .collect()
}

/// The form's values in the words of the Express program.
fn values(order: &Order) -> Vec<(&'static str, String)> {
    let mut values = vec![("name", order.name.clone()), ("value", order.value.clone())];
    match (order.unit, order.lifetime()) {
        (Unit::Ms, Lifetime::MaxAge { .. }) => values.push(("maxAge", order.lifetime.clone())),
        (_, Lifetime::MaxAge { seconds }) => {
            values.push(("maxAge", seconds.saturating_mul(1000).to_string()));
        }
        (_, Lifetime::Expires { .. }) => values.push(("expires", order.lifetime.clone())),
        (_, Lifetime::Session | Lifetime::Unreadable) => {}
    }
    for (name, value) in [("path", &order.path), ("domain", &order.domain)] {
        if !value.is_empty() {
            values.push((name, value.clone()));
        }
    }
    for (name, is_set) in [
        ("httpOnly", order.http_only),
        ("secure", order.secure),
        ("partitioned", order.partitioned),
        ("signed", order.seal == Seal::Express),
    ] {
        if is_set {
            values.push((name, "true".to_owned()));
        }
    }
    let same_site = match order.same_site {
        SameSite::Unset => return values,
        SameSite::Lax => "lax",
        SameSite::Strict => "strict",
        SameSite::None => "none",
    };
    values.push(("sameSite", same_site.to_owned()));
    values
}
