//! The application, and what must hold whatever it is sent.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderValue, Method, Request, header},
};
use session_playground::{
    cookies::{
        jar::{Jar, Place},
        producer::names_the_lab,
    },
    labs::identity::raw_cookies,
    server::{Playground, app},
};
use tower::ServiceExt;

use super::tries::Try;
use crate::browser::Browser;

/// A lab of its own for each try: one lab may not send this fast.
pub struct Target {
    app: Router,
    lab: String,
}

impl Target {
    /// A new lab.
    pub async fn open(playground: &Arc<Playground>) -> Self {
        let mut browser = Browser::open(playground);
        browser.get("/es/cookies").await;
        Self {
            app: app(Arc::clone(playground)),
            lab: browser.jar["lab"].clone(),
        }
    }

    /// Sends it everywhere, and says what did not hold.
    pub async fn hold(&self, tried: &Try) -> Result<(), String> {
        let form = serde_urlencoded::to_string(&tried.form).map_err(|error| error.to_string())?;
        let request = self.request(
            Method::POST,
            &format!("/lab/cookies/{}", tried.route),
            tried,
        );
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let mut request = request.map(|_| Body::from(form.clone()));
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.send(request, "the form").await?;
        if form.len() < 30_000 {
            let url = format!("/es/cookies?{form}");
            self.send(self.request(Method::GET, &url, tried), "the query")
                .await?;
        }
        self.send(self.request(Method::GET, "/en/cookies", tried), "the page")
            .await?;
        self.send(
            self.request(Method::GET, "/lab/cookies/echo", tried),
            "the echo",
        )
        .await?;
        let reset = self.request(Method::POST, "/lab/cookies/reset", tried);
        self.send(reset, "starting over").await
    }

    fn request(&self, method: Method, url: &str, tried: &Try) -> Request<Body> {
        let mut cookies = format!("lab={}; ", self.lab).into_bytes();
        cookies.extend_from_slice(&tried.header);
        let accept = if tried.page { "text/html" } else { "*/*" };
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(header::HOST, "playground.test")
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .unwrap();
        // What no server would let in is no try: hyper checks the same.
        if let Ok(cookies) = HeaderValue::from_bytes(&cookies) {
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        request
    }

    async fn send(&self, request: Request<Body>, what: &str) -> Result<(), String> {
        let has_cookies = request.headers().contains_key(header::COOKIE);
        let crowds = request.uri().path().ends_with("/eviction");
        let path = request.uri().path().to_owned();
        let response = self.app.clone().oneshot(request).await.unwrap();
        if response.status().is_server_error() {
            return Err(format!("{what}: {}", response.status()));
        }
        let lines: Vec<_> = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .collect();
        // What is deleted when everything starts over was set before.
        if lines.len() > 8
            && !crowds
            && what != "starting over"
            && what != "the page"
            && what != "the query"
        {
            return Err(format!("{what}: {} Set-Cookie lines", lines.len()));
        }
        for line in &lines {
            let line = String::from_utf8_lossy(line.as_bytes());
            if line.contains(['\r', '\n', '\0']) {
                return Err(format!("{what}: a control character in {line:?}"));
            }
            // The experiment that crowds cookies out sets the very same one again.
            let same = crowds && line.starts_with(&format!("lab={};", self.lab));
            if has_cookies && names_the_lab(&line) && !same {
                return Err(format!("{what}: {line:?} touches the lab's own cookie"));
            }
        }
        if has_cookies {
            self.browse(what, path.as_str(), &lines)?;
        }
        let body = to_bytes(response.into_body(), 8 << 20)
            .await
            .map_err(|error| error.to_string())?;
        if has_cookies && String::from_utf8_lossy(&body).contains(&self.lab) {
            return Err(format!("{what} shows the lab's own cookie"));
        }
        Ok(())
    }
}

impl Target {
    /// What a browser with the lab's cookie makes of these lines: wherever it goes next, the server
    /// finds exactly that cookie.
    fn browse(&self, what: &str, path: &str, lines: &[&HeaderValue]) -> Result<(), String> {
        let place = |path| Place {
            host: "playground.test",
            path,
            secure: false,
        };
        let mut jar = Jar::default();
        jar.receive(
            &format!("lab={}; Path=/; HttpOnly; SameSite=Lax", self.lab),
            &place("/"),
            0,
        );
        for line in lines {
            let line = String::from_utf8_lossy(line.as_bytes());
            jar.receive(&line, &place(path), 1);
        }
        for next in [path, "/", "/es/cookies", "/es/sessions", "/api/login"] {
            let sent = jar.sent_to(&place(next), 2);
            let pairs = sent.iter().map(|cookie| {
                if cookie.name.is_empty() {
                    cookie.value.clone()
                } else {
                    format!("{}={}", cookie.name, cookie.value)
                }
            });
            let header = pairs.collect::<Vec<_>>().join("; ");
            let Ok(header) = HeaderValue::from_str(&header) else {
                continue;
            };
            let headers = [(header::COOKIE, header)].into_iter().collect();
            let found: Vec<_> = raw_cookies(&headers)
                .filter(|(name, _)| *name == b"lab")
                .collect();
            if found != [(&b"lab"[..], self.lab.as_bytes())] {
                return Err(format!("{what}: at {next} the server would find {found:?}"));
            }
        }
        Ok(())
    }
}
