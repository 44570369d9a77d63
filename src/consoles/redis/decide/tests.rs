//! What is said of an answer.

use super::{super::line::split, *};

fn of(line: &str, reply: &Reply) -> Option<Meaning> {
    let words = split(line.as_bytes()).unwrap();
    meaning(&Seen {
        words: &words,
        reply,
        is_session: &|key| key == b"sess:ana",
        shared: false,
    })
}

#[test]
fn an_answer_means_something_for_a_session() {
    let ok = Reply::Status(b"OK".to_vec());
    let n = Reply::Integer;
    let (session, other) = (true, false);
    let table = [
        ("del sess:ana", n(1), Meaning::LoggedOut { sessions: 1 }),
        (
            "del sess:ana sess:ana x",
            n(2),
            Meaning::LoggedOut { sessions: 1 },
        ),
        ("del sess:ana x y", n(2), Meaning::Deleted { keys: 2 }),
        ("unlink x", n(1), Meaning::Deleted { keys: 1 }),
        ("del sess:ana", n(0), Meaning::NothingDeleted),
        ("set sess:ana x", ok.clone(), Meaning::Forever { session }),
        ("set a ex", ok.clone(), Meaning::Forever { session: other }),
        (
            "set a x ex 3",
            ok.clone(),
            Meaning::LivesFor {
                ms: 3000,
                session: other,
            },
        ),
        (
            "set a x XX px 3",
            ok.clone(),
            Meaning::LivesFor {
                ms: 3,
                session: other,
            },
        ),
        ("set a x keepttl", ok.clone(), Meaning::KeptTtl),
        ("set a x nx", Reply::Nil, Meaning::NotWritten { nx: true }),
        (
            "set a x xx ex 3",
            Reply::Nil,
            Meaning::NotWritten { nx: false },
        ),
        ("ttl sess:ana", n(-1), Meaning::NeverExpires { session }),
        ("ttl sess:eva", n(-2), Meaning::NoKey { session }),
        ("ttl sess:ana", n(7), Meaning::Left { ms: 7000, session }),
        (
            "pttl a",
            n(7),
            Meaning::Left {
                ms: 7,
                session: other,
            },
        ),
        ("expire sess:ana 5", n(1), Meaning::WillExpire { session }),
        (
            "expire sess:ana 0",
            n(1),
            Meaning::ExpiredAtOnce { session },
        ),
        ("expire a 5", n(0), Meaning::NotExpired),
        ("persist a", n(0), Meaning::NotPersisted),
        ("get sess:ana", Reply::Bulk(b"{}".to_vec()), Meaning::Record),
        ("get sess:eva", Reply::Nil, Meaning::Nothing { session }),
        (
            "keys *",
            Reply::array(Vec::new()),
            Meaning::KeysBlocks { scanned: false },
        ),
    ];
    for (line, reply, expected) in table {
        assert_eq!(of(line, &reply), Some(expected), "{line}");
    }
    assert_eq!(of("set a x nx get", &Reply::Nil), None);
    assert_eq!(of("get a", &Reply::Bulk(Vec::new())), None);
}

#[test]
fn an_error_teaches() {
    let of = |line, text: &str| of(line, &Reply::Error(text.as_bytes().to_vec()));
    let unknown = "ERR unknown command 'gte', with args beginning with: ";
    assert_eq!(
        of("gte a", unknown),
        Some(Meaning::Unknown {
            nearest: Some("GET".to_owned())
        })
    );
    let count = "ERR wrong number of arguments for 'ttl' command";
    assert_eq!(
        of("ttl", count),
        Some(Meaning::Usage {
            command: "TTL".to_owned(),
            hint: "key".to_owned()
        })
    );
    assert_eq!(
        of("hget a b", "WRONGTYPE Operation"),
        Some(Meaning::WrongType)
    );
    assert_eq!(of("config set a b", "NOPERM this"), Some(Meaning::NoPerm));
}
