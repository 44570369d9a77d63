//! What a store promises. The same cases run against all four, on real servers.

use std::{collections::HashMap, sync::Arc, time::Duration};

use serde_json::{Value, json};
use session_playground::{
    config,
    recorder::recording,
    stores::{
        SandboxStore, SandboxTag, StoreError, StoreKind, file::FileStore, memory::MemoryStore,
        mongo::MongoStore, redis::RedisStore,
    },
};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use super::engine_fixture::{Ear, Folder, engines, until};

mod apart;
mod away;
mod disk;
mod documents;
mod ending;
mod folder;
mod hands;
mod memory_only;
mod telling;
mod together;
mod writing;

use self::{apart::*, ending::*, hands::*, telling::*, together::*, writing::*};

macro_rules! contract {
    ($($case:ident)*) => {
        contract!(memory: $($case)*);
        contract!(file: $($case)*);
        contract!(redis: $($case)*);
        contract!(mongo: $($case)*);
    };
    ($store:ident: $($case:ident)*) => {
        mod $store {
            $(#[tokio::test] async fn $case() { super::$case(super::labs::$store()).await; })*
        }
    };
}

contract! {
    a_record_comes_back_as_it_was
    numbers_keep_their_kind
    create_gives_a_new_id_on_collision
    save_changes_the_record
    save_replaces_all_data
    save_of_an_unknown_session_is_gone
    save_of_a_deleted_session_is_gone_and_leaves_nothing
    save_of_an_expired_session_is_gone_and_leaves_nothing
    delete_twice_is_fine
    delete_of_an_unknown_session_is_fine
    load_of_an_unknown_session_is_none
    load_never_gives_an_expired_session
    a_record_born_expired_is_never_given
    a_save_into_the_past_ends_the_session
    save_keeps_the_time_to_live
    save_extends_the_time_to_live
    save_shortens_the_time_to_live
    dates_keep_their_milliseconds
    labs_do_not_see_each_other
    labs_do_not_change_each_other
    labs_do_not_delete_each_other
    the_same_id_in_two_labs_never_mixes
    extreme_ids_are_ids
    hostile_text_is_text
    empty_data_is_a_session
    thirty_kilobytes_fit
    creates_at_once_are_distinct
    creates_of_one_id_at_once_keep_every_record
    saves_and_a_delete_at_once_end_deleted
    clones_share_the_records
    every_operation_is_told_with_its_reply
    nothing_is_told_when_nobody_listens
    looking_and_forgetting_are_never_told
    inspect_shows_what_is_held
    inspect_leaves_out_what_is_not_there
    forget_removes_only_these
    errors_stay_typed_on_their_way
    replace_writes_what_was_not_changed
    replace_after_a_change_is_refused_and_keeps_the_other
    replace_after_delete_is_gone_and_leaves_nothing
    replace_after_expiry_is_gone
    replace_compares_hostile_text_word_for_word
    replace_does_not_revive
    of_two_replaces_at_once_one_wins
    two_counters_with_replace_and_retry_lose_nothing
    two_counters_with_upsert_can_lose_one
    upsert_revives_a_deleted_session
    upserts_at_once_all_succeed
    move_ahead_shortens
    move_ahead_can_lengthen
    move_ahead_into_the_past_leaves_what_the_store_leaves
    move_ahead_of_an_unknown_session_is_gone
    overwrite_is_what_is_read
    overwrite_of_an_unknown_session_is_gone_and_leaves_nothing
    overwrite_with_what_is_no_session
    a_hand_on_one_lab_is_not_felt_in_another
    every_new_operation_is_told
}

/// A store of the lab, as the cases need it.
trait Kept: SandboxStore + Clone {}

impl<S: SandboxStore + Clone> Kept for S {}

/// The same store for two labs that must not notice each other.
struct Labs<S> {
    ana: S,
    bob: S,
    _folder: Option<Folder>,
}

mod labs {
    use super::*;

    pub fn memory() -> Labs<MemoryStore> {
        Labs {
            ana: MemoryStore::new(),
            bob: MemoryStore::new(),
            _folder: None,
        }
    }

    pub fn file() -> Labs<FileStore> {
        let folder = Folder::new();
        let store = || FileStore::new(folder.0.join(tag().as_str()).join("server-a"));
        Labs {
            ana: store(),
            bob: store(),
            _folder: Some(folder),
        }
    }

    pub fn redis() -> Labs<RedisStore> {
        let store = || RedisStore::new(Arc::clone(&engines().redis), tag());
        Labs {
            ana: store(),
            bob: store(),
            _folder: None,
        }
    }

    pub fn mongo() -> Labs<MongoStore> {
        let store = || MongoStore::new(Arc::clone(&engines().mongo), tag());
        Labs {
            ana: store(),
            bob: store(),
            _folder: None,
        }
    }

    fn tag() -> SandboxTag {
        SandboxTag::of(&config::random::<16>())
    }
}

const LONG: Duration = Duration::from_secs(600);
const SHORT: Duration = Duration::from_millis(60);

fn id() -> Id {
    Id(i128::from_le_bytes(config::random()))
}

fn record(data: Value, life: Duration) -> Record {
    let data: HashMap<String, Value> = serde_json::from_value(data).unwrap();
    Record {
        id: id(),
        data,
        expiry_date: to_ms(config::now() + life),
    }
}

fn to_ms(moment: OffsetDateTime) -> OffsetDateTime {
    moment.replace_millisecond(moment.millisecond()).unwrap()
}

async fn created<S: Kept>(store: &S, data: Value, life: Duration) -> Record {
    let mut record = record(data, life);
    store.create(&mut record).await.unwrap();
    record
}

fn is_gone(result: session_store::Result<()>) -> bool {
    result.is_err_and(|error| StoreError::of(&error) == StoreError::Gone)
}

async fn expired<S: Kept>(store: &S, id: &Id) {
    until("it expires", Duration::from_secs(2), async || {
        store.load(id).await.unwrap().is_none()
    })
    .await;
}
