//! The only file that asks for the environment, the clock or randomness.
//!
//! Everything else receives what it needs from here, so a reader can tell at a glance what the
//! program depends on, and a test can say what it wants.
#![expect(clippy::disallowed_methods, reason = "this is the place for them")]

use std::{env, fmt, net::SocketAddr, path::PathBuf};

use time::OffsetDateTime;

/// The settings of the program, each an environment variable.
#[derive(Clone)]
pub struct Config {
    /// `PLAYGROUND_ADDR`: where to listen. Default `127.0.0.1:3000`.
    pub addr: SocketAddr,
    /// `PLAYGROUND_DATA`: the folder of keys, labs and managed engines. Default `./data`.
    pub data: PathBuf,
    /// `PLAYGROUND_SECRET`: what lab cookies are signed with, at least 32 characters. Default: a key in the data folder.
    pub secret: Option<String>,
    /// `PLAYGROUND_TRUST_PROXY`: `1` if a proxy in front sets `X-Forwarded-Proto` and `X-Forwarded-Host`.
    pub trust_proxy: bool,
    /// `REDIS_URL`: `redis://` or `rediss://`. Without it we start a server of our own.
    pub redis_url: Option<String>,
    /// `MONGODB_URL`: `mongodb://` or `mongodb+srv://`. Without it we start a server of our own.
    pub mongodb_url: Option<String>,
    /// `PLAYGROUND_MOST_REDIS`: how many labs may have a Redis process of their own at once. Default 120.
    pub most_own_redis: usize,
    /// `LEPTOS_SITE_ROOT`: the built page. Default `target/site`.
    pub site_root: String,
    /// The hash in the stylesheet's name, if the build put hashes into the names of the page's files
    /// (it leaves `hash.txt` beside the program).
    pub stylesheet_hash: Option<String>,
    /// `LEPTOS_WATCH`: `make dev` is watching, and pages reload by themselves.
    pub watched: bool,
    /// `PATH`: where programs are looked for.
    pub path: Vec<PathBuf>,
}

/// A setting that cannot be used. The text never repeats the setting's value: it may hold a password.
#[derive(Debug, thiserror::Error)]
#[error("{name} {problem}")]
pub struct ConfigError {
    /// The environment variable.
    pub name: &'static str,
    /// What is wrong with it, as the end of a sentence.
    pub problem: String,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// A [`ConfigError`] that names the variable and the problem. URLs are checked when the engines open.
    pub fn from_env() -> Result<Self, ConfigError> {
        let addr = text("PLAYGROUND_ADDR").unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let secret = text("PLAYGROUND_SECRET");
        if secret.as_ref().is_some_and(|secret| secret.len() < 32) {
            return Err(ConfigError {
                name: "PLAYGROUND_SECRET",
                problem: "is shorter than 32 characters".to_owned(),
            });
        }
        Ok(Self {
            addr: addr.parse().map_err(|_| ConfigError {
                name: "PLAYGROUND_ADDR",
                problem: "is not an address and port such as 0.0.0.0:3000".to_owned(),
            })?,
            data: text("PLAYGROUND_DATA")
                .unwrap_or_else(|| "./data".to_owned())
                .into(),
            secret,
            trust_proxy: matches!(
                text("PLAYGROUND_TRUST_PROXY").as_deref(),
                Some("1" | "true")
            ),
            redis_url: text("REDIS_URL"),
            mongodb_url: text("MONGODB_URL"),
            most_own_redis: text("PLAYGROUND_MOST_REDIS")
                .map_or(Ok(120), |most| most.parse())
                .map_err(|_| ConfigError {
                    name: "PLAYGROUND_MOST_REDIS",
                    problem: "is not a number such as 120".to_owned(),
                })?,
            site_root: text("LEPTOS_SITE_ROOT").unwrap_or_else(|| "target/site".to_owned()),
            stylesheet_hash: stylesheet_hash(),
            watched: text("LEPTOS_WATCH").is_some(),
            path: env::var_os("PATH")
                .map(|path| env::split_paths(&path).collect())
                .unwrap_or_default(),
        })
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // URLs and the secret stay out: this may reach a log.
        f.debug_struct("Config")
            .field("addr", &self.addr)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

fn text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn stylesheet_hash() -> Option<String> {
    let hashes = env::current_exe().ok()?.with_file_name("hash.txt");
    let hashes = std::fs::read_to_string(hashes).ok()?;
    hashes
        .lines()
        .find_map(|line| line.strip_prefix("css:"))
        .map(|hash| hash.trim().to_owned())
}

/// The time now, UTC.
#[must_use]
pub fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// The time now in milliseconds since 1970, UTC.
#[must_use]
pub fn now_ms() -> i64 {
    to_ms(now())
}

/// A moment in milliseconds since 1970, UTC.
#[must_use]
pub fn to_ms(moment: OffsetDateTime) -> i64 {
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// `N` bytes from the operating system's generator by way of the thread's generator.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::RngCore::fill_bytes(&mut rand::rng(), &mut bytes);
    bytes
}
