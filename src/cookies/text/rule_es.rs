//! Lo que la norma dice de una línea y Chromium de otra forma, en español.

use crate::cookies::user_agent::{Difference, Missing, Note, Rejection};

/// Why a line leaves no cookie.
pub fn rejection(rejection: &Rejection) -> String {
    match rejection {
        Rejection::Empty => "no tiene nombre ni valor".to_owned(),
        Rejection::ControlCharacter => "lleva un carácter de control".to_owned(),
        Rejection::TooLarge { octets } => {
            format!("nombre y valor suman {octets} octetos; el máximo son 4096")
        }
        Rejection::DomainNotAscii => "el dominio lleva un carácter que no es ASCII".to_owned(),
        Rejection::DomainMismatch => "el dominio no es el de este servidor".to_owned(),
        Rejection::PublicSuffix => {
            "el dominio es un sufijo público: valdría para sitios ajenos".to_owned()
        }
        Rejection::SecureOnPlainHttp => "lleva Secure y la conexión no es segura".to_owned(),
        Rejection::SameSiteNoneWithoutSecure => "SameSite=None exige Secure".to_owned(),
        Rejection::PartitionedWithoutSecure => "Partitioned exige Secure".to_owned(),
        Rejection::Prefix { prefix, missing } => format!(
            "el prefijo {} exige {}",
            prefix.name(),
            match missing {
                Missing::Secure => "Secure",
                Missing::HttpOnly => "HttpOnly",
                Missing::PathRoot => "Path=/ escrito",
                Missing::NoDomain => "que no haya Domain",
            }
        ),
        Rejection::NamelessPrefix | Rejection::NamelessHttpPrefix => {
            "no tiene nombre y su valor imita un prefijo".to_owned()
        }
        Rejection::CrossSite => {
            "responde a una petición de otro sitio y no es SameSite=None".to_owned()
        }
        Rejection::HttpOnlyByScript => "es HttpOnly y la crea un script".to_owned(),
        Rejection::OverHttpOnlyCookie => "un script no puede tocar una cookie HttpOnly".to_owned(),
        Rejection::OverSecureCookie => {
            "taparía una cookie Secure desde una conexión que no es segura".to_owned()
        }
    }
}

/// What in a line had no effect.
pub fn note(note: &Note) -> String {
    match note {
        Note::Expired => "Llega caducada: no se guarda, y borra la que haya igual.".to_owned(),
        Note::AgeCapped { .. } => "Se recorta a 400 días.".to_owned(),
        Note::MaxAgeIgnored => "Max-Age no es un número entero: se ignora.".to_owned(),
        Note::ExpiresIgnored => "Expires no es una fecha reconocible: se ignora.".to_owned(),
        Note::MaxAgeOverExpires => "Hay Max-Age y Expires: manda Max-Age.".to_owned(),
        Note::PathDefaulted => {
            "Sin un Path que empiece por «/» se usa la ruta por defecto.".to_owned()
        }
        Note::DomainIgnored => "Domain vacío o demasiado largo: como si no estuviera.".to_owned(),
        Note::AttributeTooLong { name } => format!("{name} pasa de 1024 octetos: se ignora."),
        Note::SameSiteDefault => {
            "SameSite con un valor desconocido: cuenta como no indicado.".to_owned()
        }
        Note::UnknownAttribute { name } => format!("{name}: atributo desconocido, se ignora."),
        Note::NoEquals => "Sin «=» no hay nombre: todo es valor.".to_owned(),
    }
}

/// What Chromium does otherwise.
pub fn difference(difference: Difference) -> &'static str {
    match difference {
        Difference::TabInside => {
            "Chromium tira la cookie cuya línea lleva un tabulador dentro de un nombre, un valor o un atributo; la norma la guarda."
        }
        Difference::PlusBeforeMaxAge => {
            "Chromium acepta el signo más: Max-Age=+60 son 60 segundos; la norma ignora ese Max-Age."
        }
        Difference::NamelessWithEquals => {
            "Chromium tira las cookies sin nombre cuyo valor lleva «=»; la norma las guarda."
        }
        Difference::Nul => {
            "Chromium descarta la respuesta entera si hay un NUL; la norma solo la cookie."
        }
        Difference::LineBreak => {
            "Chromium termina la línea en un CR o LF y guarda lo que hay antes; la norma tira la cookie."
        }
        Difference::OrderAfterNewValue => {
            "Chromium pone al final la cookie que recibe un valor nuevo; la norma le deja su sitio."
        }
        Difference::LaterLifetimeUnreadable => {
            "Chromium solo mira la última duración, aunque no se entienda; la norma se queda con la última que se entiende."
        }
        Difference::OddDate => {
            "Chromium y la norma no leen igual las fechas raras: años anteriores a 1601, años de tres o cinco cifras o números con letras pegadas."
        }
        Difference::OddDomain => {
            "Chromium y la norma no tratan igual un Domain que es una dirección, un solo punto o, junto a __Host-, el nombre del propio servidor si no lleva puntos."
        }
        Difference::HostPathDefaulted => {
            "Chromium quiere Path=/ escrito con __Host-; a la letra de la norma le vale cualquier Path que no empiece por «/» donde la ruta por defecto es «/»."
        }
        Difference::LaxAllowingUnsafe => {
            "Durante dos minutos Chromium envía una cookie sin SameSite hasta con un POST de otro sitio; la norma lo permite y no lo pide."
        }
        Difference::EvictionByPriority => {
            "Con el tarro lleno, Chromium mira también Priority; la norma, solo Secure y el último uso."
        }
    }
}
