//! Acts on the cookie in the browser and on the key that signs it.

use axum::http::HeaderValue;

use crate::{
    config,
    sessions::{
        control::Caller,
        lab::SessionLab,
        settings::{Given, Settings},
    },
    stores::StoreKind,
};

/// Takes the session cookies out of the browser, as a person does in its settings.
pub fn delete_cookies(caller: &mut Caller) {
    for store in StoreKind::ALL {
        let line = format!("{}=; Path=/; Max-Age=0", store.cookie_name());
        if let Ok(value) = HeaderValue::from_str(&line) {
            caller.take_over(&value);
        }
        caller.lab.notebook.page().given[store.index()] = None;
        caller.lab.note_deed("Set-Cookie", &line);
    }
}

/// Sends the session cookies again with `by_s` seconds less to live. One without an end has none to move.
pub fn set_cookies_again(caller: &mut Caller, by_s: i64) {
    let now_ms = config::now_ms();
    for store in StoreKind::ALL {
        let given = caller.lab.notebook.page().given[store.index()].clone();
        let Some(Given {
            value,
            expires_ms: Some(expires_ms),
        }) = given
        else {
            continue;
        };
        if caller.cookie(store) != Some(value.as_str()) {
            continue;
        }
        let left_s = ((expires_ms - now_ms) / 1000 - by_s).max(0);
        let line = format!(
            "{}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={left_s}",
            store.cookie_name()
        );
        if let Ok(value) = HeaderValue::from_str(&line) {
            caller.take_over(&value);
        }
        caller.lab.notebook.page().given[store.index()] = Some(Given {
            value,
            expires_ms: Some(now_ms + left_s * 1000),
        });
        caller.lab.note_deed("Set-Cookie", &line);
    }
}

/// Puts a new key in the place of the signing key, or before it.
pub async fn rotate(lab: &SessionLab, keep_old: bool) {
    let mut settings: Settings = lab.settings();
    let old = settings.secrets.first().cloned().unwrap_or_default();
    let new = if old == "segunda-clave" {
        "tercera-clave"
    } else {
        "segunda-clave"
    };
    settings.secrets = if keep_old {
        vec![new.to_owned(), old]
    } else {
        vec![new.to_owned()]
    };
    lab.note_deed("secret", &format!("{:?}", settings.secrets));
    lab.configure(settings).await;
}
