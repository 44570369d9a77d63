//! The program beside the form: slices of files that run, with the lines that the form uses marked.

use leptos::prelude::*;

use super::{CookieView, verdict::short};
use crate::cookies::{
    cookie_form::{Lifetime, Order, Unit},
    seal::Seal,
    text::ProgramText,
    user_agent::SameSite,
};

/// A file whose regions the page shows.
#[derive(Clone, Copy)]
struct File {
    /// Where it is in the repository.
    path: &'static str,
    text: &'static str,
}

/// The program in Express, which the tests run.
const EXPRESS: File = File {
    path: "end2end/express/cookies.js",
    text: include_str!("../../../end2end/express/cookies.js"),
};
/// The program in axum, whose `set` answers the form.
const AXUM: File = File {
    path: "src/cookies/program.rs",
    text: include_str!("../program.rs"),
};
/// What older notes write beside what is written today.
const NOTES: File = File {
    path: "end2end/express/notes.js",
    text: include_str!("../../../end2end/express/notes.js"),
};

impl File {
    /// The region with this name, without its marks.
    fn region(self, name: &str) -> &'static str {
        let begin = format!("// #region {name}\n");
        let after = self.text.split_once(&begin).map_or("", |(_, after)| after);
        let region = after
            .split_once("// #endregion")
            .map_or("", |(inside, _)| inside);
        region.trim_end()
    }

    /// The region's code, with the lines marked that contain one of these words.
    fn show(self, name: &str, words: &[&str]) -> impl IntoView + use<> {
        let source = format!("{}#{name}", self.path);
        let lines = self.region(name).split_inclusive('\n').map(|line| {
            if words.iter().any(|word| line.contains(word)) {
                view! { <mark>{line}</mark> }.into_any()
            } else {
                line.into_any()
            }
        });
        view! { <pre tabindex="0" lang="en" data-testid=format!("source-{source}")><code>{lines.collect_view()}</code></pre> }
    }
}

/// Both programs, one open at a time.
pub fn program_view(view: &CookieView) -> impl IntoView + use<> {
    let (text, order) = (view.text().program, &view.draft);
    let of_tower = matches!(order.seal, Seal::Signed | Seal::Private);
    let apart = of_tower.then(|| view! { <p class="hint"><b>{text.sealed_apart}</b></p> });
    let values = values(order).into_iter().map(|(name, value)| {
        // An empty one has no text at all: the style shows it as quotes.
        let value = (!value.is_empty()).then(|| short(&value));
        view! { <li><code>{name}</code> " = " <code>{value}</code></li> }
    });
    view! {
        <section class="card" aria-labelledby="program-title">
            <h2 id="program-title">{text.title}</h2>
            <div id="program">
                <details name="program" class="source" id="express" open=!of_tower>
                    <summary>"Express"</summary>
                    {apart}
                    {regions(EXPRESS, "express", &in_express(order), text)}
                    <p class="soft">{text.express_hint}</p>
                </details>
                <details name="program" class="source" id="axum" open=of_tower>
                    <summary>"Axum"</summary>
                    {regions(AXUM, "axum", &in_axum(order), text)}
                    <p class="soft">{text.axum_hint}</p>
                </details>
                <p class="soft">{text.with_your_form}":"</p>
                <ul class="values">{values.collect_view()}</ul>
            </div>
            <details class="changed source">
                <summary>{text.changed_title}</summary>
                <ul>{changed(text)}</ul>
            </details>
        </section>
    }
}

/// A program's parts in its own order; the one that the form uses is open.
fn regions(
    file: File,
    id: &'static str,
    words: &[&str],
    text: &'static ProgramText,
) -> impl IntoView + use<> {
    let parts = text.regions.iter().map(|(name, label)| {
        let sets = *name == "set";
        let words = if sets { words } else { &[] };
        view! {
            <details id=format!("{id}-{name}") open=sets>
                <summary>{*label}</summary>
                {file.show(name, words)}
            </details>
        }
    });
    parts.collect_view()
}

/// What is otherwise in the class's notes, with the lines that they have and those of today.
fn changed(text: &'static ProgramText) -> impl IntoView + use<> {
    let items = text.changed.iter().map(|(said, code)| {
        let code = code.map(|code| {
            view! {
                <small class="soft">{text.changed_then}</small>
                {NOTES.show(&format!("{code}-then"), &[])}
                <small class="soft">{text.changed_today}</small>
                {NOTES.show(&format!("{code}-today"), &[])}
            }
        });
        view! { <li>{*said}{code}</li> }
    });
    items.collect_view()
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
        Seal::Express => "Seal::Express =>",
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
        (Unit::Ms, Lifetime::MaxAge { .. }) => {
            values.push(("maxAge", order.lifetime.trim().to_owned()));
        }
        (_, Lifetime::MaxAge { seconds }) => {
            values.push(("maxAge", seconds.saturating_mul(1000).to_string()));
        }
        // JavaScript reads dates in another way than browsers do: this one is the same to both.
        (_, Lifetime::Expires { .. }) => {
            values.push(("expires", order.expires().unwrap_or_default()));
        }
        (_, Lifetime::Session | Lifetime::Unreadable) => {}
    }
    // Without it Express writes Path=/; with an empty one it writes none, as axum does.
    values.push(("path", order.path.clone()));
    if !order.domain.is_empty() {
        values.push(("domain", order.domain.clone()));
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
