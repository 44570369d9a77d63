//! The jar: one row per cookie, three views of it, its clock, and what can be done to it.

use leptos::prelude::*;

use super::{
    CookieView,
    moment::{moment, time_left},
    verdict::{short, verdict},
};
use crate::{
    cookies::{
        forge::Act,
        islands::{ScriptView, Seen},
        seal::{Seal, uri::encode_uri_component},
        state::Why,
        text::CookieText,
        views::{Row, State},
    },
    live::marks,
};

/// The card with the raw header and the table.
pub fn jar_table(view: &CookieView) -> impl IntoView + use<> {
    let text = view.text();
    let mut keys = Keys::default();
    let rows = view
        .rows
        .iter()
        .map(|row| table_row(row, &keys.next(row), view));
    let rows = rows.collect_view();
    let header = if view.heard.lines.is_empty() {
        view! { <p class="soft">{text.no_header}</p> }.into_any()
    } else {
        let lines = view.heard.lines.iter().map(|line| {
            let shown = if line.len() > 2000 {
                short(line)
            } else {
                line.clone()
            };
            view! { <p class="line"><span class="key">"Cookie: "</span>{shown}</p> }
        });
        lines.collect_view().into_any()
    };
    let is_empty = view.rows.is_empty();
    let empty = is_empty.then(|| view! { <p class="empty soft">{text.jar_empty}</p> });
    view! {
        <section class="card jar" aria-labelledby="jar-title" id="jar" data-testid="jar">
            <div class="head">
                <h2 id="jar-title" tabindex="-1">{text.jar_title}</h2>
                <form method="post" action="/lab/cookies/reset"><button class="quiet" type="submit" id="reset">{text.reset}</button></form>
            </div>
            <p class="soft">{text.jar_hint}</p>
            <details class="raw" id="raw" open>
                <summary>{text.raw_header}</summary>
                <div data-testid="raw-header">{header}</div>
                <p class="soft"><small>{text.lab_left_out}</small></p>
            </details>
            {empty}
            <table hidden=is_empty>
                <thead><tr>
                    <th scope="col">{text.col_cookie}</th>
                    <th scope="col">{text.col_left}</th>
                    <th scope="col">{text.col_js}</th>
                    <th scope="col">{text.col_server}</th>
                    <th scope="col">{text.col_seal}</th>
                    <th scope="col">{text.col_act}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn table_row(row: &Row, key: &str, view: &CookieView) -> impl IntoView + use<> {
    let text = view.text();
    let dead = matches!(row.state, State::Gone { .. } | State::Missing);
    let name = if row.name.is_empty() {
        text.nameless.to_owned()
    } else {
        row.name.clone()
    };
    let shown = if dead {
        view! { <s>{name.clone()}</s> }.into_any()
    } else {
        name.clone().into_any()
    };
    let attributes = row.cookie.as_ref().map(|cookie| {
        let flags = [
            (cookie.http_only, "HttpOnly"),
            (cookie.secure, "Secure"),
            (cookie.partitioned, "Partitioned"),
        ];
        let flags = flags
            .into_iter()
            .filter_map(|(is_set, flag)| is_set.then_some(flag));
        let flags: Vec<_> = std::iter::once(cookie.path.as_str()).chain(flags).collect();
        view! { <small class="soft">{flags.join(" · ")}</small> }
    });
    let row_name = format!("row-{}-{}", state_name(&row.state), row.name);
    view! {
        <tr class=dead.then_some("dead") data-testid=row_name>
            <th scope="row"><span class="name">{shown}</span>{attributes}</th>
            <td>{label(text.col_left)}{left(row, view.now_ms, text)}</td>
            <td>{label(text.col_js)}<span class="seen-by-js">{javascript(row, text)}</span></td>
            <td>{label(text.col_server)}<span class="received">{received(row, text)}</span></td>
            <td>{label(text.col_seal)}<span class="sealed">{sealed(row, text)}</span></td>
            <td class="acts">{label(text.col_act)}{acts(row, key, &name, view)}</td>
        </tr>
    }
}

/// The column of a cell, where the table is too narrow to have columns.
fn label(column: &'static str) -> impl IntoView {
    view! { <span class="col-label" aria-hidden="true">{column} ": "</span> }
}

/// A name for each row that stays the same while other rows come and go.
#[derive(Default)]
struct Keys(Vec<String>);

impl Keys {
    fn next(&mut self, row: &Row) -> String {
        let path = row.cookie.as_ref().map_or("", |cookie| &cookie.path);
        let parts = [state_name(&row.state), &row.name, path];
        let key = parts.map(encode_uri_component).join("~");
        let same = self.0.iter().filter(|known| **known == key).count();
        self.0.push(key.clone());
        // Of two cookies that only their place tells apart, the place is all there is.
        if same == 0 {
            key
        } else {
            format!("{key}~{same}")
        }
    }
}

const fn state_name(state: &State) -> &'static str {
    match state {
        State::Sent => "sent",
        State::Elsewhere { .. } => "elsewhere",
        State::HeldBack => "held-back",
        State::Missing => "missing",
        State::Gone { why, .. } => match why {
            Why::Expired => "expired",
            Why::Deleted => "deleted",
            Why::Replaced => "replaced",
            Why::Evicted => "evicted",
            Why::Rejected(_) => "rejected",
        },
    }
}

fn left(row: &Row, now_ms: i64, text: &'static CookieText) -> AnyView {
    if let State::Gone { why, at_ms } = &row.state {
        let why = (text.why)(why);
        return view! { {why} " · " {moment(*at_ms)} }.into_any();
    }
    match &row.cookie {
        None => view! { <span class="soft">{text.not_set_here}</span> }.into_any(),
        Some(cookie) => match cookie.expires_ms {
            None => view! { <span class="soft">{text.until_closed}</span> }.into_any(),
            Some(until) => time_left(now_ms, cookie.created_ms, until).into_any(),
        },
    }
}

/// Filled in by the browser: only it knows what a script sees.
fn javascript(row: &Row, text: &'static CookieText) -> AnyView {
    let none = match &row.state {
        State::Gone { .. } | State::Missing | State::HeldBack => {
            return view! { <span class="soft">"—"</span> }.into_any();
        }
        State::Elsewhere { .. } => text.js_elsewhere,
        State::Sent => match &row.cookie {
            Some(cookie) if cookie.http_only => text.js_http_only,
            // A cookie that was not set here may be HttpOnly or not.
            _ => text.js_not_there,
        },
    };
    let seen = Seen {
        name: row.name.clone(),
        value: row.value.clone(),
        none: none.to_owned(),
        waits: text.js_waits.to_owned(),
    };
    view! { <ScriptView seen/> }.into_any()
}

fn received(row: &Row, text: &'static CookieText) -> AnyView {
    match &row.state {
        State::Sent => {
            let pair = if row.name.is_empty() {
                row.value.clone()
            } else {
                format!("{}={}", row.name, row.value)
            };
            view! { <code>{short(&pair)}</code> }.into_any()
        }
        State::Elsewhere { seen } => {
            let path = row.cookie.as_ref().map_or("/", |cookie| &cookie.path);
            let said = if *seen {
                (text.elsewhere_seen)(path)
            } else {
                (text.elsewhere)(path)
            };
            view! { <span class="soft">{said}</span> }.into_any()
        }
        // The page asks again at once, and then nobody else has led here.
        State::HeldBack => {
            view! { <span class="soft" {..marks::waits()}>{text.held_back}</span> }.into_any()
        }
        State::Missing => {
            let lasts = row
                .cookie
                .as_ref()
                .is_some_and(|cookie| cookie.expires_ms.is_some());
            let said = if lasts {
                text.missing
            } else {
                text.missing_session
            };
            view! { <span class="soft">{said}</span> }.into_any()
        }
        State::Gone { why, .. } => {
            view! { <span class="soft">{(text.stopped)(why)}</span> }.into_any()
        }
    }
}

fn sealed(row: &Row, text: &'static CookieText) -> AnyView {
    if matches!(row.state, State::Gone { .. }) && row.seal == Seal::Plain {
        return view! { <span class="soft">"—"</span> }.into_any();
    }
    let readable = row
        .check
        .readable
        .as_ref()
        .filter(|_| row.seal != Seal::Plain)
        .map(|value| view! { <small class="soft">{(text.no_key_needed)(&short(value))}</small> });
    view! { {verdict(&row.check, text)} {readable} }.into_any()
}

fn acts(row: &Row, key: &str, name: &str, view: &CookieView) -> AnyView {
    let text = view.text();
    let last = view.notes.forged.as_ref();
    let is_last = last.is_some_and(|forged| forged.target == row.name);
    let form = |buttons: AnyView| {
        let path = row.cookie.as_ref().map(|cookie| cookie.path.clone());
        view! {
            <form method="post" action="/lab/cookies/forge" class="menu">
                <input type="hidden" name="name" value=row.name.clone()/>
                <input type="hidden" name="path" value=path.unwrap_or_default()/>
                {buttons}
            </form>
        }
    };
    // Where the keyboard waits when the button that it pressed is gone.
    let focus = encode_uri_component(&row.name);
    if let State::Gone { why, at_ms } = &row.state {
        let returns = row.seal != Seal::Plain && !matches!(why, Why::Rejected(_));
        return returns
            .then(|| {
                form(view! {
                    <input type="hidden" name="gone_ms" value=*at_ms/>
                    <button type="submit" name="act" value=Act::Replay.name() id=format!("back-{key}") {..marks::heir(focus.clone())}>{text.put_back}</button>
                }.into_any())
            })
            .into_any();
    }
    if row.name.is_empty() {
        return ().into_any();
    }
    let http_only = row.cookie.as_ref().is_some_and(|cookie| cookie.http_only);
    let buttons = Act::ALL
        .into_iter()
        .filter(|act| act.applies(row.seal, &row.value, row.cookie.as_ref()))
        .map(|act| view! { <button type="submit" name="act" value=act.name()>{(text.act)(act)}</button> });
    let edited = http_only.then(|| view! { <p class="soft"><small>{text.edited_note}</small></p> });
    let outcome =
        is_last.then(|| view! { <a class="soft" href="#forged-title">{text.what_came}</a> });
    view! {
        <details class="acts" name="acts" id=format!("acts-{key}") {..marks::menu()}>
            <summary id=format!("tamper-{key}") {..marks::heir(focus)} aria-label=(text.tamper)(name)>{text.tamper_short}</summary>
            {edited}
            {form(buttons.collect_view().into_any())}
        </details>
        {outcome}
    }
    .into_any()
}
