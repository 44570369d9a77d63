//! Serves the table of pages, and the server functions behind their buttons.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, Query, RawQuery, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::{prelude::provide_context, server_fn::error::ServerFnUrlError};
use serde::Deserialize;

use super::{Playground, guards};
use crate::{
    config,
    consoles::{self, bench::ConsoleLab, page::ConsoleView},
    cookies::{
        cookie_form::Order,
        experiments::overfill,
        outcome,
        page::{Asked, CookieView},
        readers,
        request::{Heard, Visit, student_lines},
        server_rules,
        state::{CookieLab, Page as Notes},
        views,
    },
    error::LabError,
    failures::{look::Look, page::FailureView, routes, state::FailureLab},
    i18n::Locale,
    pages::Page,
    sandbox::identity::SandboxId,
    sessions::{control::Caller, inspector, lab::SessionLab, page::SessionView},
    shell::{self, Shell},
};

/// What a server function left in the URL when it led a plain form back to the page.
#[derive(Deserialize)]
pub struct Failed {
    #[serde(rename = "__err")]
    error: Option<String>,
}

/// The page of the session lab as it is now, as HTML that works without JavaScript.
pub async fn sessions(
    State(playground): State<Arc<Playground>>,
    Extension(lab): Extension<Arc<SessionLab>>,
    Extension(id): Extension<SandboxId>,
    Path(locale): Path<String>,
    Query(failed): Query<Failed>,
    request: Request,
) -> Response {
    let Some(locale) = Locale::from_tag(&locale) else {
        return not_found(Locale::from_headers(request.headers())).await;
    };
    let headers = request.headers();
    let caller = Caller::new(lab, id, headers, locale);
    let scheme = if guards::is_https(headers, playground.trust_proxy) {
        "https"
    } else {
        "http"
    };
    let view = Arc::new(SessionView {
        locale,
        origin: format!(
            "{scheme}://{}",
            guards::host(headers, playground.trust_proxy).unwrap_or("localhost")
        ),
        snapshot: inspector::look(&caller, &playground.identity, 0).await,
        notice: failed
            .error
            .as_deref()
            .map(ServerFnUrlError::<LabError>::decode_err),
    });
    let shell = shell_of(&playground);
    let render =
        leptos_axum::render_app_async_with_context(|| (), move || shell::sessions(&shell, &view));
    unstored(render(request).await)
}

/// The page of the cookie lab: what the browser has just sent, beside what the rule says.
pub async fn cookies(
    State(playground): State<Arc<Playground>>,
    Extension(lab): Extension<Arc<CookieLab>>,
    Extension(visit): Extension<Visit>,
    Path(locale): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let Some(locale) = Locale::from_tag(&locale) else {
        return not_found(visit.locale).await;
    };
    let query = query.unwrap_or_default();
    let heard = Heard::from_headers(request.headers());
    let now_ms = config::now_ms();
    let news = {
        let mut notes = lab.notes.page();
        let seen = views::observe(&mut notes, &visit, &heard, now_ms);
        views::conclude(&mut notes, &heard, now_ms) || seen
    };
    // Counted it is by now; and whatever came in between, a crowd goes as soon as it is heard.
    let farewell = overfill::farewell(&heard);
    let notes = lab.notes.page().clone();
    let asked: Asked = serde_urlencoded::from_str(&query).unwrap_or_default();
    let draft = draft(&query).unwrap_or_else(|| draft_of(&asked, &notes));
    let lines = student_lines(request.headers());
    let aftermath = outcome::look(&notes, &visit, &heard, &lines).await;
    let bench = asked.on_bench();
    let pair = format!("{}={}", bench.name, bench.cookie);
    let checked = match HeaderValue::from_bytes(pair.as_bytes()) {
        Ok(line) => Some(readers::ask(&[line], &bench.name, bench.format, &[bench.key]).await),
        Err(_) => None,
    };
    let view = CookieView {
        locale,
        rows: views::rows(&notes, &visit, &heard),
        findings: server_rules::check(&draft, &draft.wire(notes.key())),
        notice: LabError::from_code(&asked.refused),
        visit,
        heard,
        draft,
        asked,
        aftermath,
        checked,
        now_ms,
        notes,
    };
    let shell = shell_of(&playground);
    let render =
        leptos_axum::render_app_async_with_context(|| (), move || shell::cookies(&shell, &view));
    let mut response = unstored(render(request).await);
    for line in farewell {
        if let Ok(line) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    if news {
        lab.notes.touch();
        lab.notes.keep().await;
        // Only now: another tab that looked before this request would have sent its cookies too early.
        lab.notes.announce();
    }
    response
}

/// The page of the failure lab as it is now.
pub async fn failures(
    State(playground): State<Arc<Playground>>,
    Extension(sessions): Extension<Arc<SessionLab>>,
    Extension(lab): Extension<Arc<FailureLab>>,
    Extension(id): Extension<SandboxId>,
    Path(locale): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let Some(locale) = Locale::from_tag(&locale) else {
        return not_found(Locale::from_headers(request.headers())).await;
    };
    let caller = Caller::new(sessions, id, request.headers(), locale);
    let asked = routes::asked(&query.unwrap_or_default());
    let notes = lab.notes.page().clone();
    let last = notes.run.as_ref().map(|run| run.known.clone());
    let look = Box::pin(Look::at(&caller, &last.unwrap_or_default())).await;
    let view = Arc::new(FailureView {
        locale,
        notice: notes
            .notice
            .clone()
            .filter(|notice| notice.code() == asked.refused),
        notes,
        look,
        asked,
    });
    let shell = shell_of(&playground);
    let render =
        leptos_axum::render_app_async_with_context(|| (), move || shell::failures(&shell, &view));
    unstored(render(request).await)
}

/// The page of the consoles as they are now.
pub async fn consoles(
    State(playground): State<Arc<Playground>>,
    Extension(sessions): Extension<Arc<SessionLab>>,
    Extension(lab): Extension<Arc<ConsoleLab>>,
    Extension(id): Extension<SandboxId>,
    Path(locale): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let Some(locale) = Locale::from_tag(&locale) else {
        return not_found(Locale::from_headers(request.headers())).await;
    };
    let caller = Caller::new(sessions, id, request.headers(), locale);
    let asked = consoles::exhibits::asked(&query.unwrap_or_default());
    let near = guards::is_near(request.headers(), playground.trust_proxy);
    let notes = lab.notes.page().clone();
    let view = Arc::new(ConsoleView::at(&caller, &notes, asked, near));
    let shell = shell_of(&playground);
    let render =
        leptos_axum::render_app_async_with_context(|| (), move || shell::consoles(&shell, &view));
    unstored(render(request).await)
}

/// The form in the query, if somebody is typing one.
fn draft(query: &str) -> Option<Order> {
    let has_form = query.split('&').any(|field| field.starts_with("name="));
    has_form
        .then(|| serde_urlencoded::from_str(query).ok())
        .flatten()
}

/// The form of the experiment that was just loaded, else as it was sent last.
fn draft_of(asked: &Asked, notes: &Notes) -> Order {
    let running = notes.run.as_ref().map(|run| run.experiment);
    match asked.experiment.filter(|loaded| Some(*loaded) != running) {
        Some(loaded) => loaded.order(),
        None => notes.order.clone(),
    }
}

/// How pages are built here.
pub fn shell_of(playground: &Playground) -> Shell {
    Shell {
        site: playground.site.clone(),
        stylesheet: playground.stylesheet.clone(),
        watched: playground.watched,
    }
}

/// What no cache may keep.
pub fn unstored(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A server function: see `sessions::api`.
pub async fn server_function(
    State(playground): State<Arc<Playground>>,
    Extension(lab): Extension<Arc<SessionLab>>,
    Extension(id): Extension<SandboxId>,
    locale: Locale,
    request: Request,
) -> Response {
    let caller = Caller::new(lab, id, request.headers(), locale);
    let context = move || {
        provide_context(caller.clone());
        provide_context(playground.identity.clone());
    };
    let mut response = leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response();
    tidy_location(&mut response);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The way back to the page, without the `?` that is left when an old error is taken out of it.
fn tidy_location(response: &mut Response) {
    let location = response.headers().get(header::LOCATION);
    let tidy = location
        .and_then(|url| url.as_bytes().strip_suffix(b"?"))
        .and_then(|url| HeaderValue::from_bytes(url).ok());
    if let Some(tidy) = tidy {
        response.headers_mut().insert(header::LOCATION, tidy);
    }
}

/// `/` leads to the session lab in the language that the browser prefers; `/es` and `/en` in their own.
pub async fn to_the_lab(locale: Locale) -> Redirect {
    Redirect::temporary(&Page::Sessions.url(locale))
}

/// Nothing is here.
pub async fn not_found(locale: Locale) -> Response {
    (StatusCode::NOT_FOUND, locale.frame().not_found).into_response()
}
