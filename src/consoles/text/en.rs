//! The consoles' page in English.

use super::ConsoleText;
use crate::consoles::{bench::Tool, stories::Story};

/// Every text.
pub static TEXT: ConsoleText = ConsoleText {
    title: "Look inside: redis-cli and mongosh",
    lede: "Type what you would type into redis-cli or mongosh. It goes to the real server, on your own sessions, and the answer is printed as the tool prints it. Beside it, what it means for a session.",
    description: "Two consoles on your own sessions: redis-cli and mongosh, with the exact answers of the tools.",

    console: |tool| match tool {
        Tool::Redis => "Redis: redis-cli",
        Tool::Mongo => "MongoDB: mongosh",
    },
    serves: |name, version| format!("{name} {version} answers"),
    your_own: "your own server: nobody else uses it",
    not_yet_your_own: "the one of the whole class; with your first line you get one of your own, and your keys move there",
    shared: "a shared server: you see and touch your keys, and no others",
    documents_of_all: "the one of the whole class: you see and touch your documents only",
    silent: |reason| format!("It does not answer: {reason}"),
    missing: "It is not installed on this server.",
    start_again: "Start or resume it in the failure lab",
    starting: "It is starting, or it sleeps until the next line.",

    line: |tool| match tool {
        Tool::Redis => "Line for redis-cli",
        Tool::Mongo => "Line for mongosh",
    },
    send: "Send",
    clear: "Clear",
    keys: "↑ and ↓ go through what you typed; Tab completes; Esc and Tab leave the field.",
    screen: |tool| match tool {
        Tool::Redis => "Screen of redis-cli",
        Tool::Mongo => "Screen of mongosh",
    },
    empty: "No lines yet. Try one of those below.",
    from_the_labs: "sent by your lab",
    left_out: |lines| {
        format!("… {lines} more lines: this page keeps the first 16 KB of each answer.")
    },
    means: "For the session:",
    copy: |tool| match tool {
        Tool::Redis => "As a terminal command with redis-cli",
        Tool::Mongo => "As a terminal command with mongosh",
    },
    no_address: |tool| match tool {
        Tool::Redis => {
            "This Redis has no address that your computer can reach: the command is for a Redis of yours on port 6379."
        }
        Tool::Mongo => {
            "This MongoDB has no address that your computer can reach: the command is for a MongoDB of yours on port 27017."
        }
    },
    spoken: |number, line, answer, meaning| format!("Answer {number}. {line}: {answer} {meaning}"),
    says_nothing: "it was not sent.",

    stories: |tool| match tool {
        Tool::Redis => "Lines with a story: redis-cli",
        Tool::Mongo => "Lines with a story: mongosh",
    },
    stories_hint: "One click sends each, in order.",
    story: |story| match story {
        Story::Mine => "Your session: find it, read it, delete it",
        Story::Dies => "A key that dies by itself",
        Story::Loses => "A plain SET throws the TTL away",
        Story::Types => "The types, and the wrong type",
        Story::Disk => "What Redis writes to disk",
        Story::Sweep => "The TTL index and its sweep",
        Story::Way => "The way to a document",
        Story::Forged => "A document is not a login",
    },
    log_in_first: "You have no session here yet. Log in first, in",
    the_lab: "the session lab",

    limits_title: "What these consoles are not",
    limits: &[
        "Nothing is evaluated as code: a line for mongosh is read by a parser of our own that knows the forms of the course. There are no variables, no functions and no loops.",
        "A line has two seconds. What takes longer is cut off, and the page and the other labs go on. What a shared server does not answer meanwhile, it answers for nobody.",
        "The lines that your labs send are read from the tape; their replies are shown in short.",
        "What would reach another lab is not sent, and the console says why.",
    ],
    without_js: "Everything works without JavaScript; the history with the arrow keys and Tab to complete do not.",
};
