//! When its memory is full.

use super::*;

#[tokio::test]
async fn a_full_one_refuses_to_write() {
    let lab = One::new().await;
    let redis = &lab.redis;
    ok(redis, &["SET", "mine", "1"]).await;
    let ear = Arc::new(Ear::default());
    let victims = ["mine".to_owned()];
    let fill = redis.fill(FullPolicy::NoEviction, &victims);
    recording(Arc::<Ear>::clone(&ear), fill).await.unwrap();
    let heard = ear.heard();
    assert_eq!(heard.len(), 6, "{heard:?}");
    assert!(
        heard[4].failed && heard[4].reply.starts_with("(error) OOM"),
        "{heard:?}"
    );
    assert!(
        heard.iter().all(|command| command.text.len() < 60),
        "{heard:?}"
    );
    let refused = send(redis, &["SET", "more", "1"]).await.unwrap_err();
    assert!(refused.contains("OOM"), "{refused}");
    assert!(has(redis, "mine").await);
    let facts = redis.facts().await.unwrap();
    assert!(
        facts.used_memory > facts.maxmemory && facts.policy == "noeviction",
        "{facts:?}"
    );
    redis.empty().await.unwrap();
    ok(redis, &["SET", "more", "1"]).await;
    assert_eq!(
        ok(redis, &["KEYS", "filler:*"]).await,
        Value::Array(Vec::new())
    );
    assert_eq!(redis.facts().await.unwrap().maxmemory, 8 << 20);
    lab.all.close().await;
}

#[tokio::test]
async fn a_full_one_forgets_the_least_recently_used() {
    let lab = One::new().await;
    let redis = &lab.redis;
    let victims: Vec<_> = (0..20).map(|number| format!("sess:{number}")).collect();
    for victim in &victims {
        ok(redis, &["SET", victim, "me"]).await;
    }
    redis.fill(FullPolicy::AllKeysLru, &victims).await.unwrap();
    for victim in &victims {
        assert!(!has(redis, victim).await, "{victim}");
    }
    let facts = redis.facts().await.unwrap();
    assert!(
        facts.evicted_keys >= 20 && facts.policy == "allkeys-lru",
        "{facts:?}"
    );
    ok(redis, &["SET", "more", "1"]).await;
    redis.empty().await.unwrap();
    let facts = redis.facts().await.unwrap();
    assert!(
        facts.policy == "noeviction" && facts.maxmemory == 8 << 20,
        "{facts:?}"
    );
    lab.all.close().await;
}
