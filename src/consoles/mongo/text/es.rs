//! Español.

use super::{Meaning, MongoConsoleText, Why};

pub(super) static TEXT: MongoConsoleText = MongoConsoleText { meaning, why };

fn why(why: Why) -> &'static str {
    match why {
        Why::Pipeline => {
            "una tubería tiene etapas ($lookup, $out, $merge) que leen y escriben otras colecciones"
        }
        Why::Structure => "cambiaría la colección que comparte toda la clase",
        Why::Others => "no admite filtro: contaría lo de toda la clase o lo del servidor",
        Why::Loop => "necesita una función, y aquí no se ejecuta código",
        Why::OneByOne => "los documentos se añaden de uno en uno, con insertOne",
        Why::NotTaught => "el curso no lo usa",
    }
}

fn meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::TooLong { limit } => format!("La línea es demasiado larga: se leen hasta {limit} bytes. No se ha enviado nada."),
        Meaning::TooDeep => "Demasiados niveles unos dentro de otros. No se ha enviado nada.".to_owned(),
        Meaning::Unfinished => "A la línea le falta el final: cuenta los paréntesis, llaves y comillas. mongosh esperaría otra línea con «...».".to_owned(),
        Meaning::NotRun => "Esto puede ser JavaScript, pero aquí no se ejecuta código: solo se leen líneas como db.sessions.find({ … }).".to_owned(),
        Meaning::NoBrackets { method } => format!("Faltan los paréntesis: {method}(). Sin ellos nombras la función y no la llamas."),
        Meaning::NotHere { method, why } => format!("mongosh tiene {method}, esta consola no: {}.", self::why(*why)),
        Meaning::ServerCode { operator } => format!("{operator} ejecuta JavaScript dentro del servidor, que es de toda la clase. No se ha enviado."),
        Meaning::Hungry { operator } if operator == "$regex" => "Esa expresión regular puede tener ocupado al servidor de toda la clase durante horas. Usa una repetición como mucho, por ejemplo /^ana/.".to_owned(),
        Meaning::Hungry { operator } => format!("{operator} puede agotar la memoria o el tiempo del servidor de toda la clase. No se ha enviado."),
        Meaning::OtherDatabase { name } => format!("La base de datos {name} no es de tu laboratorio: solo se llega a la de las sesiones."),
        Meaning::OtherCollection { name, meant_sessions: true } => format!("La colección {name} no existe, y para MongoDB eso no es un error: está vacía. ¿Querías decir sessions?"),
        Meaning::OtherCollection { name, .. } => format!("Solo se llega a la colección sessions. Una que no existe, como quizá {name}, no es un error para MongoDB: está vacía."),
        Meaning::FilterIsNoObject => "El filtro tiene que ser un objeto: { _id: \"…\" }. Otra cosa la podría entender un servidor como «todos».".to_owned(),
        Meaning::DocumentIsNoObject => "Un documento es un objeto: { data: { … }, expires: ISODate(\"…\") }.".to_owned(),
        Meaning::ZeroByte => "El nombre de un campo no puede contener el byte cero.".to_owned(),
        Meaning::UnclearDate => "Esa forma de fecha no se lee aquí. Usa ISODate(\"2026-01-31T12:00:00Z\").".to_owned(),
        Meaning::LabIsFixed => "El campo lab dice de quién es el documento: no se puede cambiar, renombrar ni borrar.".to_owned(),
        Meaning::LabIsAnothers => "El campo lab dice de quién es el documento. No lo escribas: se añade el tuyo.".to_owned(),
        Meaning::IdNeedsLab { lab } => format!("Cada _id existe una sola vez en toda la colección, y la clase comparte una. Quítalo (MongoDB pone un ObjectId) o empiézalo con el nombre de tu laboratorio: \"{lab}…\"."),
        Meaning::Full { limit } => format!("Tu laboratorio ya tiene {limit} documentos. Borra algunos con deleteMany."),
        Meaning::PipelineUpdate => "Una actualización con una lista de etapas puede calcular cualquier campo, también lab. Usa { $set: { … } }.".to_owned(),
        Meaning::Upsert => "Con upsert la actualización crearía un documento. Para eso está insertOne.".to_owned(),
        Meaning::Options { method } => format!("Las opciones de {method} no se usan en el curso. Escríbelo sin ellas; en un cursor hay sort, limit, skip y projection."),
        Meaning::FarPlace => "Ese lugar está muy lejos del final de la lista: MongoDB rellenaría con null todo lo de en medio.".to_owned(),
        Meaning::NoCursor => "Aquí no queda ningún cursor abierto entre dos líneas. Para ver lo siguiente usa .skip(20).".to_owned(),
        Meaning::CutOff { seconds } => format!("Cortado: sin respuesta en {seconds} segundos. El resto de la página sigue respondiendo. Si era una escritura, mira si se llegó a hacer."),

        Meaning::NoSyntax => "Eso no es JavaScript: la flecha señala dónde dejó de entenderse. No se ha enviado nada.".to_owned(),
        Meaning::DotNeedsQuotes => "Un nombre con punto va entre comillas: { \"data.user\": \"ana\" }.".to_owned(),
        Meaning::CurlyQuotes => "Esas comillas son tipográficas (de un móvil o de un PDF). Usa \" o '.".to_owned(),
        Meaning::NoSuchMethod { nearest: Some(nearest), typed } => format!("{typed} no existe. ¿Querías decir {nearest}?"),
        Meaning::NoSuchMethod { typed, .. } => format!("{typed} no existe."),
        Meaning::NoSuchName { nearest: Some(nearest), typed } => format!("{typed} no es nada. ¿Querías decir {nearest}? Un texto va entre comillas."),
        Meaning::NoSuchName { typed, .. } => format!("{typed} no es nada. Si es un texto, va entre comillas; las líneas empiezan con db.sessions."),
        Meaning::NeedsOperator => "Falta el operador: { $set: { … } }. Sin él sería un documento nuevo entero, y la sesión perdería lo demás.".to_owned(),
        Meaning::IdIsTaken => "Ese _id ya existe y MongoDB no guarda dos iguales: así el almacén nunca da el mismo id a dos sesiones.".to_owned(),
        Meaning::ServerRefused => "El servidor lo ha rechazado; estas son sus palabras.".to_owned(),

        Meaning::Found { expired: 0 } => "Cada sesión es un documento: _id es el id que va en la cookie mongo.sid, data lo que la aplicación guarda, expires cuándo se acaba.".to_owned(),
        Meaning::Found { expired: 1 } => "Uno ya ha caducado y sigue ahí: el índice TTL borra más o menos una vez por minuto. Al almacén no le importa: en su filtro siempre pide expires > ahora.".to_owned(),
        Meaning::Found { expired } => format!("{expired} ya han caducado y siguen ahí: el índice TTL borra más o menos una vez por minuto. Al almacén no le importa: en su filtro siempre pide expires > ahora."),
        Meaning::FoundNone => "Ningún documento pasa ese filtro. mongosh no imprime nada: no es un error.".to_owned(),
        Meaning::NoSession => "null: es lo que ve el almacén con una cookie que no conoce. La petición es anónima.".to_owned(),
        Meaning::IdIsText => "El _id de una sesión es un texto: ponlo entre comillas. Para MongoDB, 1 y \"1\" son distintos, y un ObjectId también.".to_owned(),
        Meaning::DateIsNoText => "expires es una fecha y lo comparas con un texto: nunca coincide. Usa ISODate(\"…\").".to_owned(),
        Meaning::Counted => "También cuentan las sesiones caducadas que el índice TTL aún no ha borrado.".to_owned(),
        Meaning::Distinct => "Cada valor una vez, de todos los documentos que pasan el filtro.".to_owned(),
        Meaning::Indexes => "expires_1 es el índice TTL: con expireAfterSeconds: 0, MongoDB borra cada documento en su propia fecha expires, mirando más o menos una vez por minuto.".to_owned(),
        Meaning::Collections => "Todas las sesiones de este almacén están en sessions; connect-mongo usa el mismo nombre.".to_owned(),
        Meaning::Inserted => "Un documento no es un inicio de sesión: ningún navegador tiene su _id en una cookie.".to_owned(),
        Meaning::InsertedForever => "Su expires no es una fecha: el índice TTL no lo borrará nunca, y el almacén no lo acepta como sesión.".to_owned(),
        Meaning::InsertedSession { id } => format!("Para el almacén esto es una sesión. Ningún navegador la tiene; pero a quien mande la cookie mongo.sid={id} le creerá lo que dice data."),
        Meaning::UpdatedNone => "Ningún documento pasa el filtro: no ha cambiado nada, y no es un error.".to_owned(),
        Meaning::UpdatedSame => "Ya estaba así: no ha cambiado nada.".to_owned(),
        Meaning::UpdatedData => "La próxima petición con esa cookie lo verá: el almacén lee el documento cada vez.".to_owned(),
        Meaning::UpdatedToPast => "La sesión se ha acabado ya: la próxima petición es anónima. El documento sigue ahí hasta que pase el índice TTL.".to_owned(),
        Meaning::UpdatedToFuture => "La sesión vive hasta esa fecha en el almacén. La cookie del navegador tiene su propia caducidad.".to_owned(),
        Meaning::UpdatedToText => "expires ya no es una fecha: el índice TTL no lo borrará nunca, y para el almacén ya no es una sesión: la próxima petición es anónima.".to_owned(),
        Meaning::Deleted { count: 1 } => "Si era una sesión, se ha acabado: la próxima petición con su cookie es anónima. Así se cierra la sesión de otro.".to_owned(),
        Meaning::Deleted { count } => format!("{count} documentos menos: las próximas peticiones con esas cookies son anónimas."),
        Meaning::DeletedNone => "Ningún documento pasa el filtro: no se ha borrado nada, y no es un error.".to_owned(),
        Meaning::Scans => "COLLSCAN: el servidor recorre la colección entera. El filtro que ves es el que se envió: el tuyo, más el lab que te separa de los demás.".to_owned(),
        Meaning::ScansForTheLab => "COLLSCAN, aunque pides un _id: tu lab va como segunda condición, y con ella este servidor recorre la colección entera. Con el _id solo usaría su índice.".to_owned(),
        Meaning::ByIndex => "Sin COLLSCAN: lo encuentra por un índice. Por _id cada visita cuesta lo mismo aunque haya millones de sesiones.".to_owned(),
    }
}
