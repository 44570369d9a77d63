// Both worlds read each other's cookies: the real Express, cookie-parser and cookie-signature from npm
// beside the playground's own code, which says what they would answer.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type RequestListener, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { program } from '../express/cookies.js';
import { headers } from '../express/headers.ts';
import { values } from '../express/values.ts';
import { expect, test as base } from '../playground.ts';

// Neither brings types.
const npm = createRequire(import.meta.url);
const signature: { sign(value: string, secret: string): string; unsign(input: string, secret: string): string | false } = npm('cookie-signature');
const cookieParser: { JSONCookie(value: string): unknown } = npm('cookie-parser');
const express: () => App = npm('express');
const express4: () => App = npm('express4');
const session: (options: object) => Middleware = npm('express-session');

type App = RequestListener & { use(middleware: Middleware): void; get(path: string, handler: (req: ExpressRequest, res: ExpressResponse) => void): void };
type Middleware = (req: ExpressRequest, res: ExpressResponse, next: () => void) => void;

interface ExpressRequest {
  session: { visits?: number };
}

interface ExpressResponse {
  cookie(name: string, value: string, options: object): void;
  clearCookie(name: string, options: object): void;
  json(body: unknown): void;
  end(): void;
}

/** The key that a new lab seals with. */
const labKey = 'gato con teclado';
const [newKey, oldKey] = ['nueva', 'vieja'];

const test = base.extend<{ serve: (program: RequestListener) => Promise<string> }>({
  /** Serves a program on a free port, until the test ends. */
  serve: async ({}, use) => {
    const open: ReturnType<typeof createServer>[] = [];
    await use(async (program) => {
      const server = createServer(program).listen(0, '127.0.0.1');
      open.push(server);
      await once(server, 'listening');
      const address = server.address();
      if (typeof address !== 'object' || address === null) throw new Error('no port');
      return `http://127.0.0.1:${address.port}`;
    });
    for (const server of open) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
  },
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request as it is, byte for byte: a `Cookie` header has one character per byte. */
async function ask(url: string, { cookie, form }: { cookie?: string; form?: Record<string, string> } = {}): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString();
  const asked = request(url, {
    agent: false,
    method: form ? 'POST' : 'GET',
    headers: {
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }),
    },
  });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}

/** What a 200 says. */
async function json<T>(url: string, options?: Parameters<typeof ask>[1]): Promise<T> {
  const answer = await ask(url, options);
  expect(answer.status, answer.body).toBe(200);
  return JSON.parse(answer.body);
}

/** Of a `Set-Cookie` line, what stands between the name and the attributes. */
const wireOf = (line: string | undefined) => /^[^=]*=([^;]*)/.exec(line ?? '')?.[1];

interface Read {
  cookies: Record<string, unknown>;
  signedCookies: Record<string, unknown>;
}

/** What cookie-parser hands over for a value that it could read: it takes `j:` for JSON. */
const read = (value: string) => JSON.parse(JSON.stringify(cookieParser.JSONCookie(value) || value));

/** A few words for a long value. */
const short = (value: string) => (value.length > 40 ? `${value.slice(0, 40)}… (${value.length})` : value);

const query = (fields: Record<string, string>) => new URLSearchParams({ format: 'express', name: 'c', ...fields });

test('the list of values is worth its name', () => {
  expect(new Set(values).size).toBe(values.length);
  expect(values.length).toBeGreaterThanOrEqual(40);
  expect(Math.max(...values.map((value) => Buffer.byteLength(value)))).toBeGreaterThanOrEqual(3 * 1024);
});

for (const key of [newKey, oldKey]) {
  test(`what the playground seals, Express reads: the key «${key}» of two`, async ({ playground, serve }) => {
    const site = await serve(program({ secrets: [newKey, oldKey] }));
    for (const value of values) {
      const { wire } = await json<{ wire: string }>(`${playground.url}/lab/cookies/seal?${query({ value, key })}`);
      // Byte for byte what res.cookie would have written.
      expect(wire, short(value)).toBe(encodeURIComponent(`s:${signature.sign(value, key)}`));
      expect(signature.unsign(decodeURIComponent(wire).slice(2), key)).toBe(value);
      const { cookies, signedCookies } = await json<Read>(`${site}/read`, { cookie: `c=${wire}` });
      expect(signedCookies.c, short(value)).toEqual(read(value));
      expect(cookies).toEqual({});
    }
  });
}

for (const [number, key] of [newKey, oldKey].entries()) {
  test(`what Express signs, the playground accepts: the key «${key}» of two`, async ({ playground, serve }) => {
    const site = await serve(program({ secrets: [key] }));
    for (const value of values) {
      const { headers } = await ask(`${site}/set`, { form: { name: 'c', value, seal: 'express' } });
      const cookie = wireOf(headers['set-cookie']?.[0]);
      expect(cookie, short(value)).toBeDefined();
      const check = (keys: Record<string, string>) =>
        json<{ verdict: unknown; readable: string | null }>(`${playground.url}/lab/cookies/check?${query({ cookie: cookie!, ...keys })}`);
      expect(await check({ key: newKey, old_key: oldKey }), short(value)).toMatchObject({
        verdict: { valid: { value, key: number } },
        readable: value,
      });
      // Without its key it is a forgery, and anyone can read it all the same.
      expect(await check({ key: 'otra' }), short(value)).toMatchObject({ verdict: 'forged', readable: value });
    }
  });
}

test('a change is noticed on both sides, wherever it is made', async ({ playground, serve }) => {
  const site = await serve(program({ secrets: [newKey] }));
  const wire = encodeURIComponent(`s:${signature.sign('hello', newKey)}`);
  for (const at of [4, 8, 10, 20, wire.length - 2]) {
    const cookie = wire.slice(0, at) + (wire[at] === 'x' ? 'y' : 'x') + wire.slice(at + 1);
    const { signedCookies } = await json<Read>(`${site}/read`, { cookie: `c=${cookie}` });
    expect(signedCookies, cookie).toEqual({ c: false });
    const { verdict } = await json<{ verdict: unknown }>(`${playground.url}/lab/cookies/check?${query({ cookie, key: newKey })}`);
    expect(verdict === 'forged' || (typeof verdict === 'object' && verdict !== null && 'unreadable' in verdict), `${cookie}: ${JSON.stringify(verdict)}`).toBe(true);
  }
});

test.describe('cookie_parser.rs reads as cookie-parser does', () => {
  /** The signatures that headers.ts was written with, and the same values signed with another key. */
  const signedWith = (key: string) =>
    [
      ['hello', newKey],
      ['hello', oldKey],
      ['j:{"rol":"admin"}', newKey],
      ['j:null', newKey],
      ['', newKey],
      ['', oldKey],
    ].map(([value, old]) => {
      const end = (secret: string) => signature.sign(value!, secret).slice(value!.length + 1);
      return [end(old!), end(key)] as const;
    });
  const signAgain = (header: string, key: string) =>
    signedWith(key).reduce(
      (text, [old, mine]) => text.replaceAll(old, mine).replaceAll(encodeURIComponent(old), encodeURIComponent(mine)),
      header,
    );

  test('for every header of the list', async ({ playground, serve }) => {
    const site = await serve(program({ secrets: [labKey] }));
    let opened = 0;
    for (const header of new Set(headers.flatMap((header) => [header, signAgain(header, labKey)]))) {
      const { express } = await json<{ express: Read }>(`${playground.url}/lab/cookies/echo`, { cookie: header });
      const theirs = await json<Read>(`${site}/read`, { cookie: header });
      // Not toEqual: a cookie may be called __proto__.
      assert.deepStrictEqual(express, theirs, `Cookie: ${short(header)}`);
      opened += Object.values(theirs.signedCookies).filter((value) => value !== false).length;
    }
    expect(opened, 'signatures that fit').toBeGreaterThan(10);
  });

  test('with a new key first and the old one kept', async ({ playground, serve }) => {
    const first = await ask(`${playground.url}/lab/cookies/echo`);
    const lab = first.headers['set-cookie']?.find((line) => line.startsWith('lab='))?.split(';')[0];
    expect(lab).toBeDefined();
    const rotated = await json<{ keys: string[] }>(`${playground.url}/lab/cookies/keys`, { cookie: lab, form: { act: 'rotate-and-keep' } });
    expect(rotated.keys).toEqual([expect.not.stringMatching(`^${labKey}$`), labKey]);
    const site = await serve(program({ secrets: rotated.keys }));
    for (const key of [...rotated.keys, 'otra']) {
      const header = `a=${encodeURIComponent(`s:${signature.sign('sí.no', key)}`)}; b=plain`;
      const { express } = await json<{ express: Read }>(`${playground.url}/lab/cookies/echo`, { cookie: `${lab}; ${header}` });
      expect(express).toEqual(await json<Read>(`${site}/read`, { cookie: header }));
      expect(express.signedCookies.a).toBe(key === 'otra' ? false : 'sí.no');
    }
  });
});

test.describe('what the page says about Express 5', () => {
  test('maxAge is in milliseconds and loses its decimals in the header', async ({ playground, serve }) => {
    const site = await serve(program({ secrets: [newKey] }));
    for (const [maxAge, seconds] of [['90500', 90], ['1500', 1], ['3000', 3], ['999', 0], ['0', 0], ['-500', -1]] as const) {
      const theirs = await ask(`${site}/set`, { form: { name: 'c', value: '1', maxAge } });
      expect(theirs.headers['set-cookie'], maxAge).toEqual([expect.stringMatching(new RegExp(`; Max-Age=${seconds};`))]);
      // The form in the same unit.
      const ours = await ask(`${playground.url}/lab/cookies/set`, { form: { name: 'c', value: '1', lifetime: maxAge, unit: 'ms', path: '/' } });
      const line = ours.headers['set-cookie']?.find((line) => line.startsWith('c='));
      expect(line, maxAge).toMatch(new RegExp(`; Max-Age=${seconds}$`));
    }
  });

  test('clearCookie takes no notice of maxAge and expires', async ({ serve }) => {
    const app = express();
    app.get('/', (_, res) => {
      res.clearCookie('c', { path: '/x', maxAge: 60_000, expires: new Date('2100-01-01') });
      res.end();
    });
    const answer = await ask(await serve(app));
    expect(answer.headers['set-cookie']).toEqual(['c=; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
  });

  test('in Express 4 the same call sets the cookie again', async ({ serve }) => {
    const app = express4();
    app.get('/', (_, res) => {
      res.clearCookie('c', { path: '/x', maxAge: 60_000 });
      res.end();
    });
    const answer = await ask(await serve(app));
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^c=; Max-Age=60; Path=\/x; /)]);
  });

  test('express-session reads its cookie without cookie-parser', async ({ serve }) => {
    const app = express();
    app.use(session({ secret: labKey, resave: false, saveUninitialized: false }));
    app.get('/', (req, res) => {
      req.session.visits = (req.session.visits ?? 0) + 1;
      res.json(req.session.visits);
    });
    const site = await serve(app);
    const first = await ask(site);
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0];
    expect((await ask(site, { cookie })).body).toBe('2');
  });

  test('a value is encoded, an attribute cannot be smuggled in', async ({ serve }) => {
    const site = await serve(program({ secrets: [newKey] }));
    const { headers } = await ask(`${site}/set`, { form: { name: 'c', value: 'x; HttpOnly ñ' } });
    expect(headers['set-cookie']).toEqual(['c=x%3B%20HttpOnly%20%C3%B1; Path=/']);
  });

  test('a deletion names the same cookie', async ({ serve }) => {
    const site = await serve(program({ secrets: [newKey] }));
    const { headers } = await ask(`${site}/delete`, { form: { name: '__Host-c', path: '/', secure: '1' } });
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-c=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure$/)]);
  });
});

test('the file runs as a program', async () => {
  const file = fileURLToPath(new URL('../express/cookies.js', import.meta.url));
  const server = spawn(process.execPath, [file], { env: { ...process.env, PORT: '0', SECRETS: 'uno,dos' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(server, 'exit');
  try {
    const [said] = await once(server.stdout, 'data');
    const url = /http:\/\/localhost:\d+/.exec(String(said))?.[0];
    expect(url, String(said)).toBeDefined();
    const wire = encodeURIComponent(`s:${signature.sign('hello', 'dos')}`);
    expect(await json(`${url}/read`, { cookie: `a=${wire}; b=1` })).toEqual({ cookies: { b: '1' }, signedCookies: { a: 'hello' } });
  } finally {
    server.kill();
    await gone;
  }
});
