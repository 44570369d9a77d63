//! English.

use super::{
    CookieText,
    experiments_en::experiment,
    findings_en::finding,
    rule_en::{difference, note, rejection},
};
use crate::cookies::{
    bench::Why,
    forge::Act,
    jar::{AttributeName, SameSite},
    order::{Lifetime, Unit},
    seal::{Seal, StepKind, Unreadable},
};

/// Every text in English.
pub static TEXT: CookieText = CookieText {
    title: "One cookie, three views",
    lede: "Set a real cookie. See what JavaScript sees, what the server receives and what the seal says. Then try to forge it.",
    description: "Set real cookies, see what the browser does with them, and try to forge them.",

    experiments: "Experiments",
    experiment,
    predict_and_run: "Predict and run",
    run_again: "Run it again",
    you_said: "You said:",
    it_came_out: "It came out:",
    hit: "right",
    miss: "not so",
    pending: "It cannot be told yet: wait a few seconds.",
    pending_script: "A script has not tried yet. It needs JavaScript.",
    left_of_crowd: |left, of| format!("Of the {of} that were sent, the browser returned {left}."),
    stolen: |loot| {
        if loot.is_empty() {
            "The script read document.cookie and found nothing.".to_owned()
        } else {
            format!("The script read document.cookie and took: {loot}")
        }
    },

    set: "Set",
    name: "Name",
    value: "Value",
    seal_label: "Seal",
    seal: |seal| match seal {
        Seal::Plain => "No seal",
        Seal::Express => "Signed, Express's format",
        Seal::Signed => "Signed, tower-cookies' format",
        Seal::Private => "Encrypted, tower-cookies' format",
    },
    lifetime: "Lifetime",
    unit_label: "Unit",
    unit: |unit| match unit {
        Unit::Ms => "Express's maxAge, in ms",
        Unit::Seconds => "Max-Age, in seconds",
        Unit::Expires => "Expires, a date",
        Unit::Session => "none: session cookie",
    },
    same_site_unset: "not set",
    domain_hint: "this server only",
    create: "Create",
    anyway: "Send it anyway",
    anyway_hint: "“Send it anyway” sends what you typed even if it is wrong, so that you see what the browser does.",
    look_first: "Check",
    all_well: "Nothing to object: a server may send it like this.",
    would_send: "Will be sent",
    by_hand: "Write the line by hand",
    by_hand_hint: "What you write arrives as it is, unchecked: invented attributes, repeated ones, in any order.",
    by_hand_label: "Value of Set-Cookie",
    send_line: "Send the line",
    lasting: |lifetime, typed, unit| {
        match (lifetime, unit) {
        (Lifetime::Session, _) => "Without a lifetime it is a session cookie: it lives until the browser is closed, not “until it is deleted”.".to_owned(),
        (Lifetime::MaxAge { seconds }, Unit::Ms) => format!("{typed} ms are Max-Age={seconds}: the header counts seconds and Express drops the decimals."),
        (Lifetime::MaxAge { seconds }, _) => format!("Max-Age={seconds} are seconds; in Express that is maxAge: {}.", seconds.saturating_mul(1000)),
        (Lifetime::Expires { .. }, _) => "Expires is a fixed moment, by the browser's clock. If there is a Max-Age too, Max-Age wins.".to_owned(),
        (Lifetime::Unreadable, Unit::Expires) => "That is no date that a browser understands.".to_owned(),
        (Lifetime::Unreadable, _) => "That is not a whole number.".to_owned(),
    }
    },
    over_at_once: "It is over already: it deletes on arrival.",
    capped: "That is more than 400 days: the browser reduces it to 400 (RFC 6265bis §5.5).",
    finding,

    program: "The program",
    express_hint: "This file is run by the tests: end2end/express/cookies.js",
    axum_hint: "This file is what has just answered: src/cookies/program.rs",
    with_your_form: "With your form",
    sealed_apart: "Express does not have this format: it is tower-cookies'.",
    changed_title: "If your notes are of another version",
    changed: &[
        "cookie-parser only reads. Setting and deleting are Express's: res.cookie and res.clearCookie.",
        "express-session reads its cookie without cookie-parser: no need to put that in front.",
        "In Express 5, res.clearCookie ignores maxAge and expires; in Express 4 it set the cookie again with them.",
    ],

    sent_title: "What was sent, what the rule says, and what your browser did",
    nothing_sent: "You have not sent anything yet. Set a cookie and its Set-Cookie is shown here byte for byte.",
    col_sent: "Sent",
    col_predicted: "The rule says",
    col_did: "Your browser",
    part_name: "The name.",
    part_plain_value: "The value as it is: anyone reads and changes it.",
    part_express_value: "s%3A says that it is signed; after it the value, readable at a glance.",
    part_signed_value: "The value, readable at a glance.",
    part_signature: "The signature: HMAC-SHA256 of the value, in base64. The name is not part of it.",
    part_encrypted: "Encrypted with AES-256-GCM: unreadable without the key, and the name is part of what is checked.",
    part_attribute: |attribute| match attribute {
        AttributeName::MaxAge => {
            "Seconds that it lives after arriving. 0 or less deletes it. Beats Expires."
        }
        AttributeName::Expires => "The moment when it expires. A past one deletes it.",
        AttributeName::Domain => {
            "Subdomains receive it too. With a domain that is not ours it is rejected."
        }
        AttributeName::Path => {
            "Sent only to this path and those below. No protection: any path can set it."
        }
        AttributeName::Secure => {
            "Travels only over https; on localhost, Chrome and Firefox make an exception."
        }
        AttributeName::HttpOnly => {
            "JavaScript does not see it. It still travels with every request."
        }
        AttributeName::SameSite => "When a request that begins on another site carries it.",
        AttributeName::Partitioned => "A separate jar for each site that embeds us.",
        AttributeName::Other => "No browser knows this attribute: ignored.",
    },
    absent_lifetime: "Neither Max-Age nor Expires: a session cookie, gone when the browser is closed.",
    absent_domain: "No Domain: only this very server receives it, not its subdomains.",
    absent_path: |path| {
        format!("No Path that counts: the request's path up to its last slash is used, {path}")
    },
    stored: "stored",
    deletes: "deletes an equal one",
    rejected: "rejected",
    rejection,
    note,
    lives: "Lives",
    until_closed: "until the browser is closed",
    until: "until",
    host_only: |host| format!("{host} only"),
    subdomains: |host| format!("{host} and its subdomains"),
    did_send: "Sent it in the next request.",
    did_not_send: "Did not send it in the next request.",
    did_not_ask: "Nothing was requested where it would travel.",
    not_yet: "There has been no other request yet.",
    agrees: "as the rule says",
    differs: "unlike the rule",
    differences: "Where Chromium departs from the rule",
    difference,
    unexplained: "We do not know why. An extension, a browser setting, another tab?",
    store_says: "cookieStore says",

    jar_title: "Your cookie jar",
    jar_hint: "One row, one cookie. One that goes stays struck out and says why.",
    jar_empty: "The browser sends us no cookie of yours. Set one above.",
    raw_header: "The header that came with this page",
    no_header: "No Cookie header.",
    lab_left_out: "The playground's own cookie is not shown.",
    col_cookie: "Cookie",
    col_left: "Time left",
    col_js: "What JavaScript sees",
    col_server: "What the server receives",
    col_seal: "What the seal says",
    col_act: "Do something",
    js_waits: "JavaScript will tell",
    js_http_only: "nothing: it is HttpOnly",
    js_elsewhere: "nothing: it belongs to another path",
    js_not_there: "nothing",
    not_set_here: "not set in this lab",
    elsewhere: |path| format!("does not come to this page: it belongs to {path}"),
    elsewhere_seen: |path| format!("does not come to this page; at {path} it arrived"),
    missing: "should have come and did not: deleted or lost outside of this page",
    missing_session: "the browser was closed, or it was deleted outside of this page",
    why: |why| match why {
        Why::Expired => "expired".to_owned(),
        Why::Deleted => "deleted".to_owned(),
        Why::Replaced => "replaced: the same cookie with another value".to_owned(),
        Why::Evicted => "evicted to make room".to_owned(),
        Why::Rejected(rejection) => format!(
            "rejected: {} ({})",
            (TEXT.rejection)(rejection),
            TEXT.source(rejection)
        ),
    },
    step_of_rule: "step",
    stopped: |why| match why {
        Why::Rejected(_) => "never arrived",
        Why::Replaced => "another value arrives now",
        _ => "the browser stopped sending it",
    },
    nameless: "(no name)",
    plain: "no seal",
    valid: "Valid",
    old_key: "with an older key",
    wrong_key: "Sealed with a retired key",
    forged: "Forged",
    unreadable: |reason| match reason {
        Unreadable::NoPrefix => "No seal: it does not begin with s:",
        Unreadable::NoDot => "Unreadable: no dot before the signature",
        Unreadable::NotBase64 => "Unreadable: not base64",
        Unreadable::TooShort => "Unreadable: too short",
        Unreadable::NotUtf8 => "Unreadable: what is inside is no text",
    },
    tamper: |name| format!("Tamper with {name}"),
    tamper_short: "Tamper",
    act: |act| match act {
        Act::ChangeCharacter => "Change a character of the value",
        Act::ChangeSignature => "Change the signature",
        Act::StripPrefix => "Strip the prefix s:",
        Act::Move => "Use the value under another name",
        Act::Replay => "Put it back",
        Act::DeleteWrongPath => "Delete with another Path",
        Act::DeleteWithoutSecure => "Delete without Secure",
        Act::Delete => "Delete correctly",
    },
    edited_note: "It is HttpOnly: the page cannot touch it, so the request is edited, as somebody with curl would.",
    put_back: "Put it back",
    reset: "Start over",

    forged_title: "What came of tampering",
    before: "Before",
    after: "After",
    edited_header: "Edited request (the cookie in your browser has not changed)",
    jar_changed: "The new value is in your browser: it came with this page.",
    no_key_needed: |value| format!("Without any key one reads: {value}"),
    nothing_readable: "Without the key nothing can be read.",
    nobody_tells: "Nobody tells: the browser goes on sending it, and the server finds out each time it reads it.",

    keys_title: "Your lab's keys",
    keys_hint: "The first one seals; all of them open. They are toys and shown on purpose: a real key is never seen.",
    key_seals: "seals and opens",
    key_opens: "only opens",
    key_retired: "retired",
    rotate_keep: "Rotate and keep the old one",
    rotate_drop: "Rotate and forget the old one",
    keys_restore: "Back to the first one",

    seal_title: "Seal",
    seal_hint: "A value and a key go in, bytes come out. Every step in sight.",
    check_title: "Check",
    check_hint: "What came in the header goes in. Nothing is signed again here.",
    key: "Key",
    cookie: "Cookie",
    format: "Format",
    do_seal: "Seal",
    do_check: "Check",
    step: |step| match step {
        StepKind::Value => "value",
        StepKind::Key => "key",
        StepKind::Message => "what is signed",
        StepKind::Digest => "HMAC-SHA256",
        StepKind::Base64 => "base64",
        StepKind::Nonce => "random nonce",
        StepKind::Ciphertext => "ciphertext",
        StepKind::Tag => "tag",
        StepKind::AssociatedData => "checked as well",
        StepKind::Cookie => "the cookie",
        StepKind::Encoded => "as it travels",
        StepKind::Decoded => "decoded",
        StepKind::Received => "signature received",
        StepKind::Computed => "signature computed",
        StepKind::Opened => "what is inside",
        StepKind::Failed => "it fails here",
    },
    name_for_private: "The name counts only in the encrypted one.",

    same_site: |same_site| match same_site {
        SameSite::Unset => "not set; Chrome treats it as Lax",
        SameSite::Lax => "Lax",
        SameSite::Strict => "Strict",
        SameSite::None => "None",
    },
    without_js: "Without JavaScript the page works with forms; reload to see what changes with time. Times are UTC.",
    limits_title: "What is known and what is not",
    limits: &[
        "The server's column is the Cookie header of the request that brought this page. JavaScript's is document.cookie, read by your browser now.",
        "The rule is RFC 6265bis, written as a program in src/cookies/jar.rs and compared with Chromium by the tests. Firefox and Safari were not measured.",
        "What tower-cookies answers, tower-cookies answers. What cookie-parser answers is computed by src/cookies/cookie_parser.rs, and a test compares it with the one from npm.",
        "The rule here carries no public-suffix list: it takes a name without dots for one, so Domain=co.uk passes, which browsers refuse.",
    ],
};
