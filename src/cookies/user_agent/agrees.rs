//! The cases of `end2end/tests/set-cookie-lines.json`: what this jar makes of each is written there,
//! and `end2end/tests/browser-agrees.spec.ts` holds Chromium to the same words.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::{Duration, UtcDateTime, macros::format_description};

use super::{Context, Cookie, Difference, Jar, Place, SameSite, known_difference};

const TEXT: &str = include_str!("../../../end2end/tests/set-cookie-lines.json");
/// 21 September 2026. A date in a line is this far from it, or decades away.
const NOW: i64 = 1_790_000_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Each kind, and why it is not ours to mend.
    differences: BTreeMap<String, String>,
    cases: Vec<Case>,
    crowds: Vec<Crowd>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    section: String,
    title: String,
    #[serde(default = "usual_host")]
    host: String,
    #[serde(default = "usual_path")]
    path: String,
    /// Only a browser needs to know from where a request of another site comes.
    #[serde(default, rename = "from")]
    _from: String,
    #[serde(default)]
    context: Context,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    over_https: Vec<String>,
    line: String,
    elsewhere: Option<Vec<Elsewhere>>,
    refused: Option<Refused>,
    #[serde(default)]
    notes: Vec<Value>,
    outcome: Value,
    difference: Option<Differs>,
    may_differ: Option<Difference>,
}

/// Another request: the case's own, but for what is said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    host: Option<String>,
    path: Option<String>,
    #[serde(default)]
    context: Context,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    why: Value,
    section: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differs {
    kind: Difference,
    chromium: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Crowd {
    title: String,
    before: Vec<String>,
    fill: usize,
    attributes: String,
    after: Vec<String>,
    outcome: Value,
    difference: Option<Differs>,
}

fn usual_host() -> String {
    "localhost".to_owned()
}

fn usual_path() -> String {
    "/lab/page".to_owned()
}

fn file() -> File {
    serde_json::from_str(&expanded(TEXT)).unwrap()
}

/// Fills in `{{repeat 3 x}}` and `{{after 60 imf}}`.
fn expanded(text: &str) -> String {
    let mut pieces = text.split("{{");
    let mut whole = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (template, rest) = piece.split_once("}}").unwrap();
        let (verb, arguments) = template.split_once(' ').unwrap();
        let (number, what) = arguments.split_once(' ').unwrap();
        whole += &match verb {
            "repeat" => what.repeat(number.parse().unwrap()),
            "after" => written(what, number.parse().unwrap()),
            _ => panic!("no such template: {template}"),
        };
        whole += rest;
    }
    whole
}

/// The ways in which servers have written dates.
fn written(how: &str, seconds: i64) -> String {
    let now = UtcDateTime::from_unix_timestamp(NOW / 1000).unwrap();
    let date = now + Duration::seconds(seconds);
    let imf = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let rfc850 = format_description!(
        "[weekday], [day]-[month repr:short]-[year repr:last_two] [hour]:[minute]:[second] GMT"
    );
    let asctime = format_description!(
        "[weekday repr:short] [month repr:short] [day padding:space] [hour]:[minute]:[second] [year]"
    );
    let slashes = format_description!(
        "[month repr:short]/[day padding:none]/[year]/[hour]:[minute]:[second]"
    );
    let long =
        format_description!("[day padding:none] [month repr:long] [year] [hour]:[minute]:[second]");
    let year_first =
        format_description!("[year] [month repr:short] [day] [hour]:[minute]:[second]");
    match how {
        "imf" => date.format(imf),
        "upper" => date.format(imf).map(|text| text.to_uppercase()),
        "rfc850" => date.format(rfc850),
        "asctime" => date.format(asctime),
        "slashes" => date.format(slashes),
        "long" => date.format(long),
        "year_first" => date.format(year_first),
        _ => panic!("no such date format: {how}"),
    }
    .unwrap()
}

fn place<'a>(host: &'a str, path: &'a str) -> Place<'a> {
    Place {
        host,
        path,
        secure: Place::counts_as_secure(false, host),
    }
}

fn header(jar: &Jar, context: Context, place: &Place<'_>) -> String {
    let sent = jar.sent_in(context, place, NOW);
    let pairs = sent.iter().map(|cookie| match &*cookie.name {
        "" => cookie.value.clone(),
        name => format!("{name}={}", cookie.value),
    });
    pairs.collect::<Vec<_>>().join("; ")
}

/// The jar in the file's words, which leave out what is usual.
fn held(jar: &Jar, host: &str) -> Value {
    let mut held: Vec<_> = jar.cookies().iter().map(|one| words(one, host)).collect();
    held.sort_by_key(|words| {
        let or = |key: &str, usual: Value| words.get(key).cloned().unwrap_or(usual);
        json!([
            words["name"],
            or("domain", json!("")),
            or("host_only", json!(true)),
            or("path", json!("/")),
            or("partitioned", json!(false)),
        ])
        .to_string()
    });
    Value::Array(held)
}

fn words(cookie: &Cookie, host: &str) -> Value {
    let lives_s = cookie
        .expires_ms
        .map(|at| (at - NOW + 500).div_euclid(1000));
    let all = [
        ("name", json!(cookie.name), true),
        ("value", json!(cookie.value), true),
        ("domain", json!(cookie.domain), cookie.domain != host),
        ("host_only", json!(false), !cookie.host_only),
        ("path", json!(cookie.path), cookie.path != "/"),
        ("lives_s", json!(lives_s), lives_s.is_some()),
        ("secure", json!(true), cookie.secure),
        ("http_only", json!(true), cookie.http_only),
        (
            "same_site",
            json!(cookie.same_site),
            cookie.same_site != SameSite::Unset,
        ),
        ("partitioned", json!(true), cookie.partitioned),
    ];
    let said = all.into_iter().filter(|(.., is_unusual)| *is_unusual);
    said.map(|(key, value, _)| (key.to_owned(), value))
        .collect::<Map<_, _>>()
        .into()
}

/// What the rule makes of a case: the outcome, the reason of a refusal, and the notes.
fn measure(case: &Case) -> (Value, Option<Refused>, Vec<Value>) {
    let home = place(&case.host, &case.path);
    let mut jar = Jar::default();
    // Each line arrives a millisecond before the next one, and the case's own now.
    let earlier = i64::try_from(case.over_https.len() + case.before.len()).unwrap();
    let mut now = NOW - earlier..;
    for line in &case.over_https {
        let safe = Place {
            secure: true,
            ..home
        };
        jar.receive(line, &safe, now.next().unwrap());
    }
    for line in &case.before {
        jar.receive(line, &home, now.next().unwrap());
    }
    let had = held(&jar, &case.host);
    let decision = jar
        .receive_in(case.context, &case.line, &home, now.next().unwrap())
        .decision;
    let mut outcome = json!({
        "kept": held(&jar, &case.host),
        "header": header(&jar, Context::SameSite, &home),
    });
    if !case.before.is_empty() || !case.over_https.is_empty() {
        outcome["had"] = had;
    }
    if let Some(elsewhere) = &case.elsewhere {
        let headers = elsewhere.iter().map(|other| {
            let host = other.host.as_ref().unwrap_or(&case.host);
            let path = other.path.as_ref().unwrap_or(&case.path);
            header(&jar, other.context, &place(host, path))
        });
        outcome["elsewhere"] = headers.collect();
    }
    let refused = decision.outcome.err().map(|rejection| Refused {
        why: json!(rejection),
        section: rejection.section().to_owned(),
    });
    let notes = decision.notes.iter().map(|note| json!(note)).collect();
    (outcome, refused, notes)
}

fn gather(crowd: &Crowd) -> Value {
    let home = place("localhost", "/lab/page");
    let mut jar = Jar::default();
    let mut gone = Vec::new();
    let fillers = (0..crowd.fill).map(|n| format!("n{n}=1{}", crowd.attributes));
    let lines = crowd.before.iter().cloned().chain(fillers);
    for (line, now) in lines.chain(crowd.after.iter().cloned()).zip(NOW - 1000..) {
        gone.extend(jar.receive(&line, &home, now).evicted);
    }
    let mut names: Vec<_> = gone.into_iter().map(|cookie| cookie.name).collect();
    names.sort();
    json!({ "left": jar.cookies().len(), "gone": names })
}

#[test]
fn the_rule_makes_of_each_line_what_is_written() {
    let mut wrong = Vec::new();
    for case in file().cases {
        let (outcome, refused, notes) = measure(&case);
        if (&outcome, &refused, &notes) != (&case.outcome, &case.refused, &case.notes) {
            wrong.push(format!(
                "{} {}: {:.200}\n  {outcome}\n  {refused:?} {notes:?}\n  written: {}",
                case.section, case.title, case.line, case.outcome
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_full_jar_loses_what_is_written() {
    for crowd in file().crowds {
        assert_eq!(gather(&crowd), crowd.outcome, "{}", crowd.title);
    }
}

#[test]
fn a_difference_is_known_exactly_where_it_was_measured() {
    for case in file().cases {
        let measured = case.difference.as_ref().map(|found| found.kind);
        let in_line = measured.filter(|kind| kind.shows_in_one_line());
        let expected = in_line.or(case.may_differ);
        assert_eq!(known_difference(&case.line), expected, "{}", case.title);
    }
}

#[test]
fn each_difference_was_measured_and_has_its_reason() {
    let all = file();
    let of_cases = all.cases.iter().filter_map(|case| {
        let differs = case.difference.as_ref()?;
        Some((&case.title, &case.outcome, differs))
    });
    let of_crowds = all.crowds.iter().filter_map(|crowd| {
        let differs = crowd.difference.as_ref()?;
        Some((&crowd.title, &crowd.outcome, differs))
    });
    let mut measured = BTreeSet::new();
    for (title, outcome, differs) in of_cases.chain(of_crowds) {
        assert_ne!(outcome, &differs.chromium, "{title}");
        measured.insert(json!(differs.kind).to_string());
    }
    let known: BTreeSet<_> = Difference::ALL.map(|kind| json!(kind).to_string()).into();
    assert_eq!(measured, known);
    let explained = all.differences.keys().map(|kind| json!(kind).to_string());
    assert_eq!(explained.collect::<BTreeSet<_>>(), known);
    assert!(all.differences.values().all(|reason| !reason.is_empty()));
}
