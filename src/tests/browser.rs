//! A browser in a few lines: it keeps cookies, and sends requests to the application without a socket.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use cookie::Cookie;
use serde_json::Value;
use session_playground::{
    server::{Playground, app},
    sessions::snapshot::Snapshot,
    stores::StoreKind,
};
use tower::ServiceExt;

/// One browser with its own jar.
pub struct Browser {
    app: Router,
    /// The cookies, by name.
    pub jar: BTreeMap<String, String>,
    /// When the browser drops a cookie, by name.
    ends: BTreeMap<String, Instant>,
    /// Headers that every request carries.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.body))
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Every `Set-Cookie` line of this name.
    pub fn set_cookie(&self, name: &str) -> Vec<String> {
        let lines = self
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|line| line.to_str().unwrap().to_owned());
        lines
            .filter(|line| line.starts_with(&format!("{name}=")))
            .collect()
    }
}

impl Browser {
    /// A fresh browser in front of this playground.
    pub fn open(playground: &Arc<Playground>) -> Self {
        Self {
            app: app(Arc::clone(playground)),
            jar: BTreeMap::new(),
            ends: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    /// Sends a request with the jar's cookies and keeps what comes back.
    pub async fn send(&mut self, method: Method, path: &str, form: Option<&str>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "playground.test");
        let now = Instant::now();
        self.jar
            .retain(|name, _| self.ends.get(name).is_none_or(|end| *end > now));
        if !self.jar.is_empty() {
            let pairs: Vec<_> = self
                .jar
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request
            .body(Body::from(form.unwrap_or_default().to_owned()))
            .unwrap();
        let (head, body) = self
            .app
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        for line in head.headers.get_all(header::SET_COOKIE) {
            let cookie = Cookie::parse(line.to_str().unwrap().to_owned()).unwrap();
            let (name, age) = (cookie.name().to_owned(), cookie.max_age());
            self.ends.remove(&name);
            if age.is_some_and(|age| !age.is_positive()) {
                self.jar.remove(&name);
                continue;
            }
            if let Some(age) = age {
                self.ends.insert(name.clone(), now + age.unsigned_abs());
            }
            self.jar.insert(name, cookie.value().to_owned());
        }
        let body = to_bytes(body, 4 << 20).await.unwrap();
        Answer {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&mut self, path: &str, form: &str) -> Answer {
        self.send(Method::POST, path, Some(form)).await
    }

    /// Presses a button of the control panel and reads the new snapshot.
    pub async fn press(&mut self, button: &str, form: &str) -> Snapshot {
        let answer = self.post(&format!("/api/{button}"), form).await;
        assert_eq!(answer.status, StatusCode::OK, "{button}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Looks at the lab without pressing anything.
    pub async fn look(&mut self) -> Snapshot {
        let answer = self.get("/api/view").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

/// The lab's public name, as its Redis key on the page shows it.
pub fn tag_of(snapshot: &Snapshot) -> String {
    let record = &snapshot.lanes[StoreKind::Redis.index()]
        .records
        .as_ref()
        .unwrap()[0];
    record.place.split(':').nth(1).unwrap().to_owned()
}
