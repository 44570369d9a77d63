//! What the sources themselves must keep to: who uses whom, and where the page in the browser is touched.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The attributes that the page in the browser acts on, each with the one file that names it.
const MARKS: [(&str, &str); 11] = [
    ("data-awake", "src/live/browser/listening.rs"),
    ("data-choice", "src/live/marks.rs"),
    // Leptos' own: the name of an island.
    ("data-component", "src/live/browser/islands.rs"),
    ("data-due", "src/live/marks.rs"),
    ("data-empties", "src/live/marks.rs"),
    ("data-given", "src/live/given.rs"),
    ("data-heir", "src/live/marks.rs"),
    ("data-live", "src/live/marks.rs"),
    ("data-menu", "src/live/marks.rs"),
    ("data-unsent", "src/live/marks.rs"),
    ("data-waits", "src/live/marks.rs"),
];

/// The one that more files may name: it exists for tests.
const FOR_TESTS: &str = "data-testid";

/// Every file below a folder of the repository, by its path from there, with its text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// The program's own files, without their unit tests and comments.
fn program() -> Vec<(String, String)> {
    let files = files("src", "rs")
        .into_iter()
        .filter(|(name, _)| !name.starts_with("src/tests/"));
    let bare = |text: String| {
        let text = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    files.map(|(name, text)| (name, bare(text))).collect()
}

/// Every `data-…` attribute that a text names.
fn attributes(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '-';
    let begins = text.match_indices("data-").filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|before| {
            !is_part(before) && !before.is_ascii_alphanumeric() && before != '/'
        })
    });
    let names = begins.map(|(at, _)| {
        let rest = &text[at..];
        &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
    });
    names.filter(|name| name.len() > "data-".len()).collect()
}

#[test]
fn an_attribute_of_the_page_is_named_in_one_file() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (file, text) in program().iter().chain(&files("style", "css")) {
        for name in attributes(text)
            .into_iter()
            .filter(|name| *name != FOR_TESTS)
        {
            if MARKS.contains(&(name, file)) {
                seen.insert(name.to_owned());
            } else {
                wrong.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let unseen: Vec<_> = MARKS
        .iter()
        .filter(|(name, _)| !seen.contains(*name))
        .collect();
    assert!(unseen.is_empty(), "no longer there: {unseen:?}");
}

#[test]
fn news_comes_in_one_way() {
    for call in [
        "DomParser::new",
        "EventSource::new",
        "set_interval(",
        "Idiomorph,",
    ] {
        let program = program();
        let callers = program.iter().filter(|(_, text)| text.contains(call));
        let callers: Vec<_> = callers.map(|(file, _)| file).collect();
        assert!(callers.len() <= 1, "{call}: {callers:?}");
    }
}

/// The top of the module tree that a file belongs to; `None` for what only puts them together.
fn module_of(file: &str) -> Option<&str> {
    let top = file
        .strip_prefix("src/")?
        .split('/')
        .next()?
        .trim_end_matches(".rs");
    (!["lib", "main", "hydrate"].contains(&top)).then_some(top)
}

/// The modules that a text names after `crate::`, also within braces.
fn used(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for after in text.split("crate::").skip(1) {
        let Some(group) = after.strip_prefix('{') else {
            found.insert(word(after));
            continue;
        };
        let mut depth = 1;
        let mut is_begin = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => is_begin = true,
                _ if is_begin && !c.is_whitespace() => {
                    found.insert(word(&group[at..]));
                    is_begin = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_')
        .collect()
}

/// Who uses whom, as the sources have it.
fn drawn() -> BTreeMap<String, BTreeSet<String>> {
    let program = program();
    let modules: BTreeSet<_> = program
        .iter()
        .filter_map(|(file, _)| module_of(file))
        .collect();
    let mut graph = BTreeMap::<_, BTreeSet<_>>::new();
    for (file, text) in &program {
        let Some(module) = module_of(file) else {
            continue;
        };
        let arrows = used(text)
            .into_iter()
            .filter(|to| to != module && modules.contains(to.as_str()));
        graph.entry(module.to_owned()).or_default().extend(arrows);
    }
    graph.retain(|_, to| !to.is_empty());
    graph
}

/// Who uses whom, as `lib.rs` says.
fn declared() -> BTreeMap<String, BTreeSet<String>> {
    let (_, text) = include_str!("../lib.rs").split_once("```text").unwrap();
    let arrows = text
        .split("```")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.split_once(" -> "));
    let side = |text: &str| text.trim_start_matches("//! ").to_owned();
    arrows
        .map(|(from, to)| (side(from), to.split(", ").map(str::to_owned).collect()))
        .collect()
}

#[test]
fn the_map_says_who_uses_whom() {
    assert_eq!(drawn(), declared());
}

#[test]
fn no_module_uses_itself_through_another() {
    let mut graph = drawn();
    // What uses nobody that is left can be taken away, until nothing is left but circles.
    loop {
        let leaves = graph
            .iter()
            .filter(|(_, to)| to.iter().all(|to| !graph.contains_key(to)));
        let leaves: Vec<_> = leaves.map(|(from, _)| from.clone()).collect();
        if leaves.is_empty() {
            break;
        }
        graph.retain(|from, _| !leaves.contains(from));
    }
    assert!(graph.is_empty(), "{graph:#?}");
}
