// What the page says about Express and about older notes, shown by the real packages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type App, type ExpressResponse, type Read, ask, express, express4, json, labKey, signature, test } from '../express/bench.ts';
import { program } from '../express/cookies.js';
import { clearThen, clearToday, sessionThen, sessionToday } from '../express/notes.js';
import { expect } from '../playground.ts';

const newKey = 'nueva';

test.describe('what the page says about Express', () => {
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

  test('cookie-parser only reads: setting and deleting are of Express', async ({ serve }) => {
    const app = express();
    app.get('/', (_, res) => {
      res.cookie('a', '1');
      res.clearCookie('b');
      res.end();
    });
    const alone = await ask(await serve(app));
    expect(alone.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
    // And reading, it answers nothing to the browser, not even about a cookie that somebody changed.
    const site = await serve(program({ secrets: [newKey] }));
    const read = await ask(`${site}/read`, { cookie: 'a=s%3Ahello.x; b=1' });
    expect(JSON.parse(read.body)).toEqual({ cookies: { b: '1' }, signedCookies: { a: false } });
    expect(read.headers['set-cookie']).toBeUndefined();
  });

  test('a signed cookie does not listen: each request is computed again', async ({ serve }) => {
    const site = await serve(program({ secrets: [newKey] }));
    const good = encodeURIComponent(`s:${signature.sign('hello', newKey)}`);
    const changed = good.replace('hello', 'hellp');
    for (const [wire, value] of [[good, 'hello'], [changed, false], [changed, false], [good, 'hello']]) {
      expect(await json<Read>(`${site}/read`, { cookie: `a=${wire}` })).toEqual({ cookies: {}, signedCookies: { a: value } });
    }
  });

  test('the first secret signs', async ({ serve }) => {
    const site = await serve(program({ secrets: [newKey, 'vieja'] }));
    const { headers } = await ask(`${site}/set`, { form: { name: 'c', value: 'hello', signed: 'true' } });
    expect(headers['set-cookie']).toEqual([`c=${encodeURIComponent(`s:${signature.sign('hello', newKey)}`)}; Path=/`]);
  });

  test.describe('clearCookie', () => {
    const options = { path: '/x', domain: 'x.test', secure: true, expires: new Date('2100-01-01') };
    const line = async (app: App, serve: (app: App) => Promise<string>, clear: (res: ExpressResponse) => void) => {
      app.get('/', (_, res) => {
        clear(res);
        res.end();
      });
      return (await ask(await serve(app))).headers['set-cookie'];
    };
    const deleted = ['rol=; Domain=x.test; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure'];

    test('in Express 5 takes no notice of maxAge and expires', async ({ serve }) => {
      expect(await line(express(), serve, (res) => clearThen(res, options))).toEqual(deleted);
    });

    test('in Express 4 sets the cookie again with them', async ({ serve }) => {
      const [set] = (await line(express4(), serve, (res) => clearThen(res, options))) ?? [];
      expect(set).toMatch(/^rol=; Max-Age=60; Domain=x\.test; Path=\/x; Expires=/);
      expect(Date.parse(/Expires=([^;]+)/.exec(set ?? '')?.[1] ?? '')).toBeGreaterThan(Date.now());
    });

    test('as it is written today deletes in both', async ({ serve }) => {
      for (const app of [express(), express4()]) expect(await line(app, serve, (res) => clearToday(res, options))).toEqual(deleted);
    });
  });

  test.describe('express-session', () => {
    const counting = (mount: (app: App) => void) => {
      const app = express();
      mount(app);
      app.get('/', (req, res) => {
        req.session.visits = (req.session.visits ?? 0) + 1;
        res.json({ visits: req.session.visits, id: req.sessionID, signed: req.signedCookies?.['connect.sid'] });
      });
      return app;
    };
    const visit = async (site: string, cookie?: string) => {
      const { headers, body } = await ask(site, { cookie });
      return { ...(JSON.parse(body) as { visits: number; id: string; signed: unknown }), cookie: headers['set-cookie']?.[0]?.split(';')[0] };
    };
    const signedWith = (id: string, secret: string) => `connect.sid=${encodeURIComponent(`s:${signature.sign(id, secret)}`)}`;

    test('reads its cookie without cookie-parser, since 1.5.0', async ({ serve }) => {
      const site = await serve(counting((app) => sessionToday(app, labKey)));
      const first = await visit(site);
      expect((await visit(site, first.cookie)).visits).toBe(2);
      expect((await visit(site, signedWith(first.id, 'otra'))).visits, 'signed with another secret').toBe(1);
      const readme = createRequire(import.meta.url).resolve('express-session').replace(/index\.js$/, 'README.md');
      expect(readFileSync(readme, 'utf8').replace(/\s+/g, ' ')).toContain('Since version 1.5.0, the [`cookie-parser` middleware]');
    });

    test('behind a cookie-parser with another secret is opened by both, and its own cookie reads false', async ({ serve }) => {
      const site = await serve(counting((app) => sessionThen(app, labKey, 'otra')));
      const first = await visit(site);
      expect(await visit(site, first.cookie)).toMatchObject({ visits: 2, signed: false });
      expect(await visit(site, signedWith(first.id, 'otra'))).toMatchObject({ visits: 3, signed: first.id });
      expect((await visit(site, signedWith(first.id, 'una tercera'))).visits).toBe(1);
    });
  });

  test('a value is encoded, an attribute cannot be smuggled in', async ({ serve }) => {
    const site = await serve(program({ secrets: [newKey] }));
    const { headers } = await ask(`${site}/set`, { form: { name: 'c', value: 'x; HttpOnly ñ' } });
    expect(headers['set-cookie']).toEqual(['c=x%3B%20HttpOnly%20%C3%B1; Path=/']);
  });

  test('a deletion names the same cookie', async ({ serve }) => {
    const site = await serve(program({ secrets: [newKey] }));
    const { headers } = await ask(`${site}/delete`, { form: { name: '__Host-c', path: '/', secure: 'true' } });
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-c=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure$/)]);
  });
});
