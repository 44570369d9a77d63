// Nothing that a student does with cookies costs them their lab: in a real jar, with its real limits.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../playground.ts';
import { CookieLab, experiments } from './cookie-lab.ts';
import type { Language } from './words.ts';

const languages = ['es', 'en'] as const satisfies Language[];

/** The lab's own cookie, as the browser holds it. */
const labCookie = async (context: BrowserContext) => (await context.cookies()).find(({ name }) => name === 'lab')?.value;

/** Sets cookies behind the lab's back, as a script of the page can. */
const byScript = (page: Page, count: number, line: string) =>
  page.evaluate(([count, line]) => {
    for (let number = 0; number < count; number++) document.cookie = `ajena_${number}=${line}`;
  }, [count, line] as const);

/** Sends the form that sets a cookie, and gives the status. */
const set = (page: Page, name: string, path: string) =>
  page.evaluate(async (fields) => (await fetch('/lab/cookies/set', { method: 'POST', body: new URLSearchParams(fields) })).status, { name, path, value: '1' });

/** Logs in to the site that keeps its sessions there, and gives the status. */
const stores = ['memory', 'file', 'redis', 'mongo'];
const logIn = (page: Page, store: string) =>
  page.evaluate(async (url) => (await fetch(url, { method: 'POST', body: new URLSearchParams({ user: 'ana', password: 'galleta' }) })).status, `/lab/${store}/login`);

for (const language of languages) {
  test.describe(language, () => {
    test('so many small cookies that the browser would drop the oldest are refused', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const own = await labCookie(context);
      await byScript(page, 100, '1; path=/');
      const answers: number[] = [];
      for (let number = 0; number < 30; number++) answers.push(await set(page, `mini_${number}`, '/q'));
      expect(answers.filter((status) => status === 200)).toHaveLength(20);
      expect(answers.slice(20)).toEqual(Array(10).fill(422));
      expect(await labCookie(context)).toBe(own);
      await lab.open();
      await expect(lab.row('mini_0', 'elsewhere')).toBeVisible();
    });

    test('the experiment eviction brings back every cookie, with the life that it had', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      for (const store of stores) expect(await logIn(page, store), store).toBe(200);
      await lab.create({ name: 'larga', lifetime: '3000', unit: 'seconds', httpOnly: true });
      await lab.create({ name: 'de_sesion', unit: 'session' });
      const before = await context.cookies();
      const { outcome, title } = experiments.find(({ id }) => id === 'eviction')!;
      await lab.load(title[language]);
      await lab.predict(outcome);
      await expect(lab.outcome).toHaveClass(new RegExp(` number-${outcome}$`));
      await expect.poll(async () => (await context.cookies()).map(({ name }) => name).sort()).toEqual(before.map(({ name }) => name).sort());
      const after = await context.cookies();
      for (const { name, value, path, httpOnly, expires } of before) {
        const now = after.find((cookie) => cookie.name === name)!;
        expect(now).toMatchObject({ value, path, httpOnly });
        // The lab's own begins its thirty days anew.
        if (name !== 'lab') expect(Math.abs(now.expires - expires), name).toBeLessThanOrEqual(2);
      }
    });

    test('cookies that weigh too much are deleted by an answer that can be read and leads back', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const own = await labCookie(context);
      // From a page that does nothing by itself: the lab's own would ask again at the first change.
      await page.goto('/readyz');
      await byScript(page, 10, `${'x'.repeat(4000)}; path=/`);
      await page.evaluate((line) => {
        for (let number = 0; number < 10; number++) document.cookie = `deep_${number}=${line}`;
      }, `${'x'.repeat(4000)}; path=/${language}`);
      // A script's writes reach the jar a little later than the script goes on.
      await expect.poll(async () => (await context.cookies()).length).toBe(21);
      const answer = await page.goto(`/${language}/cookies`);
      expect(answer?.status()).toBe(431);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      expect((await context.cookies()).map(({ name }) => name)).toEqual(['lab']);
      await page.getByRole('link').click();
      await lab.awake();
      expect(await labCookie(context)).toBe(own);
    });
  });
}
