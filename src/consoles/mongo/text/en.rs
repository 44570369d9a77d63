//! English.

use super::{Meaning, MongoConsoleText, Why};

pub(super) static TEXT: MongoConsoleText = MongoConsoleText { meaning, why };

fn why(why: Why) -> &'static str {
    match why {
        Why::Pipeline => {
            "a pipeline has stages ($lookup, $out, $merge) that read and write other collections"
        }
        Why::Structure => "it would change the collection that the whole class shares",
        Why::Others => {
            "it takes no filter: it would tell about the whole class, or about the server"
        }
        Why::Loop => "it needs a function, and no code is run here",
        Why::OneByOne => "documents are added one at a time, with insertOne",
        Why::NotTaught => "the course does without it",
    }
}

fn meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::TooLong { limit } => format!("The line is too long: up to {limit} bytes are read. Nothing was sent."),
        Meaning::TooDeep => "Too many levels inside of one another. Nothing was sent.".to_owned(),
        Meaning::Unfinished => "The end of the line is missing: count the brackets, braces and quotes. mongosh would wait for another line with “...”.".to_owned(),
        Meaning::NotRun => "This may be JavaScript, but no code is run here: only lines such as db.sessions.find({ … }) are read.".to_owned(),
        Meaning::NoBrackets { method } => format!("The brackets are missing: {method}(). Without them you name the function and do not call it."),
        Meaning::NotHere { method, why } => format!("mongosh has {method}, this console does not: {}.", self::why(*why)),
        Meaning::ServerCode { operator } => format!("{operator} runs JavaScript inside of the server, which belongs to the whole class. It was not sent."),
        Meaning::Hungry { operator } if operator == "$regex" => "That regular expression can keep the whole class's server busy for hours. Use one repetition at most, for example /^ana/.".to_owned(),
        Meaning::Hungry { operator } => format!("{operator} can use up the memory or the time of the whole class's server. It was not sent."),
        Meaning::OtherDatabase { name } => format!("The database {name} is not your lab's: only the one with the sessions can be reached."),
        Meaning::OtherCollection { name, meant_sessions: true } => format!("There is no collection {name}, and to MongoDB that is no error: it is empty. Did you mean sessions?"),
        Meaning::OtherCollection { name, .. } => format!("Only the collection sessions can be reached. One that is not there, as perhaps {name}, is no error to MongoDB: it is empty."),
        Meaning::FilterIsNoObject => "The filter has to be an object: { _id: \"…\" }. Anything else, a server might take for “all”.".to_owned(),
        Meaning::DocumentIsNoObject => "A document is an object: { data: { … }, expires: ISODate(\"…\") }.".to_owned(),
        Meaning::ZeroByte => "A field's name cannot have the zero byte in it.".to_owned(),
        Meaning::UnclearDate => "That form of a date is not read here. Use ISODate(\"2026-01-31T12:00:00Z\").".to_owned(),
        Meaning::LabIsFixed => "The field lab says whose the document is: it cannot be changed, renamed or deleted.".to_owned(),
        Meaning::LabIsAnothers => "The field lab says whose the document is. Leave it out: yours is added.".to_owned(),
        Meaning::IdNeedsLab { lab } => format!("Each _id exists only once in the whole collection, and the class shares one. Leave it out (MongoDB gets an ObjectId) or begin it with your lab's name: \"{lab}…\"."),
        Meaning::Full { limit } => format!("Your lab has {limit} documents already. Delete some with deleteMany."),
        Meaning::PipelineUpdate => "An update with a list of stages can compute any field, lab too. Use { $set: { … } }.".to_owned(),
        Meaning::Upsert => "With upsert the update would create a document. insertOne is there for that.".to_owned(),
        Meaning::Options { method } => format!("The course does without the options of {method}. Leave them out; a cursor has sort, limit, skip and projection."),
        Meaning::FarPlace => "That place is far behind the end of the list: MongoDB would fill everything in between with null.".to_owned(),
        Meaning::NoCursor => "No cursor stays open here between two lines. To see what comes next use .skip(20).".to_owned(),
        Meaning::CutOff { seconds } => format!("Cut off: no answer within {seconds} seconds. The rest of the page goes on answering. If it was a write, look whether it was done."),

        Meaning::NoSyntax => "That is no JavaScript: the arrow shows where it could not be understood any more. Nothing was sent.".to_owned(),
        Meaning::DotNeedsQuotes => "A name with a dot needs quotes: { \"data.user\": \"ana\" }.".to_owned(),
        Meaning::CurlyQuotes => "Those are typographic quotes (from a phone or a PDF). Use \" or '.".to_owned(),
        Meaning::NoSuchMethod { nearest: Some(nearest), typed } => format!("There is no {typed}. Did you mean {nearest}?"),
        Meaning::NoSuchMethod { typed, .. } => format!("There is no {typed}."),
        Meaning::NoSuchName { nearest: Some(nearest), typed } => format!("{typed} is nothing. Did you mean {nearest}? A text needs quotes."),
        Meaning::NoSuchName { typed, .. } => format!("{typed} is nothing. If it is a text, it needs quotes; lines begin with db.sessions."),
        Meaning::NeedsOperator => "The operator is missing: { $set: { … } }. Without it this would be a whole new document, and the session would lose the rest.".to_owned(),
        Meaning::IdIsTaken => "That _id exists already and MongoDB does not keep two of them: so the store never gives one id to two sessions.".to_owned(),
        Meaning::ServerRefused => "The server refused; these are its words.".to_owned(),

        Meaning::Found { expired: 0 } => "Each session is a document: _id is the id in the cookie mongo.sid, data what the application keeps, expires when it ends.".to_owned(),
        Meaning::Found { expired: 1 } => "One has expired and still lies there: the TTL index deletes about once a minute. The store does not mind: its filter always asks for expires > now.".to_owned(),
        Meaning::Found { expired } => format!("{expired} have expired and still lie there: the TTL index deletes about once a minute. The store does not mind: its filter always asks for expires > now."),
        Meaning::FoundNone => "No document passes that filter. mongosh prints nothing: it is no error.".to_owned(),
        Meaning::NoSession => "null: this is what the store sees of a cookie that it does not know. The request is anonymous.".to_owned(),
        Meaning::IdIsText => "The _id of a session is a text: put it in quotes. To MongoDB 1 and \"1\" are different, and so is an ObjectId.".to_owned(),
        Meaning::DateIsNoText => "expires is a date and you compare it with a text: they never match. Use ISODate(\"…\").".to_owned(),
        Meaning::Counted => "Expired sessions that the TTL index has not deleted yet count as well.".to_owned(),
        Meaning::Distinct => "Each value once, from all documents that pass the filter.".to_owned(),
        Meaning::Indexes => "expires_1 is the TTL index: with expireAfterSeconds: 0 MongoDB deletes each document at its own date expires, looking about once a minute.".to_owned(),
        Meaning::Collections => "All sessions of this store are in sessions; connect-mongo uses the same name.".to_owned(),
        Meaning::Inserted => "A document is not a login: no browser has its _id in a cookie.".to_owned(),
        Meaning::InsertedForever => "Its expires is no date: the TTL index will never delete it, and the store does not take it for a session.".to_owned(),
        Meaning::InsertedSession { id } => format!("To the store this is a session. No browser has it; but whoever sends the cookie mongo.sid={id} will be believed what data says."),
        Meaning::UpdatedNone => "No document passes the filter: nothing has changed, and it is no error.".to_owned(),
        Meaning::UpdatedSame => "It was like that already: nothing has changed.".to_owned(),
        Meaning::UpdatedData => "The next request with that cookie will see it: the store reads the document each time.".to_owned(),
        Meaning::UpdatedToPast => "The session is over already: the next request is anonymous. The document lies there until the TTL index comes by.".to_owned(),
        Meaning::UpdatedToFuture => "The session lives until that date in the store. The browser's cookie has an expiry of its own.".to_owned(),
        Meaning::UpdatedToText => "expires is no date any more: the TTL index will never delete it, and the store does not take it for a session: the next request is anonymous.".to_owned(),
        Meaning::Deleted { count: 1 } => "If it was a session, it is over: the next request with its cookie is anonymous. This is how somebody else is logged out.".to_owned(),
        Meaning::Deleted { count } => format!("{count} documents less: the next requests with those cookies are anonymous."),
        Meaning::DeletedNone => "No document passes the filter: nothing was deleted, and it is no error.".to_owned(),
        Meaning::Scans => "COLLSCAN: the server goes through the whole collection. The filter that you see is the one that was sent: yours, and the lab that keeps you apart from the others.".to_owned(),
        Meaning::ScansForTheLab => "COLLSCAN although you ask for an _id: your lab stands beside it as a second condition, and with it this server goes through the whole collection. With the _id alone it would use its index.".to_owned(),
        Meaning::ByIndex => "No COLLSCAN: it is found by an index. By _id each visit costs the same, even with millions of sessions.".to_owned(),
    }
}
