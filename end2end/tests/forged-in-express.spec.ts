// Whatever somebody does to a cookie on the page, what the page says about cookie-parser is what the
// real one from npm answers for the very same header and secrets.
import { type APIRequestContext } from '@playwright/test';
import { type Read, json, test } from '../express/bench.ts';
import { program } from '../express/cookies.js';
import { attribute, text } from '../express/html.ts';
import { expect } from '../playground.ts';

const formats = ['express', 'signed', 'private'] as const;
const forgeries = ['change-character', 'change-signature', 'strip-prefix', 'move', 'replay', 'delete-wrong-path', 'delete', 'read-without-key'] as const;
const rotations = ['rotate-and-keep', 'rotate-and-drop'] as const;
const name = 'rol';

/** One comparison of both worlds on the page. */
interface Worlds {
  header: string;
  keys: string[];
  name: string;
  signed: string;
  plain: string;
}

function worlds(html: string): Worlds[] {
  return html
    .split(/(?=<[a-z]+[^>]*\sdata-testid="worlds")/)
    .slice(1)
    .map((element) => {
      const asked = (what: string) => attribute(new RegExp(`<data[^>]* data-testid="asked-${what}"[^>]*>`).exec(element)?.[0] ?? '', 'value')!;
      const line = (testId: string) => text(new RegExp(`data-testid="${testId}"[^>]*>(.*?)</code>`, 's').exec(element)?.[1] ?? '');
      return {
        header: asked('header'),
        keys: JSON.parse(asked('keys')),
        name: asked('name'),
        signed: line('express-signed'),
        plain: line('express-plain'),
      };
    });
}

/** A browser of the page's, without a window: it keeps cookies and follows redirects. */
class Visitor {
  readonly #browser: APIRequestContext;
  constructor(browser: APIRequestContext) {
    this.#browser = browser;
  }

  async page(): Promise<string> {
    const answer = await this.#browser.get('/es/cookies', { headers: { Accept: 'text/html' } });
    expect(answer.status()).toBe(200);
    return answer.text();
  }

  async post(route: string, form: Record<string, string>): Promise<string> {
    const answer = await this.#browser.post(`/lab/cookies/${route}`, { form, headers: { Accept: 'text/html' } });
    expect(answer.status(), route).toBe(200);
    expect(answer.url(), `${route} ${JSON.stringify(form)}`).not.toContain('refused=');
    return this.page();
  }

  /** Presses a button of the page that puts a gone value back. */
  async replay(): Promise<string> {
    const page = await this.post('forge', { name, act: 'delete' });
    const forms = page.match(/<form[^>]*action="\/lab\/cookies\/forge".*?<\/form>/gs) ?? [];
    const hidden = forms.map((form) => [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [attribute(tag, 'name')!, attribute(tag, 'value')!]));
    const gone = hidden.map((pairs): Record<string, string> => Object.fromEntries(pairs)).find((pairs) => pairs.name === name && pairs.gone_ms !== undefined);
    expect(gone, 'the gone cookie can be put back').toBeDefined();
    return this.post('forge', { ...gone, act: 'replay' });
  }
}

/** How the page shows what JavaScript finds; long values are cut. */
function expectShown(shown: string, start: string, value: unknown) {
  const whole = value === undefined ? 'undefined' : JSON.stringify(value);
  const [head, tail] = shown.split('…');
  if (tail === undefined) expect(shown).toBe(`${start} → ${whole}`);
  else expect(`${start} → ${whole}`.startsWith(head!), `${shown} of ${whole}`).toBe(true);
}

for (const format of formats) {
  for (const act of [...forgeries, ...rotations]) {
    // Only Express's format has a prefix.
    if (act === 'strip-prefix' && format !== 'express') continue;
    test(`${format}: ${act}`, async ({ playground, playwright, serve }) => {
      const browser = await playwright.request.newContext({ baseURL: playground.url });
      try {
        const visitor = new Visitor(browser);
        await visitor.page();
        await visitor.post('set', { name, value: 'alumna', seal: format, path: '/' });
        const page = rotations.some((rotation) => rotation === act)
          ? await visitor.post('keys', { act })
          : act === 'replay'
            ? await visitor.replay()
            : await visitor.post('forge', { name, act });
        const found = worlds(page);
        expect(found.length, 'comparisons on the page').toBeGreaterThan(0);
        for (const { header, keys, name, signed, plain } of found) {
          const site = await serve(program({ secrets: keys }));
          // A header has one character per byte.
          const cookie = Buffer.from(header).toString('latin1');
          const real = await json<Read>(`${site}/read`, { cookie });
          const quoted = JSON.stringify(name);
          expectShown(signed, `req.signedCookies[${quoted}]`, real.signedCookies[name]);
          expectShown(plain, `req.cookies[${quoted}]`, real.cookies[name]);
        }
      } finally {
        await browser.dispose();
      }
    });
  }
}
