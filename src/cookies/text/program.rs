//! The texts of the program card.

/// What the program card says, in one language.
pub struct ProgramText {
    /// Its title.
    pub title: &'static str,
    /// What the Express file is.
    pub express_hint: &'static str,
    /// What the axum file is, and which part of it answers.
    pub axum_hint: &'static str,
    /// Before the values that the form gives to the program.
    pub with_your_form: &'static str,
    /// That Express does not know a format of tower-cookies.
    pub sealed_apart: &'static str,
    /// The regions of both programs, in their order, and what they are called.
    pub regions: [(&'static str, &'static str); 4],
    /// Before what follows.
    pub changed_title: &'static str,
    /// What the class's notes say otherwise; and which regions of `end2end/express/notes.js` show it.
    pub changed: &'static [(&'static str, Option<&'static str>)],
    /// Before the lines of older notes.
    pub changed_then: &'static str,
    /// Before the lines of today.
    pub changed_today: &'static str,
}

/// English.
pub(super) const EN: ProgramText = ProgramText {
    title: "The program",
    express_hint: "end2end/express/cookies.js: the tests run this file and send it what is below.",
    axum_hint: "src/cookies/program.rs: it answers when you press Create. What a server should not send leaves without it. Read and Delete are run by the tests.",
    with_your_form: "With your form",
    sealed_apart: "Express does not have this format: it is tower-cookies'.",
    regions: [
        ("start", "Start"),
        ("set", "Set"),
        ("read", "Read"),
        ("delete", "Delete"),
    ],
    changed_title: "If your notes are of another version",
    changed: &[
        (
            "cookie-parser only reads. Setting and deleting are Express's: res.cookie and res.clearCookie.",
            None,
        ),
        (
            "A signed cookie does not listen for changes. The server computes the signature again at each request; if it does not fit, it reads false. The browser keeps the changed cookie.",
            None,
        ),
        (
            "Since 1.5.0 express-session reads its cookie without cookie-parser. With another secret in cookie-parser, a good session is false in req.signedCookies, and a cookie signed with that other secret opens the session too.",
            Some("session"),
        ),
        (
            "In Express 5, res.clearCookie ignores maxAge and expires; in Express 4 it set the cookie again with them.",
            Some("clear"),
        ),
    ],
    changed_then: "Older notes",
    changed_today: "Today",
};

/// Spanish.
pub(super) const ES: ProgramText = ProgramText {
    title: "El programa",
    express_hint: "end2end/express/cookies.js: las pruebas ejecutan este archivo y le envían lo que está debajo.",
    axum_hint: "src/cookies/program.rs: responde cuando pulsas Crear. Lo que un servidor no debe enviar sale sin él. Leer y Borrar se ejecutan en las pruebas.",
    with_your_form: "Con tu formulario",
    sealed_apart: "Express no tiene este formato: es de tower-cookies.",
    regions: [
        ("start", "Empezar"),
        ("set", "Crear"),
        ("read", "Leer"),
        ("delete", "Borrar"),
    ],
    changed_title: "Si tus apuntes son de otra versión",
    changed: &[
        (
            "cookie-parser solo lee. Crear y borrar son de Express: res.cookie y res.clearCookie.",
            None,
        ),
        (
            "Una cookie firmada no escucha si la alteran. El servidor calcula otra vez la firma en cada petición; si no coincide, lee false. El navegador conserva la cookie alterada.",
            None,
        ),
        (
            "Desde la versión 1.5.0, express-session lee su cookie sin cookie-parser. Con otro secreto en cookie-parser, una sesión buena es false en req.signedCookies, y una cookie firmada con ese otro secreto también abre la sesión.",
            Some("session"),
        ),
        (
            "En Express 5, res.clearCookie no hace caso de maxAge ni de expires; en Express 4, con ellos volvía a crear la cookie.",
            Some("clear"),
        ),
    ],
    changed_then: "Apuntes antiguos",
    changed_today: "Hoy",
};
