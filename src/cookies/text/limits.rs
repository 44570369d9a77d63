//! What is known and what is not: the last card of the page.

/// English.
pub(super) const EN: &[&str] = &[
    "The server's column is the Cookie header of the request that brought this page. JavaScript's is document.cookie, read by your browser now.",
    "The rule is RFC 6265bis, written as a program in src/cookies/user_agent.rs and compared with Chromium by the tests. Firefox and Safari were not measured.",
    "What tower-cookies answers, tower-cookies answers. What cookie-parser answers is computed by src/cookies/cookie_parser.rs, and a test compares it with the one from npm.",
    "The rule here carries no public-suffix list: it takes a name without dots for one, so Domain=co.uk passes, which browsers refuse.",
];

/// Spanish.
pub(super) const ES: &[&str] = &[
    "La columna del servidor es la cabecera Cookie de la petición que trajo esta página. La de JavaScript es document.cookie, leído por tu navegador ahora.",
    "La norma es RFC 6265bis, escrita como programa en src/cookies/user_agent.rs y comparada con Chromium en las pruebas. Firefox y Safari no se han medido.",
    "Lo que responde tower-cookies lo responde tower-cookies. Lo que responde cookie-parser lo calcula src/cookies/cookie_parser.rs, y una prueba lo compara con el de npm.",
    "La norma no lleva aquí la lista de sufijos públicos: toma por uno cualquier nombre sin puntos, así que Domain=co.uk pasa, y los navegadores lo rechazan.",
];
