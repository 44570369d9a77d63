// Both worlds read each other's cookies: the real Express, cookie-parser and cookie-signature from npm
// beside the playground's own code, which says what they would answer.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Read, ask, cookieParser, json, labKey, signature, test, wireOf } from '../express/bench.ts';
import { program } from '../express/cookies.js';
import { headers } from '../express/headers.ts';
import { values } from '../express/values.ts';
import { expect } from '../playground.ts';

const [newKey, oldKey] = ['nueva', 'vieja'];

/** What cookie-parser hands over for a value that it could read: it takes `j:` for JSON. */
const read = (value: string) => JSON.parse(JSON.stringify(cookieParser.JSONCookie(value) || value));

/** A few words for a long value. */
const short = (value: string) => (value.length > 40 ? `${value.slice(0, 40)}… (${value.length})` : value);

const query = (fields: Record<string, string>) => new URLSearchParams({ format: 'express', name: 'c', ...fields });

test('the list of values is worth its name', () => {
  expect(new Set(values).size).toBe(values.length);
  expect(values.length).toBeGreaterThanOrEqual(40);
  // One of each kind that somebody could forget.
  const kinds: Record<string, (value: string) => boolean> = {
    empty: (value) => value === '',
    spaces: (value) => /^ +$/.test(value),
    'spaces around': (value) => /^ .*\S.* $/.test(value),
    '%': (value) => value === '%',
    'a percent sequence': (value) => /%[0-9A-F]{2}/.test(value),
    ';': (value) => value.includes(';'),
    ',': (value) => value.includes(','),
    '"': (value) => value.includes('"'),
    'two bytes': (value) => /[\u0080-\u07ff]/.test(value),
    'three bytes': (value) => /[\u0800-\ud7ff]/.test(value),
    'four bytes': (value) => /\p{Extended_Pictographic}/u.test(value),
    '3 kB': (value) => Buffer.byteLength(value) >= 3 * 1024 && Buffer.byteLength(value) < 3.5 * 1024,
  };
  for (const [kind, fits] of Object.entries(kinds)) expect(values.filter(fits).length, kind).toBeGreaterThan(0);
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
      const { headers } = await ask(`${site}/set`, { form: { name: 'c', value, signed: 'true' } });
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

  /** What the playground says that cookie-parser finds, with the lab's keys and without any. */
  interface Echo {
    express: Read;
    expressWithoutSecret: Read;
  }

  test('for every header of the list, with a secret and without one', async ({ playground, serve }) => {
    const [site, open] = [await serve(program({ secrets: [labKey] })), await serve(program({ secrets: [] }))];
    let opened = 0;
    for (const header of new Set(headers.flatMap((header) => [header, signAgain(header, labKey)]))) {
      const ours = await json<Echo>(`${playground.url}/lab/cookies/echo`, { cookie: header });
      const theirs = await json<Read>(`${site}/read`, { cookie: header });
      // Not toEqual: a cookie may be called __proto__.
      assert.deepStrictEqual(ours.express, theirs, `Cookie: ${short(header)}`);
      assert.deepStrictEqual(ours.expressWithoutSecret, await json<Read>(`${open}/read`, { cookie: header }), `no secret, Cookie: ${short(header)}`);
      opened += Object.values(theirs.signedCookies).filter((value) => value !== false).length;
    }
    expect(opened, 'signatures that fit').toBeGreaterThan(10);
  });

  test('for what the other formats make of every value', async ({ playground, serve }) => {
    const [site, open] = [await serve(program({ secrets: [labKey] })), await serve(program({ secrets: [] }))];
    let compared = 0;
    for (const seal of ['signed', 'private', 'plain']) {
      for (const value of values) {
        const { headers } = await ask(`${playground.url}/lab/cookies/set`, { form: { name: 'c', value, seal, anyway: '1' } });
        const line = headers['set-cookie']?.find((line) => line.startsWith('c='));
        // What HTTP cannot carry is not sent at all.
        if (line === undefined) continue;
        // Node hands over headers in latin1, and takes them so.
        const cookie = `c=${wireOf(line)}`;
        const ours = await json<Echo>(`${playground.url}/lab/cookies/echo`, { cookie });
        assert.deepStrictEqual(ours.express, await json<Read>(`${site}/read`, { cookie }), `${seal}: ${short(value)}`);
        assert.deepStrictEqual(ours.expressWithoutSecret, await json<Read>(`${open}/read`, { cookie }), `${seal}: ${short(value)}`);
        expect(ours.express.signedCookies, 'no format but its own').toEqual(value.startsWith('s:') && seal === 'plain' ? { c: expect.anything() } : {});
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(values.length * 2.5);
  });

  for (const [act, count] of [['rotate-and-keep', 2], ['rotate-and-drop', 1]] as const) {
    test(`with a new key: ${act}`, async ({ playground, serve }) => {
      const first = await ask(`${playground.url}/lab/cookies/echo`);
      const lab = first.headers['set-cookie']?.find((line) => line.startsWith('lab='))?.split(';')[0];
      expect(lab).toBeDefined();
      const rotated = await json<{ keys: string[] }>(`${playground.url}/lab/cookies/keys`, { cookie: lab, form: { act } });
      expect(rotated.keys).toEqual([expect.not.stringMatching(`^${labKey}$`), labKey].slice(0, count));
      const site = await serve(program({ secrets: rotated.keys }));
      for (const key of new Set([...rotated.keys, labKey, 'otra'])) {
        const header = `a=${encodeURIComponent(`s:${signature.sign('sí.no', key)}`)}; b=plain`;
        const { express } = await json<Echo>(`${playground.url}/lab/cookies/echo`, { cookie: `${lab}; ${header}` });
        expect(express).toEqual(await json<Read>(`${site}/read`, { cookie: header }));
        expect(express.signedCookies.a).toBe(rotated.keys.includes(key) ? 'sí.no' : false);
      }
    });
  }
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
