//! The code shown is the code that runs: every snippet is the region of the file that it names.

use std::{collections::BTreeSet, fs};

use super::visitor::{Visitor, plain};
use crate::classroom::classroom;

/// Every snippet of the cookie page. `express.spec.ts` runs the JavaScript, `programs.rs` the Rust.
const SHOWN: [&str; 12] = [
    "end2end/express/cookies.js#delete",
    "end2end/express/cookies.js#read",
    "end2end/express/cookies.js#set",
    "end2end/express/cookies.js#start",
    "end2end/express/notes.js#clear-then",
    "end2end/express/notes.js#clear-today",
    "end2end/express/notes.js#session-then",
    "end2end/express/notes.js#session-today",
    "src/cookies/program.rs#delete",
    "src/cookies/program.rs#read",
    "src/cookies/program.rs#set",
    "src/cookies/program.rs#start",
];

fn file(path: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    fs::read_to_string(format!("{root}/{path}")).unwrap()
}

/// A region of a file, line by line, without the lines that mark it.
fn region(source: &str) -> String {
    let (path, name) = source.split_once('#').unwrap();
    let text = file(path);
    let mark = format!("// #region {name}");
    let lines = text.lines().skip_while(|line| line.trim() != mark).skip(1);
    let lines = lines.take_while(|line| line.trim() != "// #endregion");
    lines.collect::<Vec<_>>().join("\n")
}

/// The snippets of a page: what each names as its source, and its text.
fn snippets(page: &str) -> Vec<(String, String)> {
    let snippets = page.split("<pre").skip(1).map(|snippet| {
        let (tag, inside) = snippet.split_once('>').unwrap();
        let (_, source) = tag
            .split_once("data-testid=\"source-")
            .unwrap_or_else(|| panic!("nothing says where <pre{tag}> is from"));
        let code = plain(inside.split("</pre>").next().unwrap());
        (source.split('"').next().unwrap().to_owned(), code)
    });
    snippets.collect()
}

#[tokio::test]
async fn every_snippet_is_the_region_that_it_names() {
    let mut ana = Visitor::open(&classroom().await);
    let form = [("name", "rol"), ("value", "1"), ("seal", "express")];
    ana.post("/lab/cookies/set", &form).await;
    let act = [("name", "rol"), ("act", "change-character")];
    ana.post("/lab/cookies/forge", &act).await;
    for url in [
        "/es/cookies",
        "/en/cookies",
        "/es/cookies?experiment=units",
        "/en/cookies?name=a&value=1&seal=signed&unit=expires&lifetime=x&secure=1",
        "/es/cookies?name=a&value=1&seal=private&same_site=none&partitioned=1&path=/",
        "/en/cookies?name=&seal=plain&unit=ms&lifetime=1500&http_only=1&domain=x",
        "/es/cookies?seal_format=express&seal_name=a&seal_value=b&seal_key=c",
        "/en/cookies?check_format=signed&check_name=a&check_cookie=b&check_key=c",
    ] {
        let page = ana.get(url).await;
        let found = snippets(&page.body);
        for (source, code) in &found {
            assert!(code.lines().count() > 3, "{url}: {source}: {code:?}");
            assert_eq!(*code, region(source), "{url}: {source}");
        }
        let sources: BTreeSet<_> = found.iter().map(|(source, _)| source.as_str()).collect();
        assert_eq!(sources, BTreeSet::from(SHOWN), "{url}");
        assert_eq!(found.len(), SHOWN.len(), "{url}: none is shown twice");
    }
}

/// A line that is cut off cannot be read beside the form: the card has room for this many.
#[test]
fn no_snippet_is_wider_than_its_card() {
    for source in SHOWN {
        for line in region(source).lines() {
            assert!(line.chars().count() <= 56, "{source}: {line}");
        }
    }
}

#[tokio::test]
async fn the_site_of_the_sessions_page_is_a_file() {
    let mut ana = Visitor::open(&classroom().await);
    let page = ana.get("/es/sessions").await;
    let shown = page.text_of("site-source");
    assert!(file("src/sessions/site.rs").contains(shown.trim_end()));
    assert!(shown.lines().count() > 10);
}
