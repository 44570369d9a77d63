//! The outcome matrix: every cell a verdict that opens its trace; empty ones invite.

use leptos::prelude::*;

use super::{FailureView, hue, run_view};
use crate::{
    failures::{matrix::Row, menu::Failure},
    pages::Page as Site,
    stores::StoreKind,
};

/// The card with the matrix.
pub fn matrix(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let heads = StoreKind::ALL
        .map(|store| view! { <th scope="col" class=hue(store)>{store.label(view.locale)}</th> });
    let lines = Failure::ALL.map(|failure| line(view, failure).into_any());
    let file = |name: &str| format!("/lab/failures/matrix/{name}");
    view! {
        <section class="card matrix" aria-labelledby="matrix-title">
            <div class="head">
                <h2 id="matrix-title">{text.matrix}</h2>
                <p>
                    {text.export} " "
                    <a href=file("matrix.md") download="">{text.export_markdown}</a> " · "
                    <a href=file("matrix.csv") download="">{text.export_csv}</a> " · "
                    <a href=file("matrix.svg") download="">{text.export_picture}</a>
                </p>
            </div>
            <p class="soft">{text.matrix_hint}</p>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="matrix-title">
                <table id="matrix" data-testid="matrix">
                    <thead><tr><th scope="col">{text.matrix_failure}</th>{heads.collect_view()}</tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

fn line(view: &FailureView, failure: Failure) -> impl IntoView + use<> {
    let text = view.text();
    let row = view.notes.row(failure);
    let title = (text.failure)(failure).title;
    let url = format!(
        "{}?failure={}#run",
        Site::Failures.url(view.locale),
        failure.id()
    );
    let cells = StoreKind::ALL.map(|store| {
        if let Some(row) = row {
            return cell(view, row, store).into_any();
        }
        let (url, name) = (url.clone(), (text.try_it)(title));
        view! { <td class="untried"><a class="empty" href=url aria-label=name>"·"</a></td> }
            .into_any()
    });
    view! {
        <tr data-testid=format!("row-{}", failure.id())>
            <th scope="row"><a href=url>{title}</a></th>
            {cells.collect_view()}
        </tr>
    }
}

fn cell(view: &FailureView, row: &Row, store: StoreKind) -> impl IntoView + use<> {
    let (text, shared) = (view.text(), view.locale.text());
    let Some(verdict) = row.verdict(store) else {
        return view! { <td></td> }.into_any();
    };
    let said = verdict.predicted.map(|guess| {
        let sign = match verdict.hit() {
            Some(true) => " ✓",
            Some(false) => " ✗",
            None => "",
        };
        view! { <small>{text.you_said} " " {(shared.prediction)(guess)} {sign}</small> }
    });
    let place = format!("m-{}", row.failure.id());
    let deeds = row.deeds.iter().map(|(deed, reply)| {
        view! { <li><code>{deed.clone()} " → " {reply.clone()}</code></li> }
    });
    view! {
        <td>
            <span class="col-label" aria-hidden="true">{store.label(view.locale)}</span>
            <details id=format!("cell-{}-{}", row.failure.id(), store.name())>
                <summary>
                    <span class=format!("mark {}", verdict.outcome.name())>
                        <span aria-hidden="true">{run_view::sign(verdict.outcome)}</span> " " {(shared.outcome)(verdict.outcome)}
                    </span>
                    {said}
                </summary>
                <ol class="deeds">{deeds.collect_view()}</ol>
                {run_view::trace(view, store, verdict, &place)}
            </details>
        </td>
    }
    .into_any()
}
