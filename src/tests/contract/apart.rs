//! Two labs in one store, and ids and texts that want to be something else.

use super::*;

pub(super) async fn labs_do_not_see_each_other<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    assert_eq!(labs.bob.load(&kept.id).await.unwrap(), None);
    assert_eq!(labs.bob.look(&[kept.id]).await.unwrap(), []);
}

pub(super) async fn labs_do_not_change_each_other<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    let forged = Record {
        data: HashMap::from([("user".into(), json!("admin"))]),
        ..kept.clone()
    };
    assert!(is_gone(labs.bob.save(&forged).await));
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

pub(super) async fn labs_do_not_delete_each_other<S: Kept>(labs: Labs<S>) {
    let kept = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    labs.bob.delete(&kept.id).await.unwrap();
    labs.bob.forget_all(&[kept.id]).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept));
}

pub(super) async fn the_same_id_in_two_labs_never_mixes<S: Kept>(labs: Labs<S>) {
    let ana = created(&labs.ana, json!({"user": "ana"}), LONG).await;
    // MongoDB gives the second one another id, the others keep it: both are allowed.
    let mut bob = Record {
        id: ana.id,
        ..record(json!({"user": "bob"}), LONG)
    };
    labs.bob.create(&mut bob).await.unwrap();
    assert_eq!(labs.bob.load(&bob.id).await.unwrap(), Some(bob.clone()));
    labs.bob.delete(&bob.id).await.unwrap();
    assert_eq!(labs.ana.load(&ana.id).await.unwrap(), Some(ana));
}

pub(super) async fn extreme_ids_are_ids<S: Kept>(labs: Labs<S>) {
    // The last two are `-` and `_` in every place of the text but the last.
    let dashes = i128::from_le_bytes([0xfb, 0xef, 0xbe].repeat(6)[..16].try_into().unwrap());
    let extremes = [
        0,
        -1,
        1,
        i128::MIN,
        i128::MAX,
        dashes,
        i128::from_le_bytes([0xff; 16]),
    ]
    .map(Id);
    labs.ana.forget_all(&extremes).await.unwrap();
    for id in extremes {
        let mut kept = Record {
            id,
            ..record(json!({"id": id.to_string()}), LONG)
        };
        labs.ana.create(&mut kept).await.unwrap();
        assert_eq!(
            labs.ana.load(&kept.id).await.unwrap().unwrap().data,
            kept.data,
            "{id}"
        );
        labs.ana.save(&kept).await.unwrap();
        assert_eq!(labs.ana.look(&[kept.id]).await.unwrap().len(), 1, "{id}");
        labs.ana.delete(&kept.id).await.unwrap();
        assert_eq!(labs.ana.load(&kept.id).await.unwrap(), None, "{id}");
    }
}

pub(super) async fn hostile_text_is_text<S: Kept>(labs: Labs<S>) {
    let data = json!({
        "": "an empty key", "a.b": {"c.d": 1}, "$where": "1", "$set": {"$inc": {"x": 1}}, "__proto__": {"admin": true},
        "date": {"$date": "2026-11-21T00:00:00Z"}, "oid": {"$oid": "x"}, "long": {"$numberLong": "1"},
        "quotes": "'\"`\\", "lines": "a\r\nb\tc", "redis": "*1\r\n$8\r\nFLUSHALL\r\n", "path": "../../etc/passwd",
        "null byte": "a\u{0}b", "unicode": "ñandú 🧉 \u{202e}x", "html": "<script>alert(1)</script>",
        "../x": 1, "ñ": [1], "a\nb": {"x\"y": "z"},
    });
    let mut kept = created(&labs.ana, data, LONG).await;
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    kept.data.insert("$unset".into(), json!({"user": "$user"}));
    labs.ana.save(&kept).await.unwrap();
    assert_eq!(labs.ana.load(&kept.id).await.unwrap(), Some(kept.clone()));
    assert_eq!(labs.ana.look(&[kept.id]).await.unwrap().len(), 1);
}
