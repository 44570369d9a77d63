//! The HTML around the application: made on the server only, so none of it weighs on the wasm.

use axum::http::{HeaderValue, header};
use leptos::{
    config::LeptosOptions,
    hydration::{AutoReload, HydrationScripts},
    nonce::use_nonce,
    prelude::*,
};
use leptos_axum::ResponseOptions;

use crate::{
    consoles::page::{ConsoleView, console_page},
    cookies::page::{CookieView, cookie_page},
    failures::page::{
        FailureView, failure_page,
        operator::{OperatorView, operator_page},
    },
    frame::Frame,
    i18n::Locale,
    pages::Page,
    sessions::page::{SessionView, session_page},
};

/// How a page is built around what it shows.
#[derive(Clone)]
pub struct Shell {
    /// Where the built page is and how its files are named.
    pub site: LeptosOptions,
    /// The URL of the stylesheet.
    pub stylesheet: String,
    /// Whether the page reloads by itself (`make dev`).
    pub watched: bool,
}

/// The page of the session lab.
pub fn sessions(shell: &Shell, view: &SessionView) -> impl IntoView + use<> {
    let locale = view.locale;
    let text = locale.text();
    let inside = view! {
        <Frame here=Page::Sessions locale/>
        {session_page(view)}
    };
    document(
        shell.clone(),
        locale,
        (text.title, text.description),
        inside,
    )
}

/// The page of the cookie lab.
pub fn cookies(shell: &Shell, view: &CookieView) -> impl IntoView + use<> {
    let locale = view.locale;
    let text = locale.cookies();
    let inside = view! {
        <Frame here=Page::Cookies locale/>
        {cookie_page(view)}
    };
    document(
        shell.clone(),
        locale,
        (text.title, text.description),
        inside,
    )
}

/// The page of the failure lab.
pub fn failures(shell: &Shell, view: &FailureView) -> impl IntoView + use<> {
    let locale = view.locale;
    let text = locale.failures();
    let inside = view! {
        <Frame here=Page::Failures locale/>
        {failure_page(view)}
    };
    document(
        shell.clone(),
        locale,
        (text.title, text.description),
        inside,
    )
}

/// The page of the consoles.
pub fn consoles(shell: &Shell, view: &ConsoleView) -> impl IntoView + use<> {
    let locale = view.locale;
    let text = locale.consoles();
    let inside = view! {
        <Frame here=Page::Consoles locale/>
        {console_page(view)}
    };
    document(
        shell.clone(),
        locale,
        (text.title, text.description),
        inside,
    )
}

/// The page of the operator.
pub fn operator(shell: &Shell, view: &OperatorView) -> impl IntoView + use<> {
    let locale = view.locale;
    let text = locale.failures();
    let inside = view! {
        <Frame here=Page::Failures locale/>
        {operator_page(view)}
    };
    document(
        shell.clone(),
        locale,
        (text.operator, text.operator_lede),
        inside,
    )
}

/// A whole page, with its title and description.
fn document<Inside: IntoView + 'static>(
    shell: Shell,
    locale: Locale,
    (title, description): (&'static str, &'static str),
    inside: Inside,
) -> impl IntoView + use<Inside> {
    let text = locale.frame();
    let Shell {
        site,
        stylesheet,
        watched,
    } = shell;
    set_content_security_policy(watched);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description" content=description/>
                <title>{title} " · Session Playground"</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=stylesheet/>
                <AutoReload options=site.clone() disable_watch=!watched/>
                <script defer src="/idiomorph.js" nonce=use_nonce()></script>
                <HydrationScripts options=site.clone() islands=true/>
            </head>
            <body>
                <a class="skip" href="#lab">{text.skip}</a>
                {inside}
            </body>
        </html>
    }
}

/// Scripts only with this response's nonce; nothing from anywhere else (CSP Level 3).
fn set_content_security_policy(watched: bool) {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    // While somebody develops, the page listens to the builder on another port.
    let reload = if watched { " ws:" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'{reload}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
