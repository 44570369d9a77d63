// The rule and the browser: set-cookie-lines.json says what becomes of a Set-Cookie line, Chromium shows whether it does.
// src/cookies/user_agent/agrees.rs holds src/cookies/user_agent.rs to the same file.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, expect } from '@playwright/test';
import { test as withPlayground } from '../playground.ts';
import { RawServer } from '../raw-server.ts';
import { Browser } from './set-cookie-browser.ts';
import { type Case, type Outcome, cases, crowds, differences, expand } from './set-cookie-lines.ts';

const test = base.extend<{ browserOf: (context: BrowserContext) => Promise<Browser>; permissive: (features?: string) => Promise<BrowserContext> }, { server: RawServer }>({
  server: [
    async ({}, use) => {
      const server = await RawServer.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],

  browserOf: async ({ server }, use) => use((context) => Browser.open(context, server)),

  /** A browser that lets cookies through between sites, which new contexts do not; with experiments if wanted. */
  permissive: async ({ playwright, launchOptions }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'profile-'));
    await mkdir(join(folder, 'Default'));
    await writeFile(join(folder, 'Default/Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
    const open: BrowserContext[] = [];
    await use(async (features) => {
      const args = [...(launchOptions.args ?? []), ...(features ? [`--enable-features=${features}`] : [])];
      const context = await playwright.chromium.launchPersistentContext(folder, { ...launchOptions, args });
      open.push(context);
      return context;
    });
    for (const context of open) await context.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

// Hundreds of small steps: what a failure needs to say, it says in words.
test.use({ trace: 'off' });

/** Both sides round, and the line travels in between. */
const toleranceS = 3;

/** The same outcome with its lifetimes replaced by the written ones, where they are near enough. */
function nearly(measured: Outcome, written: Outcome): Outcome {
  const align = (jar: Outcome['kept'] | undefined, model: Outcome['kept'] | undefined) =>
    jar?.map((cookie, at) => {
      const lives_s = model?.[at]?.lives_s;
      const near = cookie.lives_s !== undefined && lives_s !== undefined && Math.abs(cookie.lives_s - lives_s) <= toleranceS;
      return near ? { ...cookie, lives_s } : cookie;
    }) ?? [];
  return { ...measured, ...(measured.had && { had: align(measured.had, written.had) }), kept: align(measured.kept, written.kept) };
}

/** What Chromium should do with a case, and does. */
async function compare(browser: Browser, each: Case): Promise<{ written: unknown; measured: unknown }> {
  const filled = expand(each, Date.now());
  const written = filled.difference?.chromium ?? filled.outcome;
  return { written: { title: each.title, ...written }, measured: { title: each.title, ...nearly(await browser.measure(filled), written) } };
}

/** How many cases one test takes. */
const batch = 60;

const isForeign = ({ context, elsewhere = [] }: Case) => [context, ...elsewhere.map((place) => place.context)].some((one) => one?.startsWith('cross_site'));
const domestic = cases.filter((each) => !isForeign(each));
for (const section of new Set(domestic.map((each) => each.section))) {
  const all = domestic.filter((each) => each.section === section);
  for (let from = 0; from < all.length; from += batch) {
    const some = all.slice(from, from + batch);
    test(`section ${section}: Chromium does what is written, lines ${from + 1} to ${from + some.length}`, async ({ context, browserOf }) => {
      const browser = await browserOf(context);
      for (const each of some) {
        const { written, measured } = await compare(browser, each);
        expect.soft(measured, `${each.title}: ${each.line.slice(0, 200)}`).toEqual(written);
      }
    });
  }
}

const foreign = cases.filter(isForeign);
// Each of them changes pages several times, which takes longer than a request.
const few = 14;
for (let from = 0; from < foreign.length; from += few) {
  const some = foreign.slice(from, from + few);
  test(`between sites: Chromium does what is written, lines ${from + 1} to ${from + some.length}`, async ({ permissive, browserOf }) => {
    const browser = await browserOf(await permissive());
    for (const each of some) {
      const { written, measured } = await compare(browser, each);
      expect.soft(measured, `${each.title}: ${each.line}`).toEqual(written);
    }
  });
}

test('a full jar loses what is written', async ({ context, browserOf }) => {
  const browser = await browserOf(context);
  for (const crowd of crowds) {
    expect.soft(await browser.gather(crowd), crowd.title).toEqual(crowd.difference?.chromium ?? crowd.outcome);
  }
});

test('a site is a scheme and a registrable domain: the port is no part of it', async ({ permissive, browserOf, server }) => {
  const context = await permissive();
  const page = await context.newPage();
  const other = await RawServer.start();
  const browser = await browserOf(context);
  await browser.receive({}, ['a=1; Path=/; Secure; SameSite=Strict', '__Host-b=1; Secure; Path=/; SameSite=Strict']);

  /** Asks the second server for something, from a page of this origin. */
  const asked = async (from: string, host: string) => {
    const target = other.expect('/');
    await page.goto(`${from}/`);
    await page.evaluate((url) => fetch(url, { mode: 'no-cors', credentials: 'include' }), `http://${host}:${other.port}${target}`);
    return other.asked(target);
  };
  const here = `:${server.port}`;
  expect(await asked(`http://localhost${here}`, 'localhost')).toMatchObject({ site: 'same-site', cookie: 'a=1; __Host-b=1' });
  expect(await asked(`http://127.0.0.1${here}`, 'localhost')).toMatchObject({ site: 'cross-site', cookie: '' });
  expect(await asked(`http://localhost${here}`, '127.0.0.1')).toMatchObject({ site: 'cross-site' });
  expect(await asked(`http://sub.localhost${here}`, 'localhost')).toMatchObject({ site: 'cross-site', cookie: '' });
  expect(await asked(`http://localhost${here}`, 'sub.localhost')).toMatchObject({ site: 'cross-site' });
  await other.stop();
});

test('a link and a form with GET are the same to a cookie', async ({ permissive, server }) => {
  const page = await (await permissive()).newPage();
  const home = `http://127.0.0.1:${server.port}`;
  for (const line of ['none=1; Path=/; SameSite=None; Secure', 'lax=1; Path=/; SameSite=Lax', 'strict=1; Path=/; SameSite=Strict', 'unset=1; Path=/']) {
    await page.goto(`${home}${server.expect('/', [line])}`);
  }
  for (const way of ['link', 'form']) {
    const path = `/${way}`;
    const target = server.expect(path);
    await page.goto(`http://localhost:${server.port}/`);
    await page.evaluate(
      ([way, url]) => {
        const link = document.createElement('a');
        link.href = url;
        const form = document.createElement('form');
        form.action = url;
        // A form with GET writes its fields where the query was.
        const field = document.createElement('input');
        field.name = new URL(url).search.slice(1);
        form.append(field);
        document.body.append(link, form);
        if (way === 'link') link.click();
        else form.submit();
      },
      [way, `${home}${target}`] as const,
    );
    await page.waitForURL(`${home}${target}${way === 'form' ? '=' : ''}`);
    const { method, cookie } = server.asked(`${target}${way === 'form' ? '=' : ''}`);
    expect([method, cookie], way).toEqual(['GET', 'none=1; lax=1; unset=1']);
  }
});

test('a cookie without SameSite goes with a POST from another site while it is young; Lax never', async ({ permissive, browserOf }) => {
  // Chromium's own switch for its tests: ten seconds instead of two minutes.
  const browser = await browserOf(await permissive('ShortLaxAllowUnsafeThreshold'));
  const home = { host: '127.0.0.1', from: 'localhost' };
  const post = () => browser.sent({ ...home, context: 'cross_site_unsafe_navigation' });
  await browser.receive(home, ['unset=1; Path=/', 'lax=1; Path=/; SameSite=Lax']);
  expect(await post()).toBe('unset=1');
  await expect.poll(post, { timeout: 30_000, intervals: [1_000] }).toBe('');
  expect(await browser.sent(home)).toBe('unset=1; lax=1');
});

test('Set-Cookie counts whatever the status is', async ({ context, server, browserOf }) => {
  const browser = await browserOf(context);
  for (const status of ['200 OK', '204 No Content', '301 Moved Permanently', '400 Bad Request', '401 Unauthorized', '404 Not Found', '431 Too Large', '500 Oops']) {
    const name = `s${status.slice(0, 3)}`;
    await browser.request({}, server.expect('/lab/page', [`${name}=1; Max-Age=60`], status));
    expect(await browser.sent({}), status).toContain(`${name}=1`);
  }
});

test('every difference has its reason and a case, and every title its own line', () => {
  const kinds = new Set([...cases, ...crowds].flatMap(({ difference }) => difference?.kind ?? []));
  expect([...kinds].sort()).toEqual(Object.keys(differences).sort());
  const titles = cases.map(({ host, title }) => `${host}: ${title}`);
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  expect(cases.length).toBeGreaterThan(430);
  expect(foreign.length).toBeGreaterThan(20);
});

withPlayground.describe('the exhibit', () => {
  // The page that sends the lines is data, and data may not fetch.
  withPlayground.use({ bypassCSP: true });

  withPlayground('POST /lab/cookies/line answers what is written', async ({ page, playground }) => {
    const plain = ({ host, path, before, over_https, context, elsewhere, difference, line }: Case) =>
      !(host ?? path ?? before ?? over_https ?? context ?? elsewhere ?? difference) && /; Path=\//.test(line) && !/[{\x00-\x1f]/.test(line);
    const some = cases.filter(plain);
    expect(some.length).toBeGreaterThan(20);
    await page.goto(`http://localhost:${playground.port}/readyz`);
    for (const { title, line, outcome, refused } of some) {
      const answer = await page.evaluate(async (line) => {
        const answer = await fetch('/lab/cookies/line', { method: 'POST', body: new URLSearchParams({ line }) });
        return { status: answer.status, text: await answer.text() };
      }, line);
      expect(answer.status, answer.text).toBe(200);
      const told = JSON.parse(answer.text).lines[0].decision.outcome;
      if (refused) expect.soft(told, title).toEqual({ Err: refused.why });
      else expect.soft(told.Ok, title).toMatchObject({ name: outcome.kept[0]!.name, value: outcome.kept[0]!.value, path: outcome.kept[0]!.path ?? '/' });
    }
  });
});
