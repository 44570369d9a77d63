//! Qué enseña cada manera de manipular una cookie, en español.

use crate::cookies::{forge::Act, outcome::Fate, seal::Seal};

/// The lesson of an act that ended like this; `None` where there is none.
pub fn moral(act: Act, seal: Seal, fate: Fate) -> Option<&'static str> {
    if fate == Fate::Unknown {
        return None;
    }
    Some(match (act, fate) {
        (Act::DeleteWrongPath, Fate::Absent) => "Ya no llega.",
        (Act::DeleteWrongPath, _) => "Con otro Path es otra cookie: esta sigue donde estaba.",
        (Act::DeleteWithoutSecure, Fate::Absent) => {
            "Secure no dice de qué cookie se trata: sin él también se borra, si el navegador acepta la línea."
        }
        (Act::Delete, Fate::Absent) => {
            "La línea repite nombre, Domain y Path, y el navegador hizo caso. Un servidor solo puede pedirlo."
        }
        (Act::Delete | Act::DeleteWithoutSecure, _) => {
            "El navegador no hizo caso: mira arriba qué dice la norma de esa línea."
        }
        (Act::ReadWithoutKey, _) | (_, Fate::Unknown | Fate::Absent) => return None,
        (_, Fate::NoSeal) => "Sin sello nadie nota nada: el servidor lee el valor que llega.",
        (Act::ChangeCharacter | Act::ChangeSignature, Fate::Accepted) => "El sello encaja.",
        (Act::ChangeCharacter | Act::ChangeSignature, _) => {
            "Nadie avisa. El servidor lo descubre cuando vuelve a calcular el sello, en cada petición que la trae."
        }
        (Act::StripPrefix, _) => {
            "Sin s: cookie-parser no busca ninguna firma, y la cookie acaba en req.cookies como una cualquiera."
        }
        (Act::Move, Fate::Accepted) => {
            "La firma no incluye el nombre: el valor vale también con este."
        }
        (Act::Move, _) if matches!(seal, Seal::Private) => {
            "El nombre entra en lo que se comprueba: con otro no se abre."
        }
        (Act::Replay, Fate::Accepted) => {
            "El sello no lleva fecha: un valor de ayer vale hoy, hasta que la clave deje de contar."
        }
        (Act::Move | Act::Replay, Fate::WrongKey) => {
            "La clave que lo selló ya no cuenta. Eso es lo que acaba con los valores viejos."
        }
        (Act::Move | Act::Replay, _) => "El sello no encaja con ninguna clave.",
        (Act::RotateAndKeep | Act::RotateAndDrop | Act::Restore, Fate::Accepted) => {
            "El navegador no sabe nada de claves y envía lo mismo de antes. Alguna de las que cuentan todavía la abre."
        }
        (Act::RotateAndKeep | Act::RotateAndDrop | Act::Restore, _) => {
            "El navegador no sabe nada de claves y envía lo mismo de antes. Ninguna de las que cuentan la abre."
        }
    })
}

/// How long ago something was, ms.
pub fn ago(ms: i64) -> String {
    match ms.max(0) / 1000 {
        seconds @ 0..=119 => format!("hace {seconds} s"),
        seconds @ 120..=7199 => format!("hace {} min", seconds / 60),
        seconds => format!("hace {} h", seconds / 3600),
    }
}
