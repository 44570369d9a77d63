//! Español.

use super::SessionText;
use crate::{
    i18n::Locale,
    sessions::verdict::{Outcome, Prediction},
    stores::StoreKind,
};

pub(super) static TEXT: SessionText = SessionText {
    description: "Inicia sesión una vez, reinicia el servidor y mira qué almacén aún sabe quién eres.",

    title: "¿Quién te recuerda cuando el servidor muere?",
    lede: "El mismo inicio de sesión, guardado en cuatro sitios reales. Reinicia el servidor y mira qué almacén aún sabe quién eres.",
    steps: "Pasos del experimento",
    enter: "Entra",
    enter_hint: "en los cuatro a la vez",
    enter_done: |n| format!("con sesión en {n} de 4"),
    enter_all: "Entrar en los cuatro",
    predict: "Predice",
    predict_hint: "marca qué sobrevivirá",
    predicted: |done, all| format!("{done} de {all} marcados"),
    restart: "Reinicia",
    restart_hint: "el servidor, no el navegador",
    restarted: |boot| format!("arranque n.º {boot}"),
    restart_server: "Reiniciar",
    check: "Comprueba",
    check_hint: "y lee por qué",
    hits: |hits, of| format!("{hits} de {of} acertadas"),
    again: "Otra vez",
    step_done: "hecho",
    step_now: "ahora",

    with_all: "En los cuatro:",
    visit: "Contar una visita",
    add: |product| format!("Añadir {product}"),
    product: |name| match name {
        "pan" => "pan",
        "te" => "té",
        _ => "queso",
    },
    ask_again: "Volver a preguntar",
    reset: "Empezar de cero",

    browser: "Tu navegador",
    browser_hint: "sus cookies HttpOnly",
    server: "El servidor",
    server_hint: "un proceso",
    outside: "Fuera del servidor",
    remembers: "¿Te recuerda?",
    server_tag: |name, boot| format!("Servidor {name} · arranque n.º {boot}"),
    ram: "Memoria del proceso",
    ram_empty: "Vacía: ninguna sesión vive aquí.",
    ram_holds: "Un Map dentro del proceso:",
    died: |boot| format!("murió con el arranque n.º {boot} a las"),
    died_with_program: |boot| {
        format!("murió con el programa (arranque n.º {boot}); visto al volver, a las")
    },
    visits: |n| {
        if n == 1 {
            "1 visita".to_owned()
        } else {
            format!("{n} visitas")
        }
    },
    nobody: "nadie",
    asks_file: "lee el archivo",
    asks_redis: "pide la clave",
    asks_mongo: "busca el documento",
    asks_nothing: "sin cookie no hay nada que pedir",
    disk: "Disco",
    lives_inside: "Nada fuera: esta sesión vive dentro del servidor.",
    no_cookie: "El navegador no envía esta cookie.",
    cookie_left: "La cookie dura",
    record_left: "Al registro le quedan",
    over: "terminado",
    no_record: "Aquí no hay ninguna sesión tuya.",
    other_session: "otra sesión de tu laboratorio",
    managed: "gestionado",
    external: "externo",
    speaks_mongo: "protocolo MongoDB",
    starting: |store| format!("{} está arrancando…", store.label(Locale::Es)),
    away: |store, said| {
        format!(
            "{} no responde: {}",
            store.label(Locale::Es),
            crate::error::reason_es(said)
        )
    },
    away_managed: "El playground lo arrancó y lo vuelve a arrancar si su proceso termina.",
    away_external: |store| {
        let setting = if store == StoreKind::Redis {
            "REDIS_URL"
        } else {
            "MONGODB_URL"
        };
        format!("Revisa el servidor que indica {setting} y que esté en marcha.")
    },
    missing: |store| format!("{} no está instalado.", store.label(Locale::Es)),
    missing_hint: "Instálalo con",
    install_hint: "make engines",
    joins_by_itself: "Este carril se unirá solo en cuanto responda.",

    only_here: |store| format!("Solo en {}", store.label(Locale::Es)),
    log_in_as: |name| format!("Entrar como {name}"),
    log_out: "Salir",
    private_page: "Página privada",
    admin_page: "Página de admin",

    what_happens: |store| {
        format!(
            "Tras el reinicio, ¿la sesión en {}…?",
            store.label(Locale::Es)
        )
    },
    prediction: |prediction| match prediction {
        Prediction::Kept => "se conserva",
        Prediction::Lost => "se pierde",
        Prediction::Unsure => "no sé",
    },
    not_predicted: "nada",
    you_said: "Dijiste:",
    hit: "acertaste",
    miss: "no fue así",
    outcome: |outcome| match outcome {
        Outcome::Kept => "Conservada",
        Outcome::Lost => "Perdida",
        Outcome::Expired => "Caducada",
        Outcome::Refused => "Sin respuesta",
        Outcome::Unknown => "No se sabe",
    },
    why: |store, outcome| match (outcome, store) {
        (Outcome::Kept, StoreKind::Memory) => {
            "El servidor sigue siendo el mismo proceso: su memoria está intacta."
        }
        (Outcome::Kept, StoreKind::File) => {
            "El archivo seguía en su carpeta y el servidor lo volvió a leer."
        }
        (Outcome::Kept, StoreKind::Redis) => {
            "La clave está en otro proceso, al que el reinicio no toca."
        }
        (Outcome::Kept, StoreKind::Mongo) => {
            "El documento está en otro proceso, al que el reinicio no toca."
        }
        (Outcome::Lost, StoreKind::Memory) => {
            "El id llegó, pero la memoria nueva no lo conoce. La respuesta retiró la cookie."
        }
        (Outcome::Lost, _) => {
            "El id llegó, pero el almacén ya no lo conoce: el registro desapareció. La respuesta retiró la cookie."
        }
        (Outcome::Expired, _) => "El id llegó, pero el tiempo del registro había terminado.",
        (Outcome::Refused, _) => {
            "El almacén no pudo responder (503). No se sabe si la sesión sigue ahí."
        }
        (Outcome::Unknown, _) => {
            "No llegó ninguna cookie de una sesión de este laboratorio: no hay nada que comparar."
        }
    },
    waiting: "Entra primero: todavía no hay sesión que perder.",
    trace: "Cómo se sabe",
    trace_cookie: "Cookie enviada",
    trace_no_cookie: "El navegador no envió esta cookie",
    trace_command: "El almacén hizo",
    trace_no_command: "No se preguntó al almacén",
    trace_reply: "y la respuesta fue",
    trace_decision: "Veredicto",
    summary: |verdicts| {
        let lanes: Vec<_> = verdicts
            .iter()
            .map(|(store, outcome)| {
                format!(
                    "{}: {}",
                    store.label(Locale::Es),
                    (TEXT.outcome)(*outcome).to_lowercase()
                )
            })
            .collect();
        format!("Resultado. {}.", lanes.join(", "))
    },

    tape: "Lo que pasó de verdad",
    tape_hint: "Cada petición, cada orden a un almacén y su respuesta, anotadas donde ocurrieron. El dibujo mira los almacenes por su cuenta; esas miradas no se anotan.",
    tape_filter: "Mostrar",
    tape_all: "Todo",
    tape_empty: "Todavía no ha pasado nada. Entra y lo verás aquí.",
    server_named: |name| format!("servidor {name}"),
    servers: "servidores",
    event_restarted: |from, to, took, held| {
        format!(
            "reiniciado: arranque {from} → {to} en {took}; la memoria tenía {held} {}",
            if held == 1 { "sesión" } else { "sesiones" }
        )
    },
    event_revived: |boot, held| {
        format!(
            "el programa entero se detuvo y volvió: arranque {boot}; la memoria anterior tenía {held} {}",
            if held == 1 { "sesión" } else { "sesiones" }
        )
    },
    event_reset: "el laboratorio volvió a su comienzo",
    curl_of: |request| format!("curl de {request}"),
    copy: "Copiar",
    copied: "Copiado",
    curl_hint: "Funciona durante 10 minutos: el pase encuentra tu laboratorio sin mostrar su cookie.",

    site_title: "El sitio que acabas de usar",
    site_hint: "La misma aplicación corre cuatro veces, una por almacén. No sabe dónde viven sus sesiones. Este es su código, el que se ejecuta:",
    accounts: "Cuentas de demostración",
    account: "Cuenta",
    password: "Contraseña",
    role: "Rol",
    student: "estudiante",
    admin: "admin",
    source: "Código fuente de src/sessions/site.rs",
    model_title: "Qué es un modelo aquí y qué es real",
    model: "Las cookies están en tu navegador, los archivos en el disco y los registros en Redis y MongoDB: todo eso es real. El «servidor A» es una aplicación axum dentro del proceso del playground que hace de proceso aparte: reiniciarlo suelta sus cuatro sitios y su memoria y los construye de nuevo.",
    without_js: "Sin JavaScript todo funciona con formularios; recarga para ver lo nuevo. Las horas son UTC.",
};
