//! The names that mongosh knows, and the one that was probably meant.

use super::{Meaning, Why};

/// What is read here, of a collection's methods.
pub const COLLECTION: [&str; 14] = [
    "find",
    "findOne",
    "countDocuments",
    "count",
    "distinct",
    "getIndexes",
    "getIndexKeys",
    "updateOne",
    "updateMany",
    "insertOne",
    "deleteOne",
    "deleteMany",
    "explain",
    "getName",
];

/// What is read here, of a cursor's methods.
pub const CURSOR: [&str; 12] = [
    "sort",
    "limit",
    "skip",
    "projection",
    "pretty",
    "toArray",
    "explain",
    "count",
    "size",
    "itcount",
    "next",
    "hasNext",
];

/// The other methods of a collection in mongosh 2.12, and why they are not here.
const OTHER: [(&str, Why); 75] = [
    ("aggregate", Why::Pipeline),
    ("mapReduce", Why::Pipeline),
    ("watch", Why::Others),
    ("estimatedDocumentCount", Why::Others),
    ("stats", Why::Others),
    ("dataSize", Why::Others),
    ("storageSize", Why::Others),
    ("totalSize", Why::Others),
    ("totalIndexSize", Why::Others),
    ("latencyStats", Why::Others),
    ("validate", Why::Others),
    ("getPlanCache", Why::Others),
    ("isCapped", Why::NotTaught),
    ("exists", Why::Others),
    ("runCommand", Why::Others),
    ("drop", Why::Structure),
    ("renameCollection", Why::Structure),
    ("createIndex", Why::Structure),
    ("createIndexes", Why::Structure),
    ("ensureIndex", Why::Structure),
    ("dropIndex", Why::Structure),
    ("dropIndexes", Why::Structure),
    ("hideIndex", Why::Structure),
    ("unhideIndex", Why::Structure),
    ("reIndex", Why::Structure),
    ("convertToCapped", Why::Structure),
    ("insertMany", Why::OneByOne),
    ("bulkWrite", Why::OneByOne),
    ("insert", Why::OneByOne),
    ("initializeOrderedBulkOp", Why::OneByOne),
    ("initializeUnorderedBulkOp", Why::OneByOne),
    ("update", Why::NotTaught),
    ("remove", Why::NotTaught),
    ("replaceOne", Why::NotTaught),
    ("findAndModify", Why::NotTaught),
    ("findOneAndDelete", Why::NotTaught),
    ("findOneAndReplace", Why::NotTaught),
    ("findOneAndUpdate", Why::NotTaught),
    ("getDB", Why::NotTaught),
    ("getMongo", Why::NotTaught),
    ("getFullName", Why::NotTaught),
    ("getIndexSpecs", Why::NotTaught),
    ("getIndices", Why::NotTaught),
    ("help", Why::NotTaught),
    ("compactStructuredEncryptionData", Why::Structure),
    ("getShardVersion", Why::Others),
    ("getShardDistribution", Why::Others),
    ("getShardLocation", Why::Others),
    ("analyzeShardKey", Why::Others),
    ("configureQueryAnalyzer", Why::Structure),
    ("checkMetadataConsistency", Why::Others),
    ("getSearchIndexes", Why::NotTaught),
    ("createSearchIndex", Why::Structure),
    ("createSearchIndexes", Why::Structure),
    ("dropSearchIndex", Why::Structure),
    ("updateSearchIndex", Why::Structure),
    ("toString", Why::NotTaught),
    ("valueOf", Why::NotTaught),
    // Methods of a cursor.
    ("forEach", Why::Loop),
    ("map", Why::Loop),
    ("tryNext", Why::NotTaught),
    ("close", Why::NotTaught),
    ("isClosed", Why::NotTaught),
    ("isExhausted", Why::NotTaught),
    ("batchSize", Why::NotTaught),
    ("maxTimeMS", Why::NotTaught),
    ("objsLeftInBatch", Why::NotTaught),
    ("hint", Why::NotTaught),
    ("comment", Why::NotTaught),
    ("collation", Why::NotTaught),
    ("max", Why::NotTaught),
    ("min", Why::NotTaught),
    ("returnKey", Why::NotTaught),
    ("showRecordId", Why::NotTaught),
    ("allowDiskUse", Why::NotTaught),
];

/// Rarer methods of a cursor.
const CURSOR_ONLY: [&str; 25] = [
    "forEach",
    "map",
    "tryNext",
    "close",
    "isClosed",
    "isExhausted",
    "batchSize",
    "maxTimeMS",
    "objsLeftInBatch",
    "hint",
    "comment",
    "collation",
    "max",
    "min",
    "returnKey",
    "showRecordId",
    "allowDiskUse",
    "toString",
    "valueOf",
    "help",
    "addOption",
    "allowPartialResults",
    "noCursorTimeout",
    "readPref",
    "readConcern",
];

/// Methods of `db`.
pub const DATABASE: [&str; 40] = [
    "getName",
    "getMongo",
    "getCollectionNames",
    "getCollectionInfos",
    "runCommand",
    "adminCommand",
    "aggregate",
    "getSiblingDB",
    "getCollection",
    "dropDatabase",
    "createUser",
    "updateUser",
    "dropUser",
    "auth",
    "logout",
    "getUser",
    "getUsers",
    "createCollection",
    "createView",
    "currentOp",
    "killOp",
    "shutdownServer",
    "fsyncLock",
    "fsyncUnlock",
    "version",
    "serverBits",
    "hello",
    "isMaster",
    "serverBuildInfo",
    "serverStatus",
    "stats",
    "hostInfo",
    "serverCmdLineOpts",
    "getProfilingStatus",
    "setProfilingLevel",
    "getLogComponents",
    "watch",
    "help",
    "toString",
    "printCollectionStats",
];

/// Names that mean something in mongosh, and nothing is done with them here.
pub const GLOBALS: [&str; 53] = [
    "db",
    "ISODate",
    "ObjectId",
    "Long",
    "NumberLong",
    "Int32",
    "NumberInt",
    "Double",
    "NumberDecimal",
    "Decimal128",
    "Date",
    "UUID",
    "BinData",
    "HexData",
    "MD5",
    "Timestamp",
    "MinKey",
    "MaxKey",
    "Binary",
    "Code",
    "DBRef",
    "RegExp",
    "Math",
    "JSON",
    "Object",
    "Array",
    "String",
    "Number",
    "Boolean",
    "Symbol",
    "Map",
    "Set",
    "Promise",
    "console",
    "print",
    "printjson",
    "tojson",
    "require",
    "process",
    "global",
    "globalThis",
    "Mongo",
    "connect",
    "sh",
    "rs",
    "load",
    "sleep",
    "version",
    "EJSON",
    "setTimeout",
    "Error",
    "parseInt",
    "this",
];

/// Whether mongosh has this method of a collection, and if it is not here, why.
#[must_use]
pub fn other_method(name: &str) -> Option<Why> {
    let mut others = OTHER.iter().filter(|(other, _)| {
        !CURSOR_ONLY.contains(other) || matches!(*other, "toString" | "valueOf" | "help")
    });
    others
        .find(|(other, _)| *other == name)
        .map(|(_, why)| *why)
}

/// Whether mongosh has this method of a cursor, and if it is not here, why.
#[must_use]
pub fn other_of_cursor(name: &str) -> Option<Why> {
    let known = CURSOR_ONLY.contains(&name);
    let why = OTHER.iter().find(|(other, _)| *other == name);
    known.then(|| why.map_or(Why::NotTaught, |(_, why)| *why))
}

/// The method that was probably meant.
#[must_use]
pub fn unknown_method(typed: &str, known: &[&str]) -> Meaning {
    Meaning::NoSuchMethod {
        typed: typed.to_owned(),
        nearest: nearest(typed, known),
    }
}

/// The name that was probably meant.
#[must_use]
pub fn unknown_name(typed: &str) -> Meaning {
    let known = [
        "db",
        "ISODate",
        "ObjectId",
        "Date",
        "Long",
        "NumberLong",
        "NumberInt",
        "true",
        "false",
        "null",
        "show",
        "use",
    ];
    Meaning::NoSuchName {
        typed: typed.to_owned(),
        nearest: nearest(typed, &known),
    }
}

/// The nearest of the known names, at most two letters away; upper and lower case are near.
#[must_use]
pub fn nearest(typed: &str, known: &[&str]) -> Option<String> {
    let lower = typed.to_lowercase();
    // Of a short word, two letters are most of it.
    let most = if typed.chars().count() > 3 { 2 } else { 1 };
    let far = |name: &str| distance(&lower, &name.to_lowercase());
    let near = known.iter().filter(|name| far(name) <= most);
    near.min_by_key(|name| far(name))
        .map(|name| (*name).to_owned())
}

/// How many letters have to be changed, added or taken away; two that changed places count once.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (at, c) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for (to, d) in other.iter().enumerate() {
            let above = &rows[at];
            let mut least = (above[to] + usize::from(c != d))
                .min(above[to + 1] + 1)
                .min(row[to] + 1);
            if at > 0 && to > 0 && *c == other[to - 1] && one[at - 1] == *d {
                least = least.min(rows[at - 1][to - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
