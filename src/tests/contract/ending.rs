//! How a session ends: deleted, or when its time is over.

use super::*;

pub(super) async fn delete_twice_is_fine<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), LONG).await;
    labs.ana.delete(&kept.id).await.unwrap();
    labs.ana.delete(&kept.id).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

pub(super) async fn delete_of_an_unknown_session_is_fine<S: Kept>(labs: Labs<S>) {
    labs.ana.delete(&id()).await.unwrap();
}

pub(super) async fn load_of_an_unknown_session_is_none<S: Kept>(labs: Labs<S>) {
    assert_eq!(labs.ana.load(&id()).await.unwrap(), None);
}

pub(super) async fn load_never_gives_an_expired_session<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({}), SHORT).await;
    let mut last = None;
    until("it expires", LONG, async || {
        let asked = config::now();
        last = labs.ana.load(&kept.id).await.unwrap();
        assert!(
            last.is_none() || asked < kept.expiry_date,
            "given after its end"
        );
        last.is_none()
    })
    .await;
    assert!(
        config::now() >= kept.expiry_date - Duration::from_millis(2),
        "lost before its end"
    );
}

pub(super) async fn a_record_born_expired_is_never_given<S: Kept>(labs: Labs<S>) {
    let mut late = record(json!({}), LONG);
    late.expiry_date = to_ms(config::now() - LONG);
    labs.ana.create(&mut late).await.unwrap();
    assert_eq!(labs.ana.load(&late.id).await.unwrap(), None);
    let mut very_late = Record {
        id: id(),
        expiry_date: OffsetDateTime::UNIX_EPOCH,
        ..late
    };
    labs.ana.create(&mut very_late).await.unwrap();
    assert_eq!(labs.ana.load(&very_late.id).await.unwrap(), None);
}

pub(super) async fn a_save_into_the_past_ends_the_session<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({}), LONG).await;
    kept.expiry_date = to_ms(config::now() - LONG);
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None);
}

pub(super) async fn save_keeps_the_time_to_live<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"visits": 1}), LONG).await;
    for _ in 0..3 {
        labs.ana.save(&kept).await.unwrap();
    }
    assert!(ends_at(&labs.ana, &kept).await);
    assert_eq!(
        labs.ana.load(&kept.id).await.unwrap().unwrap().expiry_date,
        kept.expiry_date
    );
}

/// Whether the store lets go of it when it should. Redis tells the time that is left: a few ms are the way there.
pub(super) async fn ends_at<S: Kept>(store: &S, kept: &Record) -> bool {
    let held = store.look(&[kept.id]).await.unwrap();
    held.len() == 1 && (held[0].expires_ms - config::to_ms(kept.expiry_date)).abs() < 100
}

pub(super) async fn save_extends_the_time_to_live<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({}), Duration::from_secs(2)).await;
    kept.expiry_date = to_ms(config::now() + LONG);
    labs.ana.save(&kept).await.unwrap();
    assert!(ends_at(&labs.ana, &kept).await);
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

pub(super) async fn save_shortens_the_time_to_live<S: Kept>(labs: Labs<S>) {
    let mut kept = created(&labs.ana, json!({}), LONG).await;
    kept.expiry_date = to_ms(config::now() + SHORT);
    labs.ana.save(&kept).await.unwrap();
    expired(&labs.ana, &kept.id).await;
}

pub(super) async fn dates_keep_their_milliseconds<S: Kept>(labs: Labs<S>) {
    for millisecond in [0, 1, 10, 120, 999] {
        let mut kept = record(json!({}), LONG);
        kept.expiry_date = kept.expiry_date.replace_millisecond(millisecond).unwrap();
        labs.ana.create(&mut kept).await.unwrap();
        assert_eq!(
            labs.ana.load(&kept.id).await.unwrap().unwrap().expiry_date,
            kept.expiry_date
        );
    }
}
