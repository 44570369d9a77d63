//! How much a lab may set: a browser sends all of it back with every request, and when its jar is full
//! it drops what was used longest ago, which may be the lab's own cookie.

use crate::{
    config,
    cookies::{
        request::{Heard, Pair, Visit},
        seal::Seal,
        state::{MOST_JAR, Page},
        user_agent::Jar,
    },
    error::LabError,
};

/// The most cookies: Chromium keeps 180 of one site, those of the sessions and the lab's own included.
pub const MOST_COOKIES: usize = 120;
/// The longest line that is sent: far above what any browser stores, and the notes keep it.
const MOST_LINE: usize = 16 * 1024;

/// Sends these lines if there is room for them. Both under the one lock that the caller holds, so that
/// no other request takes the room meanwhile.
///
/// # Errors
/// [`LabError::JarFull`] and [`LabError::TooLarge`].
pub fn send(
    page: &mut Page,
    heard: &Heard,
    visit: &Visit,
    lines: &[(String, Seal)],
) -> Result<(), LabError> {
    let now_ms = config::now_ms();
    if lines.iter().any(|(line, _)| line.len() > MOST_LINE) {
        return Err(LabError::TooLarge);
    }
    let mut after = page.jar.clone();
    for (line, _) in lines {
        after.receive(line, &visit.place(), now_ms);
    }
    let (before, after) = (load(&page.jar, heard), load(&after, heard));
    // What makes nothing heavier is always let through: deleting must work in a full jar.
    let too_many = after.cookies > MOST_COOKIES && after.cookies > before.cookies;
    let too_heavy = after.octets > MOST_JAR && after.octets > before.octets;
    if too_many || too_heavy {
        return Err(LabError::JarFull);
    }
    page.send(lines, visit, now_ms);
    Ok(())
}

struct Load {
    cookies: usize,
    octets: usize,
}

/// What the browser may hold: what the lab set, and what came without having been set here.
fn load(jar: &Jar, heard: &Heard) -> Load {
    let known = |pair: &&Pair| jar.cookies().iter().any(|cookie| cookie.name == pair.name);
    let foreign: Vec<&Pair> = heard.pairs.iter().filter(|pair| !known(pair)).collect();
    let octets = foreign
        .iter()
        .map(|pair| pair.name.len() + pair.value.len());
    Load {
        cookies: jar.cookies().len() + foreign.len(),
        octets: jar.octets() + octets.sum::<usize>(),
    }
}
