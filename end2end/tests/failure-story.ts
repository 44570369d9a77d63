// One entry of the failure lab from the login to the verdicts, and then what is really there.
import { type BrowserContext, type Page, expect } from '@playwright/test';
import type { Playground } from '../playground.ts';
import type { Entry } from './failure-entries.ts';
import { FailureLab } from './failure-lab.ts';
import { Lab } from './lab.ts';
import { type Outside, engines, processState } from './outside.ts';
import { type Language, stores } from './words.ts';

export interface Told {
  lab: FailureLab;
  outside: Outside;
  /** The process that held the session in Redis before. */
  redis: number;
}

/** A student opens the page, logs in, chooses, predicts, does it, and reads the verdicts and the trace. */
export async function tell(page: Page, playground: Playground, language: Language, what: Entry): Promise<Told> {
  const lab = await new FailureLab(page, language).open(playground.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(lab.words.title);
  await lab.logIn();
  const outside = await lab.outside(playground);
  const redis = what.group === 'redis' ? await lab.getOwnRedis() : (await engines(playground)).redis;
  expect(processState(redis)).not.toBe('gone');
  await lab.run(what);
  await lab.expectTrace(what);
  await lab.expectInMatrix(what);
  await expect(lab.link(what)).toContainText(lab.words.tried);
  return { lab, outside, redis };
}

/** The stores hold what the entry says, asked from outside of the page, and the browser has the cookies it says. */
export async function expectReal({ lab, outside, redis }: Told, what: Entry, context: BrowserContext): Promise<void> {
  const [memory, file, keys, documents] = what.left;
  await expect(lab.living('a'), 'in memory').toHaveCount(memory);
  expect(await outside.livingFiles(), 'files').toHaveLength(file);
  if (keys !== undefined) {
    const pid = what.group === 'redis' ? await lab.redisPid() : redis;
    expect(await outside.keys(pid), 'keys').toHaveLength(keys);
  }
  const living = (await outside.documents()).filter((document) => document.expires.getTime() > Date.now());
  expect(living, 'documents').toHaveLength(documents);
  const jar = (await context.cookies()).map((cookie) => cookie.name).filter((name) => name.endsWith('.sid'));
  if (what.cookies === false) expect(jar).toEqual([]);
  if (what.cookies) expect(jar.sort()).toEqual(['file.sid', 'memory.sid', 'mongo.sid', 'redis.sid']);
}

/** Somebody else of the class, logged in to all four with one visit. */
export class Neighbour {
  private constructor(
    readonly lab: Lab,
    readonly context: BrowserContext,
    readonly cookies: string[],
  ) {}

  static async sitDown(context: BrowserContext, playground: Playground, language: Language): Promise<Neighbour> {
    const lab = await new Lab(await context.newPage(), language).open(playground.url);
    await lab.logInToAll();
    await lab.button(lab.words.visit).click();
    for (const store of stores) await expect(lab.record(store)).toContainText('"visits":1');
    return new Neighbour(lab, context, await sids(context));
  }

  /** After a reload, the same four records under the same four cookies. */
  async expectUnchanged(): Promise<void> {
    const { lab } = this;
    await lab.page.reload();
    await lab.awake();
    for (const store of stores) {
      await expect(lab.record(store)).toContainText('"user":"ana"');
      await expect(lab.record(store)).toContainText('"visits":1');
    }
    expect(await sids(this.context)).toEqual(this.cookies);
    expect(this.cookies).toHaveLength(4);
    for (const store of ['file', 'redis', 'mongo'] as const) {
      const id = this.cookies.find((cookie) => cookie.startsWith(store))?.split('=')[1];
      await expect(lab.record(store)).toContainText(String(id));
    }
    await expect(lab.page.getByTestId('server-tag')).toContainText(/1$/);
  }
}

async function sids(context: BrowserContext): Promise<string[]> {
  const jar = await context.cookies();
  return jar.filter(({ name }) => name.endsWith('.sid')).map(({ name, value }) => `${name}=${value}`).sort();
}

/** A whole group, one entry after the other in one lab. */
export async function runAll(lab: FailureLab, entries: Entry[]): Promise<void> {
  for (const what of entries) await lab.run(what);
  for (const what of entries) await lab.expectInMatrix(what);
}
