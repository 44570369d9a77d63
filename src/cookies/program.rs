//! The program behind the form, in axum with tower-cookies: what "Create" runs.
//!
//! The page shows the regions of this file beside the same program in Express
//! (`end2end/express/cookies.js`).

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
    jar,
    order::{Lifetime, Order},
    seal::{Seal, key_of, seal},
};

// #region start
/// The whole program. `secret` seals the cookies.
pub fn program(secret: String) -> Router {
    Router::new()
        .route("/lab/cookies/set", post(set))
        .route("/lab/cookies/read", get(read))
        .layer(CookieManagerLayer::new())
        .with_state(secret)
}
// #endregion

// #region set
async fn set(jar: Cookies, State(secret): State<String>, Form(form): Form<Order>) -> StatusCode {
    let mut cookie = Cookie::new(form.name.clone(), form.value.clone());
    match form.lifetime() {
        // Express's maxAge is in ms; this is in s, as the header is.
        Lifetime::MaxAge { seconds } => cookie.set_max_age(Duration::seconds(seconds)),
        Lifetime::Expires { at_ms } => {
            cookie.set_expires(OffsetDateTime::from_unix_timestamp(at_ms / 1000).ok());
        }
        Lifetime::Session | Lifetime::Unreadable => {}
    }
    if !form.path.is_empty() {
        cookie.set_path(form.path.clone());
    }
    if !form.domain.is_empty() {
        cookie.set_domain(form.domain.clone());
    }
    cookie.set_http_only(form.http_only);
    cookie.set_secure(form.secure);
    cookie.set_partitioned(form.partitioned);
    cookie.set_same_site(match form.same_site {
        jar::SameSite::Unset => None,
        jar::SameSite::Lax => Some(SameSite::Lax),
        jar::SameSite::Strict => Some(SameSite::Strict),
        jar::SameSite::None => Some(SameSite::None),
    });
    match form.seal {
        Seal::Plain => jar.add(cookie),
        Seal::Signed => jar.signed(&key_of(&secret)).add(cookie),
        Seal::Private => jar.private(&key_of(&secret)).add(cookie),
        // tower-cookies does not know Express's format, so the value is sealed before.
        Seal::Express => {
            cookie.set_value(seal(Seal::Express, &form.name, &form.value, &secret).wire);
            jar.add(cookie);
        }
    }
    StatusCode::NO_CONTENT
}
// #endregion

// #region read
async fn read(jar: Cookies, State(secret): State<String>) -> Json<Value> {
    let key = key_of(&secret);
    let all = jar.list().into_iter().map(|cookie| {
        let name = cookie.name().to_owned();
        let signed = jar.signed(&key).get(&name);
        let private = jar.private(&key).get(&name);
        json!({
            "name": name,
            "plain": cookie.value(),
            "signed": signed.as_ref().map(Cookie::value),
            "private": private.as_ref().map(Cookie::value),
        })
    });
    Json(all.collect())
}
// #endregion
