// The rule and the browser: src/cookies/jar.rs predicts what becomes of a Set-Cookie line, Chromium shows what does.
import type { CDPSession, Page } from '@playwright/test';
import { type Playground, expect, test } from '../playground.ts';
import { type Case, type Differs, lines } from './set-cookie-lines.ts';

/** Where Chromium does otherwise than the standard, and why that is not ours to mend. */
const reasons: Record<Differs, string> = {
  tab: 'Chromium drops a line with a tab inside; the standard keeps it',
  plus: 'Chromium reads Max-Age=+60; the standard has no + there and passes over it',
  nameless: 'Chromium drops a nameless cookie whose value has an =; the standard stores it',
  later: 'Chromium looks at the last lifetime even if it cannot be read; the standard at the last that can',
  date: 'Chromium reads odd years and numbers with letters behind them in its own way',
  domain: 'Chromium has its own way with a Domain that is an address, a dot or a single label',
};

/** A cookie, in words that both sides have. */
interface Held {
  name: string;
  value: string;
  domain: string;
  path: string;
  /** ms since 1970; `null`: a session cookie. */
  expires: number | null;
  secure: boolean;
  httpOnly: boolean;
  sameSite: string;
  partitioned: boolean;
}

/** What `POST /lab/cookies/line` says about a line: src/cookies/jar.rs. */
interface Told {
  decision: {
    outcome: {
      Ok?: {
        name: string;
        value: string;
        domain: string;
        host_only: boolean;
        path: string;
        expires_ms: number | null;
        secure: boolean;
        http_only: boolean;
        same_site: string;
        partitioned: boolean;
      };
      Err?: unknown;
    };
  };
}

/** Both sides round, and the line travels in between. */
const tolerance = 3_000;

const origin = (playground: Playground, host: Case['host']) => `http://${host}:${playground.port}`;

/** What makes two cookies the same one. */
const identity = ({ name, domain, path, partitioned }: Held) => JSON.stringify([name, domain, path, partitioned]);

const sorted = (jar: Iterable<Held>) => [...jar].sort((one, other) => (identity(one) < identity(other) ? -1 : 1));

/** The jar that the rule leaves, line by line. */
function predicted(told: Told[], nowMs: number): Held[] {
  const jar = new Map<string, Held>();
  for (const { decision } of told) {
    const cookie = decision.outcome.Ok;
    if (!cookie) continue;
    const held: Held = {
      name: cookie.name,
      value: cookie.value,
      domain: cookie.host_only ? cookie.domain : `.${cookie.domain}`,
      path: cookie.path,
      expires: cookie.expires_ms,
      secure: cookie.secure,
      httpOnly: cookie.http_only,
      sameSite: cookie.same_site,
      partitioned: cookie.partitioned,
    };
    if (held.expires !== null && held.expires <= nowMs) jar.delete(identity(held));
    else jar.set(identity(held), held);
  }
  return sorted(jar.values());
}

/** What DevTools shows. Playwright's `cookies()` says Lax where nothing was said, so this asks underneath. */
async function held(devtools: CDPSession): Promise<Held[]> {
  const { cookies } = await devtools.send('Network.getAllCookies');
  return sorted(
    cookies
      .filter((cookie) => cookie.name !== 'lab')
      .map((cookie) => ({
        name: cookie.name,
        value: cookie.value,
        domain: cookie.domain,
        path: cookie.path,
        expires: cookie.session ? null : cookie.expires * 1000,
        secure: cookie.secure,
        httpOnly: cookie.httpOnly,
        sameSite: cookie.sameSite?.toLowerCase() ?? 'unset',
        partitioned: cookie.partitionKey !== undefined,
      })),
  );
}

/** Sends the lines to a jar and a lab that are both empty, and gives back what the rule says about each. */
async function send(page: Page, devtools: CDPSession, { path = '', before = [], line }: Case): Promise<Told[]> {
  await devtools.send('Network.clearBrowserCookies');
  const answers = await page.evaluate(
    async ([url, sent]) => {
      const answers: { status: number; text: string }[] = [];
      for (const line of sent) {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ line }),
        });
        answers.push({ status: answer.status, text: await answer.text() });
      }
      return answers;
    },
    [`/lab/cookies/line${path}`, [...before, line]] as const,
  );
  return answers.map(({ status, text }) => {
    expect(status, text).toBe(200);
    const { lines }: { lines: Told[] } = JSON.parse(text);
    expect(lines).toHaveLength(1);
    return lines[0]!;
  });
}

/** What is not the same on both sides; empty if all is. */
function differences(rule: Held[], browser: Held[]): string[] {
  const bare = (jar: Held[]) => jar.map((cookie) => ({ ...cookie, expires: cookie.expires === null ? 'session' : 'later' }));
  const [one, other] = [JSON.stringify(bare(rule)), JSON.stringify(bare(browser))];
  if (one !== other) return [`the rule: ${one}`, `Chromium: ${other}`];
  return rule.flatMap(({ expires }, at) => {
    const seen = browser[at]!.expires;
    const apart = expires === null || seen === null ? 0 : Math.abs(expires - seen);
    return apart <= tolerance ? [] : [`${rule[at]!.name} ends ${apart} ms apart`];
  });
}

// The page that sends the lines is data, and data may not fetch.
test.use({ bypassCSP: true });

/** How many cases one test takes. */
const batch = 60;

const hosts = [...new Set(lines.map(({ host }) => host))];
for (const host of hosts) {
  const all = lines.filter((each) => each.host === host);
  for (let from = 0; from < all.length; from += batch) {
    const cases = all.slice(from, from + batch);
    test(`${host}: the rule and Chromium agree, lines ${from + 1} to ${from + cases.length}`, async ({ page, context, playground }) => {
      // A page that does nothing by itself, so that only the case's lines are sent.
      await page.goto(`${origin(playground, host)}/readyz`);
      const devtools = await context.newCDPSession(page);
      const complaints: unknown[] = [];
      for (const each of cases) {
        const told = await send(page, devtools, each);
        const found = differences(predicted(told, Date.now()), await held(devtools));
        const { title, line, differs } = each;
        if (!differs && found.length > 0) complaints.push({ title, line: line.slice(0, 200), found });
        if (differs && found.length === 0) complaints.push({ title, line, 'agrees by now, though known as': reasons[differs] });
      }
      expect(complaints).toEqual([]);
    });
  }
}

test('every kind of difference has a case, and every title its own line', () => {
  const kinds = new Set(lines.flatMap(({ differs }) => differs ?? []));
  expect([...kinds].sort()).toEqual(Object.keys(reasons).sort());
  const titles = lines.map(({ host, title }) => `${host}: ${title}`);
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  expect(lines.length).toBeGreaterThan(250);
});
