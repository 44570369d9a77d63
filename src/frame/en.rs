//! English.

use super::text::FrameText;
use crate::pages::Page;

pub(super) static TEXT: FrameText = FrameText {
    skip: "Skip to the lab",
    labs: "Labs",
    other_language: "Español",
    offline: "No connection to the playground. What you see is the last that was known; the page catches up by itself when it returns.",
    unsent: "It could not be sent: the playground does not answer. Try again when the connection is back.",
    close: "Close",
    not_found: "There is nothing here. The lab is at /en/sessions",
    back_to: "Back to",
    page: |page| match page {
        Page::Cookies => "Cookies",
        Page::Sessions => "Sessions",
        Page::Failures => "Failures",
        Page::Consoles => "Consoles",
    },
};
