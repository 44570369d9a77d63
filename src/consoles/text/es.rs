//! The consoles' page in Spanish.

use super::ConsoleText;
use crate::consoles::{bench::Tool, stories::Story};

/// Every text.
pub static TEXT: ConsoleText = ConsoleText {
    title: "Mira dentro: redis-cli y mongosh",
    lede: "Escribe lo que escribirías en redis-cli o en mongosh. Va al servidor de verdad, sobre tus propias sesiones, y la respuesta se imprime como la imprime la herramienta. Al lado, qué significa para una sesión.",
    description: "Dos consolas sobre tus propias sesiones: redis-cli y mongosh, con las respuestas exactas de las herramientas.",

    console: |tool| match tool {
        Tool::Redis => "Redis: redis-cli",
        Tool::Mongo => "MongoDB: mongosh",
    },
    serves: |name, version| format!("Responde {name} {version}"),
    your_own: "tu propio servidor: nadie más lo usa",
    not_yet_your_own: "el de toda la clase; con tu primera línea tienes uno propio, y tus claves se mudan a él",
    shared: "un servidor compartido: solo ves y tocas tus claves, y ninguna otra",
    documents_of_all: "el de toda la clase: solo ves y tocas tus documentos",
    silent: |reason| format!("No responde: {reason}"),
    missing: "No está instalado en este servidor.",
    start_again: "Arráncalo o reanúdalo en el laboratorio de fallos",
    starting: "Está arrancando, o duerme hasta la próxima línea.",

    line: |tool| match tool {
        Tool::Redis => "Línea para redis-cli",
        Tool::Mongo => "Línea para mongosh",
    },
    send: "Enviar",
    clear: "Limpiar",
    keys: "↑ y ↓ recorren lo que ya escribiste; Tab completa; Esc y Tab salen del campo.",
    screen: |tool| match tool {
        Tool::Redis => "Pantalla de redis-cli",
        Tool::Mongo => "Pantalla de mongosh",
    },
    empty: "Todavía no hay líneas. Prueba una de las de abajo.",
    from_the_labs: "enviada por tu laboratorio",
    left_out: |lines| {
        format!("… {lines} líneas más: esta página guarda los primeros 16 KB de cada respuesta.")
    },
    means: "Para la sesión:",
    copy: |tool| match tool {
        Tool::Redis => "Como orden de terminal con redis-cli",
        Tool::Mongo => "Como orden de terminal con mongosh",
    },
    no_address: |tool| match tool {
        Tool::Redis => {
            "Este Redis no tiene una dirección a la que llegue tu equipo: la orden vale para un Redis tuyo en el puerto 6379."
        }
        Tool::Mongo => {
            "Este MongoDB no tiene una dirección a la que llegue tu equipo: la orden vale para un MongoDB tuyo en el puerto 27017."
        }
    },
    spoken: |number, line, answer, meaning| {
        format!("Respuesta {number}. {line}: {answer} {meaning}")
    },
    says_nothing: "no se envió.",

    stories: |tool| match tool {
        Tool::Redis => "Líneas con historia: redis-cli",
        Tool::Mongo => "Líneas con historia: mongosh",
    },
    stories_hint: "Un clic las envía, en orden.",
    story: |story| match story {
        Story::Mine => "Tu sesión: búscala, léela, bórrala",
        Story::Dies => "Una clave que muere sola",
        Story::Loses => "Un SET a secas tira el TTL",
        Story::Types => "Los tipos, y el tipo equivocado",
        Story::Disk => "Lo que Redis escribe en disco",
        Story::Sweep => "El índice TTL y su barrido",
        Story::Way => "El camino hasta un documento",
        Story::Forged => "Un documento no es un login",
    },
    log_in_first: "Aún no tienes una sesión aquí. Entra primero en",
    the_lab: "el laboratorio de sesiones",

    limits_title: "Lo que estas consolas no son",
    limits: &[
        "Nada se evalúa como código: la línea de mongosh se analiza con un analizador propio que conoce las formas del curso. No hay variables, ni funciones, ni bucles.",
        "Una línea tiene dos segundos. Lo que tarda más se corta, y la página y los demás laboratorios siguen. Lo que un servidor compartido no atiende mientras tanto, no lo atiende para nadie.",
        "Las líneas que envían tus laboratorios se leen de la cinta; su respuesta se muestra resumida.",
        "Lo que llegaría a otro laboratorio no se envía, y la consola dice por qué.",
    ],
    without_js: "Sin JavaScript todo funciona; el historial con las flechas y Tab para completar, no.",
};
