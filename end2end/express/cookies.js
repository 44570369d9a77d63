// Cookies with Express: written, read and deleted.
// #region start
import cookieParser from 'cookie-parser';
import express from 'express';

export function program({ secrets }) {
  const app = express();
  app.use(express.urlencoded());
  // Only reads. New cookies are signed with secrets[0]; the others still open old ones.
  app.use(cookieParser(secrets));
  // #endregion

  // #region set
  app.post('/set', (req, res) => {
    const form = req.body;
    res.cookie(form.name, form.value, {
      signed: form.seal === 'express',
      maxAge: form.maxAge ? Number(form.maxAge) : undefined, // milliseconds; the header says seconds
      expires: form.expires ? date(form.expires) : undefined, // maxAge wins over it
      path: form.path, // "/" unless given; none if empty
      domain: form.domain,
      httpOnly: Boolean(form.httpOnly),
      secure: Boolean(form.secure),
      sameSite: form.sameSite, // "strict", "lax" or "none"
      partitioned: Boolean(form.partitioned),
    });
    res.sendStatus(204);
  });
  // #endregion

  // #region read
  app.get('/read', (req, res) => {
    // A wrong signature reads as false. Never fall back to req.cookies: anyone can write those.
    res.json({ cookies: req.cookies, signedCookies: req.signedCookies });
  });
  // #endregion

  // #region delete
  app.post('/delete', (req, res) => {
    const form = req.body;
    // It must name the same cookie: name, domain, path and partition. Browsers refuse a line without
    // Secure if the name starts with __Host- or __Secure-, or if SameSite is None.
    res.clearCookie(form.name, {
      path: form.path,
      domain: form.domain,
      secure: Boolean(form.secure),
      sameSite: form.sameSite,
      partitioned: Boolean(form.partitioned),
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

// An HTTP date, or milliseconds since 1970.
function date(text) {
  return new Date(/^-?\d+$/.test(text) ? Number(text) : text);
}

if (process.argv[1] === import.meta.filename) {
  const { PORT = '3001', SECRETS = 'nueva,vieja' } = process.env;
  const server = program({ secrets: SECRETS.split(',') }).listen(Number(PORT), () => {
    console.log(`http://localhost:${server.address().port}`);
  });
}
