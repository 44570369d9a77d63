//! What an operator sees and does in the file store's folder, and reading again what is not there yet.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::PathBuf,
};

use session_playground::{
    recorder::{Command, Recorder},
    stores::listing::{FileEntry, FileKind, Reaped},
};

use super::{
    disk::{Disk, disk, names},
    *,
};

fn texts(ear: &Ear) -> Vec<String> {
    let heard = ear.heard().into_iter();
    heard
        .map(|command| format!("{} -> {}", command.text, command.reply))
        .collect()
}

async fn listing(disk: &Disk) -> HashMap<String, FileEntry> {
    let ear = Arc::new(Ear::default());
    let listing = recording(Arc::clone(&ear) as _, disk.store.listing()).await;
    assert_eq!(ear.heard(), [], "in silence");
    let listing = listing.unwrap();
    assert!(listing.is_sorted_by(|a, b| a.name < b.name));
    listing
        .into_iter()
        .map(|entry| (entry.name.clone(), entry))
        .collect()
}

/// Another server that renames its file into place as soon as somebody has missed it so many times.
struct Late {
    ear: Ear,
    after: usize,
    from: PathBuf,
    to: PathBuf,
}

impl Recorder for Late {
    fn record(&self, command: Command) {
        self.ear.record(command);
        if self.ear.heard().len() == self.after {
            fs::rename(&self.from, &self.to).unwrap();
        }
    }
}

/// What `retries` read of a file that comes after `after` reads: how many reads, and whether it was found.
async fn reads(retries: u32, after: usize) -> (usize, bool) {
    let disk = disk();
    let kept = created(&disk.store, json!({"user": "ana"}), LONG).await;
    let to = disk.place.join(format!("{}.json", kept.id));
    let from = disk.place.join("on its way");
    fs::rename(&to, &from).unwrap();
    let late = Arc::new(Late {
        ear: Ear::default(),
        after,
        from,
        to,
    });
    let store = disk.store.clone().with_retries(retries);
    let loaded = recording(Arc::clone(&late) as _, store.load(&kept.id))
        .await
        .unwrap();
    let heard = texts(&late.ear);
    let missed = format!("read {}.json -> ENOENT", kept.id);
    assert!(heard[..heard.len() - 1].iter().all(|text| *text == missed));
    assert!(loaded.is_none() || loaded == Some(kept));
    (heard.len(), heard.last() != Some(&missed))
}

#[tokio::test]
async fn a_file_that_is_not_there_is_read_again() {
    assert_eq!(reads(0, 9).await, (1, false));
    assert_eq!(reads(2, 9).await, (3, false));
    assert_eq!(reads(5, 1).await, (2, true));
    assert_eq!(reads(2, 2).await, (3, true));
    assert_eq!(reads(2, 3).await, (3, false), "too late");
}

#[tokio::test]
async fn only_what_is_not_there_is_read_again() {
    let disk = disk();
    let store = disk.store.clone().with_retries(3);
    let late = created(&store, json!({}), Duration::ZERO).await;
    let broken = created(&store, json!({}), LONG).await;
    store.overwrite(&broken.id, "{").await.unwrap();
    let ear = Arc::new(Ear::default());
    recording(Arc::clone(&ear) as _, async {
        assert_eq!(store.load(&late.id).await.unwrap(), None);
        assert_eq!(store.load(&broken.id).await.unwrap(), None);
    })
    .await;
    let reads = ear.heard().into_iter();
    let reads = reads.filter(|command| command.text.starts_with("read"));
    assert_eq!(reads.count(), 2);
}

#[tokio::test]
async fn the_listing_shows_every_entry_and_follows_no_link() {
    let disk = disk();
    assert_eq!(disk.store.listing().await.unwrap(), []);
    let kept = created(&disk.store, json!({"user": "ana"}), LONG).await;
    let long = created(&disk.store, json!({"text": "x".repeat(5000)}), LONG).await;
    let late = created(&disk.store, json!({}), Duration::ZERO).await;
    let broken = created(&disk.store, json!({}), LONG).await;
    disk.store.overwrite(&broken.id, "{").await.unwrap();
    let write = |name: &str, text: &[u8]| fs::write(disk.place.join(name), text).unwrap();
    write("a.json.corrupt", b"\xff{");
    write("a.json.tmp", b"");
    write("notes.txt", b"somebody's");
    write("notes.json", b"{}");
    let secret = disk.place.parent().unwrap().join("secret");
    fs::write(&secret, "a secret").unwrap();
    let link = format!("{}.json", id());
    symlink(&secret, disk.place.join(&link)).unwrap();
    symlink("nowhere", disk.place.join("dangling")).unwrap();
    fs::create_dir(disk.place.join("folder")).unwrap();
    let notes = disk.place.join("notes.txt");
    fs::set_permissions(&notes, fs::Permissions::from_mode(0o4640)).unwrap();

    let seen = listing(&disk).await;
    assert_eq!(seen.len(), names(&disk).len());
    let of = |record: &Record| &seen[&format!("{}.json", record.id)];
    let session = of(&kept);
    let expires_ms = config::to_ms(kept.expiry_date);
    assert_eq!(session.kind, FileKind::Session { expires_ms });
    assert_eq!(session.mode, 0o600);
    assert_eq!(session.size, session.text.len() as u64);
    assert!(session.text.contains(r#"{"user":"ana"}"#));
    assert!((config::now_ms() - session.modified_ms).abs() < 60_000);
    assert!(
        matches!(of(&late).kind, FileKind::Session { expires_ms } if expires_ms <= config::now_ms())
    );
    assert!(matches!(of(&long).kind, FileKind::Session { .. }));
    assert_eq!((of(&long).text.len(), of(&long).size > 5000), (2000, true));
    assert_eq!(
        (of(&broken).kind, of(&broken).text.as_str()),
        (FileKind::Corrupt, "{")
    );
    assert_eq!(seen["a.json.corrupt"].kind, FileKind::Corrupt);
    assert_eq!(seen["a.json.corrupt"].text, "\u{fffd}{");
    assert_eq!(seen["a.json.tmp"].kind, FileKind::Temporary);
    assert_eq!(seen["notes.txt"].kind, FileKind::Other);
    assert_eq!(
        (seen["notes.txt"].mode, seen["notes.txt"].text.as_str()),
        (0o4640, "somebody's")
    );
    for other in [link.as_str(), "dangling", "folder"] {
        assert_eq!(
            (seen[other].kind, seen[other].text.as_str()),
            (FileKind::Other, ""),
            "{other}"
        );
    }
    assert_eq!(seen["notes.json"].kind, FileKind::Other);
}

#[tokio::test]
async fn a_reaper_tells_what_it_did() {
    let disk = disk();
    let kept = created(&disk.store, json!({}), LONG).await;
    let late = created(&disk.store, json!({}), Duration::ZERO).await;
    let broken = created(&disk.store, json!({}), LONG).await;
    disk.store.overwrite(&broken.id, "{").await.unwrap();
    fs::write(disk.place.join("a.json.tmp"), "").unwrap();
    fs::write(disk.place.join("a.json.corrupt"), "").unwrap();
    fs::write(disk.place.join("notes.txt"), "somebody's").unwrap();
    let ear = Arc::new(Ear::default());
    let reaped = recording(Arc::clone(&ear) as _, disk.store.reap()).await;
    assert_eq!(
        reaped,
        Ok(Reaped {
            looked: 4,
            removed: 2
        })
    );
    let heard = texts(&ear);
    assert_eq!(heard[0], "readdir server-a -> 6 names");
    for told in [
        format!("unlink {}.json -> ok", late.id),
        "unlink a.json.tmp -> ok".to_owned(),
        format!("rename {0}.json {0}.json.corrupt -> ok", broken.id),
    ] {
        assert!(heard.contains(&told), "{told}: {heard:?}");
    }
    let mut left = vec![
        "a.json.corrupt".to_owned(),
        "notes.txt".to_owned(),
        format!("{}.json", kept.id),
        format!("{}.json.corrupt", broken.id),
    ];
    left.sort();
    assert_eq!(names(&disk), left);
    assert_eq!(
        disk.store.reap().await,
        Ok(Reaped {
            looked: 1,
            removed: 0
        })
    );
    assert_eq!(self::disk().store.reap().await, Ok(Reaped::default()));

    let ear = Arc::new(Ear::default());
    fs::write(disk.place.join("b.json.tmp"), "").unwrap();
    let cleared = recording(Arc::clone(&ear) as _, disk.store.clear_graveyard()).await;
    assert_eq!(cleared, Ok(3));
    assert!(texts(&ear).contains(&"unlink b.json.tmp -> ok".to_owned()));
    left.retain(|name| !name.ends_with(".corrupt"));
    assert_eq!(names(&disk), left);
}

#[tokio::test]
async fn a_redeploy_takes_the_folder_and_nothing_beside_it() {
    let disk = disk();
    let kept = created(&disk.store, json!({}), LONG).await;
    let beside = disk.place.parent().unwrap().join("beside");
    fs::create_dir(&beside).unwrap();
    fs::write(beside.join("precious"), "").unwrap();
    symlink(&beside, disk.place.join("link")).unwrap();
    let ear = Arc::new(Ear::default());
    recording(Arc::clone(&ear) as _, async {
        disk.store.remove_folder().await.unwrap();
        disk.store.remove_folder().await.unwrap();
    })
    .await;
    let told = ["rm -r server-a -> ok", "rm -r server-a -> ENOENT"];
    assert_eq!(texts(&ear), told);
    assert!(!disk.place.exists() && beside.join("precious").exists());
    assert_eq!(disk.store.load(&kept.id).await.unwrap(), None);
    created(&disk.store, json!({}), LONG).await;
    assert_eq!(names(&disk).len(), 1, "it is made again");
}
