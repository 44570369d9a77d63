//! English.

use super::{FailureText, SettingWords, menu_en::words};
use crate::{
    engines::view::Persistence,
    failures::menu::Group,
    sessions::{
        settings::{Balance, DeadCookie, Disk, Renewal, Sliding, Writes},
        verdict::Step,
    },
    stores::{StoreKind, listing::FileKind},
};

pub(super) static TEXT: FailureText = FailureText {
    title: "What does a session die of?",
    lede: "Break one single part, for real: a server, Redis, a key, a cookie. Then see which store still knows who you are.",
    description: "Kill servers and Redis, change keys, delete records, and see which sessions survive and why.",
    without_js: "Without JavaScript everything works with forms; reload to see what is new. Times are UTC.",

    drawing: "What is inside of what",
    drawing_hint: "What is inside of a box dies with it. Every box has its actions.",
    browser: "Your browser",
    no_cookie: "no cookie",
    balancer: "Balancer",
    balance: |balance| match balance {
        Balance::A => "always to server A",
        Balance::B => "always to server B",
        Balance::Alternate => "in turn, A and B",
    },
    dead_cookie: |dead_cookie| match dead_cookie {
        DeadCookie::Remove => "a cookie that the store does not know is removed",
        DeadCookie::Keep => "a cookie that the store does not know stays",
    },
    server: |name| format!("Server {name}"),
    boot: |boot| format!("boot no. {boot}"),
    stopped: "Stopped: nobody answers here.",
    memory: "Memory",
    memory_empty: "empty",
    disk_of: |name| format!("Disk of {name}"),
    shared_disk: "Shared disk",
    disk_empty: "no files",
    files: |n| {
        if n == 1 {
            "1 file".to_owned()
        } else {
            format!("{n} files")
        }
    },
    sessions_held: |n| {
        if n == 1 {
            "1 session".to_owned()
        } else {
            format!("{n} sessions")
        }
    },
    engine_up: |name, version, pid| {
        let program = format!("{name} {version}");
        let program = program.trim();
        match pid {
            Some(pid) => format!("{program} · pid {pid}"),
            None => program.to_owned(),
        }
    },
    engine_starting: "is starting…",
    engine_missing: "is not installed",
    engine_down: |reason| format!("does not answer: {reason}"),
    everybodys_redis: "That of all labs.",
    own_redis: "Yours alone: a process of its own, with little memory.",
    external_redis: "External: REDIS_URL names it.",
    own_redis_hint: "The first action that needs it starts a redis-server for your lab alone, with little memory, and moves your keys there. So you can kill it without disturbing anybody.",
    everybodys_mongo: "That of all labs: only whoever runs the playground stops it.",
    just_changed: "has just changed",
    just_died: "has just lost something",
    acts_of: |name| format!("Actions: {name}"),
    start: "Start",
    stop: "Stop",
    restart: "Restart",
    kill: "Kill",
    redeploy: "Deploy again",
    get_own_redis: "Start my own Redis",
    redis_start: "Start",
    redis_stop: "Stop (SIGTERM)",
    redis_crash: "Kill (SIGKILL)",
    redis_shutdown: "SHUTDOWN",
    redis_pause: "Freeze (SIGSTOP)",
    redis_resume: "Resume (SIGCONT)",
    redis_snapshot: "Take a snapshot (BGSAVE)",
    redis_empty: "Remove the filling",
    persistence: "Persistence",
    persistence_name: |persistence| match persistence {
        Persistence::None => "nothing on disk",
        Persistence::Rdb => "RDB (snapshots)",
        Persistence::Aof => "AOF (every write)",
    },

    site: "Requests to the four sites",
    log_in: "Log in to all four",
    visit: "Count a visit",
    log_out: "Log out",
    me: "Who am I?",
    reset: "Start over",

    menu: "Choose a failure",
    menu_hint: "Each begins alike: you log in to all four stores through server A. Then what it says happens, and all four are asked who you are.",
    group: |group| match group {
        Group::Servers => "Servers",
        Group::Redis => "Redis",
        Group::Cookie => "The cookie and its signature",
        Group::Record => "The record, behind its store's back",
        Group::Time => "Time",
        Group::Together => "Two requests at once",
    },
    failure: words,
    tried: "tried already",
    what_is_done: "What is done:",
    question: "Predict: afterwards, the session in each store is…",
    run: "Do it and ask",
    run_again: "Do it again",
    off_external: "Not here: this Redis is external (REDIS_URL), and other people's data live in it. We neither stop nor fill it.",
    waits: "Its time has to end first; then the question is asked.",
    ask_now: "Ask now",
    ask_again: "Ask again",
    deeds: "What was really done",
    no_deeds: "Apart from the requests, nothing was done.",
    decided: "Decided by:",
    step: |step| match step {
        Step::Cookie => "the cookie: no id arrived",
        Step::Seal => "the signature: it was not accepted",
        Step::Server => "the server: it was not there to answer",
        Step::Store => "the store: it looked for the id and answered",
        Step::Engine => "what is behind the store: it did not answer, or refused",
    },
    why: "Why:",
    spoken: |title, outcomes| {
        let outcomes: Vec<_> = outcomes
            .iter()
            .map(|(store, outcome)| format!("{store}: {}", outcome.to_lowercase()))
            .collect();
        format!("{title}. Result: {}.", outcomes.join(", "))
    },

    clocks: "The three clocks",
    clocks_hint: "The cookie, the record and whoever cleans do not end at once. The cookie's end is worked out from the Max-Age that was sent: the browser does not tell.",
    clock_cookie: "Cookie",
    clock_record: "Record",
    clock_cleaner: "Cleaning",
    cleaner: |store| match store {
        StoreKind::Memory => "Nobody: what has expired stays until somebody asks for it.",
        StoreKind::File => "The reaper, at every interval, or whoever reads the file before.",
        StoreKind::Redis => "Redis itself, at that very moment.",
        StoreKind::Mongo => "The TTL index, with a sweep about once a minute.",
    },
    no_session: "No session.",
    session_cookie: "session cookie: until the browser is closed",
    cookie_gone: "the browser no longer sends it",
    record_gone: "the record is no longer there",
    record_stays: "the record is still there",
    lies_expired: "its time is over, and it is still there",
    ends_in: "ends in",
    never_cleaned: "it has no end: nobody cleans it",
    axis: |duration| format!("from 0 to {duration}"),
    move_ahead: "Move 30 s ahead",
    move_ahead_hint: "No clock is moved: each store takes 30 s from the record by its own commands, and the cookie is sent again with less Max-Age. A session cookie has no end to move.",

    matrix: "The matrix",
    matrix_hint: "The last result of every failure. An empty cell leads to the experiment that fills it.",
    matrix_failure: "Failure",
    not_tried: "not tried",
    try_it: |title| format!("Try: {title}"),
    you_said: "you said:",
    export: "Export:",
    export_markdown: "Markdown",
    export_csv: "CSV",
    export_picture: "SVG picture",

    inspectors: "Inside",
    inspectors_hint: "What each store holds of your lab now, expired or not. You can edit or delete it behind its back. Looking is not noted on the tape; touching is.",
    memory_of: |name| format!("Memory of server {name}"),
    nothing_there: "There is nothing.",
    cannot_look: "It cannot be looked into now.",
    is_expired: "expired",
    is_valid: "valid",
    file_mode: "Permissions",
    file_size: "Size",
    file_age: "Last written",
    file_kind: |kind| match kind {
        FileKind::Session { .. } => "session",
        FileKind::Corrupt => "unreadable",
        FileKind::Temporary => "half written",
        FileKind::Other => "not the store's",
    },
    ago: |duration| format!("{duration} ago"),
    graveyard: "Graveyard",
    graveyard_hint: "Files in which no session lives any more: expired, unreadable (.json.corrupt) or half written (.json.tmp).",
    reap: "Run the reaper",
    reap_hint: "Deletes what has expired and the .json.tmp, and puts aside what is unreadable without deleting it.",
    clear_graveyard: "Delete the .corrupt and the .tmp",
    redis_type: "Type",
    redis_memory: "Memory",
    redis_state: "State:",
    redis_facts: |used, max, policy, evicted| {
        let used = used.div_ceil(1024);
        let max = if max == 0 {
            "without a limit".to_owned()
        } else {
            format!("of {} KB", max / 1024)
        };
        format!("{used} KB {max} · {policy} · evicted_keys: {evicted}")
    },
    redis_saved: |ago, changes| {
        format!("last snapshot (or start) {ago} · changes since then: {changes}")
    },
    no_ttl: "no end: it does not expire",
    mongo_indexes: "Indexes",
    mongo_filter: "The search asks for the _id, and also for an expires later than now ($gt): that is why an expired document is worth nothing even while it lies here.",
    mongo_passes: "passes the filter",
    mongo_filtered: "the filter leaves it out",
    edit: |place| format!("Edit {place}"),
    edit_text: "Text",
    save: "Save",
    delete: "Delete",
    delete_of: |place| format!("Delete {place}"),

    settings: "Settings",
    settings_hint: "They hold for your lab and apply without restarting the servers. Every experiment sets those it needs; the times of 2 s and the way of writing hold for it alone, the rest stays so.",
    apply: "Apply",
    cookie_max_age: SettingWords {
        label: "Lifetime of the cookie",
        express: "cookie.maxAge",
        tower: "a single Expiry for cookie and record. Here the lab rewrites the cookie, in seconds; Express counts milliseconds. Empty, it is a session cookie.",
    },
    ttl: SettingWords {
        label: "Lifetime of the record",
        express: "ttl",
        tower: "the same Expiry as the cookie. The stores of Express count seconds too, and ignore it if there is a cookie.maxAge.",
    },
    sliding: SettingWords {
        label: "When the time begins anew",
        express: "rolling",
        tower: "Expiry::OnInactivity begins anew when something is saved, and reading does not count; with with_always_save(true), at every request; Expiry::AtDateTime, never.",
    },
    sliding_option: |sliding| match sliding {
        Sliding::Change => "at every change",
        Sliding::Request => "at every request",
        Sliding::Fixed => "never: a fixed end",
    },
    resave: SettingWords {
        label: "Save even if nothing changed",
        express: "resave",
        tower: "saves only what changed; with with_always_save(true) it always saves, and sends the cookie again. Here resave saves the record and does not send the cookie again.",
    },
    save_uninitialized: SettingWords {
        label: "A session also for whoever has nothing to store",
        express: "saveUninitialized",
        tower: "never stores an empty session. Here the site stores visits: 0 at GET /me for whoever comes without a session.",
    },
    secrets: SettingWords {
        label: "Signing keys, separated by commas",
        express: "secret",
        tower: "signs with one key, and it is optional; express-session always signs. Here the first signs and all verify; three at most. Empty, the id travels unsigned.",
    },
    folder: SettingWords {
        label: "Folder on the disk",
        express: "path",
        tower: "brings no file store; this one is ours, and path is of session-file-store. With another folder, the sessions of the one before are not found.",
    },
    retries: SettingWords {
        label: "More reads if the file is not there",
        express: "retries",
        tower: "does not exist. session-file-store repeats 5 times by default, 50 to 100 ms between reads, and every unknown id takes that long. Here 0 by default and 5 at most, 50 ms apart.",
    },
    reap_every: SettingWords {
        label: "Interval of the reaper",
        express: "reapInterval",
        tower: "continuously_delete_expired, in the stores that can. In session-file-store it is 3600 s by default; here, 60. Empty, never.",
    },
    renewal: SettingWords {
        label: "What a login does with the id that was there",
        express: "req.session.regenerate",
        tower: "cycle_id changes the id and keeps the data; regenerate of Express loses them. If the id stays, whoever planted it before is logged in as well (session fixation).",
    },
    renewal_option: |renewal| match renewal {
        Renewal::Cycle => "new id, same data",
        Renewal::Regenerate => "new and empty session",
        Renewal::Keep => "the same id: session fixation",
    },
    writes: SettingWords {
        label: "How the stores write",
        express: "store.set",
        tower: "its MemoryStore upserts, as the stores of Express do. Ours compare with what was read; if it changed, the request is done again.",
    },
    writes_option: |writes| match writes {
        Writes::Compare => "compare and repeat",
        Writes::Upsert => "upsert, without looking",
    },
    balance_setting: SettingWords {
        label: "Whom the balancer asks",
        express: "—",
        tower: "does not decide this either. In turn, the balancer leaves out a server that is stopped; with a fixed server it does not.",
    },
    disk: SettingWords {
        label: "The servers' disk",
        express: "—",
        tower: "does not decide this either. It depends on whether the folder is on each server's disk or on a network drive.",
    },
    disk_option: |disk| match disk {
        Disk::Separate => "one per server",
        Disk::Shared => "one for both",
    },
    dead_cookie_setting: SettingWords {
        label: "The cookie of a session that is not there",
        express: "res.clearCookie",
        tower: "removes it from the browser. express-session leaves it there, also after a logout, if nobody calls res.clearCookie.",
    },
    seconds: "seconds",
    empty_is_none: "(may be left empty)",

    tape: "What really happened",
    tape_hint: "The end of the tape: requests, commands and signals with what came of them, noted where they happened.",
    tape_empty: "Nothing has happened yet.",
    limits_title: "What is a model here, and what is real",
    limits: &[
        "Servers A and B and the balancer are a model: axum applications inside the playground's process. When they die they really let go of their memory and cut off what was inside, but no process gets a signal.",
        "The cookies, the files, the keys and the documents are real. Your redis-server is a process of its own and gets real signals.",
        "MongoDB's process belongs to everybody: only whoever runs the playground stops it. SecantusDB may stand in for mongod; the drawing says who answers.",
        "Your Redis uses AOF with appendfsync always: killing it loses no acknowledged write. What everysec loses when the machine dies or the disk is busy cannot be shown here at will.",
        "Moving ahead changes cookies and records, but cannot hurry MongoDB's sweep.",
        "One experiment at a time per lab, and up to 12 sessions per store.",
    ],

    operator: "Whoever runs the playground",
    operator_lede: "This page is for whoever opens the address with the key that was printed at start-up. MongoDB belongs to all labs: if you stop it, it stops for everybody.",
    operator_wrong_key: "That key is not the one of this start. Open the address that was printed when the playground started.",
    mongo_stop: "Stop MongoDB for everybody",
    mongo_start: "Start MongoDB",
    mongo_external: "MongoDB is external (MONGODB_URL): it cannot be stopped or started from here.",
};
