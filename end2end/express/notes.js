// What older notes write, and what is written today. The tests run both with Express 4 and 5.
import cookieParser from 'cookie-parser';
import session from 'express-session';

// #region clear-then
// Deletes in Express 5, sets it again in Express 4.
export function clearThen(res, options) {
  const again = { ...options, maxAge: 60_000 };
  res.clearCookie('rol', again);
}
// #endregion

// #region clear-today
// The options that made it, without its lifetime.
export function clearToday(res, cookie) {
  const { path, domain, secure } = cookie;
  res.clearCookie('rol', { path, domain, secure });
}
// #endregion

// #region session-then
// Two secrets for one cookie: both open it.
export function sessionThen(app, secret, other) {
  app.use(cookieParser(other));
  app.use(session({ secret, ...saving }));
}
// #endregion

// #region session-today
// express-session reads its cookie itself.
export function sessionToday(app, secret) {
  app.use(session({ secret, ...saving }));
}
// #endregion

const saving = { resave: false, saveUninitialized: false };
