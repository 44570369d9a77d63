//! What only memory promises.

use session_playground::stores::memory::MOST_RECORDS;

use super::*;

fn ids(store: &MemoryStore) -> Vec<Id> {
    store.records().iter().map(|stored| stored.id).collect()
}

#[tokio::test]
async fn memory_keeps_what_expired_until_it_is_asked_for() {
    let store = MemoryStore::new();
    let kept = created(&store, json!({}), LONG).await;
    let late = created(&store, json!({}), Duration::ZERO).await;
    let other = created(&store, json!({}), Duration::ZERO).await;
    assert_eq!((store.len(), store.is_empty()), (1, false));
    created(&store, json!({}), LONG).await;
    assert_eq!(store.records().len(), 4, "nobody has met them yet");
    assert!(
        store
            .records()
            .iter()
            .any(|stored| stored.id == late.id && stored.expires_ms <= config::now_ms())
    );
    assert_eq!(store.load(&late.id).await.unwrap(), None);
    assert!(!ids(&store).contains(&late.id) && ids(&store).contains(&other.id));
    assert!(is_gone(store.save(&other).await));
    assert!(!ids(&store).contains(&other.id) && ids(&store).contains(&kept.id));
}

#[tokio::test]
async fn memory_is_bounded_and_the_expired_go_first() {
    let store = MemoryStore::new();
    let mut kept = Vec::new();
    for n in 0..MOST_RECORDS / 2 {
        kept.push(created(&store, json!({"n": n}), LONG).await.id);
        created(&store, json!({"n": n}), Duration::ZERO).await;
    }
    assert_eq!(store.records().len(), MOST_RECORDS);
    for n in 0..MOST_RECORDS / 2 {
        let mut new = record(json!({"n": n}), LONG * 2);
        if n % 2 == 0 {
            store.create(&mut new).await.unwrap();
        } else {
            store.upsert(&new).await.unwrap();
        }
    }
    assert_eq!((store.records().len(), store.len()), (64, 64));
    assert!(kept.iter().all(|id| ids(&store).contains(id)));
    created(&store, json!({}), LONG * 2).await;
    assert_eq!(store.len(), 64);
    kept.retain(|id| ids(&store).contains(id));
    assert_eq!(
        kept.len(),
        MOST_RECORDS / 2 - 1,
        "one of those that end first"
    );
}
