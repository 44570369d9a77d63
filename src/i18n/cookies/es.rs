//! Español.

use super::{
    CookieText, experiments_es::experiment, findings_es::finding, forging_es, limits, program,
};
use crate::cookies::{
    bench::Why,
    forge::Act,
    jar::{AttributeName, Difference, Missing, Note, Rejection, SameSite},
    order::{Lifetime, Unit},
    seal::{Seal, StepKind, Unreadable},
};

/// Every text in Spanish.
pub static TEXT: CookieText = CookieText {
    title: "Una cookie, tres miradas",
    lede: "Crea una cookie de verdad. Mira qué ve JavaScript, qué recibe el servidor y qué dice el sello. Después intenta falsificarla.",
    description: "Crea cookies de verdad, mira qué hace el navegador con ellas e intenta falsificarlas.",

    experiments: "Experimentos",
    experiment,
    predict_and_run: "Predecir y probar",
    run_again: "Probar otra vez",
    you_said: "Dijiste:",
    it_came_out: "Salió:",
    hit: "acertaste",
    miss: "no era eso",
    pending: "Todavía no se sabe: espera unos segundos.",
    unclear: "No se puede saber: otra cookie está en medio. Bórrala o empieza de cero, y prueba otra vez.",
    pending_script: "Falta que un script lo intente. Necesita JavaScript.",
    left_of_crowd: |left, of| format!("De las {of} enviadas, el navegador devolvió {left}."),
    stolen: |loot| {
        if loot.is_empty() {
            "El script leyó document.cookie y no encontró nada.".to_owned()
        } else {
            format!("El script leyó document.cookie y se llevó: {loot}")
        }
    },

    set: "Crea",
    name: "Nombre",
    value: "Valor",
    seal_label: "Sello",
    seal: |seal| match seal {
        Seal::Plain => "Sin sello",
        Seal::Express => "Firmada, formato Express",
        Seal::Signed => "Firmada, formato tower-cookies",
        Seal::Private => "Cifrada, formato tower-cookies",
    },
    lifetime: "Duración",
    unit_label: "Unidad",
    unit: |unit| match unit {
        Unit::Ms => "maxAge de Express, en ms",
        Unit::Seconds => "Max-Age, en segundos",
        Unit::Expires => "Expires, una fecha",
        Unit::Session => "ninguna: de sesión",
    },
    same_site_unset: "sin indicar",
    domain_hint: "solo este servidor",
    create: "Crear",
    anyway: "Enviar tal cual",
    anyway_hint: "«Enviar tal cual» manda lo que has escrito aunque esté mal, para que veas qué hace el navegador.",
    look_first: "Revisar",
    all_well: "Nada que objetar: un servidor puede enviarla así.",
    would_send: "Se enviará",
    would_differ: "Se cifra de nuevo cada vez: lo que se envíe tendrá otros bytes, tantos como estos.",
    by_hand: "Escribir la línea a mano",
    by_hand_hint: "Lo que escribas llega tal cual, sin revisar: atributos inventados, repetidos o en otro orden.",
    by_hand_label: "Valor de Set-Cookie",
    send_line: "Enviar la línea",
    lasting: |lifetime, typed, unit| {
        match (lifetime, unit) {
        (Lifetime::Session, _) => "Sin duración es una cookie de sesión: vive hasta que se cierra el navegador, no «hasta que se elimine».".to_owned(),
        (Lifetime::MaxAge { seconds }, Unit::Ms) => format!("{typed} ms son Max-Age={seconds}: la cabecera cuenta segundos y Express quita los decimales."),
        (Lifetime::MaxAge { seconds }, _) => format!("Max-Age={seconds} son segundos; en Express sería maxAge: {}.", seconds.saturating_mul(1000)),
        (Lifetime::Expires { .. }, _) => "Expires es un momento fijo, según el reloj del navegador. Si también hay Max-Age, gana Max-Age.".to_owned(),
        (Lifetime::Unreadable, Unit::Expires) => "Eso no es una fecha que un navegador entienda.".to_owned(),
        (Lifetime::Unreadable, _) => "Eso no es un número entero.".to_owned(),
    }
    },
    over_at_once: "Ya ha pasado: al llegar se borra en el acto.",
    capped: "Son más de 400 días: el navegador lo recorta a 400 (RFC 6265bis §5.5).",
    finding,

    program: &program::ES,

    sent_title: "Lo que se envió, lo que dice la norma y lo que hizo tu navegador",
    nothing_sent: "Todavía no has enviado nada. Crea una cookie y aquí verás su Set-Cookie byte a byte.",
    col_sent: "Se envió",
    col_predicted: "La norma dice",
    col_did: "Tu navegador",
    part_name: "El nombre.",
    part_plain_value: "El valor, tal cual: cualquiera lo lee y lo cambia.",
    part_express_value: "s%3A avisa de que va firmada; detrás, el valor, que se lee a simple vista.",
    part_signed_value: "El valor, que se lee a simple vista.",
    part_signature: "La firma: HMAC-SHA256 del valor, en base64. El nombre no entra.",
    part_encrypted: "Cifrado con AES-256-GCM: sin la clave no se lee, y el nombre va dentro de lo que se comprueba.",
    part_attribute: |attribute| match attribute {
        AttributeName::MaxAge => {
            "Segundos de vida desde que llega. Con 0 o menos se borra. Gana a Expires."
        }
        AttributeName::Expires => "El momento en que caduca. Con uno pasado se borra.",
        AttributeName::Domain => {
            "También la reciben los subdominios. Con un dominio que no es el nuestro se rechaza."
        }
        AttributeName::Path => {
            "Solo se envía a esta ruta y a las de debajo. No protege: cualquiera puede crearla desde otra."
        }
        AttributeName::Secure => {
            "Solo viaja por https; en localhost, Chrome y Firefox hacen una excepción."
        }
        AttributeName::HttpOnly => "JavaScript no la ve. Sigue viajando en cada petición.",
        AttributeName::SameSite => "Cuándo la envía una petición que nace en otro sitio.",
        AttributeName::Partitioned => "Un tarro aparte por cada sitio que nos incruste.",
        AttributeName::Other => "Ningún navegador conoce este atributo: se ignora.",
    },
    absent_lifetime: "Sin Max-Age ni Expires: cookie de sesión, se va al cerrar el navegador.",
    absent_domain: "Sin Domain: solo la recibe este mismo servidor, no sus subdominios.",
    absent_path: |path| {
        format!("Sin Path que valga: se usa la ruta de la petición hasta la última barra, {path}")
    },
    stored: "se guarda",
    deletes: "borra la que haya igual",
    rejected: "se rechaza",
    rejection: |rejection| match rejection {
        Rejection::Empty => "no tiene nombre ni valor".to_owned(),
        Rejection::ControlCharacter => "lleva un carácter de control".to_owned(),
        Rejection::TooLarge { octets } => {
            format!("nombre y valor suman {octets} octetos; el máximo son 4096")
        }
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
        Rejection::NamelessPrefix => "no tiene nombre y su valor imita un prefijo".to_owned(),
        Rejection::OverSecureCookie => {
            "taparía una cookie Secure desde una conexión que no es segura".to_owned()
        }
    },
    note: |note| match note {
        Note::Expired => "Llega caducada: no se guarda, y borra la que haya igual.".to_owned(),
        Note::AgeCapped { .. } => "Se recorta a 400 días.".to_owned(),
        Note::MaxAgeIgnored => "Max-Age no es un número entero: se ignora.".to_owned(),
        Note::ExpiresIgnored => "Expires no es una fecha reconocible: se ignora.".to_owned(),
        Note::MaxAgeOverExpires => "Hay Max-Age y Expires: manda Max-Age.".to_owned(),
        Note::PathDefaulted => {
            "Sin un Path que empiece por «/» se usa la ruta por defecto.".to_owned()
        }
        Note::DomainIgnored => "Domain vacío: como si no estuviera.".to_owned(),
        Note::AttributeTooLong { name } => format!("{name} pasa de 1024 octetos: se ignora."),
        Note::SameSiteDefault => {
            "SameSite con un valor desconocido: cuenta como no indicado.".to_owned()
        }
        Note::UnknownAttribute { name } => format!("{name}: atributo desconocido, se ignora."),
        Note::NoEquals => "Sin «=» no hay nombre: todo es valor.".to_owned(),
    },
    flags: "Marcas",
    lives: "Vive",
    until_closed: "hasta cerrar el navegador",
    until: "hasta",
    host_only: |host| format!("solo {host}"),
    subdomains: |host| format!("{host} y sus subdominios"),
    did_send: "La envió en la siguiente petición.",
    did_not_send: "No la envió en la siguiente petición.",
    did_not_ask: "Nadie ha pedido nada donde le toca viajar.",
    not_yet: "Aún no ha habido otra petición.",
    agrees: "como dice la norma",
    agrees_as_far: "como dice la norma, hasta donde se ve en una petición",
    differs: "distinto de la norma",
    differences: "Dónde Chromium se aparta de la norma",
    difference: |difference| match difference {
        Difference::TabInside => {
            "Chromium tira las cookies con un tabulador dentro; la norma las guarda."
        }
        Difference::PlusBeforeMaxAge => "Chromium acepta Max-Age=+60; la norma lo ignora.",
        Difference::NamelessWithEquals => {
            "Chromium tira las cookies sin nombre cuyo valor lleva «=»; la norma las guarda."
        }
        Difference::Nul => {
            "Chromium descarta la respuesta entera si hay un NUL; la norma solo la cookie."
        }
        Difference::OrderAfterNewValue => {
            "Chromium pone al final la cookie que recibe un valor nuevo; la norma le deja su sitio."
        }
        Difference::LaterLifetimeUnreadable => {
            "Chromium solo mira la última duración, aunque no se entienda; la norma se queda con la última que se entiende."
        }
        Difference::OddDate => {
            "Chromium y la norma no leen igual las fechas raras: años anteriores a 1601 o números con letras pegadas."
        }
        Difference::OddDomain => {
            "Chromium y la norma no tratan igual un Domain que es una dirección o un solo punto."
        }
    },
    unexplained: "No sabemos por qué. ¿Una extensión, un ajuste del navegador, otra pestaña?",
    store_says: "cookieStore dice",
    store_differs: "no es lo que dice la norma",

    jar_title: "Tu tarro de cookies",
    jar_hint: "Una fila, una cookie. La que se va se queda tachada y dice por qué.",
    jar_empty: "El navegador no nos envía ninguna cookie tuya. Crea una arriba.",
    raw_header: "La cabecera que llegó con esta página",
    no_header: "Sin cabecera Cookie.",
    lab_left_out: "La cookie del propio playground no se muestra.",
    col_cookie: "Cookie",
    col_left: "Le queda",
    col_js: "Lo que ve JavaScript",
    col_server: "Lo que recibe el servidor",
    col_seal: "Lo que dice el sello",
    col_act: "Haz algo",
    js_waits: "lo dirá JavaScript",
    js_http_only: "nada: es HttpOnly",
    js_elsewhere: "nada: es de otra ruta",
    js_not_there: "nada",
    not_set_here: "no se creó en este laboratorio",
    elsewhere: |path| format!("no viene a esta página: es de {path}"),
    elsewhere_seen: |path| format!("no viene a esta página; a {path} sí llegó"),
    held_back: "el navegador la retuvo: es SameSite=Strict y llegaste desde otro sitio",
    missing: "debía venir y no vino: borrada o perdida fuera de aquí",
    missing_session: "se cerró el navegador, o se borró fuera de aquí",
    why: |why| match why {
        Why::Expired => "caducó".to_owned(),
        Why::Deleted => "borrada".to_owned(),
        Why::Replaced => "sustituida: la misma cookie con otro valor".to_owned(),
        Why::Evicted => "expulsada para hacer sitio".to_owned(),
        Why::Rejected(rejection) => format!(
            "rechazada: {} ({})",
            (TEXT.rejection)(rejection),
            TEXT.source(rejection)
        ),
    },
    step_of_rule: "paso",
    stopped: |why| match why {
        Why::Rejected(_) => "nunca llegó",
        Why::Replaced => "ahora llega otro valor",
        _ => "el navegador dejó de enviarla",
    },
    nameless: "(sin nombre)",
    plain: "sin sello",
    valid: "Válida",
    old_key: "con una clave anterior",
    wrong_key: "Sellada con una clave retirada",
    forged: "Falsificada",
    unreadable: |reason| match reason {
        Unreadable::NoPrefix => "No hay sello: no empieza por s:",
        Unreadable::NoDot => "Ilegible: falta el punto antes de la firma",
        Unreadable::NotBase64 => "Ilegible: no es base64",
        Unreadable::TooShort => "Ilegible: demasiado corta",
        Unreadable::NotUtf8 => "Ilegible: lo de dentro no es texto",
        Unreadable::OtherName => "tower-cookies la lee con otro nombre",
    },
    tamper: |name| format!("Manipular {name}"),
    tamper_short: "Manipular",
    act: |act| match act {
        Act::ReadWithoutKey => "Leer sin ninguna clave",
        Act::ChangeCharacter => "Cambiar un carácter del valor",
        Act::ChangeSignature => "Cambiar la firma",
        Act::StripPrefix => "Quitar el prefijo s:",
        Act::Move => "Usar el valor con otro nombre",
        Act::Replay => "Repetir un valor sellado antes",
        Act::DeleteWrongPath => "Borrar con otro Path",
        Act::DeleteWithoutSecure => "Borrar sin Secure",
        Act::Delete => "Borrar bien",
        Act::RotateAndKeep => "Rotar la clave y conservar la vieja",
        Act::RotateAndDrop => "Rotar la clave y olvidar la vieja",
        Act::Restore => "Volver a la primera clave",
    },
    edited_note: "Es HttpOnly: la página no puede cambiarla, así que se edita la petición, como haría alguien con curl.",
    put_back: "Volver a ponerla",
    reset: "Empezar de cero",

    forged_title: "Qué pasó",
    before: "Antes",
    after: "Después",
    edited_header: "Petición editada (la cookie de tu navegador no ha cambiado). El servidor responde como si hubiera llegado así:",
    jar_changed: "El valor nuevo está en tu navegador: llegó con esta página.",
    no_key_needed: |value| format!("Sin ninguna clave se lee: {value}"),
    nothing_readable: "Sin la clave no se lee nada.",
    came_at: |path| format!("El valor llegó al pedir {path}, adonde pertenece."),
    did_not_come: "El valor no llegó con esta página.",
    still_sent: "El navegador la sigue enviando.",
    no_longer_sent: "El navegador ya no la envía.",
    set_at: "Creada",
    ago: forging_es::ago,
    nothing_sealed: "No llegó ninguna cookie sellada: crea una y mira qué dice su sello.",
    computed: "lo calcula cookie_parser.rs; una prueba lo compara con el de npm",
    what_came: "qué pasó ↓",
    signed_is_readable: "Firmar no esconde: sin clave nadie puede comprobarla, pero cualquiera la lee.",
    encrypted_is_not: "Está cifrada: sin la clave solo hay bytes.",
    moral: forging_es::moral,

    keys_title: "Las claves de tu laboratorio",
    keys_hint: "La primera sella; las que no están tachadas abren. De una tachada solo se acuerda este laboratorio: para un servidor, lo que ella selló es tan falso como lo demás. Son de juguete y se enseñan a propósito: una clave de verdad no se ve nunca.",
    key_seals: "sella y abre",
    key_opens: "solo abre",
    key_retired: "retirada",
    rotate_keep: "Rotar y conservar la vieja",
    rotate_drop: "Rotar y olvidar la vieja",
    keys_restore: "Volver a la primera",

    seal_title: "Sella",
    seal_hint: "Entra un valor y una clave, salen bytes. Cada paso a la vista.",
    check_title: "Comprueba",
    check_hint: "Entra lo que llegó en la cabecera. Aquí nada se vuelve a firmar.",
    key: "Clave",
    cookie: "Cookie",
    format: "Formato",
    do_seal: "Sellar",
    do_check: "Comprobar",
    step: |step| match step {
        StepKind::Value => "valor",
        StepKind::Key => "clave",
        StepKind::Message => "se firma",
        StepKind::Plaintext => "se cifra",
        StepKind::Digest => "HMAC-SHA256",
        StepKind::Base64 => "base64",
        StepKind::Nonce => "nonce al azar",
        StepKind::Ciphertext => "cifrado",
        StepKind::Tag => "etiqueta",
        StepKind::AssociatedData => "se comprueba además",
        StepKind::Cookie => "la cookie",
        StepKind::Encoded => "como viaja",
        StepKind::Decoded => "descodificada",
        StepKind::Received => "firma recibida",
        StepKind::Computed => "firma calculada",
        StepKind::Opened => "lo de dentro",
        StepKind::Failed => "falla aquí",
    },
    name_for_private: "El nombre solo cuenta en la cifrada.",

    same_site: |same_site| match same_site {
        SameSite::Unset => "sin indicar; Chrome la trata como Lax",
        SameSite::Lax => "Lax",
        SameSite::Strict => "Strict",
        SameSite::None => "None",
    },
    without_js: "Sin JavaScript la página funciona con formularios; recarga para ver lo que cambia con el tiempo. Las horas son UTC.",
    limits_title: "Qué se sabe y qué no",
    limits: limits::ES,
};
