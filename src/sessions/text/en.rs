//! English.

use super::SessionText;
use crate::{
    i18n::Locale,
    sessions::verdict::{Outcome, Prediction},
    stores::StoreKind,
};

pub(super) static TEXT: SessionText = SessionText {
    description: "Log in once, restart the server, and see which store still knows who you are.",

    title: "Who remembers you when the server dies?",
    lede: "The same login, kept in four real places. Restart the server and see which store still knows who you are.",
    steps: "Steps of the experiment",
    enter: "Log in",
    enter_hint: "to all four at once",
    enter_done: |n| format!("logged in to {n} of 4"),
    enter_all: "Log in to all four",
    predict: "Predict",
    predict_hint: "mark what will survive",
    predicted: |done, all| format!("{done} of {all} marked"),
    restart: "Restart",
    restart_hint: "the server, not the browser",
    restarted: |boot| format!("boot no. {boot}"),
    restart_server: "Restart",
    check: "Check",
    check_hint: "and read why",
    hits: |hits, of| format!("{hits} of {of} right"),
    again: "Once more",
    step_done: "done",
    step_now: "now",

    with_all: "In all four:",
    visit: "Count a visit",
    add: |product| format!("Add {product}"),
    product: |name| match name {
        "pan" => "bread",
        "te" => "tea",
        _ => "cheese",
    },
    ask_again: "Ask again",
    reset: "Start over",

    browser: "Your browser",
    browser_hint: "its HttpOnly cookies",
    server: "The server",
    server_hint: "one process",
    outside: "Outside the server",
    remembers: "Does it remember you?",
    server_tag: |name, boot| format!("Server {name} · boot no. {boot}"),
    ram: "The process's memory",
    ram_empty: "Empty: no session lives here.",
    ram_holds: "A Map inside the process:",
    died: |boot| format!("died with boot no. {boot} at"),
    died_with_program: |boot| {
        format!("died with the program (boot no. {boot}); noticed on return, at")
    },
    visits: |n| {
        if n == 1 {
            "1 visit".to_owned()
        } else {
            format!("{n} visits")
        }
    },
    nobody: "nobody",
    asks_file: "reads the file",
    asks_redis: "asks for the key",
    asks_mongo: "looks for the document",
    asks_nothing: "without a cookie there is nothing to ask for",
    disk: "Disk",
    lives_inside: "Nothing outside: this session lives inside the server.",
    no_cookie: "The browser does not send this cookie.",
    cookie_left: "The cookie lasts",
    record_left: "The record has left",
    over: "over",
    no_record: "There is no session of yours here.",
    other_session: "another session of your lab",
    managed: "managed",
    external: "external",
    speaks_mongo: "MongoDB protocol",
    starting: |store| format!("{} is starting…", store.label(Locale::En)),
    away: |store, reason| format!("{} does not answer: {reason}", store.label(Locale::En)),
    away_managed: "The playground started it, and starts it again if its process ends.",
    away_external: |store| {
        let setting = if store == StoreKind::Redis {
            "REDIS_URL"
        } else {
            "MONGODB_URL"
        };
        format!("Check the server that {setting} names, and that it is running.")
    },
    missing: |store| format!("{} is not installed.", store.label(Locale::En)),
    missing_hint: "Install it with",
    install_hint: "make engines",
    joins_by_itself: "This lane joins by itself as soon as it answers.",

    only_here: |store| format!("Only in {}", store.label(Locale::En)),
    log_in_as: |name| format!("Log in as {name}"),
    log_out: "Log out",
    private_page: "Private page",
    admin_page: "Admin page",

    what_happens: |store| {
        format!(
            "After the restart, the session in {} is…",
            store.label(Locale::En)
        )
    },
    prediction: |prediction| match prediction {
        Prediction::Kept => "kept",
        Prediction::Lost => "lost",
        Prediction::Unsure => "not sure",
    },
    not_predicted: "nothing",
    you_said: "You said:",
    hit: "right",
    miss: "not so",
    outcome: |outcome| match outcome {
        Outcome::Kept => "Kept",
        Outcome::Lost => "Lost",
        Outcome::Expired => "Expired",
        Outcome::Refused => "Refused",
        Outcome::Unknown => "Unknown",
    },
    why: |store, outcome| match (outcome, store) {
        (Outcome::Kept, StoreKind::Memory) => {
            "The server is still the same process: its memory is untouched."
        }
        (Outcome::Kept, StoreKind::File) => {
            "The file was still in its folder, and the server read it again."
        }
        (Outcome::Kept, StoreKind::Redis) => {
            "The key is in another process, which the restart does not touch."
        }
        (Outcome::Kept, StoreKind::Mongo) => {
            "The document is in another process, which the restart does not touch."
        }
        (Outcome::Lost, StoreKind::Memory) => {
            "The id arrived, but the new memory does not know it. The answer took the cookie away."
        }
        (Outcome::Lost, _) => {
            "The id arrived, but the store no longer knows it: the record has disappeared. The answer took the cookie away."
        }
        (Outcome::Expired, _) => "The id arrived, but the record's time was over.",
        (Outcome::Refused, _) => {
            "The store could not answer (503). Whether the session is still there is not known."
        }
        (Outcome::Unknown, _) => {
            "No cookie of a session of this lab arrived: there is nothing to compare."
        }
    },
    waiting: "Log in first: there is no session to lose yet.",
    trace: "How we know",
    trace_cookie: "Cookie sent",
    trace_no_cookie: "The browser did not send this cookie",
    trace_command: "The store did",
    trace_no_command: "The store was not asked",
    trace_reply: "and the reply was",
    trace_decision: "Verdict",
    summary: |verdicts| {
        let lanes: Vec<_> = verdicts
            .iter()
            .map(|(store, outcome)| {
                format!(
                    "{}: {}",
                    store.label(Locale::En),
                    (TEXT.outcome)(*outcome).to_lowercase()
                )
            })
            .collect();
        format!("Result. {}.", lanes.join(", "))
    },

    tape: "What really happened",
    tape_hint: "Every request, every command to a store and its reply, noted where they happened. The drawing looks into the stores on its own; those looks are not noted.",
    tape_filter: "Show",
    tape_all: "All",
    tape_empty: "Nothing has happened yet. Log in and you will see it here.",
    server_named: |name| format!("server {name}"),
    servers: "servers",
    event_restarted: |from, to, took, held| {
        format!(
            "restarted: boot {from} → {to} in {took}; its memory held {held} {}",
            if held == 1 { "session" } else { "sessions" }
        )
    },
    event_revived: |boot, held| {
        format!(
            "the whole program stopped and came back: boot {boot}; the memory before held {held} {}",
            if held == 1 { "session" } else { "sessions" }
        )
    },
    event_reset: "the lab went back to its beginning",
    curl_of: |request| format!("curl of {request}"),
    copy: "Copy",
    copied: "Copied",
    curl_hint: "Works for 10 minutes: the pass finds your lab without showing its cookie.",

    site_title: "The site you have just used",
    site_hint: "The same application runs four times, once per store. It does not know where its sessions live. This is its code, the one that runs:",
    accounts: "Demo accounts",
    account: "Account",
    password: "Password",
    role: "Role",
    student: "student",
    admin: "admin",
    source: "Source code of src/sessions/site.rs",
    model_title: "What is a model here, and what is real",
    model: "The cookies are in your browser, the files on disk and the records in Redis and MongoDB: all of that is real. “Server A” is an axum application inside the playground's process that stands for a process of its own: restarting it drops its four sites and its memory and builds them again.",
    without_js: "Without JavaScript everything works with forms; reload to see what is new. Times are UTC.",
};
