//! Lo que está mal en una cookie, en español.

use crate::cookies::server_rules::{Field, Finding, Mistake};

/// What is wrong, and what to do.
pub fn finding(finding: &Finding) -> String {
    {
        match finding {
        Finding::CannotTravel { field, code } => format!("{} contiene el carácter de control {code}. Ninguna cabecera HTTP puede llevarlo, así que no se envía ni tal cual.", field_name(*field)),
        Finding::LabCookie => "«lab» es la cookie del propio playground: no se puede crear, tapar ni borrar desde aquí.".to_owned(),
        Finding::NoName => "Falta el nombre. Un servidor no debe crear cookies sin nombre.".to_owned(),
        Finding::NameCharacter { found } => format!("El nombre no puede llevar «{found}»: solo letras, números y !#$%&'*+-.^_`|~ (§4.1.1)."),
        Finding::ValueCharacter { found } if *found == ' ' => "El valor no puede llevar espacios (§4.1.1). Express lo enviaría como %20.".to_owned(),
        Finding::ValueCharacter { found } => format!("El valor no puede llevar «{found}» (§4.1.1). Express lo codificaría con encodeURIComponent; tower-cookies no."),
        Finding::PairTooLarge { octets } => format!("Nombre y valor suman {octets} octetos. Con más de 4096 el navegador no la guarda, y no avisa (§5.6)."),
        Finding::AttributeTooLarge { field, octets } => format!("{} tiene {octets} octetos. Con más de 1024 el navegador descarta ese atributo (§5.6).", field_name(*field)),
        Finding::PathNotAbsolute => "Path no empieza por «/»: el navegador usará la ruta por defecto (§5.6.4).".to_owned(),
        Finding::AttributeCharacter { field, found } => format!("{} no puede llevar «{found}»: terminaría el atributo o no significaría nada.", field_name(*field)),
        Finding::NoDomain { mistake } => format!("Domain {} (§4.1.1).", domain_needs(*mistake)),
        Finding::LifetimeUnreadable => "La duración no se entiende. Escribe un número entero, o una fecha como Sat, 21 Nov 2026 10:00:00 GMT.".to_owned(),
        Finding::LifetimeNegative => "Un Max-Age negativo no está en la gramática; el navegador lo toma por 0 y borra.".to_owned(),
        Finding::NoneWithoutSecure => "SameSite=None exige Secure: sin él, Chrome y Firefox no la guardan.".to_owned(),
        Finding::PartitionedWithoutSecure => "Partitioned exige Secure: sin él no se guarda. (tower-cookies lo añade por su cuenta; «tal cual» no.)".to_owned(),
        Finding::PrefixBroken { prefix } => format!("El prefijo {} promete algo que los atributos no cumplen: {}.", prefix.name(), prefix_needs(prefix.name())),
        Finding::PercentInSigned => "Ojo: tower-cookies descodifica los %XX al leer, así que una firma sobre este valor no se verificará.".to_owned(),
    }
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Name => "El nombre",
        Field::Value => "El valor",
        Field::Path => "Path",
        Field::Domain => "Domain",
        Field::Lifetime => "La duración",
        Field::Line => "La línea",
    }
}

fn domain_needs(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Scheme => "es solo el nombre del servidor, sin http:// delante",
        Mistake::Port => "no lleva puerto: las cookies no distinguen puertos",
        Mistake::LeadingDot => "no lleva punto delante; el navegador no lo tiene en cuenta",
        Mistake::Label => {
            "no es un nombre de dominio: solo letras, números y «-» (nunca al principio ni al final), separados por puntos"
        }
    }
}

fn prefix_needs(prefix: &str) -> &'static str {
    match prefix {
        "__Secure-" => "Secure",
        "__Host-" => "Secure, Path=/ y ningún Domain",
        "__Http-" => "Secure y HttpOnly",
        _ => "Secure, HttpOnly, Path=/ y ningún Domain",
    }
}
