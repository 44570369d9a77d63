//! The experiments, in English.

use super::ExperimentText;
use crate::cookies::experiments::Experiment;

/// The texts of an experiment.
#[expect(clippy::too_many_lines, reason = "a table of texts")]
pub fn experiment(experiment: Experiment) -> &'static ExperimentText {
    match experiment {
        Experiment::Units => &ExperimentText {
            title: "ms or seconds?",
            setup: "The Express program says maxAge: 3000. The cookie visita is sent.",
            question: "How long does it live?",
            options: &["3 seconds", "50 minutes"],
            because: &[
                "Express's maxAge is in milliseconds and the header's Max-Age in seconds: Express divides by 1000 and rounds down. 999 ms would be Max-Age=0, which deletes at once.",
                "It is alive long after its 3000 ms: somebody counted seconds where there were milliseconds.",
            ],
            rule: "RFC 6265bis §4.1.2.2; Express res.cookie",
        },
        Experiment::SessionCookie => &ExperimentText {
            title: "No maxAge",
            setup: "The cookie sin_max_age is sent with neither Max-Age nor Expires.",
            question: "Until when does it live?",
            options: &[
                "until somebody deletes it",
                "until the browser is closed",
                "24 hours",
            ],
            because: &[
                "",
                "Without a lifetime it is a session cookie: it ends when the browser's session ends. This page cannot close it for you: close it completely, come back, and you will find it struck out. A browser that restores your tabs may bring it back.",
                "",
            ],
            rule: "RFC 6265bis §4.1.2.2",
        },
        Experiment::HttpOnly => &ExperimentText {
            title: "HttpOnly and XSS",
            setup: "secreta (HttpOnly) and visible are sent. Then a script of this page reads document.cookie and sends what it finds to the server, as an XSS would.",
            question: "Does it get the cookie secreta?",
            options: &["yes, both", "no, only visible"],
            because: &[
                "The browser let the script read an HttpOnly cookie. It should not.",
                "HttpOnly hides it from JavaScript, so the script cannot read it. But it can still send requests, and the browser adds it to them: HttpOnly does not cure an XSS.",
            ],
            rule: "RFC 6265bis §5.7 and §8.1",
        },
        Experiment::NotSecret => &ExperimentText {
            title: "Signed is not secret",
            setup: "nota=diez is sent, signed in Express's format.",
            question: "Who can read the grade without the key?",
            options: &["anyone", "nobody"],
            because: &[
                "Signing adds a signature at the end; the value stays in sight. To hide it, encrypt it or keep it on the server.",
                "The value could not be read.",
            ],
            rule: "cookie-signature: value + “.” + HMAC",
        },
        Experiment::NameNotBound => &ExperimentText {
            title: "The name is not signed",
            setup: "profe is sealed under the name rol_demo, and the same sealed value is copied to the name rol. The same in all three formats.",
            question: "Does the server accept the copied value?",
            options: &[
                "no: the signature is another cookie's",
                "yes if signed, no if encrypted",
                "yes in all three",
            ],
            because: &[
                "No signed format accepted the copy.",
                "The signature covers only the value, in Express and in tower-cookies: it counts under any name. The encrypted one checks the name as well and does not open under another. Cure: sign name and value together.",
                "All three formats accepted the copy.",
            ],
            rule: "cookie-signature; cookie-rs signed.rs and private.rs",
        },
        Experiment::StrippedPrefix => &ExperimentText {
            title: "Without the prefix s:",
            setup: "The server expects rol to be signed. rol=profe arrives, without s: and without a signature, with cookieParser(key) at work.",
            question: "Where does an Express program find it?",
            options: &[
                "in req.signedCookies, as false",
                "in req.cookies, as if nothing had happened",
                "nowhere",
            ],
            because: &[
                "cookie-parser took it for a signed one.",
                "Without s: cookie-parser looks for no signature: the cookie ends up in req.cookies. A program that looks there when signedCookies has none accepts anything.",
                "The cookie did not arrive.",
            ],
            rule: "cookie-parser 1.4.7",
        },
        Experiment::Rotation => &ExperimentText {
            title: "Rotating the key",
            setup: "entrada=ana is sent, signed. Then the server takes a new key and forgets the old one.",
            question: "What happens to the cookie you have?",
            options: &[
                "it is still valid",
                "it no longer counts and nobody tells",
                "the browser deletes it",
            ],
            because: &[
                "The old key still counts.",
                "The browser knows nothing of keys and goes on sending it; the server computes another signature and discards it. With cookieParser([new, old]) old ones would still count. In tower-cookies you write that loop.",
                "The cookie no longer arrives.",
            ],
            rule: "cookie-parser: tries all keys, signs with the first",
        },
        Experiment::FailedDeletion => &ExperimentText {
            title: "A deletion that fails",
            setup: "pegada is sent with Path=/, and then pegada=; Max-Age=0 without a Path, from /lab/cookies/experiment/…",
            question: "Is it still there?",
            options: &["no, it is deleted", "yes, still there"],
            because: &[
                "The browser deleted it.",
                "A cookie is its name, its domain and its path. Without Path, the default path is the request's, /lab/cookies/experiment: that is another cookie. To delete one, repeat its Path and Domain.",
            ],
            rule: "RFC 6265bis §5.7 step 23",
        },
        Experiment::PathShadow => &ExperimentText {
            title: "Which of the two?",
            setup: "Two cookies quien are sent: raiz with Path=/ and eco with Path=/lab/cookies/echo. Then /lab/cookies/echo is requested, and both arrive.",
            question: "Which one does the program read?",
            options: &["eco", "raiz", "it depends on the library"],
            because: &[
                "Both libraries read the one with the longer path.",
                "Both libraries read the one of the root.",
                "The browser sends both, the longer path first, and the rule asks servers not to rely on the order. cookie-parser takes the first; tower-cookies the last.",
            ],
            rule: "RFC 6265bis §5.8.3 and §4.2.2",
        },
        Experiment::Oversize => &ExperimentText {
            title: "4097 bytes",
            setup: "The cookie grande is sent: name and value add up to 4097 octets.",
            question: "What does the browser do?",
            options: &["cuts it", "stores it whole", "ignores it without a word"],
            because: &[
                "It arrived cut.",
                "It arrived whole: this browser takes more than the rule.",
                "Above 4096 octets the whole cookie is ignored, with no error anywhere. Octets count, not letters: 1366 euro signs are 4098 already.",
            ],
            rule: "RFC 6265bis §5.6 step 5",
        },
        Experiment::Eviction => &ExperimentText {
            title: "Number 181",
            setup: "181 cookies are sent at once. Those you had (your lab's own, those of your sessions and those set on this page) are set again in the same answer, and the 181 are cleaned up afterwards.",
            question: "How many are left?",
            options: &[
                "all 181",
                "as many as fit: only the surplus goes",
                "far fewer: many go at once",
                "none",
            ],
            because: &[
                "This browser kept all 181.",
                "The browser returned 180 cookies in all: it removed only what did not fit.",
                "Chromium takes 180 for a site; above that it goes down to 150 at once and throws out those that were not used for longest. Those that arrive later add up again. Even a session cookie can be pushed out like this.",
                "None arrived: this browser did not store them, or something deleted them before.",
            ],
            rule: "RFC 6265bis §5.7; Chromium cookie_monster.h",
        },
        Experiment::HostPrefix => &ExperimentText {
            title: "__Host- here",
            setup: "__Host-id is sent with Secure and Path=/, to the address with which you opened this page.",
            question: "Does your browser store it?",
            options: &["yes", "no"],
            because: &[
                "It keeps the prefix's promise and your browser takes this connection for secure: https, or http on localhost. Try the teacher's address on the local network.",
                "__Host- needs Secure, and Secure needs a secure connection. Over http on a local network it is rejected; on localhost, Chrome and Firefox make an exception.",
            ],
            rule: "RFC 6265bis §5.4 and §5.7",
        },
        Experiment::SecureHere => &ExperimentText {
            title: "Secure here",
            setup: "segura is sent with Secure, to the address with which you opened this page.",
            question: "Does your browser store it?",
            options: &["yes", "no"],
            because: &[
                "Your browser takes this connection for secure. Over http that happens only on localhost, 127.0.0.1 and *.localhost, and Safari does not send it even there.",
                "Over http to an address on the local network, Secure makes the browser reject it without a word.",
            ],
            rule: "RFC 6265bis §5.7 step 13",
        },
    }
}
