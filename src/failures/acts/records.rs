//! Acts on the records behind their stores' back, as an operator does by hand.

use std::sync::Arc;

use time::Duration;
use tower_sessions::session::Id;

use super::cookies::set_cookies_again;
use crate::{
    error::LabError,
    failures::menu::Failure,
    sessions::{control::Caller, settings::id_in},
    stores::{StoreError, StoreKind},
};

/// What is left of a file after its disk was full: the beginning of a record.
const TORN: &str = r#"{"expires":"2026-11-21T11"#;

/// What can be done to one record.
pub enum RecordAct {
    /// It is deleted.
    Delete,
    /// This text is put in its place.
    Edit(String),
}

/// The act that the menu names, on the record of the session that the browser holds.
pub async fn behind_its_back(caller: &Caller, failure: Failure) -> Result<(), LabError> {
    let Some(store) = failure.victim() else {
        return Ok(());
    };
    let act = match failure {
        Failure::CorruptFile => RecordAct::Edit(TORN.to_owned()),
        _ => RecordAct::Delete,
    };
    let id = current(caller, store).ok_or(LabError::Anonymous)?;
    act_on(caller, store, id, act).await
}

/// Does this to a record of the lab's.
///
/// # Errors
/// [`LabError::BadForm`] for an id that the lab has not given out; what the store says.
pub async fn on_record(
    caller: &Caller,
    store: StoreKind,
    id: &str,
    act: RecordAct,
) -> Result<(), LabError> {
    let known = caller.lab.notebook.page().ledger.find(store, id).is_some();
    let id = id.parse().ok().filter(|_| known);
    act_on(caller, store, id.ok_or(LabError::BadForm)?, act).await
}

async fn act_on(caller: &Caller, store: StoreKind, id: Id, act: RecordAct) -> Result<(), LabError> {
    let lab = &caller.lab;
    let Some(records) = lab.store(store) else {
        return Err(LabError::SessionGone);
    };
    let work = async {
        match act {
            RecordAct::Delete => records
                .delete(&id)
                .await
                .map_err(|error| StoreError::of(&error)),
            RecordAct::Edit(text) => records.overwrite(&id, &text).await,
        }
    };
    Ok(lab.taped(Some(store), work).await?)
}

/// Takes `by_s` seconds from what is left of the browser's sessions: in the stores by their own
/// commands, in the browser by a `Set-Cookie` with less to live.
pub async fn move_ahead(caller: &mut Caller, by_s: i64) {
    let lab = Arc::clone(&caller.lab);
    for store in StoreKind::ALL {
        let (Some(id), Some(records)) = (current(caller, store), lab.store(store)) else {
            continue;
        };
        let moved = records.move_ahead(&id, Duration::seconds(by_s));
        if lab.taped(Some(store), moved).await.is_ok() {
            let mut page = lab.notebook.page();
            page.ledger.move_ahead(store, &id.to_string(), by_s * 1000);
        }
    }
    set_cookies_again(caller, by_s);
}

/// The id in the browser's cookie for a store.
fn current(caller: &Caller, store: StoreKind) -> Option<Id> {
    id_in(caller.cookie(store)?).parse().ok()
}
