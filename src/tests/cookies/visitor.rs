//! A browser whose jar is `cookies::jar`: it keeps what the rule says and sends it where the rule says.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use session_playground::{
    config,
    cookies::user_agent::{Jar, Place},
    server::{Playground, app},
};
use tower::ServiceExt;

/// One browser at one address.
pub struct Visitor {
    app: Router,
    /// The host that it asks for.
    pub host: String,
    /// Its cookies.
    pub jar: Jar,
}

/// What came back, redirects followed.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    /// The `Set-Cookie` lines of every answer on the way.
    pub lines: Vec<String>,
    /// The path and query of the last request.
    pub url: String,
    pub body: String,
}

impl Answer {
    /// Whether the page has an element with exactly this attribute.
    pub fn has(&self, attribute: &str) -> bool {
        self.body.contains(attribute)
    }

    /// The value of an attribute in the table's row of this cookie; the first row of that name.
    pub fn row(&self, name: &str) -> Option<Row<'_>> {
        self.rows(name).into_iter().next()
    }

    /// Every row of this name.
    pub fn rows(&self, name: &str) -> Vec<Row<'_>> {
        let rows = self.body.split("<tr").skip(1);
        rows.map(|row| Row(row.split("</tr>").next().unwrap_or_default()))
            .filter(|row| row.is_of(name))
            .collect()
    }

    /// The text of the element with this test id, without its tags.
    pub fn text_of(&self, test_id: &str) -> String {
        let mark = format!("data-testid=\"{test_id}\"");
        let (before, after) = self.body.split_once(&mark).unwrap_or_default();
        let tag = before.rsplit('<').next().unwrap_or_default();
        let close = format!("</{}>", tag.split(' ').next().unwrap_or_default());
        let inside = after.split_once('>').map_or("", |(_, inside)| inside);
        plain(inside.split(&close).next().unwrap_or_default())
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a>(pub &'a str);

impl Row<'_> {
    pub fn state(&self) -> &str {
        let states = [
            "deleted",
            "elsewhere",
            "evicted",
            "expired",
            "held-back",
            "missing",
            "rejected",
            "replaced",
            "sent",
        ];
        let mine = self.testid("row-");
        let found = states.into_iter().find(|state| mine.starts_with(state));
        found.unwrap_or_else(|| panic!("no known state: {mine}"))
    }

    pub fn verdict(&self) -> &str {
        self.testid("seal-")
    }

    fn is_of(&self, name: &str) -> bool {
        self.0.contains("data-testid=\"row-")
            && self.testid("row-") == format!("{}-{name}", self.state())
    }

    /// What follows in the first test id that begins like this.
    fn testid(&self, begin: &str) -> &str {
        let mark = format!("data-testid=\"{begin}");
        let after = self.0.split_once(&mark).map_or("", |(_, after)| after);
        after.split('"').next().unwrap_or_default()
    }
}

impl Visitor {
    /// A fresh browser on plain http at a name that is no trustworthy origin.
    pub fn open(playground: &Arc<Playground>) -> Self {
        Self::at(playground, "playground.test")
    }

    /// The same at another host.
    pub fn at(playground: &Arc<Playground>, host: &str) -> Self {
        Self {
            app: app(Arc::clone(playground)),
            host: host.to_owned(),
            jar: Jar::default(),
        }
    }

    pub async fn get(&mut self, url: &str) -> Answer {
        self.go(Method::GET, url, None, true).await
    }

    /// Sends a form as a page does.
    pub async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let form = serde_urlencoded::to_string(fields).unwrap();
        self.go(Method::POST, url, Some(form), true).await
    }

    /// Sends a form as a program does, and gets data back.
    pub async fn ask(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let form = serde_urlencoded::to_string(fields).unwrap();
        self.go(Method::POST, url, Some(form), false).await
    }

    async fn go(&mut self, method: Method, url: &str, form: Option<String>, page: bool) -> Answer {
        let mut answer = self.once(method, url, form, page).await;
        while let Some(location) = answer.1.get(header::LOCATION) {
            let location = location.to_str().unwrap().to_owned();
            let lines = answer.0.lines;
            answer = self.once(Method::GET, &location, None, page).await;
            answer.0.lines.splice(0..0, lines);
        }
        answer.0
    }

    async fn once(
        &mut self,
        method: Method,
        url: &str,
        form: Option<String>,
        page: bool,
    ) -> (Answer, HeaderMap) {
        let url = url.split('#').next().unwrap_or_default();
        let path = url.split('?').next().unwrap_or_default().to_owned();
        let host = self.host.clone();
        let place = Place {
            host: &host,
            path: &path,
            secure: Place::counts_as_secure(false, &host),
        };
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(header::HOST, &host)
            .header(header::ACCEPT, if page { "text/html" } else { "*/*" });
        let sent = self.jar.sent_to(&place, config::now_ms());
        if !sent.is_empty() {
            let pairs: Vec<_> = sent
                .iter()
                .map(|cookie| format!("{}={}", cookie.name, cookie.value))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        if form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::from(form.unwrap_or_default())).unwrap();
        let (head, body) = self
            .app
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let lines: Vec<_> = head
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
            .collect();
        for line in &lines {
            self.jar.receive(line, &place, config::now_ms());
        }
        let body = to_bytes(body, 4 << 20).await.unwrap();
        let answer = Answer {
            status: head.status,
            lines,
            url: url.to_owned(),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        (answer, head.headers)
    }

    /// The lab cookie's value, if there is one.
    pub fn lab(&self) -> Option<String> {
        let mut cookies = self.jar.cookies().iter();
        let lab = cookies.find(|cookie| cookie.name == "lab");
        lab.map(|cookie| cookie.value.clone())
    }

    /// The names of the student's own cookies.
    pub fn names(&self) -> Vec<&str> {
        let cookies = self.jar.cookies().iter();
        cookies
            .map(|cookie| cookie.name.as_str())
            .filter(|name| *name != "lab")
            .collect()
    }
}

/// HTML as text: without tags and comments, entities resolved.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let end = if after.starts_with("!--") { "-->" } else { ">" };
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text
}
