// The failure lab: a Redis of one's own that is killed, stopped, frozen and filled, and the process looked at from outside.
import { expect, test } from '../playground.ts';
import { type Entry, entry, ofGroup } from './failure-entries.ts';
import { FailureLab } from './failure-lab.ts';
import { Neighbour, type Told, expectReal, runAll, tell } from './failure-story.ts';
import { engines, processState } from './outside.ts';

/** The process ids that the page says were ended or frozen. */
async function signalled({ lab }: Told): Promise<number[]> {
  const deeds = await lab.page.locator('#deeds').innerText();
  return [...deeds.matchAll(/kill -\w+ (\d+)/g)].map((found) => Number(found[1]));
}

async function expectProcess(told: Told, what: Entry): Promise<void> {
  const { lab, outside, redis } = told;
  const hit = await signalled(told);
  if (what.id === 'redis-down') {
    expect(hit).toEqual([redis]);
    expect(processState(redis)).toBe('gone');
    await expect(lab.redisBox).toHaveClass(/\bdown\b/);
    await expect(lab.redisBox).toContainText(lab.words.down);
    return;
  }
  if (what.id === 'redis-pause') {
    expect(hit).toEqual([redis]);
    expect(processState(redis)).toBe('T');
    await lab.openRedisActs();
    await lab.button(lab.words.resume).click();
    await expect.poll(() => processState(redis)).not.toBe('T');
    await expect(lab.redisBox).toHaveClass(/\bup\b/);
    // Nothing was lost.
    expect(await outside.keys(redis)).toHaveLength(1);
    await lab.button(lab.words.askAgain).click();
    await expect(lab.verdict('redis').getByTestId('outcome')).toHaveText(lab.words.outcome.kept);
    return;
  }
  if (what.id === 'redis-full') {
    expect(await outside.redis(redis, 'SET', 'one-more', 'x'.repeat(100_000))).toContain('OOM');
    expect(await outside.redis(redis, 'CONFIG', 'GET', 'maxmemory-policy')).toContain('noeviction');
    expect(await outside.redis(redis, '--raw', 'GET', (await outside.keys(redis))[0]!)).toContain('"visits":0');
    await expect(lab.living('a')).toContainText('"visits":1');
    return;
  }
  if (what.id === 'redis-evict') {
    expect(await outside.redis(redis, 'CONFIG', 'GET', 'maxmemory-policy')).toContain('allkeys-lru');
    expect(await outside.redis(redis, 'INFO', 'stats')).toMatch(/evicted_keys:[1-9]/);
    return;
  }
  const now = await lab.redisPid();
  expect(now).not.toBe(redis);
  for (const pid of [redis, ...hit]) expect(processState(pid)).toBe('gone');
  expect(processState(now)).toMatch(/[SR]/);
  const kept = await outside.redis(now, 'CONFIG', 'GET', 'appendonly');
  expect(kept).toContain(what.id.endsWith('aof') ? 'yes' : 'no');
}

for (const language of ['es', 'en'] as const) {
  for (const what of ofGroup('redis')) {
    test(`${language}: ${what.title[language]}`, async ({ page, context, playground }) => {
      const everybodys = (await engines(playground)).redis;
      const told = await tell(page, playground, language, what);
      expect(told.redis, 'a process of its own').not.toBe(everybodys);
      await expectReal(told, what, context);
      await expectProcess(told, what);
      expect(processState(everybodys)).toMatch(/[SR]/);
    });
  }
}

test('redis: a neighbour notices nothing of the whole group', async ({ page, browser, playground }) => {
  const neighbour = await Neighbour.sitDown(await browser.newContext(), playground, 'es');
  const lab = await new FailureLab(page, 'en').open();
  // Redis being down comes last here: how the next experiment goes on from there is a test of its own.
  const [down, ...others] = ofGroup('redis');
  await runAll(lab, [...others, down!]);
  await neighbour.expectUnchanged();
  await neighbour.context.close();
});

for (const next of ['redis-crash-aof', 'restart']) {
  test(`after Redis was down, the next experiment starts it again: ${next}`, async ({ page }) => {
    const lab = await new FailureLab(page, 'en').open();
    await lab.run(entry('redis-down'));
    await lab.run(entry(next));
  });
}

test('after Redis was frozen, the next experiment lets it go on', async ({ page }) => {
  const lab = await new FailureLab(page, 'es').open();
  await lab.run(entry('redis-pause'));
  await lab.run(entry('kill'));
  await expect(lab.redisBox).toHaveClass(/\bup\b/);
});
