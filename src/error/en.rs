//! English.

use super::LabError;
use crate::i18n::Locale;

/// What went wrong and what to do next.
pub(super) fn text(error: &LabError) -> String {
    match error {
        LabError::UnknownStore => "There is no such store. Use memory, file, redis or mongo.".to_owned(),
        LabError::WrongPassword => "Wrong name or password; nothing has changed. Use one of the demo accounts on the page.".to_owned(),
        LabError::Anonymous => "This page needs a login. Log in to this store first.".to_owned(),
        LabError::NotAdmin => "We know who you are, but this page is for the admin. Log in as profe.".to_owned(),
        LabError::UnknownProduct => "The shop has no such product. There are pan, te and queso.".to_owned(),
        LabError::CartFull => "The cart is full. Log out or start over to empty it.".to_owned(),
        LabError::BadForm => "A field is missing or the form cannot be read. Check what you send.".to_owned(),
        LabError::StoreUnreachable { store, reason } => format!("{} does not answer ({reason}). The other stores go on; try again when it is back.", store.label(Locale::En)),
        LabError::StoreRefused { store, reply } => format!("{} answered with an error: {reply}", store.label(Locale::En)),
        LabError::StoreCorrupt { store } => format!("What {} keeps under that id is not a session. Start over to delete it.", store.label(Locale::En)),
        LabError::SessionGone => "The session was deleted while the request was under way; it has not been created again. Log in again.".to_owned(),
        LabError::Changed => "Another request changed the session meanwhile.".to_owned(),
        LabError::TooManySessions { limit } => format!("Your lab already keeps {limit} sessions in this store. Log out or start over."),
        LabError::NotYourRedis => "This Redis is not yours: a URL says where it is, and others may keep data in it. It is not stopped, filled or changed from here.".to_owned(),
        LabError::NoRedisLeft { limit } => format!("{limit} labs already have a Redis of their own running, which is the limit. Wait until another one falls asleep or ask your teacher to raise the limit."),
        LabError::TooFast => "Too many requests in a row for one lab. Wait a second.".to_owned(),
        LabError::TooLarge => "The request is too large for the playground.".to_owned(),
        LabError::ForeignOrigin => "This order came from another site's page and was not carried out. Open it from the playground.".to_owned(),
        LabError::TwoLabs => "Two signed lab cookies arrived, and nobody can tell which one is yours. Delete this site's cookies and reload.".to_owned(),
        LabError::BadCookie => "A server should not send it like this: see what is wrong in the form. Nothing was sent. “Send it anyway” sends it all the same.".to_owned(),
        LabError::NoSuchCookie => "That cookie is no longer in the jar. Reload the page to see what is there.".to_owned(),
        LabError::JarFull => "Your cookies weigh 40 KB already or are 120, and travel with every request. Delete one before you set another.".to_owned(),
        LabError::HeadersTooLarge => "Your cookies weigh more than 64 KB, which is our limit (many servers stop at 16 KB). This answer deletes those that came; your lab is still there. Open the page again.".to_owned(),
        LabError::Offline => "The playground does not answer. Check that it is running and try again.".to_owned(),
    }
}
