// What Chromium makes of a case of set-cookie-lines.json.
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { RawServer } from '../raw-server.ts';
import { type Case, type Context, type Crowd, type CrowdOutcome, type Held, type Outcome, type Place, usualHost, usualPath } from './set-cookie-lines.ts';

/** Asks a browser: one page, whose jar belongs to the case that is being measured. */
export class Browser {
  readonly #page: Page;
  readonly #devtools: CDPSession;
  readonly #server: RawServer;

  private constructor(page: Page, devtools: CDPSession, server: RawServer) {
    this.#page = page;
    this.#devtools = devtools;
    this.#server = server;
  }

  static async open(context: BrowserContext, server: RawServer): Promise<Browser> {
    const page = await context.newPage();
    return new Browser(page, await context.newCDPSession(page), server);
  }

  /** Sends the case's lines to an empty jar and looks into it. The case's templates are filled in by now. */
  async measure({ host = usualHost, path = usualPath, from, before = [], over_https = [], line, context, elsewhere }: Case): Promise<Outcome> {
    await this.#devtools.send('Network.clearBrowserCookies');
    const now = Date.now();
    const home = { host, path, from };
    for (const each of over_https) await this.#plant(home, each);
    await this.receive(home, before);
    const had = await this.#held(host, now);
    const received = await this.receive({ ...home, context }, [line]);
    // This request only looks, so it may come before the look into the jar.
    const header = await this.sent(home);
    const kept = await this.#held(host, now);
    const headers: string[] = [];
    for (const place of elsewhere ?? []) headers.push(await this.sent({ ...home, ...place }));
    return {
      ...(before.length + over_https.length > 0 && { had }),
      kept,
      header,
      ...(elsewhere && { elsewhere: headers }),
      ...(!received && { no_answer: true }),
    };
  }

  /** Fills an empty jar until some must leave. */
  async gather({ before, fill, attributes, after }: Crowd): Promise<CrowdOutcome> {
    await this.#devtools.send('Network.clearBrowserCookies');
    const fillers = Array.from({ length: fill }, (_, n) => `n${n}=1${attributes}`);
    const one = (line: string) => [line];
    const answers = [...before.map(one), fillers, ...after.map(one)];
    await this.#fetch({}, answers.map((lines) => this.#server.expect(usualPath, lines)));
    const { cookies } = await this.#devtools.send('Network.getAllCookies');
    const names = new Set(answers.flat().map((line) => line.split('=')[0]!));
    for (const { name } of cookies) names.delete(name);
    return { left: cookies.length, gone: [...names].sort() };
  }

  /** Lets the lines arrive, each with its own answer. False if the browser took one of them for no answer. */
  async receive(place: Place, lines: string[]): Promise<boolean> {
    if (place.context === 'script') {
      for (const line of lines) await this.#script(place, line);
      return true;
    }
    const targets = lines.map((line) => this.#server.expect(place.path ?? usualPath, [line]));
    if (isNavigation(place.context)) {
      for (const target of targets) await this.#navigate(place, target);
      return true;
    }
    return this.#fetch(place, targets);
  }

  /** A request of a page of this place for a target of the server. */
  async request(place: Place, target: string): Promise<void> {
    await this.#fetch(place, [target]);
  }

  /** The Cookie header of a request to this place, or what a script there sees. */
  async sent(place: Place): Promise<string> {
    if (place.context === 'script') return this.#script(place);
    const target = this.#server.expect(place.path ?? usualPath);
    if (isNavigation(place.context)) await this.#navigate(place, target);
    else await this.#fetch(place, [target]);
    return this.#server.asked(target).cookie;
  }

  /** What DevTools shows. Playwright's `cookies()` says Lax where nothing was said, so this asks underneath. */
  async #held(host: string, now: number): Promise<Held[]> {
    const { cookies } = await this.#devtools.send('Network.getAllCookies');
    return cookies
      .map((cookie): Held => {
        const domain = cookie.domain.replace(/^\./, '');
        return {
          name: cookie.name,
          value: cookie.value,
          ...(domain !== host && { domain }),
          ...(cookie.domain.startsWith('.') && { host_only: false as const }),
          ...(cookie.path !== '/' && { path: cookie.path }),
          ...(!cookie.session && { lives_s: cookie.expires - now / 1000 }),
          ...(cookie.secure && { secure: true as const }),
          ...(cookie.httpOnly && { http_only: true as const }),
          ...(cookie.sameSite && { same_site: cookie.sameSite.toLowerCase() }),
          ...(cookie.partitionKey && { partitioned: true as const }),
        };
      })
      .sort((one, other) => (order(one) < order(other) ? -1 : 1));
  }

  /** Puts a cookie in as if it had come over https: there is no certificate here for a line to travel with. */
  async #plant({ host, path }: Place, line: string): Promise<void> {
    const found = /^(\w+)=(\w+); Path=(\S+); Secure$/.exec(line);
    if (!found) throw new Error(`cannot plant ${line}`);
    const [, name = '', value = '', cookiePath] = found;
    await this.#devtools.send('Network.setCookie', { url: `https://${host}${path}`, name, value, path: cookiePath, secure: true });
  }

  #url({ host = usualHost }: Place, target: string): string {
    return `http://${host}:${this.#server.port}${target}`;
  }

  /** Goes to a page of this host that brings no cookies, unless it is there. */
  async #visit(host: string): Promise<void> {
    const url = new URL(this.#url({ host }, '/'));
    if (new URL(this.#page.url()).origin !== url.origin) await this.#page.goto(url.href);
  }

  /** Requests of the page itself, or of a page of another site. */
  async #fetch(place: Place, targets: string[]): Promise<boolean> {
    const { host = usualHost, from = usualHost, context } = place;
    await this.#visit(context === 'cross_site_subresource' ? from : host);
    return this.#page.evaluate(
      async (urls) => {
        for (const url of urls) {
          const answered = await fetch(url, { mode: 'no-cors', credentials: 'include' }).then(() => true, () => false);
          if (!answered) return false;
        }
        return true;
      },
      targets.map((target) => this.#url(place, target)),
    );
  }

  /** A link for a method that changes nothing, a form for one that does: from a page of another site. */
  async #navigate(place: Place, target: string): Promise<void> {
    await this.#visit(place.from ?? usualHost);
    const url = this.#url(place, target);
    await this.#page.evaluate(
      ([url, context]) => {
        const link = document.createElement('a');
        link.href = url;
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action: url });
        document.body.append(link, form);
        if (context === 'cross_site_navigation') link.click();
        else form.submit();
      },
      [url, place.context] as const,
    );
    await this.#page.waitForURL(url);
  }

  /** Runs in a page of this place: sets a cookie if there is one, and gives back what it sees. */
  async #script(place: Place, line?: string): Promise<string> {
    // A path that `history.replaceState` pretends would not do: Chromium takes the one that was loaded.
    await this.#page.goto(this.#url(place, this.#server.expect(place.path ?? usualPath)));
    return this.#page.evaluate((line) => {
      if (line !== undefined) document.cookie = line;
      return document.cookie;
    }, line);
  }
}

const isNavigation = (context?: Context) => context === 'cross_site_navigation' || context === 'cross_site_unsafe_navigation';

/** What makes two cookies the same one. */
const order = ({ name, domain, host_only, path, partitioned }: Held) => JSON.stringify([name, domain ?? '', host_only ?? true, path ?? '/', partitioned ?? false]);
