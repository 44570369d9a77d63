//! Español.

use super::{RedisConsoleText, time};
use crate::consoles::redis::Meaning;

pub(super) static TEXT: RedisConsoleText = RedisConsoleText { meaning };

#[expect(clippy::too_many_lines, reason = "one text for each meaning")]
fn meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::LineTooLong { most } => {
            format!("La línea pasa de {most} bytes y no se ha enviado.")
        }
        Meaning::TooManyTimes { most } => {
            format!("Aquí un comando se repite {most} veces como mucho; no se ha enviado.")
        }
        Meaning::LocalWord { word } => format!(
            "«{word}» es una orden del propio redis-cli: nunca llega al servidor, y aquí no hace falta."
        ),
        Meaning::EachLineAlone { command } => format!(
            "{command} cambia la conexión, y aquí cada línea usa una nueva: no tendría efecto en la siguiente."
        ),
        Meaning::Endless { command } => {
            format!("{command} responde sin fin, y esta consola espera una respuesta por línea.")
        }
        Meaning::NotHere { command } => format!(
            "{command} no se envía: este Redis es compartido, y aquí solo pasan los comandos que se quedan en tus claves."
        ),
        Meaning::Outside { option } => format!(
            "La opción {option} lleva fuera de tus claves, y este Redis es compartido: no se ha enviado."
        ),
        Meaning::TooMuch { most } => {
            format!("Ese número es demasiado grande para un Redis compartido: como mucho {most}.")
        }
        Meaning::KeysFull { most } => format!(
            "Tu laboratorio ya tiene {most} claves, las que caben aquí: el Redis es compartido. Borra alguna con DEL."
        ),
        Meaning::ValuesFull { most } => format!(
            "Esas claves ya ocupan más de {} KB, y este Redis es compartido. Borra algo antes de escribir más.",
            most / 1024
        ),
        Meaning::Late { seconds, paused: true } => format!("Sin respuesta en {seconds} s: tu Redis está en pausa (SIGSTOP). Reanúdalo y prueba de nuevo."),
        Meaning::Late { seconds, paused: false } => format!("Sin respuesta en {seconds} s, y la línea se corta aquí. Redis atiende los comandos de uno en uno: mientras dura uno lento, esperan todos."),
        Meaning::Down { reason } => format!("Redis no está en marcha ({reason}). Si es el tuyo, arráncalo y prueba de nuevo."),
        Meaning::Closed => "El servidor cerró la conexión en lugar de responder.".to_owned(),
        Meaning::Cut { bytes } => format!("La respuesta sigue: aquí se muestran los primeros {} KB.", bytes / 1024),
        Meaning::Quotes => "Falta cerrar una comilla, o hay algo pegado detrás de la comilla de cierre. No se ha enviado nada.".to_owned(),
        Meaning::BadTimes => "Un número delante de un comando lo repite, y tiene que ser 1 o más.".to_owned(),
        Meaning::Unknown { nearest: Some(nearest) } => format!("Ese comando no existe. ¿Querías {nearest}?"),
        Meaning::Unknown { nearest: None } => "Ese comando no existe. Con Tab ves los que hay.".to_owned(),
        Meaning::Usage { command, hint } => format!("Se escribe así: {command} {hint}").trim_end().to_owned(),
        Meaning::WrongType => "La clave guarda otro tipo de dato; TYPE te dice cuál. Una sesión es un string.".to_owned(),
        Meaning::NoPerm => "Tu usuario de Redis no tiene ese permiso (ACL): lo que toca archivos, red u otros procesos está cerrado.".to_owned(),
        Meaning::NotANumber => "Hace falta un número, y ahí no lo hay.".to_owned(),
        Meaning::OutOfMemory => "Memoria llena (maxmemory): Redis lee y borra, pero ya no escribe. Así tampoco se guardan sesiones.".to_owned(),
        Meaning::Busy => "Un script sigue en marcha y Redis no atiende a nadie más; SCRIPT KILL lo termina si aún no ha escrito.".to_owned(),
        Meaning::ShutDown { saved: Some(true) } => "Redis guardó sus datos y terminó. Sin él no hay sesiones de Redis hasta que lo arranques.".to_owned(),
        Meaning::ShutDown { saved: Some(false) } => "Redis terminó sin guardar: vuelve con lo que hubiera en disco de antes. Arráncalo y mira qué sesiones siguen.".to_owned(),
        Meaning::ShutDown { saved: None } => "Redis terminó. Si guardó antes lo decide su persistencia: arráncalo y mira qué sesiones siguen.".to_owned(),
        Meaning::LoggedOut { sessions: 1 } => "Era una sesión: la cookie sigue en el navegador, pero ya no lleva a nada. La próxima petición será anónima.".to_owned(),
        Meaning::LoggedOut { sessions } => {
            format!(
                "Eran {sessions} sesiones: sus cookies siguen, pero ya no llevan a nada. La próxima petición de cada una será anónima."
            )
        }
        Meaning::Deleted { keys: 1 } => "Una clave menos.".to_owned(),
        Meaning::Deleted { keys } => format!("{keys} claves menos."),
        Meaning::NothingDeleted => "No había nada que borrar: 0 claves.".to_owned(),
        Meaning::Flushed => "Todo borrado, también todas las sesiones de Redis: sus próximas peticiones serán anónimas.".to_owned(),
        Meaning::Forever { session: true } => "Un SET sin EX ni KEEPTTL tira el TTL: Redis ya no borrará este registro por sí solo, hasta que el Site lo guarde otra vez. Y el Site lee lo que acabas de escribir.".to_owned(),
        Meaning::Forever { session: false } => "Sin EX ni KEEPTTL la clave no caduca; si tenía un TTL, lo ha perdido.".to_owned(),
        Meaning::LivesFor { ms, session: true } => {
            format!(
                "El registro de la sesión es ahora este, y muere en {}.",
                time(*ms)
            )
        }
        Meaning::LivesFor { ms, session: false } => {
            format!("La clave muere sola en {}.", time(*ms))
        }
        Meaning::KeptTtl => "KEEPTTL: cambia el valor, y el TTL sigue como estaba.".to_owned(),
        Meaning::NotWritten { nx: true } => "No se escribió: NX pide que la clave no exista. Así nadie pisa una sesión con el mismo id.".to_owned(),
        Meaning::NotWritten { nx: false } => "No se escribió: XX pide que la clave exista. Así una sesión borrada no revive.".to_owned(),
        Meaning::NeverExpires { session: true } => "-1: existe y no caduca. Redis no borrará esta sesión por sí solo.".to_owned(),
        Meaning::NeverExpires { session: false } => "-1: la clave existe y no caduca.".to_owned(),
        Meaning::NoKey { session: true } => "-2: no hay tal clave. Esa sesión ya no existe: quien traiga su cookie entra como anónimo.".to_owned(),
        Meaning::NoKey { session: false } => "-2: no hay tal clave.".to_owned(),
        Meaning::Left { ms, session: true } => {
            format!(
                "A la sesión le quedan {}; después Redis la borra por sí solo, sin nadie que limpie.",
                time(*ms)
            )
        }
        Meaning::Left { ms, session: false } => {
            format!("Le quedan {}; después Redis la borra por sí solo.", time(*ms))
        }
        Meaning::WillExpire { session: true } => "El reloj del registro cambia; el de la cookie no. Cuando el registro muera, la siguiente petición será anónima.".to_owned(),
        Meaning::WillExpire { session: false } => "La clave tiene ahora un TTL.".to_owned(),
        Meaning::ExpiredAtOnce { session: true } => "Un plazo ya vencido borra en el acto: la próxima petición de esta sesión será anónima.".to_owned(),
        Meaning::ExpiredAtOnce { session: false } => "Un plazo ya vencido borra la clave en el acto.".to_owned(),
        Meaning::NotExpired => "0: no se cambió nada; no hay tal clave, o no se cumple la condición.".to_owned(),
        Meaning::Persisted { session: true } => "Sin TTL: Redis ya no borrará esta sesión por sí solo. Cuando el Site la guarde otra vez, tendrá uno nuevo.".to_owned(),
        Meaning::Persisted { session: false } => "Sin TTL: la clave ya no caduca.".to_owned(),
        Meaning::NotPersisted => "0: no había TTL que quitar, o no hay tal clave.".to_owned(),
        Meaning::Record => "Este JSON es todo lo que el Site sabe de la sesión; la cookie solo lleva el id.".to_owned(),
        Meaning::Nothing { session: true } => "(nil): esa sesión no existe. Quien traiga su cookie entra como anónimo.".to_owned(),
        Meaning::Nothing { session: false } => "(nil): no hay tal clave.".to_owned(),
        Meaning::KeysBlocks { scanned: false } => "KEYS mira todas las claves de una vez, y mientras Redis no atiende a nadie. En producción, SCAN.".to_owned(),
        Meaning::KeysBlocks { scanned: true } => "KEYS pararía a todos, y este Redis es compartido: aquí se recorre con SCAN, por pasos y solo en tus claves.".to_owned(),
        Meaning::ScanMore { end: true } => "Cursor \"0\": has llegado al final. SCAN va por pasos y no bloquea el servidor.".to_owned(),
        Meaning::ScanMore { end: false } => "Queda más: repite SCAN con ese cursor, hasta que vuelva \"0\".".to_owned(),
        Meaning::Exist { keys: 0 } => "0: ninguna existe.".to_owned(),
        Meaning::Exist { keys } => {
            format!("Existen {keys} de las nombradas; una repetida cuenta dos veces.")
        }
        Meaning::SessionType => "Una sesión es un string: JSON que el servidor escribe y lee entero.".to_owned(),
        Meaning::Size { lab: false } => "Claves de tu Redis; cada sesión es una.".to_owned(),
        Meaning::Size { lab: true } => "Solo se cuentan tus claves: el servidor es compartido y tiene más.".to_owned(),
        Meaning::Bytes => "Bytes en memoria, con lo que Redis añade a cada clave. Multiplica por tus usuarios.".to_owned(),
        Meaning::Encoding => "Cómo lo guarda Redis por dentro; cambia solo según el tamaño.".to_owned(),
        Meaning::SaveBlocks => "SAVE escribe dump.rdb en el propio proceso: hasta que acaba, no se atiende ni una sesión. BGSAVE no para.".to_owned(),
        Meaning::BackgroundSave => "Un proceso hijo (fork) escribe dump.rdb y Redis sigue atendiendo. Lo que cambie después no estará en esa copia.".to_owned(),
        Meaning::ConfigSave => "Cuándo hace Redis una copia solo: segundos y cambios. Vacío, nunca.".to_owned(),
        Meaning::ConfigAof => "«yes»: cada escritura va a un diario, y un crash pierde poco o nada. «no»: solo queda la última copia.".to_owned(),
        Meaning::ConfigPolicy => "Qué hace con la memoria llena: noeviction rechaza escribir; las allkeys-* olvidan claves, también sesiones.".to_owned(),
        Meaning::ConfigDir => "La carpeta donde escribe dump.rdb y el diario.".to_owned(),
        Meaning::InfoPersistence => "rdb_changes_since_last_save: los cambios que se perderían en un crash si solo hay copias RDB.".to_owned(),
    }
}
