//! The code shown is the code that runs: every snippet of every page is a slice of a file here.

use std::fs;

use super::visitor::{Visitor, plain};
use crate::classroom::classroom;

const FILES: [&str; 3] = [
    "end2end/express/cookies.js",
    "src/cookies/program.rs",
    "src/sessions/site.rs",
];

#[tokio::test]
async fn every_snippet_is_a_slice_of_a_file() {
    let mut ana = Visitor::open(&classroom().await);
    let root = env!("CARGO_MANIFEST_DIR");
    let files = FILES.map(|file| fs::read_to_string(format!("{root}/{file}")).unwrap());
    let mut seen = 0;
    for url in [
        "/es/cookies",
        "/en/cookies?name=a&value=1&seal=signed&unit=expires&lifetime=x&secure=1",
        "/es/sessions",
    ] {
        let page = ana.get(url).await;
        for snippet in page.body.split("<pre").skip(1) {
            let (tag, inside) = snippet.split_once('>').unwrap();
            if !tag.contains("lang=\"en\"") {
                continue;
            }
            let code = plain(inside.split("</pre>").next().unwrap());
            let code = code.trim_end();
            assert!(code.lines().count() > 10, "{url}: {code}");
            assert!(
                files.iter().any(|file| file.contains(code)),
                "{url} shows what is in no file:\n{code}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 5);
}
