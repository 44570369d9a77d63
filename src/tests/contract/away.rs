//! What every store with an engine promises while that engine is away. Memory and file have none: memory
//! is the process itself, and for the disk see `disk::a_disk_that_fails_is_named`.

use std::time::Instant;

use session_playground::{config::Config, engines::Engines};
use tokio_util::sync::CancellationToken;

use super::super::engine_fixture::{Quiet, Server, environment, free_port, quiet, state, up, view};
use super::*;

/// A click's patience.
const CLICK: Duration = Duration::from_secs(1);
const RETURN: Duration = Duration::from_secs(2);

struct Away {
    store: Arc<dyn SessionStore>,
    kind: StoreKind,
    engines: Engines,
    server: Option<Server>,
    folder: Folder,
    port: u16,
    _quiet: Quiet,
}

impl Away {
    async fn open(kind: StoreKind) -> Self {
        let (folder, port) = (Folder::new(), free_port());
        let mut away = Self::parts(kind, folder, port, quiet().await);
        away.start().await;
        up(&away.engines, kind).await;
        away
    }

    fn parts(kind: StoreKind, folder: Folder, port: u16, quiet: Quiet) -> Self {
        let config = Config {
            data: folder.0.clone(),
            redis_url: Some(format!("redis://127.0.0.1:{port}")),
            mongodb_url: Some(format!("mongodb://127.0.0.1:{port}/?directConnection=true")),
            ..environment()
        };
        let engines = Engines::open(&config, &CancellationToken::new()).unwrap();
        let tag = SandboxTag::of(b"lab");
        let store: Arc<dyn SessionStore> = match kind {
            StoreKind::Redis => Arc::new(RedisStore::new(Arc::clone(&engines.redis), tag)),
            _ => Arc::new(MongoStore::new(Arc::clone(&engines.mongo), tag)),
        };
        Self {
            store,
            kind,
            engines,
            server: None,
            folder,
            port,
            _quiet: quiet,
        }
    }

    async fn start(&mut self) {
        let server = match self.kind {
            StoreKind::Redis => Server::redis(self.port, &self.folder.0, &[]),
            _ => Server::mongo(self.port, &self.folder.0),
        };
        self.server = Some(server.ready().await);
    }

    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// Every operation says so within a click.
    async fn nothing_answers(&self, kept: &Record) {
        let began = Instant::now();
        let mut new = kept.clone();
        let errors = [
            self.store.load(&kept.id).await.err(),
            self.store.save(kept).await.err(),
            self.store.create(&mut new).await.err(),
            self.store.delete(&kept.id).await.err(),
        ];
        assert!(began.elapsed() < CLICK, "{:?}", began.elapsed());
        for error in errors {
            let error = StoreError::of(&error.expect("an error"));
            assert!(
                matches!(&error, StoreError::Unreachable { store, .. } if *store == self.kind),
                "{error:?}"
            );
        }
    }

    async fn comes_back(&self, kept: &Record) {
        until("it is back", RETURN, async || {
            self.store.load(&kept.id).await.is_ok()
        })
        .await;
        assert_eq!(
            self.store.load(&kept.id).await.unwrap().as_ref(),
            Some(kept)
        );
        assert!(view(&self.engines, self.kind).is_up());
    }

    async fn kept(&self) -> Record {
        let mut kept = record(json!({"user": "ana"}), LONG);
        self.store.create(&mut kept).await.unwrap();
        kept
    }
}

async fn a_killed_engine_is_unreachable_and_comes_back(kind: StoreKind) {
    let mut away = Away::open(kind).await;
    let kept = away.kept().await;
    away.server = None;
    away.nothing_answers(&kept).await;
    state(&away.engines, kind, "is refused", |view| {
        format!("{view:?}").contains("Connection refused")
    })
    .await;
    away.nothing_answers(&kept).await;
    away.start().await;
    away.comes_back(&kept).await;
}

async fn a_stopped_engine_is_unreachable_and_comes_back(kind: StoreKind) {
    let away = Away::open(kind).await;
    let kept = away.kept().await;
    away.server().signal("STOP");
    away.nothing_answers(&kept).await;
    away.nothing_answers(&kept).await;
    away.server().signal("CONT");
    away.comes_back(&kept).await;
}

async fn the_page_learns_without_a_click(kind: StoreKind) {
    let mut away = Away::open(kind).await;
    let kept = away.kept().await;
    away.server = None;
    state(&away.engines, kind, "is down", |view| !view.is_up()).await;
    away.start().await;
    up(&away.engines, kind).await;
    away.comes_back(&kept).await;
}

async fn an_engine_that_was_never_there_joins_later(kind: StoreKind) {
    let mut away = Away::parts(kind, Folder::new(), free_port(), quiet().await);
    state(&away.engines, kind, "is refused", |view| {
        format!("{view:?}").contains("Connection refused")
    })
    .await;
    away.nothing_answers(&record(json!({}), LONG)).await;
    away.start().await;
    up(&away.engines, kind).await;
    let kept = away.kept().await;
    away.comes_back(&kept).await;
}

async fn a_command_without_answer_is_told_as_failed(kind: StoreKind) {
    let away = Away::open(kind).await;
    let kept = away.kept().await;
    let ear = Arc::new(Ear::default());
    away.server().signal("STOP");
    let lost = recording(Arc::clone(&ear) as _, async {
        away.store.load(&kept.id).await
    })
    .await;
    assert!(lost.is_err());
    let heard = ear.heard();
    assert!(
        heard
            .iter()
            .all(|command| command.failed && command.reply.contains("no answer")),
        "{heard:?}"
    );
    assert_eq!(heard.len(), 1, "{heard:?}");
    away.server().signal("CONT");
}

macro_rules! away {
    ($($case:ident)*) => {
        away!(redis Redis: $($case)*);
        away!(mongo Mongo: $($case)*);
    };
    ($store:ident $kind:ident: $($case:ident)*) => {
        mod $store {
            $(#[tokio::test] async fn $case() { super::$case(super::StoreKind::$kind).await; })*
        }
    };
}

away! {
    a_killed_engine_is_unreachable_and_comes_back
    a_stopped_engine_is_unreachable_and_comes_back
    the_page_learns_without_a_click
    an_engine_that_was_never_there_joins_later
    a_command_without_answer_is_told_as_failed
}
