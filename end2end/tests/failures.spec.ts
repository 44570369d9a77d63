// The failure lab: servers, cookies and keys, records, two at once. Every entry, in both languages, and what is really there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../playground.ts';
import { ofGroup } from './failure-entries.ts';
import { FailureLab } from './failure-lab.ts';
import { Neighbour, type Told, expectReal, runAll, tell } from './failure-story.ts';
import { processState } from './outside.ts';

/** What only one entry does. */
const besides: Record<string, (told: Told) => Promise<void>> = {
  restart: async ({ lab }) => {
    await expect(lab.page.getByTestId('server-a')).toContainText(/(arranque n\.º|boot no\.) 2/);
  },
  stop: async ({ lab }) => {
    await expect(lab.page.getByTestId('server-a')).toHaveClass(/\bdown\b/);
    await expect(lab.page.getByTestId('server-b')).toHaveClass(/\bup\b/);
  },
  redeploy: async ({ outside }) => {
    expect(await outside.files('a')).toEqual([]);
  },
  'other-server': async ({ lab, outside }) => {
    await expect(lab.living('b')).toHaveCount(0);
    expect(await outside.files('b')).toEqual([]);
  },
  'corrupt-file': async ({ lab, outside }) => {
    const files = await outside.files();
    expect(files).toEqual([expect.stringMatching(/^[\w-]{22}\.json\.corrupt$/)]);
    expect(await readFile(join(outside.folder, 'server-a/sessions', files[0]!), 'utf8')).toBe('{"expires":"2026-11-21T11');
    await expect(lab.page.getByTestId('graveyard')).toContainText(files[0]!);
  },
  'lost-update': async ({ lab }) => {
    await expect(lab.living('a')).toContainText('"visits":2');
    await expect(lab.page.getByTestId('keys')).toContainText('"visits":2');
  },
  'lost-update-upsert': async ({ lab }) => {
    await expect(lab.living('a')).toContainText('"visits":1');
    await expect(lab.page.getByTestId('keys')).toContainText('"visits":1');
  },
};

for (const group of ['servers', 'cookie', 'record', 'together'] as const) {
  for (const language of ['es', 'en'] as const) {
    for (const what of ofGroup(group)) {
      test(`${language}: ${what.title[language]}`, async ({ page, context, playground }) => {
        const told = await tell(page, playground, language, what);
        await expectReal(told, what, context);
        await besides[what.id]?.(told);
        // Nothing of this happens to a process that others share.
        expect(processState(told.redis)).not.toBe('gone');
      });
    }
  }

  test(`${group}: a neighbour notices nothing of the whole group`, async ({ page, browser, playground }) => {
    const neighbour = await Neighbour.sitDown(await browser.newContext(), playground, 'es');
    const lab = await new FailureLab(page, 'en').open();
    await runAll(lab, ofGroup(group));
    await neighbour.expectUnchanged();
    await neighbour.context.close();
  });
}
