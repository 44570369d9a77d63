//! Los experimentos, en español.

use super::ExperimentText;
use crate::cookies::experiments::Experiment;

/// The texts of an experiment.
#[expect(clippy::too_many_lines, reason = "a table of texts")]
pub fn experiment(experiment: Experiment) -> &'static ExperimentText {
    match experiment {
        Experiment::Units => &ExperimentText {
            title: "¿ms o segundos?",
            setup: "El programa en Express dice maxAge: 3000. Se envía la cookie visita.",
            question: "¿Cuánto vive?",
            options: &["3 segundos", "50 minutos"],
            because: &[
                "maxAge de Express va en milisegundos y la cabecera Max-Age en segundos: Express divide por 1000 y redondea hacia abajo. Con 999 ms saldría Max-Age=0, que borra en el acto.",
                "Sigue viva mucho después de sus 3000 ms: alguien contó segundos donde eran milisegundos.",
            ],
            rule: "RFC 6265bis §4.1.2.2; Express res.cookie",
        },
        Experiment::SessionCookie => &ExperimentText {
            title: "Sin maxAge",
            setup: "Se envía la cookie sin_max_age sin Max-Age ni Expires.",
            question: "¿Hasta cuándo vive?",
            options: &[
                "hasta que alguien la borre",
                "hasta que se cierre el navegador",
                "24 horas",
            ],
            because: &[
                "",
                "Sin duración es una cookie de sesión: acaba cuando acaba la sesión del navegador. Esta página no puede cerrarlo por ti: ciérralo del todo, vuelve, y la verás tachada. Si el navegador restaura tus pestañas al abrir, puede devolverla.",
                "",
            ],
            rule: "RFC 6265bis §4.1.2.2",
        },
        Experiment::HttpOnly => &ExperimentText {
            title: "HttpOnly y XSS",
            setup: "Se envían secreta (HttpOnly) y visible. Después un script de esta página lee document.cookie y manda al servidor lo que encuentra, como haría un XSS.",
            question: "¿Se lleva la cookie secreta?",
            options: &["sí, las dos", "no, solo la visible"],
            because: &[
                "El navegador dejó que el script leyera una cookie HttpOnly. No debería.",
                "HttpOnly la esconde de JavaScript, así que el script no la puede leer. Pero sí puede seguir haciendo peticiones y el navegador la envía en ellas: HttpOnly no arregla un XSS.",
            ],
            rule: "RFC 6265bis §5.7 y §8.1",
        },
        Experiment::NotSecret => &ExperimentText {
            title: "Firmada no es secreta",
            setup: "Se envía nota=diez, firmada en el formato de Express.",
            question: "¿Quién puede leer la nota sin tener la clave?",
            options: &["cualquiera", "nadie"],
            because: &[
                "Firmar añade una firma detrás; el valor sigue a la vista. Para esconderlo hay que cifrarlo, o guardarlo en el servidor.",
                "No se pudo leer el valor.",
            ],
            rule: "cookie-signature: valor + «.» + HMAC",
        },
        Experiment::NameNotBound => &ExperimentText {
            title: "El nombre no se firma",
            setup: "Se sella profe con el nombre rol_demo y el mismo valor sellado se copia con el nombre rol. Lo mismo en los tres formatos.",
            question: "¿Acepta el servidor el valor copiado?",
            options: &[
                "no: la firma es de otra cookie",
                "sí si va firmada, no si va cifrada",
                "sí en los tres",
            ],
            because: &[
                "Ningún formato firmado aceptó la copia.",
                "La firma solo cubre el valor, en Express y en tower-cookies: vale con cualquier nombre. La cifrada comprueba también el nombre y no se abre con otro. Solución: firmar nombre y valor juntos.",
                "Los tres formatos aceptaron la copia.",
            ],
            rule: "cookie-signature; cookie-rs signed.rs y private.rs",
        },
        Experiment::StrippedPrefix => &ExperimentText {
            title: "Sin el prefijo s:",
            setup: "El servidor espera rol firmada. Llega rol=profe, sin s: y sin firma, con cookieParser(clave) en marcha.",
            question: "¿Dónde la encuentra un programa en Express?",
            options: &[
                "en req.signedCookies, como false",
                "en req.cookies, como si nada",
                "en ningún sitio",
            ],
            because: &[
                "cookie-parser la tomó por firmada.",
                "Sin s: cookie-parser no busca ninguna firma: la cookie acaba en req.cookies. Un programa que mira ahí cuando no está en signedCookies acepta lo que sea.",
                "La cookie no llegó.",
            ],
            rule: "cookie-parser 1.4.7",
        },
        Experiment::Rotation => &ExperimentText {
            title: "Rotar la clave",
            setup: "Se envía entrada=ana, firmada. Después el servidor cambia de clave y olvida la vieja.",
            question: "¿Qué pasa con la cookie que ya tienes?",
            options: &[
                "sigue siendo válida",
                "deja de valer y nadie avisa",
                "el navegador la borra",
            ],
            because: &[
                "La clave vieja todavía cuenta.",
                "El navegador no sabe nada de claves y la sigue enviando; el servidor calcula otra firma y la descarta. Con cookieParser([nueva, vieja]) las viejas seguirían valiendo. En tower-cookies ese bucle lo escribes tú.",
                "La cookie ya no llega.",
            ],
            rule: "cookie-parser: prueba todas las claves, firma con la primera",
        },
        Experiment::FailedDeletion => &ExperimentText {
            title: "Un borrado que falla",
            setup: "Se envía pegada con Path=/ y después pegada=; Max-Age=0, sin Path, desde /lab/cookies/experiment/…",
            question: "¿Sigue ahí?",
            options: &["no, está borrada", "sí, sigue ahí"],
            because: &[
                "El navegador la borró.",
                "Una cookie es su nombre, su dominio y su ruta. Sin Path, la ruta por defecto es la de la petición, /lab/cookies/experiment: eso es otra cookie. Para borrar hay que repetir Path y Domain.",
            ],
            rule: "RFC 6265bis §5.7 paso 23",
        },
        Experiment::PathShadow => &ExperimentText {
            title: "¿Cuál de las dos?",
            setup: "Se envían dos cookies quien: raiz con Path=/ y eco con Path=/lab/cookies/echo. Después se pide /lab/cookies/echo, y llegan las dos.",
            question: "¿Cuál lee el programa?",
            options: &["eco", "raiz", "depende de la biblioteca"],
            because: &[
                "Las dos bibliotecas leyeron la de la ruta más larga.",
                "Las dos bibliotecas leyeron la de la raíz.",
                "El navegador envía las dos, primero la de la ruta más larga, y la norma pide no fiarse del orden. cookie-parser se queda con la primera; tower-cookies, con la última.",
            ],
            rule: "RFC 6265bis §5.8.3 y §4.2.2",
        },
        Experiment::Oversize => &ExperimentText {
            title: "4097 bytes",
            setup: "Se envía la cookie grande: nombre y valor suman 4097 octetos.",
            question: "¿Qué hace el navegador?",
            options: &["la recorta", "la guarda entera", "la ignora sin avisar"],
            because: &[
                "Llegó recortada.",
                "Llegó entera: este navegador admite más que la norma.",
                "Con más de 4096 octetos se ignora la cookie entera, sin error en ninguna parte. Cuentan octetos, no letras: 1366 signos € ya son 4098.",
            ],
            rule: "RFC 6265bis §5.6 paso 5",
        },
        Experiment::Eviction => &ExperimentText {
            title: "La número 181",
            setup: "Se envían 181 cookies de golpe. Las que ya tenías (la de tu laboratorio, las de tus sesiones y las creadas en esta página) se vuelven a poner en la misma respuesta, y las 181 se recogen después.",
            question: "¿Cuántas quedan?",
            options: &[
                "las 181",
                "todas las que caben: se va solo lo que sobra",
                "bastantes menos: se van muchas de golpe",
                "ninguna",
            ],
            because: &[
                "Este navegador guardó las 181.",
                "El navegador devolvió 180 cookies en total: quitó solo lo que no cabía.",
                "Chromium admite 180 por sitio; al pasarse, baja de golpe a 150 y tira las que llevan más tiempo sin usarse. Las que llegan después vuelven a sumar. Así se puede expulsar hasta una cookie de sesión.",
                "No llegó ninguna: este navegador no las guardó, o algo las borró antes.",
            ],
            rule: "RFC 6265bis §5.7; Chromium cookie_monster.h",
        },
        Experiment::HostPrefix => &ExperimentText {
            title: "__Host- aquí",
            setup: "Se envía __Host-id con Secure y Path=/, a la dirección con la que has abierto esta página.",
            question: "¿La guarda tu navegador?",
            options: &["sí", "no"],
            because: &[
                "Cumple el prefijo y tu navegador da por segura esta conexión: https, o http en localhost. Prueba con la dirección de la red local del profesor.",
                "__Host- exige Secure, y Secure exige una conexión segura. Por http en una red local se rechaza; en localhost, Chrome y Firefox hacen una excepción.",
            ],
            rule: "RFC 6265bis §5.4 y §5.7",
        },
        Experiment::SecureHere => &ExperimentText {
            title: "Secure aquí",
            setup: "Se envía segura con Secure, a la dirección con la que has abierto esta página.",
            question: "¿La guarda tu navegador?",
            options: &["sí", "no"],
            because: &[
                "Tu navegador da por segura esta conexión. Por http solo pasa en localhost, 127.0.0.1 y *.localhost, y Safari ni ahí la envía.",
                "Por http a una dirección de la red local, Secure hace que el navegador la rechace sin avisar.",
            ],
            rule: "RFC 6265bis §5.7 paso 13",
        },
    }
}
