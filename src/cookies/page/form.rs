//! The form that sets a cookie, what is wrong with what it says, and the line written by hand.

use leptos::prelude::*;

use super::{CookieView, verdict::short};
use crate::{
    cookies::{
        cookie_form::{Lifetime, Order, Unit},
        seal::Seal,
        text::CookieText,
        user_agent::SameSite,
    },
    live::marks,
    pages::Page as Site,
};

/// The card with both forms.
pub fn form(view: &CookieView) -> impl IntoView + use<> {
    let text = view.text();
    let page = Site::Cookies.url(view.locale);
    view! {
        <section class="card" id="set" aria-labelledby="set-title">
            <h2 id="set-title">{text.set}</h2>
            <form method="post" action="/lab/cookies/set" class="fields" id="order" autocomplete="off" {..marks::live_form(page.clone())}>
                {fields(&view.draft, text)}
                <div class="wide" id="hint">{hint(view)}</div>
                <div class="wide buttons">
                    <button class="go" type="submit" id="create">{text.create}</button>
                    <button type="submit" name="anyway" value="1" id="anyway" aria-describedby="anyway-hint">{text.anyway}</button>
                    <button type="submit" formmethod="get" formaction=format!("{page}#set") formnovalidate="" class="quiet" id="look-first">{text.look_first}</button>
                </div>
                <p class="wide soft" id="anyway-hint">{text.anyway_hint}</p>
            </form>
            <details id="by-hand">
                <summary>{text.by_hand}</summary>
                <form method="post" action="/lab/cookies/line" class="by-hand" autocomplete="off">
                    <label for="line">{text.by_hand_label}</label>
                    <input type="text" id="line" name="line" required placeholder="a=1; Max-Age=60" spellcheck="false" autocapitalize="off"/>
                    <button type="submit">{text.send_line}</button>
                    <p class="soft">{text.by_hand_hint}</p>
                </form>
            </details>
        </section>
    }
}

fn fields(order: &Order, text: &'static CookieText) -> impl IntoView + use<> {
    let typed = |label: &'static str,
                 name: &'static str,
                 value: &str,
                 placeholder: &'static str| {
        let value = value.to_owned();
        view! {
            <label>{label}
                <input type="text" name=name value=value placeholder=placeholder spellcheck="false" autocapitalize="off"/>
            </label>
        }
    };
    let ticked = |label: &'static str, name: &'static str, checked: bool| {
        view! { <label class="check"><input type="checkbox" name=name value="1" checked=checked/>{label}</label> }
    };
    let seals = Seal::ALL.map(|seal| {
        view! { <option value=seal.name() selected=seal == order.seal>{(text.seal)(seal)}</option> }
    });
    let units = Unit::ALL.map(|unit| {
        view! { <option value=unit.name() selected=unit == order.unit>{(text.unit)(unit)}</option> }
    });
    let same_sites = [
        (SameSite::Unset, "unset", text.same_site_unset),
        (SameSite::Lax, "lax", "Lax"),
        (SameSite::Strict, "strict", "Strict"),
        (SameSite::None, "none", "None"),
    ]
    .map(|(same_site, value, label)| {
        view! { <option value=value selected=same_site == order.same_site>{label}</option> }
    });
    view! {
        {typed(text.name, "name", &order.name, "")}
        {typed(text.value, "value", &order.value, "")}
        <label>{text.seal_label}<select name="seal">{seals.collect_view()}</select></label>
        {typed(text.lifetime, "lifetime", &order.lifetime, "")}
        <label>{text.unit_label}<select name="unit">{units.collect_view()}</select></label>
        <label>"SameSite"<select name="same_site">{same_sites.collect_view()}</select></label>
        {typed("Path", "path", &order.path, "")}
        {typed("Domain", "domain", &order.domain, text.domain_hint)}
        <div class="checks" role="group">
            {ticked("HttpOnly", "http_only", order.http_only)}
            {ticked("Secure", "secure", order.secure)}
            {ticked("Partitioned", "partitioned", order.partitioned)}
        </div>
    }
}

/// What becomes of the lifetime, what is wrong, and the line that would be sent.
fn hint(view: &CookieView) -> impl IntoView + use<> {
    let (text, order) = (view.text(), &view.draft);
    let lifetime = order.lifetime();
    let lasting = (text.lasting)(&lifetime, order.lifetime.trim(), order.unit);
    let over = lifetime
        .is_over(view.now_ms)
        .then(|| view! { " " <b>{text.over_at_once}</b> });
    let capped = lifetime
        .is_capped(view.now_ms)
        .then(|| view! { " " <b>{text.capped}</b> });
    let unreadable = (lifetime == Lifetime::Unreadable).then_some("bad");
    let findings = view.findings.iter().map(|finding| {
        let class = if finding.only_warns() {
            "warns"
        } else {
            "wrong"
        };
        view! { <li class=class>{(text.finding)(finding)}</li> }
    });
    let findings = if view.findings.is_empty() {
        view! { <p class="fine"><span aria-hidden="true">"✓ "</span>{text.all_well}</p> }.into_any()
    } else {
        view! { <ul class="findings" data-testid="findings">{findings.collect_view()}</ul> }
            .into_any()
    };
    let line = short_line(&order.line(&order.wire(view.notes.key())));
    let differs =
        (order.seal == Seal::Private).then(|| view! { <br/> <small>{text.would_differ}</small> });
    view! {
        <p class="hint"><span class=unreadable>{lasting}</span>{over}{capped}</p>
        {findings}
        <p class="soft preview">{text.would_send} ": " <code data-testid="preview">"Set-Cookie: "{line}</code>{differs}</p>
    }
}

fn short_line(line: &str) -> String {
    if line.len() > 400 {
        short(line)
    } else {
        line.to_owned()
    }
}
