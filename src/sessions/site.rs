//! The site: a small real web application with a login, a visit counter and a cart.
//!
//! It runs once per store. Nothing in it knows where its sessions live: it gets a store and uses it
//! through tower-sessions, as an Express application gets one through express-session.

use std::{sync::Arc, time::Duration as Wait};

use axum::{
    Json, Router,
    extract::{Extension, FromRequestParts, Query, rejection::FormRejection},
    http::{StatusCode, request::Parts},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use time::Duration;
use tokio::sync::Notify;
use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite, session};

use super::{
    refusal::{Refusal, Refused},
    settings::{Renewal, Settings},
    taped_store::{TapedStore, answer_for_the_store},
};
use crate::{error::LabError, i18n::Locale, stores::StoreKind};

/// The longest that the slow page takes, in milliseconds.
const SLOWEST_MS: u64 = 2000;
/// What the shop sells.
pub const PRODUCTS: [&str; 3] = ["pan", "te", "queso"];
/// How many things fit into a cart.
const CART_SIZE: usize = 9;

/// The demo accounts, printed on the page: name, password, role. A real site keeps password hashes.
pub const ACCOUNTS: [(&str, &str, Role); 2] = [
    ("ana", "galleta", Role::Student),
    ("profe", "horno", Role::Admin),
];

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May see the private page.
    Student,
    /// May see the admin page too.
    Admin,
}

/// Holds a slow request where it has read the session and not written it yet, until it may go on.
#[derive(Debug, Default)]
pub struct Gate {
    /// Told when the request is there.
    pub reached: Notify,
    /// Awaited by the request.
    pub open: Notify,
}

/// Which server answers: its name, and how often it has been started.
#[derive(Clone, Copy, Debug)]
pub struct ServerName {
    /// `A` or `B`.
    pub name: &'static str,
    /// 1 after the first start.
    pub boot: u32,
}

/// The site for one store.
pub fn router(
    store: StoreKind,
    server: ServerName,
    settings: Arc<Settings>,
    sessions: TapedStore,
) -> Router {
    let cookies = SessionManagerLayer::new(sessions)
        .with_name(store.cookie_name())
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        // The class opens the playground over plain http. On https this must be true.
        .with_secure(false)
        .with_expiry(Expiry::OnInactivity(Duration::seconds(
            settings.ttl_s.into(),
        )))
        .with_always_save(settings.always_save());
    let site = Router::new()
        .route("/me", get(me))
        .route("/visit", get(visit))
        .route("/slow", get(slow))
        .route("/login", post(login))
        .route("/cart", post(add_to_cart))
        .route("/private", get(private))
        .route("/admin", get(admin))
        .route("/logout", post(logout))
        .layer(cookies)
        .layer(middleware::from_fn(answer_for_the_store))
        .layer(Extension(settings))
        .layer(Extension(server));
    Router::new().nest(&format!("/lab/{}", store.name()), site)
}

/// Who am I? Reading changes nothing, so an anonymous visitor stays without a cookie, unless the lab
/// wants a session for everybody (`saveUninitialized`).
async fn me(
    visitor: Visitor,
    server: Extension<ServerName>,
    settings: Extension<Arc<Settings>>,
) -> Result<Json<Me>, Refusal> {
    if settings.save_uninitialized && visitor.session.id().is_none() {
        visitor
            .session
            .insert("visits", visitor.visits)
            .await
            .refused(visitor.locale)?;
    }
    Ok(visitor.answer(*server))
}

/// A page view. The first one creates the session: there is something to remember now.
async fn visit(mut visitor: Visitor, server: Extension<ServerName>) -> Result<Json<Me>, Refusal> {
    visitor.visits += 1;
    visitor
        .session
        .insert("visits", visitor.visits)
        .await
        .refused(visitor.locale)?;
    Ok(visitor.answer(*server))
}

/// A page view that takes its time between reading the session and writing it.
async fn slow(
    visitor: Visitor,
    server: Extension<ServerName>,
    gate: Option<Extension<Arc<Gate>>>,
    Query(Slow { ms }): Query<Slow>,
) -> Result<Json<Me>, Refusal> {
    match gate {
        Some(Extension(gate)) => {
            gate.reached.notify_one();
            gate.open.notified().await;
        }
        None => tokio::time::sleep(Wait::from_millis(ms.min(SLOWEST_MS))).await,
    }
    visit(visitor, server).await
}

async fn login(
    mut visitor: Visitor,
    server: Extension<ServerName>,
    settings: Extension<Arc<Settings>>,
    form: Result<axum::Form<Login>, FormRejection>,
) -> Result<Json<Me>, Refusal> {
    let locale = visitor.locale;
    let Login { user, password } = form.map_err(|_| Refusal(LabError::BadForm, locale))?.0;
    let account = ACCOUNTS
        .iter()
        .find(|(name, secret, _)| *name == user && *secret == password);
    let (name, _, role) = *account.ok_or(Refusal(LabError::WrongPassword, locale))?;
    // Whoever logs in gets a new id: one that somebody planted or saw before is worth nothing now
    // (session fixation, OWASP ASVS 7.2.4). What the session held goes with the visitor.
    if visitor.session.id().is_some() {
        match settings.renewal {
            Renewal::Cycle => visitor.session.cycle_id().await.refused(locale)?,
            Renewal::Regenerate => {
                // Not `flush`: what is written after it in the same request gets the old id again.
                visitor.session.cycle_id().await.refused(locale)?;
                visitor.session.clear().await;
                (visitor.visits, visitor.cart) = (0, Vec::new());
            }
            Renewal::Keep => {}
        }
    }
    visitor.session.insert("user", name).await.refused(locale)?;
    visitor.session.insert("role", role).await.refused(locale)?;
    visitor
        .session
        .insert("visits", visitor.visits)
        .await
        .refused(locale)?;
    (visitor.user, visitor.role) = (Some(name.to_owned()), Some(role));
    Ok(visitor.answer(*server))
}

async fn add_to_cart(
    mut visitor: Visitor,
    server: Extension<ServerName>,
    form: Result<axum::Form<Purchase>, FormRejection>,
) -> Result<Json<Me>, Refusal> {
    let locale = visitor.locale;
    let Purchase { product } = form.map_err(|_| Refusal(LabError::BadForm, locale))?.0;
    if !PRODUCTS.contains(&product.as_str()) {
        return Err(Refusal(LabError::UnknownProduct, locale));
    }
    if visitor.cart.len() >= CART_SIZE {
        return Err(Refusal(LabError::CartFull, locale));
    }
    visitor.cart.push(product);
    visitor
        .session
        .insert("cart", &visitor.cart)
        .await
        .refused(locale)?;
    Ok(visitor.answer(*server))
}

/// For anyone who is logged in.
async fn private(visitor: Visitor, server: Extension<ServerName>) -> Result<Json<Me>, Refusal> {
    if visitor.user.is_none() {
        return Err(Refusal(LabError::Anonymous, visitor.locale));
    }
    Ok(visitor.answer(*server))
}

/// For the admin: 401 says "I do not know you", 403 says "I know you, and no".
async fn admin(visitor: Visitor, server: Extension<ServerName>) -> Result<Json<Me>, Refusal> {
    match visitor.role {
        None => Err(Refusal(LabError::Anonymous, visitor.locale)),
        Some(Role::Student) => Err(Refusal(LabError::NotAdmin, visitor.locale)),
        Some(Role::Admin) => Ok(visitor.answer(*server)),
    }
}

/// Ends the session on both sides: the record is deleted and the cookie removed.
async fn logout(visitor: Visitor) -> Result<StatusCode, Refusal> {
    if visitor.session.id().is_some() {
        visitor.session.flush().await.refused(visitor.locale)?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The query of the slow page.
#[derive(Deserialize)]
struct Slow {
    /// How long it takes, in milliseconds.
    #[serde(default)]
    ms: u64,
}

/// The form of the login page.
#[derive(Deserialize)]
struct Login {
    user: String,
    password: String,
}

/// The form of the shop.
#[derive(Deserialize)]
struct Purchase {
    product: String,
}

/// What the site says about a visitor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Me {
    /// The account, or nobody.
    pub user: Option<String>,
    /// What the account may do.
    pub role: Option<Role>,
    /// Page views counted.
    pub visits: u32,
    /// The cart, in the order of buying.
    pub cart: Vec<String>,
    /// Which server answered.
    pub server: String,
    /// How often that server has been started.
    pub boot: u32,
}

/// The visitor as the session knows them.
struct Visitor {
    session: Session,
    locale: Locale,
    user: Option<String>,
    role: Option<Role>,
    visits: u32,
    cart: Vec<String>,
}

impl Visitor {
    fn answer(self, server: ServerName) -> Json<Me> {
        let Self {
            user,
            role,
            visits,
            cart,
            ..
        } = self;
        Json(Me {
            user,
            role,
            visits,
            cart,
            server: server.name.to_owned(),
            boot: server.boot,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let locale = Locale::from_headers(&parts.headers);
        let session = Session::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        // The first of these asks the store; the others find the record already here.
        let read = async {
            Ok::<_, session::Error>(Self {
                user: session.get("user").await?,
                role: session.get("role").await?,
                visits: session.get("visits").await?.unwrap_or_default(),
                cart: session.get("cart").await?.unwrap_or_default(),
                session,
                locale,
            })
        };
        read.await
            .refused(locale)
            .map_err(IntoResponse::into_response)
    }
}
