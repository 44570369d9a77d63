//! The application in front of one browser, and what must hold whatever that browser does.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
};
use session_playground::{
    config,
    cookies::{
        server_rules::names_the_lab,
        user_agent::{Jar, Place, known_difference},
    },
    sandbox::identity::raw_cookies,
    server::{Playground, app},
};
use tower::ServiceExt;

use super::{
    may::May,
    pressing::{Button, buttons},
    tries::{Step, Try},
};
use crate::browser::Browser;

/// Where the lab's pages are looked at.
const PAGE: &str = "/es/cookies";

/// How much of what was tried got as far as it was meant to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reach {
    /// Requests.
    pub requests: usize,
    /// Requests whose `Cookie` bytes a server lets in.
    pub heard: usize,
    /// Attempts at doing something to a cookie.
    pub acts: usize,
    /// Attempts that did it.
    pub done: usize,
}

/// A lab of its own for each try: one lab may not send this fast.
pub struct Target {
    app: Router,
    lab: String,
    host: &'static str,
    jar: Jar,
    /// Whether an experiment was run: its cookies are swept away with a later page.
    sweeps: bool,
    reach: Reach,
}

impl Target {
    /// A new lab in a new browser.
    pub async fn open(playground: &Arc<Playground>) -> Self {
        let mut browser = Browser::open(playground);
        browser.get(PAGE).await;
        Self {
            app: app(Arc::clone(playground)),
            lab: browser.jar["lab"].clone(),
            host: "playground.test",
            jar: Jar::default(),
            sweeps: false,
            reach: Reach::default(),
        }
    }

    /// Does everything in turn, looks at the page and at the echo, and starts over; says what did not hold.
    pub async fn hold(mut self, tried: &Try) -> Result<Reach, String> {
        if tried.local {
            self.host = "localhost";
        }
        let lab = format!("lab={}; Path=/; HttpOnly; SameSite=Lax", self.lab);
        self.receive(&lab, "/");
        for step in &tried.steps {
            self.step(step, tried)
                .await
                .map_err(|reason| format!("{step:?}: {reason}"))?;
        }
        for url in [PAGE, "/en/cookies", "/lab/cookies/echo"] {
            self.look(url, tried).await?;
        }
        self.post("/lab/cookies/reset", &[], May::Several, tried)
            .await?;
        Ok(self.reach)
    }

    async fn step(&mut self, step: &Step, tried: &Try) -> Result<(), String> {
        match step {
            Step::Send { route, form } => {
                let may = self.may(route, form);
                self.post(&format!("/lab/cookies/{route}"), form, may, tried)
                    .await?;
            }
            Step::Forge { act, of } => {
                let mut names = self.jar.cookies().iter().map(|cookie| cookie.name.clone());
                let names: Vec<_> = names.by_ref().filter(|name| name != "lab").collect();
                if !names.is_empty() {
                    let name = names[of % names.len()].clone();
                    let form = [
                        ("name".to_owned(), name.clone()),
                        ("act".to_owned(), act.clone()),
                    ];
                    self.act("/lab/cookies/forge", &form, May::One(name), tried)
                        .await?;
                }
            }
            Step::Press { button } => {
                let page = self.look(PAGE, tried).await?;
                let found = buttons(&page);
                // Starting over is the last thing that is done anyway.
                let mut found = found
                    .into_iter()
                    .filter(|found| !found.action.ends_with("/reset"));
                let count = found.clone().count();
                if let Some(Button { action, fields }) = found.nth(button % count.max(1)) {
                    let route = action.trim_start_matches("/lab/cookies/").to_owned();
                    let may = self.may(&route, &fields);
                    self.act(&action, &fields, may, tried).await?;
                }
            }
            Step::View { query } => {
                let query =
                    serde_urlencoded::to_string(query).map_err(|error| error.to_string())?;
                // No server reads a longer first line, and neither does `Uri`.
                if query.len() < 30_000 {
                    self.look(&format!("{PAGE}?{query}"), tried).await?;
                }
            }
        }
        Ok(())
    }

    /// What an honest answer to this form may set.
    fn may(&mut self, route: &str, form: &[(String, String)]) -> May {
        self.sweeps |= route.starts_with("experiment/");
        May::of(route, form)
    }

    async fn act(
        &mut self,
        url: &str,
        form: &[(String, String)],
        may: May,
        tried: &Try,
    ) -> Result<(), String> {
        let done = self.post(url, form, may, tried).await?;
        self.reach.acts += 1;
        self.reach.done += usize::from(done);
        Ok(())
    }

    /// Sends a form and goes where the answer leads. Whether it was accepted.
    async fn post(
        &mut self,
        url: &str,
        form: &[(String, String)],
        may: May,
        tried: &Try,
    ) -> Result<bool, String> {
        let body = serde_urlencoded::to_string(form).map_err(|error| error.to_string())?;
        let mut request = self.request(Method::POST, url, body, tried)?;
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        let (status, headers, _) = self.send(request, may).await?;
        let mut accepted = status.is_success() || status.is_redirection();
        let mut next = location(&headers)?;
        for _ in 0..3 {
            let Some(url) = next else { break };
            accepted &= !url.contains("refused=");
            next = location(&self.get(&url, tried).await?.0)?;
        }
        Ok(accepted)
    }

    async fn look(&mut self, url: &str, tried: &Try) -> Result<String, String> {
        Ok(self.get(url, tried).await?.1)
    }

    async fn get(&mut self, url: &str, tried: &Try) -> Result<(HeaderMap, String), String> {
        let url = url.split('#').next().unwrap_or_default();
        let request = self.request(Method::GET, url, String::new(), tried)?;
        let may = if self.sweeps {
            May::Several
        } else {
            May::Nothing
        };
        let (_, headers, body) = self.send(request, may).await?;
        Ok((headers, body))
    }

    /// A request with the browser's cookies, and the bytes of the try behind them.
    fn request(
        &mut self,
        method: Method,
        url: &str,
        body: String,
        tried: &Try,
    ) -> Result<Request<Body>, String> {
        let accept = if tried.page { "text/html" } else { "*/*" };
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(header::HOST, self.host)
            .header(header::ACCEPT, accept)
            .body(Body::from(body))
            .map_err(|error| format!("{url:?}: {error}"))?;
        let cookies = [
            self.sent(request.uri().path()).as_bytes(),
            b"; ",
            &tried.header,
        ]
        .concat();
        self.reach.requests += 1;
        // What no server would let in is no try: hyper checks the same.
        if let Ok(cookies) = HeaderValue::from_bytes(&cookies) {
            self.reach.heard += 1;
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        Ok(request)
    }

    async fn send(
        &mut self,
        request: Request<Body>,
        may: May,
    ) -> Result<(StatusCode, HeaderMap, String), String> {
        let what = request.uri().to_string();
        let path = request.uri().path().to_owned();
        let has_cookies = request.headers().contains_key(header::COOKIE);
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        if head.status.is_server_error() {
            return Err(format!("{what}: {}", head.status));
        }
        let body = to_bytes(body, 8 << 20)
            .await
            .map_err(|error| error.to_string())?;
        let body = String::from_utf8_lossy(&body).into_owned();
        if has_cookies {
            self.lines(&what, &path, head.status, &head.headers, &may)?;
            if body.contains(&self.lab) {
                return Err(format!("{what} shows the lab's own cookie"));
            }
        }
        Ok((head.status, head.headers, body))
    }

    /// Checks what an answer sets, takes it in, and sees that the lab is still found everywhere.
    fn lines(
        &mut self,
        what: &str,
        path: &str,
        status: StatusCode,
        headers: &HeaderMap,
        may: &May,
    ) -> Result<(), String> {
        let lines = headers.get_all(header::SET_COOKIE).iter();
        let lines: Vec<_> = lines
            .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
            .collect();
        // Too many cookies for one request: the answer deletes what came, under whatever name.
        let clears = status == StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        // Behind a line that browsers take otherwise than the rule, the lab's own is set again as it is.
        let own = format!("lab={}; ", self.lab);
        let (again, others): (Vec<_>, Vec<_>) = lines
            .iter()
            .cloned()
            .partition(|line| line.starts_with(&own));
        let may_set_again = path.ends_with("/eviction")
            || others.iter().any(|line| known_difference(line).is_some());
        let honest = clears || (again.len() <= 1 && may.allows(&others));
        if !honest {
            return Err(format!("{what} sets {lines:?} where it may set {may:?}"));
        }
        for line in &lines {
            if line.contains(|c: char| c.is_ascii_control() && c != '\t') {
                return Err(format!("{what}: a control character in {line:?}"));
            }
            let same = may_set_again && line.starts_with(&own);
            if names_the_lab(line) && !same && !clears {
                return Err(format!("{what}: {line:?} touches the lab's own cookie"));
            }
            self.receive(line, path);
        }
        for next in [path, "/", PAGE, "/es/sessions", "/api/login"] {
            let header = self.sent(next);
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

    fn receive(&mut self, line: &str, path: &str) {
        self.jar
            .receive(line, &place(self.host, path), config::now_ms());
    }

    /// The browser's own `Cookie` header for a path.
    fn sent(&self, path: &str) -> String {
        let sent = self.jar.sent_to(&place(self.host, path), config::now_ms());
        let pairs = sent.iter().map(|cookie| {
            if cookie.name.is_empty() {
                cookie.value.clone()
            } else {
                format!("{}={}", cookie.name, cookie.value)
            }
        });
        pairs.collect::<Vec<_>>().join("; ")
    }
}

fn place<'a>(host: &'a str, path: &'a str) -> Place<'a> {
    Place {
        host,
        path,
        secure: Place::counts_as_secure(false, host),
    }
}

fn location(headers: &HeaderMap) -> Result<Option<String>, String> {
    let Some(location) = headers.get(header::LOCATION) else {
        return Ok(None);
    };
    let location = location.to_str().map_err(|error| error.to_string())?;
    Ok(Some(location.to_owned()))
}
