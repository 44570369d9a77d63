// Cookies with Express: written, read and deleted.
// #region start
import cookieParser from 'cookie-parser';
import express from 'express';

export function program({ secrets }) {
  const app = express();
  app.use(express.urlencoded());
  // It only reads. The first secret signs new cookies,
  // the others still open old ones.
  app.use(cookieParser(secrets));
  // #endregion

  // #region set
  app.post('/set', (req, res) => {
    const form = req.body;
    res.cookie(form.name, form.value, {
      signed: form.signed === 'true',
      // Milliseconds; the header says seconds.
      maxAge: number(form.maxAge),
      // If there is a maxAge, that wins.
      expires: date(form.expires),
      // "/" unless given; none if empty.
      path: form.path,
      domain: form.domain,
      httpOnly: form.httpOnly === 'true',
      secure: form.secure === 'true',
      // "strict", "lax" or "none"
      sameSite: form.sameSite,
      partitioned: form.partitioned === 'true',
    });
    res.sendStatus(204);
  });
  // #endregion

  // #region read
  app.get('/read', (req, res) => {
    // A wrong signature reads as false. Never fall back
    // to req.cookies: anyone can write those.
    const { cookies, signedCookies } = req;
    res.json({ cookies, signedCookies });
  });
  // #endregion

  // #region delete
  app.post('/delete', (req, res) => {
    const form = req.body;
    // It must name the same cookie: name, domain, path
    // and partition. Browsers refuse a line without
    // Secure if the name starts with __Host- or
    // __Secure-, or if SameSite is None.
    res.clearCookie(form.name, {
      path: form.path,
      domain: form.domain,
      secure: form.secure === 'true',
      sameSite: form.sameSite,
      partitioned: form.partitioned === 'true',
    });
    res.sendStatus(204);
  });
  // #endregion

  // What Express refuses, in its own words: a bad name, maxAge, domain, …
  app.use((error, req, res, _next) => {
    res.status(400).type('text').send(error.message);
  });
  return app;
}

/** A field of a form; none if it is empty. */
function number(text) {
  return text ? Number(text) : undefined;
}

/** The same for an HTTP date. */
function date(text) {
  return text ? new Date(text) : undefined;
}

if (process.argv[1] === import.meta.filename) {
  const { PORT = '3001', SECRETS = 'nueva,vieja' } = process.env;
  const server = program({ secrets: SECRETS.split(',') }).listen(Number(PORT), () => {
    console.log(`http://localhost:${server.address().port}`);
  });
}
