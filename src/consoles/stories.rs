//! Lines worth trying, in the order in which they tell something.

use super::bench::Tool;

/// What a row of lines tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// One's own session: find it, read it, end it.
    Mine,
    /// A key with a time to live, until it dies.
    Dies,
    /// A plain SET throws the time to live away.
    Loses,
    /// The five types, and the wrong one.
    Types,
    /// What the server writes to disk.
    Disk,
    /// Documents whose time is over lie there until the sweep.
    Sweep,
    /// The way to a document: by `_id`, or through all of them.
    Way,
    /// A document is not a login.
    Forged,
}

impl Story {
    /// The stories of a console, in the order of the page.
    #[must_use]
    pub const fn of(tool: Tool) -> &'static [Self] {
        match tool {
            Tool::Redis => &[Self::Mine, Self::Dies, Self::Loses, Self::Types, Self::Disk],
            Tool::Mongo => &[Self::Mine, Self::Sweep, Self::Way, Self::Forged],
        }
    }

    /// Its lines. `id` is the session that the browser's cookie names; the story of one's own session
    /// has none without it. `tag` is the lab's name, with which a document of one's own begins.
    #[must_use]
    pub fn lines(self, tool: Tool, id: Option<&str>, tag: &str) -> Vec<String> {
        let fixed: &[&str] = match (self, tool) {
            (Self::Mine, _) => {
                return id.map(|id| mine(tool, id)).unwrap_or_default();
            }
            (Self::Dies, _) => &[
                "SET saludo hola EX 20",
                "TTL saludo",
                "GET saludo",
                "PERSIST saludo",
            ],
            (Self::Loses, _) => &[
                "SET nota uno EX 60",
                "SET nota dos",
                "TTL nota",
                "SET nota tres EX 60",
                "SET nota cuatro KEEPTTL",
            ],
            (Self::Types, _) => &[
                "INCR visitas",
                "RPUSH cola ana luis eva",
                "LRANGE cola 0 -1",
                "HSET carrito manzana 2 pera 1",
                "HGETALL carrito",
                "GET carrito",
            ],
            (Self::Disk, _) => &[
                "CONFIG GET appendonly",
                "INFO persistence",
                "BGSAVE",
                "DBSIZE",
            ],
            (Self::Sweep, _) => &[
                "db.sessions.getIndexes()",
                "db.sessions.find({ expires: { $lt: new Date() } })",
                "db.sessions.countDocuments()",
            ],
            (Self::Way, _) => {
                return id.map(way).unwrap_or_default();
            }
            (Self::Forged, _) => return forged(tag),
        };
        fixed.iter().map(|line| (*line).to_owned()).collect()
    }
}

fn mine(tool: Tool, id: &str) -> Vec<String> {
    match tool {
        Tool::Redis => vec![
            "KEYS *".to_owned(),
            format!("GET sess:{id}"),
            format!("TTL sess:{id}"),
            format!("DEL sess:{id}"),
        ],
        Tool::Mongo => vec![
            "db.sessions.find()".to_owned(),
            format!("db.sessions.findOne({{ _id: '{id}' }})"),
            format!(
                "db.sessions.updateOne({{ _id: '{id}' }}, {{ $set: {{ expires: new Date(0) }} }})"
            ),
            format!("db.sessions.deleteOne({{ _id: '{id}' }})"),
        ],
    }
}

fn way(id: &str) -> Vec<String> {
    vec![
        format!("db.sessions.find({{ _id: '{id}' }}).explain()"),
        "db.sessions.find({ 'data.user': 'ana' }).explain()".to_owned(),
    ]
}

fn forged(tag: &str) -> Vec<String> {
    vec![
        format!(
            "db.sessions.insertOne({{ _id: '{tag}-eva', data: {{ user: 'eva' }}, expires: ISODate('2030-01-01') }})"
        ),
        format!("db.sessions.findOne({{ _id: '{tag}-eva' }})"),
        format!("db.sessions.deleteOne({{ _id: '{tag}-eva' }})"),
    ]
}
