//! What only MongoDB shows: the collection as it lies there.

use super::*;

#[tokio::test]
async fn the_documents_are_shown_with_what_a_load_would_see() {
    let labs = labs::mongo();
    let kept = created(&labs.ana, json!({"user": "ana", "$oid": "x"}), LONG).await;
    let late = created(&labs.ana, json!({"user": "eva"}), LONG).await;
    let other = created(&labs.bob, json!({"user": "bob"}), LONG).await;
    let by = time::Duration::seconds(1200);
    labs.ana.move_ahead(&late.id, by).await.unwrap();
    let ear = Arc::new(Ear::default());
    let look = recording(Arc::clone(&ear) as _, labs.ana.documents()).await;
    assert_eq!(ear.heard(), [], "in silence");
    let look = look.unwrap();
    let seen: HashMap<_, _> = look
        .documents
        .iter()
        .map(|document| (document.id.as_str(), document))
        .collect();
    assert_eq!(seen.len(), 2, "{look:?}");
    assert!(!seen.contains_key(other.id.to_string().as_str()));
    let (kept_seen, late_seen) = (
        seen[kept.id.to_string().as_str()],
        seen[late.id.to_string().as_str()],
    );
    assert_eq!(
        (kept_seen.passes_filter, late_seen.passes_filter),
        (true, false)
    );
    assert_eq!(kept_seen.expires_ms, config::to_ms(kept.expiry_date));
    assert_eq!(late_seen.expires_ms, config::to_ms(late.expiry_date - by));
    let text: Value = serde_json::from_str(&kept_seen.text).unwrap();
    assert_eq!(text["data"]["user"], "ana");
    let ttl: Vec<Value> = look
        .indexes
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|index: &Value| index.get("expireAfterSeconds") == Some(&json!(0)))
        .collect();
    assert_eq!(ttl.len(), 1, "{:?}", look.indexes);
    assert_eq!(ttl[0]["key"], json!({"expires": 1}));
}

#[tokio::test]
async fn at_most_fifty_documents_are_shown() {
    let labs = labs::mongo();
    assert_eq!(labs.ana.documents().await.unwrap().documents, []);
    for n in 0..52 {
        created(&labs.ana, json!({"n": n}), LONG).await;
    }
    let look = labs.ana.documents().await.unwrap();
    assert_eq!(look.documents.len(), 50);
    assert!(look.documents.iter().all(|document| document.passes_filter));
}
