//! Below the drawing: the accounts and the source of the site. Made on the server only.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    sessions::site::{ACCOUNTS, Role},
};

/// The very file that is compiled into the server.
const SITE_SOURCE: &str = include_str!("../site.rs");

/// The accounts, what is a model and what is real, and the source.
pub fn site_section(locale: Locale) -> impl IntoView {
    let text = locale.text();
    let rows = ACCOUNTS.map(|(name, password, role)| {
        let role = if role == Role::Admin { text.admin } else { text.student };
        view! { <tr><td><code>{name}</code></td><td><code>{password}</code></td><td>{role}</td></tr> }
    });
    view! {
        <section class="site-section" aria-labelledby="site-title">
            <div class="beside">
                <div>
                    <h2 id="site-title">{text.site_title}</h2>
                    <p>{text.site_hint}</p>
                </div>
                <table>
                    <caption>{text.accounts}</caption>
                    <thead><tr><th scope="col">{text.account}</th><th scope="col">{text.password}</th><th scope="col">{text.role}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <details id="site-source">
                <summary>{text.source}</summary>
                <pre tabindex="0" lang="en" data-testid="site-source"><code>{SITE_SOURCE}</code></pre>
            </details>
            <h2>{text.model_title}</h2>
            <p>{text.model}</p>
            <noscript><p>{text.without_js}</p></noscript>
        </section>
    }
}
