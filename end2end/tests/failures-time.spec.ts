// The failure lab: cookie and record that come to their end, together or one before the other.
import { expect, test } from '../playground.ts';
import { ofGroup } from './failure-entries.ts';
import { FailureLab } from './failure-lab.ts';
import { Neighbour, expectReal, runAll, tell } from './failure-story.ts';

/** Sets the file store's reaper to never. */
async function reapNever(lab: FailureLab): Promise<void> {
  await lab.open();
  const interval = lab.page.getByLabel(lab.words.reaper);
  await interval.fill('');
  const applied = lab.page.waitForResponse((answer) => answer.url().endsWith('/lab/failures/settings'));
  await lab.button(lab.words.apply).click();
  await applied;
  await lab.open();
  await expect(interval).toHaveValue('');
}

for (const language of ['es', 'en'] as const) {
  for (const what of ofGroup('time')) {
    test(`${language}: ${what.title[language]}`, async ({ page, context, playground }) => {
      // Its minute may be over at any moment, and this entry looks at what lies there expired.
      if (what.id === 'expire') await reapNever(new FailureLab(page, language));
      const told = await tell(page, playground, language, what);
      await expectReal(told, what, context);
      const { lab, outside } = told;
      if (what.id === 'expire') {
        // Nobody has asked for them: the entry of the Map and the file lie there, expired.
        await expect(page.getByTestId('memory-a')).toContainText(lab.words.expired);
        expect(await outside.files()).toHaveLength(1);
      }
      if (what.id === 'cookie-first') {
        await expect(page.getByTestId('clock-record-redis')).toContainText(/29:\d\d|30:00/);
        await expect(page.getByTestId('memory-a')).toContainText('"user":"ana"');
      }
      if (what.id === 'record-first') {
        expect(await outside.files()).toEqual([]);
        await expect(page.getByTestId('memory-a').locator('> li')).toHaveCount(0);
      }
    });
  }
}

test('time: a neighbour notices nothing of the whole group', async ({ page, browser, playground }) => {
  const neighbour = await Neighbour.sitDown(await browser.newContext(), playground, 'es');
  const lab = await new FailureLab(page, 'en').open();
  await runAll(lab, ofGroup('time'));
  await neighbour.expectUnchanged();
  await neighbour.context.close();
});

test('a lifetime that is not over is not asked for; the button asks at once', async ({ page }) => {
  const lab = await new FailureLab(page, 'en').open();
  const [, first] = ofGroup('time');
  await lab.choose(first!);
  await lab.predict(first!);
  await lab.doIt();
  await expect(page.getByTestId('waiting')).toBeVisible();
  await lab.button(lab.words.askNow).click();
  // The cookie is still there, so the question comes out otherwise; asked again, it is over.
  await expect(lab.verdict('redis').getByTestId('outcome')).toHaveText(lab.words.outcome.kept);
  await expect(page.getByTestId('clock-cookie-redis')).toHaveText('the browser no longer sends it');
  await lab.button(lab.words.askAgain).click();
  await expect(lab.verdict('redis').getByTestId('outcome')).toHaveText(lab.words.outcome.expired);
});
