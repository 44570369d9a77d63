//! Español.

use super::LabError;
use crate::i18n::Locale;

/// What went wrong and what to do next.
pub(super) fn text(error: &LabError) -> String {
    match error {
        LabError::UnknownStore => "No existe ese almacén. Usa memory, file, redis o mongo.".to_owned(),
        LabError::WrongPassword => "Nombre o contraseña incorrectos; nada ha cambiado. Usa una de las cuentas de demostración de la página.".to_owned(),
        LabError::Anonymous => "Esta página pide haber entrado. Entra primero en este almacén.".to_owned(),
        LabError::NotAdmin => "Sabemos quién eres, pero esta página es solo para admin. Entra como profe.".to_owned(),
        LabError::UnknownProduct => "La tienda no tiene ese producto. Hay pan, te y queso.".to_owned(),
        LabError::CartFull => "El carrito está lleno. Sal o empieza de cero para vaciarlo.".to_owned(),
        LabError::BadForm => "Falta un campo o el formulario no se puede leer. Revisa lo que envías.".to_owned(),
        LabError::StoreUnreachable { store, reason: said } => format!("{} no responde ({}). Los demás almacenes siguen; inténtalo cuando vuelva.", store.label(Locale::Es), reason(said)),
        LabError::StoreRefused { store, reply } => format!("{} respondió con un error: {reply}", store.label(Locale::Es)),
        LabError::StoreCorrupt { store } => format!("Lo que {} guarda con ese id no es una sesión. Empieza de cero para borrarlo.", store.label(Locale::Es)),
        LabError::SessionGone => "La sesión se borró mientras se respondía; no se ha vuelto a crear. Entra de nuevo.".to_owned(),
        LabError::Changed => "Otra petición cambió la sesión mientras tanto.".to_owned(),
        LabError::TooManySessions { limit } => format!("Tu laboratorio ya guarda {limit} sesiones en este almacén. Sal o empieza de cero."),
        LabError::NotYourRedis => "Este Redis no es tuyo: una URL dice dónde está, y otros pueden tener datos en él. Aquí no se para, ni se llena, ni se cambia.".to_owned(),
        LabError::NoRedisLeft { limit } => format!("Ya hay {limit} Redis propios en marcha, el máximo. Espera a que otro se duerma o pide a tu docente que suba el límite."),
        LabError::TooFast => "Demasiadas peticiones seguidas para un laboratorio. Espera un segundo.".to_owned(),
        LabError::TooLarge => "La petición es demasiado grande para el playground.".to_owned(),
        LabError::ForeignOrigin => "Esta orden vino de la página de otro sitio y no se ha cumplido. Ábrela desde el playground.".to_owned(),
        LabError::TwoLabs => "Llegaron dos cookies de laboratorio firmadas y no se puede saber cuál es la tuya. Borra las cookies de este sitio y recarga.".to_owned(),
        LabError::BadCookie => "Así no debería enviarla un servidor: mira qué está mal en el formulario. No se ha enviado nada. «Enviar tal cual» la manda de todos modos.".to_owned(),
        LabError::NoSuchCookie => "Esa cookie ya no está en el tarro. Recarga la página para ver lo que hay.".to_owned(),
        LabError::JarFull => "Tus cookies ya pesan 40 KB o son 120, y viajan en cada petición. Borra alguna antes de crear otra.".to_owned(),
        LabError::HeadersTooLarge => "Tus cookies pesan más de 64 KB, que es nuestro límite (muchos servidores cortan a los 16 KB). Esta respuesta borra las que han llegado; tu laboratorio sigue ahí. Abre la página otra vez.".to_owned(),
        LabError::Offline => "El playground no responde. Comprueba que sigue en marcha y vuelve a intentarlo.".to_owned(),
    }
}

/// What engines say of themselves, in Spanish; words of a server's own stay as it said them.
pub(crate) fn reason(said: &str) -> String {
    const WORDS: [(&str, &str); 14] = [
        ("timed out", "se agotó el tiempo"),
        ("Connection refused", "conexión rechazada"),
        ("Authentication failed", "la contraseña no vale"),
        ("the password was not accepted", "la contraseña no vale"),
        ("the connection was closed", "la conexión se cerró"),
        ("the DNS does not answer", "el DNS no responde"),
        (
            "the host name is unknown",
            "nadie conoce ese nombre de servidor",
        ),
        ("no server answers", "ningún servidor responde"),
        ("it is not installed", "no está instalado"),
        ("it is still starting", "todavía está arrancando"),
        ("it was lost", "se perdió"),
        ("its process ended", "su proceso terminó"),
        ("its process was lost", "su proceso se perdió"),
        ("could not be started", "no se pudo arrancar"),
    ];
    WORDS
        .iter()
        .fold(said.to_owned(), |text, (english, spanish)| {
            text.replace(english, spanish)
        })
}
