//! What the buttons do: each dispatches the very requests that a student could send, with the
//! browser's own cookies, and hands the site's `Set-Cookie` lines on to the browser.

use std::sync::Arc;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Method, Request, header},
};
use cookie::Cookie;
use futures::future::join_all;

use super::{
    cookie_rules::Seal,
    exchange::Reply,
    lab::SessionLab,
    ledger::Known,
    settings::id_in,
    site::ACCOUNTS,
    verdict::{Answer, Evidence, Outcome, Prediction, Verdict, judge},
};
use crate::{
    config,
    error::LabError,
    i18n::Locale,
    sandbox::identity::{PASS_HEADER, SandboxId, cookies_of_the_student},
    stores::StoreKind,
};

/// Whoever pressed the button: their lab, their cookies, their language.
#[derive(Clone)]
pub struct Caller {
    /// The lab.
    pub lab: Arc<SessionLab>,
    /// The lab's secret id, for passes.
    pub lab_id: SandboxId,
    /// Whether the request brought a pass: then its answer shows no new one.
    pub has_pass: bool,
    /// The session cookies as one header; kept up to date with what the sites set meanwhile.
    pub cookies: String,
    /// The language of the answers.
    pub locale: Locale,
    /// Whether the answer will be read by a person's browser (a plain form), not by the page's code.
    pub wants_page: bool,
    /// What the sites set, to be handed on.
    pub set_cookies: Vec<HeaderValue>,
}

impl Caller {
    /// The caller of a request.
    pub fn new(
        lab: Arc<SessionLab>,
        lab_id: SandboxId,
        headers: &HeaderMap,
        locale: Locale,
    ) -> Self {
        let accepts = headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .unwrap_or_default();
        Self {
            lab,
            lab_id,
            has_pass: headers.contains_key(PASS_HEADER),
            cookies: cookies_of_the_student(headers),
            locale,
            wants_page: accepts.contains("text/html"),
            set_cookies: Vec::new(),
        }
    }

    /// The bench of the caller's lab.
    #[must_use]
    pub fn bench(&self) -> &SessionLab {
        &self.lab
    }

    /// The value of a session cookie that the browser holds.
    #[must_use]
    pub fn cookie(&self, store: StoreKind) -> Option<&str> {
        let pairs = self
            .cookies
            .split(';')
            .filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='));
        pairs
            .filter(|(name, _)| *name == store.cookie_name())
            .map(|(_, value)| value)
            .next_back()
    }

    /// Sends one request to each of these stores' sites, all at once, and takes over the cookies they set.
    async fn send(
        &mut self,
        stores: &[StoreKind],
        method: Method,
        page: &str,
        form: &str,
    ) -> Vec<Reply> {
        let requests = stores
            .iter()
            .map(|&store| (store, self.request(store, &method, page, form)));
        let bench = &self.lab;
        let replies = join_all(requests.map(|(store, request)| bench.send(store, request))).await;
        for reply in &replies {
            self.receive(reply);
        }
        replies
    }

    /// A `GET` to a store's site with the browser's cookies.
    #[must_use]
    pub fn get(&self, store: StoreKind, page: &str) -> Request<Bytes> {
        self.request(store, &Method::GET, page, "")
    }

    /// Takes over the cookies that an answer sets.
    pub fn receive(&mut self, reply: &Reply) {
        for line in reply.response.headers().get_all(header::SET_COOKIE) {
            self.take_over(line);
        }
    }

    fn request(&self, store: StoreKind, method: &Method, page: &str, form: &str) -> Request<Bytes> {
        let mut request = Request::new(Bytes::copy_from_slice(form.as_bytes()));
        *request.method_mut() = method.clone();
        // The path is made of two words of ours, so it always parses.
        *request.uri_mut() = format!("/lab/{}/{page}", store.name())
            .parse()
            .unwrap_or_default();
        let headers = request.headers_mut();
        if let Ok(cookies) = HeaderValue::from_str(&self.cookies)
            && !self.cookies.is_empty()
        {
            headers.insert(header::COOKIE, cookies);
        }
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_static(self.locale.tag()),
        );
        if !form.is_empty() {
            let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
            headers.insert(header::CONTENT_TYPE, kind);
        }
        request
    }

    /// Does to our copy of the cookies what the browser will do with this `Set-Cookie` line.
    pub fn take_over(&mut self, line: &HeaderValue) {
        self.set_cookies.push(line.clone());
        let Some(set) = line.to_str().ok().and_then(|text| Cookie::parse(text).ok()) else {
            return;
        };
        let others = self.cookies.split("; ").filter(|pair| {
            !pair.is_empty()
                && pair
                    .split_once('=')
                    .is_none_or(|(name, _)| name != set.name())
        });
        let mut pairs: Vec<String> = others.map(str::to_owned).collect();
        if set
            .max_age()
            .is_none_or(cookie::time::Duration::is_positive)
        {
            pairs.push(format!("{}={}", set.name(), set.value()));
        }
        self.cookies = pairs.join("; ");
    }

    /// Logs in to these stores with one of the demo accounts. A login begins a new round: old verdicts leave.
    ///
    /// # Errors
    /// What the first site said, if none did it.
    pub async fn log_in(&mut self, stores: &[StoreKind], account: &str) -> Result<(), LabError> {
        let (name, password, _) = ACCOUNTS
            .iter()
            .find(|(name, ..)| *name == account)
            .ok_or(LabError::WrongPassword)?;
        let form = format!("user={name}&password={password}");
        let replies = self.send(stores, Method::POST, "login", &form).await;
        {
            let mut page = self.bench().notebook.page();
            for store in stores {
                page.verdicts[store.index()] = None;
                page.predictions[store.index()] = None;
            }
            page.restarted = None;
        }
        self.settle().await;
        Self::complain(&replies)
    }

    /// Sends `GET /lab/{store}/visit`.
    ///
    /// # Errors
    /// What the first site said, if none did it.
    pub async fn visit(&mut self, stores: &[StoreKind]) -> Result<(), LabError> {
        let replies = self.send(stores, Method::GET, "visit", "").await;
        Self::complain(&replies)
    }

    /// Sends `POST /lab/{store}/cart`.
    ///
    /// # Errors
    /// What the first site said, if none did it.
    pub async fn add_to_cart(
        &mut self,
        stores: &[StoreKind],
        product: &str,
    ) -> Result<(), LabError> {
        let product =
            percent_encoding::utf8_percent_encode(product, percent_encoding::NON_ALPHANUMERIC);
        let replies = self
            .send(stores, Method::POST, "cart", &format!("product={product}"))
            .await;
        Self::complain(&replies)
    }

    /// Sends `POST /lab/{store}/logout`.
    ///
    /// # Errors
    /// What the first site said, if none did it.
    pub async fn log_out(&mut self, stores: &[StoreKind]) -> Result<(), LabError> {
        let replies = self.send(stores, Method::POST, "logout", "").await;
        Self::complain(&replies)
    }

    /// Notes what the student expects of a store.
    pub async fn predict(&mut self, store: StoreKind, prediction: Prediction) {
        self.bench().notebook.page().predictions[store.index()] = Some(prediction);
        self.settle().await;
    }

    /// Restarts the server, then sends the same cookies to all four sites and judges what came back.
    pub async fn restart(&mut self) {
        self.bench().restart();
        self.check().await;
    }

    /// Sends the cookies to all four sites and judges what came back, without a restart.
    pub async fn check(&mut self) {
        let known = self.known();
        let verdicts = self.ask(&known, "me").await;
        for (store, verdict) in StoreKind::ALL.into_iter().zip(verdicts) {
            let mut page = self.bench().notebook.page();
            page.verdicts[store.index()] = Some(verdict);
        }
        self.settle().await;
    }

    /// What the lab knows now of the sessions that the browser's cookies lead to, store by store.
    #[must_use]
    pub fn known(&self) -> [Option<Known>; 4] {
        StoreKind::ALL.map(|store| {
            let id = id_in(self.cookie(store)?);
            self.bench().notebook.page().ledger.find(store, id).cloned()
        })
    }

    /// Sends `GET /lab/{store}/{page}` to all four sites with the browser's cookies and judges what
    /// came back. `known` is what the lab knew of these sessions before.
    pub async fn ask(&mut self, known: &[Option<Known>; 4], page: &str) -> Vec<Verdict> {
        let cookies = StoreKind::ALL.map(|store| self.cookie(store).map(str::to_owned));
        let (predictions, given) = {
            let page = self.bench().notebook.page();
            (page.predictions, page.given.clone())
        };
        let replies = self.send(&StoreKind::ALL, Method::GET, page, "").await;
        let at_ms = config::now_ms();
        let mut verdicts = Vec::new();
        for ((store, cookie), reply) in StoreKind::ALL.into_iter().zip(cookies).zip(replies) {
            let before = known[store.index()].clone();
            let ends_ms = given[store.index()]
                .as_ref()
                .and_then(|given| given.expires_ms);
            let (outcome, step) = judge(&Evidence {
                cookie_sent: cookie.is_some(),
                cookie_ends_ms: ends_ms,
                seal_refused: reply.heard.seal == Seal::Invalid,
                no_server: reply.heard.no_server,
                // A page that could not be written is not served either.
                answer: &match &reply.heard.failure {
                    Some(failure) if page != "me" => Answer::Failed {
                        reason: failure.to_string(),
                    },
                    _ => reply.heard.answer.clone(),
                },
                before: before.as_ref(),
                now_ms: at_ms,
            });
            if matches!(outcome, Outcome::Lost | Outcome::Expired)
                && let (Some(known), Some(_)) = (&before, &cookie)
            {
                let mut page = self.bench().notebook.page();
                page.ledger.strike(store, &known.id);
            }
            verdicts.push(Verdict {
                outcome,
                predicted: predictions[store.index()],
                cookie,
                commands: reply.heard.commands,
                answer: reply.heard.answer,
                step,
                status: reply.response.status().as_u16(),
                before,
                at_ms,
            });
        }
        verdicts
    }

    /// Takes the lab back to its beginning and the session cookies out of the browser.
    pub async fn reset(&mut self) {
        for store in StoreKind::ALL {
            let line = format!("{}=; Path=/; Max-Age=0", store.cookie_name());
            if let Ok(line) = HeaderValue::from_str(&line) {
                self.take_over(&line);
            }
        }
        self.bench().reset().await;
    }

    /// Writes the notes down and tells the open pages.
    async fn settle(&self) {
        let notebook = &self.bench().notebook;
        notebook.touch();
        notebook.keep().await;
        notebook.announce();
    }

    /// An error if no site did what was asked. One lane that is away says so in its own place.
    fn complain(replies: &[Reply]) -> Result<(), LabError> {
        if replies
            .iter()
            .any(|reply| reply.response.status().is_success())
        {
            return Ok(());
        }
        let Some(reply) = replies.first() else {
            return Ok(());
        };
        if let Some(failure) = reply.heard.failure.clone() {
            return Err(failure.into());
        }
        let body: serde_json::Value =
            serde_json::from_slice(reply.response.body()).unwrap_or_default();
        Err(match body["error"].as_str() {
            Some("anonymous") => LabError::Anonymous,
            Some("wrong_password") => LabError::WrongPassword,
            Some("cart_full") => LabError::CartFull,
            Some("unknown_product") => LabError::UnknownProduct,
            _ => LabError::BadForm,
        })
    }
}
