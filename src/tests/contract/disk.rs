//! What only the file store promises.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::*;

pub(super) struct Disk {
    pub store: FileStore,
    pub place: PathBuf,
    _folder: Folder,
}

pub(super) fn disk() -> Disk {
    let folder = Folder::new();
    let place = folder.0.join("lab").join("server-a");
    Disk {
        store: FileStore::new(place.clone()),
        place,
        _folder: folder,
    }
}

pub(super) fn names(disk: &Disk) -> Vec<String> {
    let entries = fs::read_dir(&disk.place).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn mode(path: &PathBuf) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_disk_that_fails_is_named() {
    let disk = disk();
    let kept = created(&disk.store, json!({}), LONG).await;
    fs::remove_dir_all(&disk.place).unwrap();
    fs::write(&disk.place, "a file in the place of the folder").unwrap();
    let mut new = record(json!({}), LONG);
    let errors = [
        disk.store.load(&kept.id).await.err(),
        disk.store.save(&kept).await.err(),
        disk.store.create(&mut new).await.err(),
        disk.store.delete(&kept.id).await.err(),
    ];
    for error in errors {
        let error = StoreError::of(&error.expect("an error"));
        let named = matches!(&error, StoreError::Refused { store: StoreKind::File, reply } if reply.starts_with('E'));
        assert!(named, "{error:?}");
    }
}

#[tokio::test]
async fn the_folder_is_made_late_and_only_for_us() {
    let disk = disk();
    assert_eq!(disk.store.load(&id()).await.unwrap(), None);
    assert!(!disk.place.exists());
    let kept = created(&disk.store, json!({}), LONG).await;
    assert_eq!(names(&disk), [format!("{}.json", kept.id)]);
    assert_eq!(mode(&disk.place), 0o700);
    assert_eq!(mode(&disk.place.join(format!("{}.json", kept.id))), 0o600);
}

#[tokio::test]
async fn the_file_is_readable_json() {
    let disk = disk();
    let mut kept = record(json!({"visits": 3, "user": "ana"}), LONG);
    kept.expiry_date = time::macros::datetime!(2999-11-21 11:04:21.120 UTC);
    disk.store.create(&mut kept).await.unwrap();
    let text = fs::read_to_string(disk.place.join(format!("{}.json", kept.id))).unwrap();
    assert_eq!(
        text,
        r#"{"expires":"2999-11-21T11:04:21.120Z","data":{"user":"ana","visits":3}}"#
    );
}

#[tokio::test]
async fn every_step_on_the_disk_is_told() {
    let disk = disk();
    created(&disk.store, json!({}), LONG).await;
    let mut kept = record(json!({}), LONG);
    let ear = Arc::new(Ear::default());
    recording(Arc::clone(&ear) as _, async {
        disk.store.create(&mut kept).await.unwrap();
        disk.store.delete(&kept.id).await.unwrap();
        disk.store.load(&kept.id).await.unwrap();
    })
    .await;
    let heard: Vec<_> = ear
        .heard()
        .into_iter()
        .map(|command| format!("{} -> {}", command.text, command.reply))
        .collect();
    let id = kept.id;
    assert_eq!(
        heard,
        [
            format!("stat {id}.json -> ENOENT"),
            format!("open {id}.json.tmp (wx, 0600) -> ok"),
            "write -> 48 bytes".to_owned(),
            "fsync -> ok".to_owned(),
            format!("rename {id}.json.tmp {id}.json -> ok"),
            "fsync (the folder) -> ok".to_owned(),
            format!("unlink {id}.json -> ok"),
            format!("read {id}.json -> ENOENT"),
        ]
    );
}

#[tokio::test]
async fn an_unreadable_file_is_put_aside() {
    let disk = disk();
    for text in [
        "",
        "{",
        r#"{"expires":"2999-11-21T11:04:21.120Z","da"#,
        "[]",
        r#"{"expires":"x","data":{}}"#,
        "\u{0}",
    ] {
        let kept = created(&disk.store, json!({}), LONG).await;
        let name = format!("{}.json", kept.id);
        fs::write(disk.place.join(&name), text).unwrap();
        assert_eq!(disk.store.inspect(&[kept.id]).await.unwrap(), []);
        assert_eq!(disk.store.load(&kept.id).await.unwrap(), None, "{text}");
        assert_eq!(names(&disk), [format!("{name}.corrupt")]);
        assert!(is_gone(disk.store.save(&kept).await));
        fs::remove_file(disk.place.join(format!("{name}.corrupt"))).unwrap();
    }
}

#[tokio::test]
async fn sweeping_removes_what_is_expired_or_half_written_and_nothing_else() {
    let disk = disk();
    let kept = created(&disk.store, json!({}), LONG).await;
    let late = created(&disk.store, json!({}), Duration::ZERO).await;
    let broken = created(&disk.store, json!({}), LONG).await;
    fs::write(disk.place.join(format!("{}.json", broken.id)), "{").unwrap();
    fs::write(disk.place.join(format!("{}.json.tmp", late.id)), "{").unwrap();
    fs::write(disk.place.join("notes.txt"), "somebody's").unwrap();
    fs::create_dir(disk.place.join(format!("{}.json", id()))).unwrap();
    disk.store.sweep().await;
    let left = names(&disk);
    assert!(left.contains(&format!("{}.json", kept.id)) && left.contains(&"notes.txt".to_owned()));
    assert!(
        left.contains(&format!("{}.json.corrupt", broken.id)),
        "{left:?}"
    );
    assert!(
        !left.iter().any(|name| name.contains(&late.id.to_string())),
        "{left:?}"
    );
    disk.store.sweep().await;
}

#[tokio::test]
async fn sweeping_a_folder_that_is_not_there_is_fine() {
    disk().store.sweep().await;
}

#[tokio::test]
async fn another_process_finds_the_sessions() {
    let disk = disk();
    let kept = created(&disk.store, json!({"user": "ana"}), LONG).await;
    let after_a_restart = FileStore::new(disk.place.clone());
    assert_eq!(after_a_restart.load(&kept.id).await.unwrap(), Some(kept));
}
