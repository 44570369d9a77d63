use super::*;

fn texts(secrets: &[&str]) -> Vec<String> {
    secrets.iter().map(ToString::to_string).collect()
}

fn verdict(kind: Seal, name: &str, wire: &str) -> Verdict {
    check(kind, name, wire, &texts(&["nueva"]), &texts(&["vieja"])).verdict
}

fn valid(value: &str, key: usize) -> Verdict {
    let value = value.to_owned();
    Verdict::Valid { value, key }
}

fn kinds(steps: &[Step]) -> Vec<StepKind> {
    steps.iter().map(|step| step.kind).collect()
}

fn text(steps: &[Step], kind: StepKind) -> &str {
    &steps.iter().find(|step| step.kind == kind).unwrap().text
}

const SEALED: [Seal; 3] = [Seal::Express, Seal::Signed, Seal::Private];

// SHA-512("nueva")[0..32] as key: `node -p "crypto.createHmac('sha256', crypto.createHash('sha512')
// .update('nueva').digest().subarray(0, 32)).update('hello').digest('base64')"`
const SIGNED_HELLO: &str = "NdVm/e1RlPaqJR01O74iQanzfPIq+I0jZas9FzUjgtA=hello";
// node:crypto, aes-256-gcm, nonce 00 01 … 0b, key SHA-512("nueva")[32..64], additional data `rol`.
const PRIVATE_USER: &str = "AAECAwQFBgcICQoLxbnWHR9dHU0OUkrctFo6n1CxTNo=";

#[test]
fn express_writes_what_express_writes() {
    let sealed = seal(Seal::Express, "rol", "hello", "nueva");
    // `res.cookie('rol', 'hello', { signed: true })` of Express 5.3.0.
    assert_eq!(
        sealed.wire,
        "s%3Ahello.4KSyffyPjoMmryH4UUZ3HbMYsVuABrkVZRfNE9OUe9E"
    );
    assert_eq!(
        text(&sealed.steps, StepKind::Key),
        "UTF-8(\"nueva\") = 6e75657661"
    );
    assert_eq!(
        text(&sealed.steps, StepKind::Digest),
        "e0a4b27dfc8f8e8326af21f85146771db318b15b8006b9156517cd13d3947bd1"
    );
}

#[test]
fn signed_and_private_are_those_of_another_implementation() {
    assert_eq!(
        seal(Seal::Signed, "rol", "hello", "nueva").wire,
        SIGNED_HELLO
    );
    assert_eq!(
        verdict(Seal::Signed, "rol", SIGNED_HELLO),
        valid("hello", 0)
    );
    assert_eq!(
        verdict(Seal::Private, "rol", PRIVATE_USER),
        valid("user", 0)
    );
    let checked = check(Seal::Private, "rol", PRIVATE_USER, &texts(&["nueva"]), &[]);
    assert_eq!(
        text(&checked.steps, StepKind::Nonce),
        "000102030405060708090a0b"
    );
    assert_eq!(checked.readable, None);
}

#[test]
fn what_is_computed_is_what_came_exactly_if_it_is_valid() {
    for kind in [Seal::Express, Seal::Signed] {
        let wire = seal(kind, "rol", "hello", "nueva").wire;
        for (key, same) in [("nueva", true), ("otra", false)] {
            let steps = check(kind, "rol", &wire, &texts(&[key]), &[]).steps;
            let computed = text(&steps, StepKind::Computed);
            assert_eq!(computed == text(&steps, StepKind::Received), same);
        }
    }
}

#[test]
fn keys_are_tried_in_turn_and_retired_ones_are_told_from_forgeries() {
    for kind in SEALED {
        let wire = seal(kind, "rol", "hello", "vieja").wire;
        let both = check(kind, "rol", &wire, &texts(&["nueva", "vieja"]), &[]);
        assert_eq!(both.verdict, valid("hello", 1));
        let tried = both.steps.iter().filter(|step| step.kind == StepKind::Key);
        assert_eq!(tried.count(), 2);
        let value = (kind != Seal::Private).then(|| "hello".to_owned());
        assert_eq!(verdict(kind, "rol", &wire), Verdict::WrongKey { value });
        for keys in [&[][..], &["nueva"]] {
            let checked = check(kind, "rol", &wire, &texts(keys), &[]);
            assert_eq!(checked.verdict, Verdict::Forged);
            assert_eq!(checked.steps.last(), Some(&Step::new(StepKind::Failed, "")));
        }
    }
}

#[test]
fn only_a_private_value_is_bound_to_its_name() {
    for kind in SEALED {
        let wire = seal(kind, "rol_demo", "admin", "nueva").wire;
        let moved = verdict(kind, "rol", &wire);
        assert_eq!(moved == valid("admin", 0), kind != Seal::Private);
        assert_eq!(moved == Verdict::Forged, kind == Seal::Private);
    }
}

#[test]
fn a_private_value_never_looks_the_same_twice() {
    let [one, two] = [(); 2].map(|()| seal(Seal::Private, "rol", "x", "nueva").wire);
    assert_ne!(one, two);
}

#[test]
fn what_has_no_form_is_unreadable_and_says_why() {
    let long = "!".repeat(44);
    let accent = format!("{}é", "x".repeat(43));
    for (kind, wire, reason) in [
        (Seal::Express, "hello", Unreadable::NoPrefix),
        (Seal::Express, "S%3Ahello.x", Unreadable::NoPrefix),
        (Seal::Express, "s%3Ahello", Unreadable::NoDot),
        // A bad percent stays raw, so the prefix is not found.
        (Seal::Express, "s%3Ahello.x%", Unreadable::NoPrefix),
        (Seal::Signed, "hello", Unreadable::TooShort),
        (Seal::Signed, "", Unreadable::TooShort),
        (Seal::Signed, &long, Unreadable::NotBase64),
        (Seal::Signed, &accent, Unreadable::NotBase64),
        (Seal::Signed, "%ff", Unreadable::NotUtf8),
        (Seal::Private, "hello!", Unreadable::NotBase64),
        (Seal::Private, "aGVsbG8", Unreadable::NotBase64),
        (Seal::Private, "aGVsbG8=", Unreadable::TooShort),
        (Seal::Private, "%C3", Unreadable::NotUtf8),
        (Seal::Plain, "%C3", Unreadable::NotUtf8),
    ] {
        assert_eq!(
            verdict(kind, "rol", wire),
            Verdict::Unreadable(reason),
            "{wire}"
        );
    }
}

#[test]
fn a_signed_value_with_a_percent_sequence_is_refused_by_its_own_library() {
    let wire = seal(Seal::Signed, "rol", "100%41", "nueva").wire;
    let checked = check(Seal::Signed, "rol", &wire, &texts(&["nueva"]), &[]);
    assert_eq!(checked.verdict, Verdict::Forged);
    assert_eq!(checked.readable.as_deref(), Some("100A"));
    for kind in [Seal::Express, Seal::Private] {
        let wire = seal(kind, "rol", "100%41", "nueva").wire;
        assert_eq!(verdict(kind, "rol", &wire), valid("100%41", 0));
    }
}

#[test]
fn unused_bits_of_base64_are_refused_by_the_crate_cookie() {
    for (kind, wire) in [(Seal::Signed, SIGNED_HELLO), (Seal::Private, PRIVATE_USER)] {
        // Before one `=` two bits mean nothing: the next letter would decode to the same bytes.
        let at = wire.find('=').unwrap() - 1;
        let last = wire.as_bytes()[at];
        let next = char::from(last + 1);
        assert!(last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric());
        let twin = format!("{}{next}{}", &wire[..at], &wire[at + 1..]);
        let reason = Unreadable::NotBase64;
        assert_eq!(verdict(kind, "rol", &twin), Verdict::Unreadable(reason));
    }
}

#[test]
fn what_a_browser_does_to_the_spelling_does_not_matter() {
    let wire = seal(Seal::Express, "rol", "hello", "nueva").wire;
    for same in [
        wire.replace("%3A", "%3a"),
        wire.replace("%3A", ":"),
        wire.replace("hello", "%68ello"),
        format!("\"{wire}\""),
    ] {
        assert_eq!(
            verdict(Seal::Express, "rol", &same),
            valid("hello", 0),
            "{same}"
        );
    }
    let same = SIGNED_HELLO.replace('=', "%3D");
    assert_eq!(verdict(Seal::Signed, "rol", &same), valid("hello", 0));
}

#[test]
fn a_plain_value_is_never_more_than_plain() {
    let checked = check(Seal::Plain, "rol", "a%20b", &[], &[]);
    assert_eq!(checked.verdict, Verdict::Plain);
    assert_eq!(checked.readable.as_deref(), Some("a b"));
    assert_eq!(
        kinds(&checked.steps),
        [StepKind::Encoded, StepKind::Decoded]
    );
    assert_eq!(seal(Seal::Plain, "rol", "a%20b", "").wire, "a%20b");
}

#[test]
fn a_name_that_the_reader_decodes_is_not_found_again() {
    for kind in [Seal::Signed, Seal::Private] {
        let wire = seal(kind, "%72ol", "hello", "nueva").wire;
        let verdict = verdict(kind, "%72ol", &wire);
        assert_eq!(verdict, Verdict::Unreadable(Unreadable::OtherName));
    }
}

#[test]
fn names_and_json_are_what_the_page_expects() {
    for kind in Seal::ALL {
        assert_eq!(Seal::from_name(kind.name()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    assert_eq!(
        serde_json::to_string(&valid("x", 0)).unwrap(),
        r#"{"valid":{"value":"x","key":0}}"#
    );
    assert_eq!(
        serde_json::to_string(&Step::new(StepKind::AssociatedData, "rol")).unwrap(),
        r#"{"kind":"associated_data","text":"rol"}"#
    );
}
