//! Español.

use super::{FailureText, SettingWords, menu_es::words};
use crate::{
    engines::view::Persistence,
    failures::menu::Group,
    sessions::{
        settings::{Balance, DeadCookie, Disk, Renewal, Sliding, Writes},
        verdict::Step,
    },
    stores::{StoreKind, listing::FileKind},
};

pub(super) static TEXT: FailureText = FailureText {
    title: "¿De qué muere una sesión?",
    lede: "Rompe una sola pieza, de verdad: un servidor, Redis, una clave, una cookie. Después mira qué almacén aún sabe quién eres.",
    description: "Mata servidores y Redis, cambia claves, borra registros, y mira qué sesiones sobreviven y por qué.",
    without_js: "Sin JavaScript todo funciona con formularios; recarga para ver lo nuevo. Las horas son UTC.",

    drawing: "Qué está dentro de qué",
    drawing_hint: "Lo que está dentro de una caja muere con ella. Cada caja tiene sus acciones.",
    browser: "Tu navegador",
    no_cookie: "sin cookie",
    balancer: "Balanceador",
    balance: |balance| match balance {
        Balance::A => "siempre al servidor A",
        Balance::B => "siempre al servidor B",
        Balance::Alternate => "por turnos, A y B",
    },
    dead_cookie: |dead_cookie| match dead_cookie {
        DeadCookie::Remove => "una cookie que el almacén no conoce se retira",
        DeadCookie::Keep => "una cookie que el almacén no conoce se queda",
    },
    server: |name| format!("Servidor {name}"),
    boot: |boot| format!("arranque n.º {boot}"),
    stopped: "Parado: aquí no responde nadie.",
    memory: "Memoria",
    memory_empty: "vacía",
    disk_of: |name| format!("Disco de {name}"),
    shared_disk: "Disco compartido",
    disk_empty: "sin archivos",
    files: |n| {
        if n == 1 {
            "1 archivo".to_owned()
        } else {
            format!("{n} archivos")
        }
    },
    sessions_held: |n| {
        if n == 1 {
            "1 sesión".to_owned()
        } else {
            format!("{n} sesiones")
        }
    },
    engine_up: |name, version, pid| {
        let program = format!("{name} {version}");
        let program = program.trim();
        match pid {
            Some(pid) => format!("{program} · pid {pid}"),
            None => program.to_owned(),
        }
    },
    engine_starting: "está arrancando…",
    engine_missing: "no está instalado",
    engine_down: |reason| format!("no responde: {}", crate::error::reason_es(reason)),
    everybodys_redis: "El de todos los laboratorios.",
    own_redis: "Solo tuyo: un proceso aparte, con poca memoria.",
    external_redis: "Externo: lo indica REDIS_URL.",
    own_redis_hint: "La primera acción que lo necesita arranca un redis-server solo para tu laboratorio, con poca memoria, y lleva allí tus claves. Así puedes matarlo sin molestar a nadie.",
    everybodys_mongo: "El de todos los laboratorios: solo lo para quien opera el playground.",
    just_changed: "acaba de cambiar",
    just_died: "acaba de perder algo",
    acts_of: |name| format!("Acciones: {name}"),
    start: "Arrancar",
    stop: "Parar",
    restart: "Reiniciar",
    kill: "Matar",
    redeploy: "Desplegar de nuevo",
    get_own_redis: "Arrancar mi propio Redis",
    redis_start: "Arrancar",
    redis_stop: "Detener (SIGTERM)",
    redis_crash: "Matar (SIGKILL)",
    redis_shutdown: "SHUTDOWN",
    redis_pause: "Congelar (SIGSTOP)",
    redis_resume: "Reanudar (SIGCONT)",
    redis_snapshot: "Tomar un snapshot (BGSAVE)",
    redis_empty: "Quitar el relleno",
    persistence: "Persistencia",
    persistence_name: |persistence| match persistence {
        Persistence::None => "nada en disco",
        Persistence::Rdb => "RDB (snapshots)",
        Persistence::Aof => "AOF (cada escritura)",
    },

    site: "Peticiones a los cuatro sitios",
    log_in: "Entrar en los cuatro",
    visit: "Contar una visita",
    log_out: "Salir",
    me: "¿Quién soy?",
    reset: "Empezar de cero",

    menu: "Elige un fallo",
    menu_hint: "Cada uno empieza igual: entras en los cuatro almacenes por el servidor A. Después pasa lo que dice, y se pregunta a los cuatro quién eres.",
    group: |group| match group {
        Group::Servers => "Servidores",
        Group::Redis => "Redis",
        Group::Cookie => "La cookie y su firma",
        Group::Record => "El registro, a espaldas del almacén",
        Group::Time => "El tiempo",
        Group::Together => "Dos peticiones a la vez",
    },
    failure: words,
    tried: "ya probado",
    what_is_done: "Qué se hace:",
    question: "Predice: después, ¿la sesión en cada almacén…?",
    run: "Hacerlo y preguntar",
    run_again: "Hacerlo otra vez",
    off_external: "Aquí no se puede: este Redis es externo (REDIS_URL) y en él hay datos de otras personas. No lo paramos ni lo llenamos.",
    waits: "Falta que termine su tiempo; entonces se pregunta.",
    ask_now: "Preguntar ahora",
    ask_again: "Volver a preguntar",
    deeds: "Lo que se hizo de verdad",
    no_deeds: "Aparte de las peticiones, no se hizo nada.",
    decided: "Lo decidió:",
    step: |step| match step {
        Step::Cookie => "la cookie: no llegó ningún id",
        Step::Seal => "la firma: no se aceptó",
        Step::Server => "el servidor: no estaba para responder",
        Step::Store => "el almacén: buscó el id y respondió",
        Step::Engine => "lo que hay detrás del almacén: no respondió o se negó",
    },
    why: "Por qué:",
    spoken: |title, outcomes| {
        let outcomes: Vec<_> = outcomes
            .iter()
            .map(|(store, outcome)| format!("{store}: {}", outcome.to_lowercase()))
            .collect();
        format!("{title}. Resultado: {}.", outcomes.join(", "))
    },

    clocks: "Los tres relojes",
    clocks_hint: "La cookie, el registro y quien limpia no terminan a la vez. El fin de la cookie se calcula con el Max-Age que se envió: el navegador no lo cuenta.",
    clock_cookie: "Cookie",
    clock_record: "Registro",
    clock_cleaner: "Limpieza",
    cleaner: |store| match store {
        StoreKind::Memory => "Nadie: lo caducado se queda hasta que alguien pregunte por ello.",
        StoreKind::File => "El reaper, en cada intervalo, o quien lea el archivo antes.",
        StoreKind::Redis => "El propio Redis, en ese mismo momento.",
        StoreKind::Mongo => "El índice TTL, con un barrido más o menos una vez por minuto.",
    },
    no_session: "Sin sesión.",
    session_cookie: "cookie de sesión: hasta que se cierre el navegador",
    cookie_gone: "el navegador ya no la envía",
    record_gone: "el registro ya no está",
    record_stays: "el registro sigue ahí",
    lies_expired: "su tiempo terminó, y sigue ahí",
    ends_in: "termina en",
    never_cleaned: "no tiene fin: nadie lo limpia",
    axis: |duration| format!("de 0 a {duration}"),
    move_ahead: "Adelantar 30 s",
    move_ahead_hint: "Ningún reloj se mueve: cada almacén le quita 30 s al registro con sus propias órdenes, y la cookie se envía otra vez con menos Max-Age. Una cookie de sesión no tiene fin que adelantar.",

    matrix: "La matriz",
    matrix_hint: "El último resultado de cada fallo. Una celda vacía lleva al experimento que la llena.",
    matrix_failure: "Fallo",
    not_tried: "sin probar",
    try_it: |title| format!("Probar: {title}"),
    you_said: "dijiste:",
    export: "Exportar:",
    export_markdown: "Markdown",
    export_csv: "CSV",
    export_picture: "Imagen SVG",

    inspectors: "Por dentro",
    inspectors_hint: "Lo que cada almacén guarda ahora de tu laboratorio, caducado o no. Puedes editarlo o borrarlo a sus espaldas. Mirar no se anota en la cinta; tocar, sí.",
    memory_of: |name| format!("Memoria del servidor {name}"),
    nothing_there: "No hay nada.",
    cannot_look: "Ahora no se puede mirar dentro.",
    is_expired: "caducado",
    is_valid: "vigente",
    file_mode: "Permisos",
    file_size: "Tamaño",
    file_age: "Última escritura",
    file_kind: |kind| match kind {
        FileKind::Session { .. } => "sesión",
        FileKind::Corrupt => "ilegible",
        FileKind::Temporary => "a medio escribir",
        FileKind::Other => "ajeno al almacén",
    },
    ago: |duration| format!("hace {duration}"),
    graveyard: "Cementerio",
    graveyard_hint: "Archivos en los que ya no vive ninguna sesión: caducados, ilegibles (.json.corrupt) o a medio escribir (.json.tmp).",
    reap: "Pasar el reaper",
    reap_hint: "Borra lo caducado y los .json.tmp, y aparta lo ilegible sin borrarlo.",
    clear_graveyard: "Borrar los .corrupt y los .tmp",
    redis_type: "Tipo",
    redis_memory: "Memoria",
    redis_state: "Estado:",
    redis_facts: |used, max, policy, evicted| {
        let used = used.div_ceil(1024);
        let max = if max == 0 {
            "sin límite".to_owned()
        } else {
            format!("de {} KB", max / 1024)
        };
        format!("{used} KB {max} · {policy} · evicted_keys: {evicted}")
    },
    redis_saved: |ago, changes| {
        format!("último snapshot (o arranque) {ago} · cambios desde entonces: {changes}")
    },
    no_ttl: "sin fin: no caduca",
    mongo_indexes: "Índices",
    mongo_filter: "La búsqueda pide el _id y además que expires sea posterior a ahora ($gt): por eso un documento caducado no vale aunque siga aquí.",
    mongo_passes: "pasa el filtro",
    mongo_filtered: "el filtro lo descarta",
    edit: |place| format!("Editar {place}"),
    edit_text: "Texto",
    save: "Guardar",
    delete: "Borrar",
    delete_of: |place| format!("Borrar {place}"),

    settings: "Ajustes",
    settings_hint: "Valen para tu laboratorio y se aplican sin reiniciar los servidores. Cada experimento pone los que necesita; los tiempos de 2 s y la forma de escribir solo valen para él, lo demás queda así.",
    apply: "Aplicar",
    cookie_max_age: SettingWords {
        label: "Duración de la cookie",
        express: "cookie.maxAge",
        tower: "una sola Expiry para cookie y registro. Aquí el laboratorio reescribe la cookie, en segundos; en Express van milisegundos. Vacío, es una cookie de sesión.",
    },
    ttl: SettingWords {
        label: "Duración del registro",
        express: "ttl",
        tower: "la misma Expiry que la cookie. En los almacenes de Express también son segundos, y no le hacen caso si hay cookie.maxAge.",
    },
    sliding: SettingWords {
        label: "Cuándo empieza de nuevo el tiempo",
        express: "rolling",
        tower: "Expiry::OnInactivity empieza de nuevo cuando se guarda algo, y leer no cuenta; con with_always_save(true), en cada petición; Expiry::AtDateTime, nunca.",
    },
    sliding_option: |sliding| match sliding {
        Sliding::Change => "en cada cambio",
        Sliding::Request => "en cada petición",
        Sliding::Fixed => "nunca: fin fijo",
    },
    resave: SettingWords {
        label: "Guardar aunque no cambie nada",
        express: "resave",
        tower: "solo guarda lo que cambió; con with_always_save(true) guarda siempre y reenvía la cookie. Aquí resave guarda el registro y no reenvía la cookie.",
    },
    save_uninitialized: SettingWords {
        label: "Sesión también para quien no tiene nada que guardar",
        express: "saveUninitialized",
        tower: "nunca guarda una sesión vacía. Aquí el sitio guarda visits: 0 en GET /me a quien llega sin sesión.",
    },
    secrets: SettingWords {
        label: "Claves de firma, separadas por comas",
        express: "secret",
        tower: "firma con una sola clave, y es opcional; express-session firma siempre. Aquí la primera firma y todas verifican; tres como mucho. Vacío, el id viaja sin firma.",
    },
    folder: SettingWords {
        label: "Carpeta en el disco",
        express: "path",
        tower: "no trae almacén de archivos; este es nuestro, y path es de session-file-store. Con otra carpeta, las sesiones de la anterior no se encuentran.",
    },
    retries: SettingWords {
        label: "Lecturas de más si el archivo no está",
        express: "retries",
        tower: "no existe. session-file-store repite 5 veces por defecto, con 50 a 100 ms entre lecturas, y eso tarda cada id desconocido. Aquí 0 por defecto y 5 como mucho, con 50 ms.",
    },
    reap_every: SettingWords {
        label: "Intervalo del reaper",
        express: "reapInterval",
        tower: "continuously_delete_expired, en los almacenes que saben hacerlo. En session-file-store son 3600 s por defecto; aquí, 60. Vacío, nunca.",
    },
    renewal: SettingWords {
        label: "Qué hace un inicio de sesión con el id que ya había",
        express: "req.session.regenerate",
        tower: "cycle_id cambia el id y conserva los datos; regenerate de Express los pierde. Si el id se queda, quien lo plantó antes también está dentro (session fixation).",
    },
    renewal_option: |renewal| match renewal {
        Renewal::Cycle => "id nuevo, mismos datos",
        Renewal::Regenerate => "sesión nueva y vacía",
        Renewal::Keep => "el mismo id: session fixation",
    },
    writes: SettingWords {
        label: "Cómo escriben los almacenes",
        express: "store.set",
        tower: "su MemoryStore hace upsert, como los almacenes de Express. Los nuestros comparan con lo que se leyó; si cambió, la petición se hace otra vez.",
    },
    writes_option: |writes| match writes {
        Writes::Compare => "comparar y repetir",
        Writes::Upsert => "upsert, sin mirar",
    },
    balance_setting: SettingWords {
        label: "A quién pregunta el balanceador",
        express: "—",
        tower: "tampoco decide esto. Por turnos, el balanceador se salta un servidor parado; con un servidor fijo, no.",
    },
    disk: SettingWords {
        label: "El disco de los servidores",
        express: "—",
        tower: "tampoco decide esto. Depende de si la carpeta está en el disco de cada servidor o en una unidad de red.",
    },
    disk_option: |disk| match disk {
        Disk::Separate => "uno por servidor",
        Disk::Shared => "uno para los dos",
    },
    dead_cookie_setting: SettingWords {
        label: "La cookie de una sesión que ya no está",
        express: "res.clearCookie",
        tower: "la retira del navegador. express-session la deja, también al salir, si nadie llama a res.clearCookie.",
    },
    seconds: "segundos",
    empty_is_none: "(se puede dejar vacío)",

    tape: "Lo que pasó de verdad",
    tape_hint: "El final de la cinta: peticiones, órdenes y señales con su respuesta, anotadas donde ocurrieron.",
    tape_empty: "Todavía no ha pasado nada.",
    limits_title: "Qué es un modelo aquí y qué es real",
    limits: &[
        "Los servidores A y B y el balanceador son un modelo: aplicaciones axum dentro del proceso del playground. Al morir sueltan de verdad su memoria y cortan lo que tenían dentro, pero ningún proceso recibe una señal.",
        "Las cookies, los archivos, las claves y los documentos son reales. Tu redis-server es un proceso aparte y recibe señales reales.",
        "El proceso de MongoDB es de todos: solo lo para quien opera el playground. SecantusDB puede hacer de mongod; el dibujo dice quién responde.",
        "Tu Redis usa AOF con appendfsync always: matarlo no pierde escrituras confirmadas. Lo que se pierde con everysec cuando la máquina se cae o el disco va cargado no se puede mostrar aquí cuando uno quiere.",
        "Adelantar el tiempo cambia cookies y registros, pero no mete prisa al barrido de MongoDB.",
        "Un experimento a la vez por laboratorio, y hasta 12 sesiones por almacén.",
    ],

    operator: "Quien opera el playground",
    operator_lede: "Esta página es de quien abre la dirección con la clave que se imprimió al arrancar. MongoDB es de todos los laboratorios: si lo paras, se para para todos.",
    operator_wrong_key: "Esa clave no es la de este arranque. Abre la dirección que se imprimió al arrancar el playground.",
    mongo_stop: "Parar MongoDB para todos",
    mongo_start: "Arrancar MongoDB",
    mongo_external: "MongoDB es externo (MONGODB_URL): desde aquí no se puede parar ni arrancar.",
};
