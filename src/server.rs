//! The server: the one table of HTTP routes and the one list of layers, in order.

use std::{fs::File, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    middleware,
    routing::{any, get, post},
};
use leptos::config::LeptosOptions;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::{
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    services::ServeDir,
    set_header::SetResponseHeaderLayer,
};

use crate::{
    config::{self, Config},
    consoles, cookies,
    engines::{Engines, OwnRedises},
    failures,
    i18n::Locale,
    sandbox::{cleanup, create_private_folder, identity::Identity, registry::Registry},
    sessions::routes,
};

mod events;
mod guards;
mod health;
mod operator;
mod pages;
pub mod workbench;

use workbench::Workbench;

/// Everything that requests share.
pub struct Playground {
    /// The labs of the class.
    pub registry: Registry<Workbench>,
    /// Who signs and recognises lab cookies.
    pub identity: Identity,
    /// Redis and MongoDB.
    pub engines: Engines,
    /// Whoever knows it is the operator.
    pub operator_key: String,
    /// Whether a proxy's `X-Forwarded-*` headers count.
    pub trust_proxy: bool,
    /// Where the built page is and how its files are named.
    pub site: LeptosOptions,
    /// The URL of the stylesheet.
    pub stylesheet: String,
    /// Whether pages reload by themselves (`make dev`).
    pub watched: bool,
    /// Cancelled when the program stops.
    pub stop: CancellationToken,
    /// Holds the data folder: one program at a time. Released by the system however the program ends.
    _held: File,
}

impl Playground {
    /// Opens the data folder, the key and the engines.
    ///
    /// # Errors
    /// What is wrong with the settings or the data folder, in one line without secrets.
    pub fn open(config: &Config, stop: CancellationToken) -> anyhow::Result<Self> {
        let held = hold(&config.data)?;
        let engines = Engines::open(config, &stop)?;
        Self::assemble(config, engines, stop, held)
    }

    /// The same in front of engines that are already open.
    ///
    /// # Errors
    /// What is wrong with the data folder.
    pub fn with_engines(
        config: &Config,
        engines: Engines,
        stop: CancellationToken,
    ) -> anyhow::Result<Self> {
        Self::assemble(config, engines, stop, hold(&config.data)?)
    }

    fn assemble(
        config: &Config,
        engines: Engines,
        stop: CancellationToken,
        held: File,
    ) -> anyhow::Result<Self> {
        let identity = Identity::open(config.secret.as_deref(), &config.data)
            .context("the key of the lab cookies cannot be read")?;
        Ok(Self {
            registry: Registry::new(config.data.join("labs"), engines.clone()),
            identity,
            engines,
            operator_key: hex::encode(config::random::<16>()),
            trust_proxy: config.trust_proxy,
            site: site_options(config),
            stylesheet: stylesheet_url(config),
            watched: config.watched,
            stop,
            _held: held,
        })
    }

    /// Writes the labs down and stops the engines.
    pub async fn close(&self) {
        self.registry.close().await;
        self.engines.close().await;
    }
}

/// The whole application: every route, and every layer in order.
pub fn app(playground: Arc<Playground>) -> Router {
    // Rendering spawns tasks. A second application in the same program finds this already done.
    _ = any_spawner::Executor::init_tokio();
    // Routes that belong to a lab.
    let visits = middleware::from_fn_with_state(Arc::clone(&playground), guards::note_visit);
    let of_cookies = cookies::routes::routes()
        .route("/{locale}/cookies", get(pages::cookies))
        .layer(visits.clone());
    let lab = of_cookies
        .merge(failures::routes::routes())
        .merge(consoles::exhibits::routes())
        .route("/{locale}/sessions", get(pages::sessions))
        .route("/{locale}/failures", get(pages::failures))
        .route("/{locale}/consoles", get(pages::consoles))
        .route("/lab/{store}/{*page}", any(routes::exhibit))
        .route("/api/{*function}", any(pages::server_function))
        .route("/events", get(events::events));
    let lab = inside_a_lab(lab, &playground);
    // Any path at all, asked what the browser sends there.
    let probe = Router::new().fallback(get(cookies::routes::probe).layer(visits));
    let probe = inside_a_lab(probe, &playground).with_state(Arc::clone(&playground));
    // Routes that belong to nobody.
    let site_root = playground.site.site_root.to_string();
    let files = Router::new()
        .nest_service(
            "/pkg",
            ServeDir::new(format!("{site_root}/pkg"))
                .precompressed_br()
                .precompressed_gzip(),
        )
        // Their names carry a hash of their content, so they never change.
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            cache_of_hashed as fn(&_) -> _,
        ));
    let open = Router::new()
        .route("/", get(pages::to_the_lab))
        .route("/es", get(|| pages::to_the_lab(Locale::Es)))
        .route("/en", get(|| pages::to_the_lab(Locale::En)))
        .route("/operator", get(operator::page))
        .route("/operator/mongo/{act}", post(operator::mongo))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let rest = ServeDir::new(site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    lab.merge(open)
        .merge(files)
        .fallback_service(rest.fallback(get(pages::not_found)))
        .with_state(playground)
        .layer(middleware::from_fn_with_state(probe, guards::probes))
        .layer(CompressionLayer::new().compress_when(
            DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream")),
        ))
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // same-origin: forms without JavaScript find their way back, other sites learn nothing.
        .layer(header_layer(header::REFERRER_POLICY, "same-origin"))
        .layer(header_layer(
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .layer(header_layer(
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ))
        // Pages bring their own policy with a nonce; nothing else needs to load anything.
        .layer(header_layer(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
}

/// The layers of every route that belongs to a lab. The last layer added is the first to see a request.
fn inside_a_lab(
    routes: Router<Arc<Playground>>,
    playground: &Arc<Playground>,
) -> Router<Arc<Playground>> {
    routes
        .layer(middleware::from_fn_with_state(
            Arc::clone(playground),
            guards::enter_lab,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(playground),
            guards::same_origin_only,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(playground),
            guards::bounded,
        ))
}

/// Opens the playground, serves it until a signal, and cleans up.
///
/// # Errors
/// What keeps it from starting, in one line without secrets.
pub async fn serve(config: Config, stop: CancellationToken) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.addr)
        .await
        .with_context(|| format!("cannot listen on {}", config.addr))?;
    let addr = listener.local_addr()?;
    let playground = Arc::new(Playground::open(&config, stop.clone())?);
    tokio::spawn(stop_on_signal(stop.clone()));
    let keeper = tokio::spawn({
        let (playground, stop) = (Arc::clone(&playground), stop.clone());
        async move { cleanup::keep(&playground.registry, stop).await }
    });
    OwnRedises::end_leftovers(playground.registry.folder()).await;
    tokio::spawn(playground.engines.clone().let_idle_ones_sleep(stop.clone()));
    tracing::info!("the playground is open at http://{}", shown(addr));
    // For whoever started the program: students must not stop what all of them share.
    tracing::info!(
        "the operator's page is http://{}/operator?key={}",
        shown(addr),
        playground.operator_key
    );
    let served = axum::serve(listener, app(Arc::clone(&playground)))
        .with_graceful_shutdown(stop.clone().cancelled_owned());
    // Open connections get a moment to finish; then the engines must go.
    tokio::select! {
        served = served => served.context("the server stopped")?,
        () = async { stop.cancelled().await; tokio::time::sleep(Duration::from_secs(3)).await } => {}
    }
    stop.cancel();
    _ = keeper.await;
    playground.close().await;
    tracing::info!("closed; nothing of ours is left running");
    Ok(())
}

/// Makes the data folder and holds it, so that two programs never share one.
fn hold(data: &Path) -> anyhow::Result<File> {
    let folder = data.display();
    create_private_folder(data)
        .with_context(|| format!("the data folder {folder} cannot be made"))?;
    let held =
        File::open(data).with_context(|| format!("the data folder {folder} cannot be opened"))?;
    let taken = held.try_lock();
    taken.map_err(|_| {
        anyhow::anyhow!(
            "another playground uses the data folder {folder}; set PLAYGROUND_DATA to another one"
        )
    })?;
    Ok(held)
}

async fn stop_on_signal(stop: CancellationToken) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        () = stop.cancelled() => {}
    }
    stop.cancel();
}

fn site_options(config: &Config) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("session-playground")
        .site_root(config.site_root.clone())
        .site_addr(config.addr)
        .hash_files(config.stylesheet_hash.is_some())
        .build()
}

fn stylesheet_url(config: &Config) -> String {
    let hash = config
        .stylesheet_hash
        .as_ref()
        .map(|hash| format!(".{hash}"))
        .unwrap_or_default();
    format!("/pkg/session-playground{hash}.css")
}

fn shown(addr: SocketAddr) -> SocketAddr {
    if addr.ip().is_unspecified() {
        SocketAddr::from(([127, 0, 0, 1], addr.port()))
    } else {
        addr
    }
}

fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

fn cache_of_hashed<B>(response: &axum::http::Response<B>) -> Option<HeaderValue> {
    response
        .status()
        .is_success()
        .then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
}
