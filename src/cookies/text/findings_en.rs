//! What is wrong with a cookie, in English.

use crate::cookies::server_rules::{Field, Finding, Mistake};

/// What is wrong, and what to do.
pub fn finding(finding: &Finding) -> String {
    {
        match finding {
        Finding::CannotTravel { field, code } => format!("{} contains the control character {code}. No HTTP header can carry it, so it is not sent, not even anyway.", field_name(*field)),
        Finding::LabCookie => "“lab” is the playground's own cookie: it cannot be set, shadowed or deleted from here.".to_owned(),
        Finding::NoName => "The name is missing. A server must not set nameless cookies.".to_owned(),
        Finding::NameCharacter { found } => format!("The name may not contain “{found}”: only letters, digits and !#$%&'*+-.^_`|~ (§4.1.1)."),
        Finding::ValueCharacter { found } if *found == ' ' => "The value may not contain spaces (§4.1.1). Express would send it as %20.".to_owned(),
        Finding::ValueCharacter { found } => format!("The value may not contain “{found}” (§4.1.1). Express would encode it with encodeURIComponent; tower-cookies does not."),
        Finding::PairTooLarge { octets } => format!("Name and value add up to {octets} octets. Above 4096 the browser does not store it, and does not say so (§5.6)."),
        Finding::AttributeTooLarge { field, octets } => format!("{} has {octets} octets. Above 1024 the browser drops that attribute (§5.6).", field_name(*field)),
        Finding::PathNotAbsolute => "Path does not begin with “/”: the browser will use the default path (§5.6.4).".to_owned(),
        Finding::AttributeCharacter { field, found } => format!("{} may not contain “{found}”: it would end the attribute or mean nothing.", field_name(*field)),
        Finding::NoDomain { mistake } => format!("Domain {} (§4.1.1).", domain_needs(*mistake)),
        Finding::LifetimeUnreadable => "The lifetime cannot be read. Write a whole number, or a date such as Sat, 21 Nov 2026 10:00:00 GMT.".to_owned(),
        Finding::LifetimeNegative => "A negative Max-Age is not in the grammar; the browser takes it for 0 and deletes.".to_owned(),
        Finding::NoneWithoutSecure => "SameSite=None needs Secure: without it, Chrome and Firefox do not store it.".to_owned(),
        Finding::PartitionedWithoutSecure => "Partitioned needs Secure: without it, it is not stored. (tower-cookies adds it by itself; “anyway” does not.)".to_owned(),
        Finding::PrefixBroken { prefix } => format!("The prefix {} makes a promise that the attributes do not keep: {}.", prefix.name(), prefix_needs(prefix.name())),
        Finding::PercentInSigned => "Careful: tower-cookies decodes %XX when it reads, so a signature over this value will not verify.".to_owned(),
    }
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Name => "The name",
        Field::Value => "The value",
        Field::Path => "Path",
        Field::Domain => "Domain",
        Field::Lifetime => "The lifetime",
        Field::Line => "The line",
    }
}

fn domain_needs(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Scheme => "is only the server's name, without http:// before it",
        Mistake::Port => "has no port: cookies do not tell ports apart",
        Mistake::LeadingDot => "has no dot before it; the browser passes over it",
        Mistake::Label => {
            "is no domain name: only letters, digits and “-” (never first or last), with dots between"
        }
    }
}

fn prefix_needs(prefix: &str) -> &'static str {
    match prefix {
        "__Secure-" => "Secure",
        "__Host-" => "Secure, Path=/ and no Domain",
        "__Http-" => "Secure and HttpOnly",
        _ => "Secure, HttpOnly, Path=/ and no Domain",
    }
}
