//! The program behind the form, in axum with tower-cookies: what "Create" runs.
//!
//! The page shows the regions of this file beside the same program in Express
//! (`end2end/express/cookies.js`). The page's own form runs `set`; the tests run all of them.

use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use cookie::{Cookie, SameSite, time::Duration};
use serde_json::{Value, json};
use time::OffsetDateTime;
use tower_cookies::{CookieManagerLayer, Cookies};

use super::{
    cookie_form::{Lifetime, Order},
    seal::{Seal, key_of, seal},
    user_agent::SameSite as Choice,
};

// #region start
/// The whole program. `secret` seals the cookies.
pub fn program(secret: String) -> Router {
    Router::new()
        .route("/lab/cookies/set", post(set))
        .route("/lab/cookies/read", get(read))
        .route("/lab/cookies/delete", post(delete))
        .layer(CookieManagerLayer::new())
        .with_state(secret)
}
// #endregion

// #region set
async fn set(
    jar: Cookies,
    // The secret that seals.
    State(secret): State<String>,
    Form(form): Form<Order>,
) -> StatusCode {
    let lifetime = form.lifetime();
    let mut cookie = Cookie::new(form.name, form.value);
    match lifetime {
        // Express's maxAge is in ms; this is in s,
        // as the header is.
        Lifetime::MaxAge { seconds } => {
            let age = Duration::seconds(seconds);
            cookie.set_max_age(age);
        }
        Lifetime::Expires { at_ms } => {
            cookie.set_expires(date(at_ms));
        }
        Lifetime::Session | Lifetime::Unreadable => {}
    }
    if !form.path.is_empty() {
        cookie.set_path(form.path);
    }
    if !form.domain.is_empty() {
        cookie.set_domain(form.domain);
    }
    cookie.set_http_only(form.http_only);
    cookie.set_secure(form.secure);
    cookie.set_partitioned(form.partitioned);
    cookie.set_same_site(match form.same_site {
        Choice::Unset => None,
        Choice::Lax => Some(SameSite::Lax),
        Choice::Strict => Some(SameSite::Strict),
        Choice::None => Some(SameSite::None),
    });
    let key = key_of(&secret);
    match form.seal {
        Seal::Plain => jar.add(cookie),
        Seal::Signed => jar.signed(&key).add(cookie),
        Seal::Private => jar.private(&key).add(cookie),
        // tower-cookies does not know this format,
        // so the value is sealed before.
        Seal::Express => {
            let wire = as_express(&cookie, &secret);
            cookie.set_value(wire);
            jar.add(cookie);
        }
    }
    StatusCode::NO_CONTENT
}
// #endregion

// #region read
async fn read(
    jar: Cookies,
    // The secret that sealed.
    State(secret): State<String>,
) -> Json<Value> {
    let key = key_of(&secret);
    let all = jar.list().into_iter().map(|cookie| {
        let name = cookie.name();
        // None if nobody with this key sealed it.
        let signed = jar.signed(&key).get(name);
        let private = jar.private(&key).get(name);
        json!({
            "name": name,
            "plain": cookie.value(),
            "signed": signed.as_ref().map(value),
            "private": private.as_ref().map(value),
        })
    });
    Json(all.collect())
}
// #endregion

// #region delete
async fn delete(
    jar: Cookies,
    // What makes it the same cookie.
    Form(form): Form<Order>,
) -> StatusCode {
    let mut cookie = Cookie::new(form.name, "");
    if !form.path.is_empty() {
        cookie.set_path(form.path);
    }
    if !form.domain.is_empty() {
        cookie.set_domain(form.domain);
    }
    cookie.set_partitioned(form.partitioned);
    // Browsers refuse a line without it if the name
    // starts with __Host- or __Secure-.
    cookie.set_secure(form.secure);
    cookie.make_removal();
    // jar.remove would keep silent about a cookie
    // that did not come with this very request.
    jar.add(cookie);
    StatusCode::NO_CONTENT
}
// #endregion

/// Milliseconds since 1970 as cookie-rs wants them; `None` beyond the year 9999.
fn date(at_ms: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)).ok()
}

fn as_express(cookie: &Cookie, secret: &str) -> String {
    seal(Seal::Express, cookie.name(), cookie.value(), secret).wire
}

fn value(cookie: &Cookie) -> String {
    cookie.value().to_owned()
}
