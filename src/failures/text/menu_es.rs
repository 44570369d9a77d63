//! El menú de fallos, en español.

use super::FailureWords;
use crate::failures::menu::{Failure, Safety};

/// The texts of an entry.
#[expect(clippy::too_many_lines, reason = "a table of texts")]
pub(super) const fn words(failure: Failure) -> &'static FailureWords {
    match failure {
        Failure::Restart => &FailureWords {
            title: "Reiniciar el servidor",
            does: "El servidor A termina lo que tiene entre manos, suelta su memoria y arranca otra vez.",
            because: "La memoria era un Map dentro del proceso y el nuevo empieza vacío. El archivo, la clave de Redis y el documento de MongoDB están fuera: el servidor nuevo los encuentra.",
        },
        Failure::Kill => &FailureWords {
            title: "Matar el servidor",
            does: "El servidor A muere donde está y arranca otra vez, como haría un gestor de procesos. Lo que estuviera dentro se queda sin respuesta (ECONNRESET).",
            because: "Lo que ya estaba guardado fuera no depende de cómo muere el servidor: se pierde lo mismo que en un reinicio, la memoria. El archivo se escribe aparte y se renombra entero, así que una muerte no lo deja a medias.",
        },
        Failure::Stop => &FailureWords {
            title: "Parar el servidor",
            does: "El servidor A se para y nadie contesta en su lugar hasta que alguien lo arranque. El balanceador sigue mandándole las peticiones.",
            because: "El balanceador responde 502 en los cuatro casos: a ningún almacén se le pregunta nada. Los registros de fuera siguen ahí; la memoria se ha perdido, aunque todavía no se note.",
        },
        Failure::Redeploy => &FailureWords {
            title: "Desplegar de nuevo",
            does: "El servidor A se cambia por un contenedor nuevo: otra memoria y, si el disco no es compartido, se borra la carpeta de sesiones (rm -r).",
            because: "El disco de un contenedor se va con él: memoria y archivo se pierden. Con disco compartido el archivo se conserva. Redis y MongoDB están fuera y no se enteran.",
        },
        Failure::OtherServer => &FailureWords {
            title: "Responde otro servidor",
            does: "Has entrado por el servidor A; el balanceador pasa a mandar todo al servidor B.",
            because: "B tiene su propio Map y su propio disco, y allí no hay nada tuyo; el archivo se conserva solo si el disco es compartido. Redis y MongoDB son los mismos para A y para B. No ha fallado nada: basta con tener dos servidores.",
        },
        Failure::RedisDown => &FailureWords {
            title: "Redis parado",
            does: "Tu redis-server recibe SIGTERM y se queda parado.",
            because: "El almacén no puede responder: 503. No es lo mismo que «no te conozco», y la cookie no se retira. Con connect-redis, node-redis encola las órdenes por defecto y la petición espera a que Redis vuelva. Los otros tres siguen.",
        },
        Failure::RedisCrash(Safety::None) => &FailureWords {
            title: "Redis muere (SIGKILL), sin persistencia",
            does: "Sin RDB ni AOF, tu redis-server recibe SIGKILL y arranca otra vez.",
            because: "Nada había ido al disco: el proceso nuevo empieza vacío, como la memoria de un servidor que se reinicia. Los otros tres siguen.",
        },
        Failure::RedisCrash(Safety::Rdb) => &FailureWords {
            title: "Redis muere (SIGKILL), con RDB",
            does: "Con las reglas de snapshot habituales, tu redis-server recibe SIGKILL y arranca otra vez. Desde el inicio de sesión no hubo snapshot.",
            because: "RDB solo guarda lo que había en el último snapshot, y SIGKILL no deja hacer otro: tu inicio de sesión es posterior y se pierde. «Redis persiste en disco» no basta como respuesta. Los otros tres siguen.",
        },
        Failure::RedisCrash(Safety::Snapshot) => &FailureWords {
            title: "Redis muere (SIGKILL), con snapshot",
            does: "Después de entrar se toma un snapshot (BGSAVE); luego tu redis-server recibe SIGKILL y arranca otra vez.",
            because: "La clave ya estaba en el snapshot y vuelve al arrancar, con su caducidad. Lo que se escribiera después del snapshot se habría perdido. Los otros tres siguen.",
        },
        Failure::RedisCrash(Safety::Aof) => &FailureWords {
            title: "Redis muere (SIGKILL), con AOF",
            does: "Con appendonly yes, tu redis-server recibe SIGKILL y arranca otra vez.",
            because: "Aquí va con appendfsync always: cada escritura llega al archivo AOF y al disco antes de su respuesta, así que matar el proceso no pierde nada confirmado. Con everysec, si el disco va cargado, Redis puede aplazar la escritura hasta 2 s, y una muerte en ese momento la pierde. Los otros tres siguen.",
        },
        Failure::RedisStop(Safety::None) => &FailureWords {
            title: "Redis se detiene (SIGTERM), sin persistencia",
            does: "Sin RDB ni AOF, tu redis-server recibe SIGTERM, como al detener un servicio, y arranca otra vez.",
            because: "Termina en orden, pero no tiene ninguna regla para guardar: sale sin escribir nada y vuelve vacío. Los otros tres siguen.",
        },
        Failure::RedisStop(Safety::Rdb | Safety::Snapshot) => &FailureWords {
            title: "Redis se detiene (SIGTERM), con RDB",
            does: "Con reglas de snapshot, tu redis-server recibe SIGTERM, como al detener un servicio, y arranca otra vez.",
            because: "Si hay alguna regla de snapshot, SIGTERM guarda uno antes de salir. Con las mismas reglas, SIGKILL no da tiempo: lo que decide es cómo se detuvo. Los otros tres siguen.",
        },
        Failure::RedisStop(Safety::Aof) => &FailureWords {
            title: "Redis se detiene (SIGTERM), con AOF",
            does: "Con appendonly yes, tu redis-server recibe SIGTERM, como al detener un servicio, y arranca otra vez.",
            because: "La escritura ya estaba en el AOF y se vuelve a leer al arrancar. Los otros tres siguen.",
        },
        Failure::RedisShutdown(Safety::None) => &FailureWords {
            title: "SHUTDOWN a Redis, sin persistencia",
            does: "Sin RDB ni AOF, tu redis-server recibe la orden SHUTDOWN y arranca otra vez.",
            because: "SHUTDOWN sin más solo guarda si hay alguna regla de snapshot; aquí no hay ninguna y vuelve vacío. SHUTDOWN SAVE sí habría guardado. Los otros tres siguen.",
        },
        Failure::RedisShutdown(Safety::Rdb | Safety::Snapshot) => &FailureWords {
            title: "SHUTDOWN a Redis, con RDB",
            does: "Con reglas de snapshot, tu redis-server recibe la orden SHUTDOWN y arranca otra vez.",
            because: "SHUTDOWN guarda un snapshot antes de salir, porque hay reglas. SHUTDOWN NOSAVE no lo habría hecho. Los otros tres siguen.",
        },
        Failure::RedisShutdown(Safety::Aof) => &FailureWords {
            title: "SHUTDOWN a Redis, con AOF",
            does: "Con appendonly yes, tu redis-server recibe la orden SHUTDOWN y arranca otra vez.",
            because: "La escritura ya estaba en el AOF y se vuelve a leer al arrancar. Los otros tres siguen.",
        },
        Failure::RedisPause => &FailureWords {
            title: "Redis congelado (SIGSTOP)",
            does: "Tu redis-server recibe SIGSTOP: el proceso existe, pero no contesta.",
            because: "El almacén espera hasta que se agota su tiempo y responde 503. Sin ese límite, la petición esperaría. No se ha perdido nada: al reanudarlo (SIGCONT) la sesión sigue ahí. Los otros tres siguen.",
        },
        Failure::RedisFull => &FailureWords {
            title: "Redis lleno: noeviction",
            does: "Tu Redis se llena hasta su maxmemory con la política noeviction. Se pregunta con GET /visit, que escribe.",
            because: "Redis lee la sesión, pero se niega a escribirla: OOM command not allowed when used memory > 'maxmemory'. La sesión existe y una página que solo lee funcionaría. Los otros tres cuentan la visita.",
        },
        Failure::RedisEvict => &FailureWords {
            title: "Redis lleno: allkeys-lru",
            does: "Tu Redis se llena con la política allkeys-lru hasta que expulsa la clave de tu sesión.",
            because: "Para hacer sitio, Redis tira las claves que llevan más tiempo sin usarse, aunque les quede TTL. No hay ningún error en ninguna parte: solo crece evicted_keys, y alguien aparece fuera de su sesión. Los otros tres siguen.",
        },
        Failure::RotateKey => &FailureWords {
            title: "Cambiar la clave de firma",
            does: "La clave que firma las cookies se cambia por otra; la vieja se olvida. Si no había ninguna, antes de entrar se pone una.",
            because: "La firma no vale con la clave nueva, y la cookie cuenta como si no hubiera llegado: a ningún almacén se le pregunta. Los cuatro registros siguen ahí, y nadie puede llegar a ellos. En Express, cambiar el único secret hace lo mismo.",
        },
        Failure::RotateKeyKeepOld => &FailureWords {
            title: "Clave nueva delante de la vieja",
            does: "Se pone una clave nueva delante de la vieja, como secret: [nueva, vieja] en Express. Si no había ninguna, antes de entrar se pone una.",
            because: "La primera firma y todas verifican: la cookie firmada con la vieja sigue valiendo. La vieja se puede quitar cuando ya no quede ninguna cookie firmada con ella.",
        },
        Failure::DeleteCookie => &FailureWords {
            title: "Borrar las cookies",
            does: "Las cuatro cookies de sesión se borran del navegador con Set-Cookie y Max-Age=0.",
            because: "Sin cookie no hay id, y a ningún almacén se le pregunta nada. Los registros siguen en su sitio, huérfanos, hasta que caduquen. Por eso borrar cookies no es cerrar sesión.",
        },
        Failure::DeleteFile => &FailureWords {
            title: "Borrar el archivo",
            does: "Se borra del disco el archivo de tu sesión (unlink).",
            because: "El id llega, pero el archivo no está. El almacén no distingue un archivo borrado de uno que nunca existió. Los otros tres siguen.",
        },
        Failure::CorruptFile => &FailureWords {
            title: "Estropear el archivo",
            does: "En el archivo de tu sesión se deja solo el principio del JSON.",
            because: "No se puede leer, así que no es una sesión. Nuestro almacén lo aparta como .json.corrupt para que alguien lo mire; session-file-store responde 500 una vez y lo borra. Los otros tres siguen.",
        },
        Failure::DeleteKey => &FailureWords {
            title: "Borrar la clave de Redis",
            does: "Se borra la clave de tu sesión (DEL).",
            because: "GET responde nil: lo mismo que si hubiera caducado o hubiera sido expulsada. Los otros tres siguen.",
        },
        Failure::DeleteDocument => &FailureWords {
            title: "Borrar el documento de MongoDB",
            does: "Se borra el documento de tu sesión (deleteOne).",
            because: "La búsqueda no encuentra nada. Así se cierra desde el servidor la sesión de otra persona: su cookie sigue en su navegador y ya no vale. Los otros tres siguen.",
        },
        Failure::Expire => &FailureWords {
            title: "Caducan la cookie y el registro",
            does: "Entras con 2 segundos de vida, en la cookie (Max-Age=2) y en el registro. Se pregunta cuando han pasado.",
            because: "El navegador ya no envía la cookie, así que decide ella. Si alguien la enviara a mano, ningún almacén daría el registro: también su tiempo ha terminado.",
        },
        Failure::CookieFirst => &FailureWords {
            title: "Caduca antes la cookie",
            does: "Entras con Max-Age=2; el registro conserva la duración de tus ajustes. Se pregunta cuando han pasado los 2 segundos.",
            because: "El navegador deja de enviar la cookie y el servidor ya no sabe quién eres. Los registros siguen vivos sin que su dueño pueda pedirlos; a quien hubiera copiado la cookie le seguirían valiendo.",
        },
        Failure::RecordFirst => &FailureWords {
            title: "Caduca antes el registro",
            does: "Entras con un ttl de 2 segundos; la cookie conserva la duración de tus ajustes. Se pregunta cuando han pasado los 2 segundos.",
            because: "La cookie llega y el almacén dice que no. Redis ya ha borrado la clave. El documento de MongoDB puede seguir ahí hasta el barrido, más o menos una vez por minuto: lo que te saca es el filtro de la búsqueda. El archivo y la entrada del Map se borran cuando alguien los lee, como ahora; el archivo, también cuando pasa el reaper.",
        },
        Failure::LogoutRace(false) => &FailureWords {
            title: "Salir durante una petición lenta: comparar",
            does: "Una petición lenta lee la sesión y espera; otra pestaña hace POST /logout; la lenta sigue y escribe. Se pregunta con la cookie de antes.",
            because: "Perdida es aquí lo correcto. Antes de escribir, el almacén compara con lo que se leyó: el registro ya no está, la escritura se rechaza y el logout vale.",
        },
        Failure::LogoutRace(true) => &FailureWords {
            title: "Salir durante una petición lenta: upsert",
            does: "Lo mismo, pero los almacenes escriben sin mirar. Una petición lenta lee la sesión y espera; otra pestaña hace POST /logout; la lenta sigue y escribe. Se pregunta con la cookie de antes.",
            because: "Conservada es aquí lo malo. La petición lenta vuelve a escribir el registro que el logout borró, y la cookie de antes vale otra vez. store.set de express-session es un upsert, y pasa en sus almacenes habituales.",
        },
        Failure::LostUpdate(false) => &FailureWords {
            title: "Dos visitas a la vez: comparar",
            does: "Dos peticiones leen el mismo número de visitas; cada una suma 1 y escribe.",
            because: "Conservada quiere decir que cuentan las dos visitas. La segunda escritura se rechaza, porque el registro ya no es el que se leyó, y su petición se hace otra vez.",
        },
        Failure::LostUpdate(true) => &FailureWords {
            title: "Dos visitas a la vez: upsert",
            does: "Lo mismo, pero los almacenes escriben sin mirar. Dos peticiones leen el mismo número de visitas; cada una suma 1 y escribe.",
            because: "Perdida quiere decir que falta una de las dos visitas; la sesión sigue. Las dos escriben el mismo número y la segunda tapa a la primera. Pasa igual con los almacenes habituales de Express.",
        },
    }
}
