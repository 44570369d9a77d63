// The cookie lab for everyone: accessibility, phones and projectors, the weight of a first visit, the console.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../playground.ts';
import { CookieLab } from './cookie-lab.ts';
import { firstVisit } from './first-visit.ts';

/** Rows of every kind, a forgery, an experiment with its outcome and a refused form. */
async function doEverything(lab: CookieLab): Promise<void> {
  const { page, words } = lab;
  const send = async (path: string, form: Record<string, string>) => {
    const answer = await page.request.post(new URL(`/lab/cookies/${path}`, page.url()).href, { form });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  await send('set', { name: 'cifrada', value: 'x'.repeat(300), seal: 'private', path: '/', http_only: '1' });
  await send('keys', { act: 'rotate-and-drop' });
  await send('set', { name: 'rol', value: 'alumna', seal: 'express', path: '/', lifetime: '600', unit: 'seconds' });
  await send('line', { line: 'lejos=1; Path=/lab/cookies/echo' });
  await send('line', { line: 'tema=oscuro; Path=/' });
  await send('forge', { name: 'tema', act: 'delete' });
  await send('line', { line: 'mal=1; Path=/; SameSite=None' });
  await page.getByRole('link', { name: '4097 bytes', exact: true }).click();
  await lab.awake();
  await lab.predict(0);
  await expect(lab.outcome).toBeVisible();
  await lab.tamper('rol', words.change);
  await expect(lab.forged).toContainText(words.forged);
  await expect(lab.sealed(lab.row('cifrada', 'sent'))).toContainText(words.wrongKey);
  await expect(lab.row('lejos', 'elsewhere')).toBeVisible();
  await expect(lab.row('tema', 'deleted')).toBeVisible();
  await expect(lab.row('mal', 'rejected')).toBeVisible();
  await lab.field(words.name).fill('mi tema');
  await lab.button(words.create).click();
  await expect(page.getByTestId('notice')).toBeVisible();
}

/** Opens everything that opens, also what a student can only open one at a time. */
async function openAll({ page }: CookieLab): Promise<void> {
  await page.locator('main details').evaluateAll((all) => {
    for (const details of all as HTMLDetailsElement[]) {
      details.removeAttribute('name');
      details.open = true;
    }
  });
}

for (const language of ['es', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing: ${language}, ${colorScheme}, before and after everything was done`, async ({ browser, playground }) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
      const lab = await new CookieLab(await context.newPage(), language).open(playground.url);
      const violations = async () => (await new AxeBuilder({ page: lab.page }).analyze()).violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
      expect(await violations()).toEqual([]);
      await doEverything(lab);
      await openAll(lab);
      expect(await violations()).toEqual([]);
      await context.close();
    });
  }
}

test('nothing is wider than a phone, and a projector has room', async ({ browser, playground }) => {
  const context = await browser.newContext();
  const lab = await new CookieLab(await context.newPage(), 'es').open(playground.url);
  const expectFits = async (when: string) => {
    for (const width of [390, 768, 1440, 2560]) {
      await lab.page.setViewportSize({ width, height: 800 });
      const overflow = await lab.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${when}, at ${width} px`).toBe(0);
    }
  };
  await expectFits('at first');
  await doEverything(lab);
  await openAll(lab);
  await expectFits('after everything');
  // One long word in every place that takes one.
  await lab.create({ name: `largo_${'n'.repeat(100)}`, value: 'v'.repeat(2000), path: `/${'p'.repeat(500)}` });
  await expectFits('with a name, a value and a path that are too long');
  await context.close();
});

test('no error in the console, nothing blocked by the policy, nothing from elsewhere', async ({ page, playground }) => {
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => !request.url().startsWith(playground.url) && complaints.push(request.url()));
  const lab = await new CookieLab(page, 'es').open();
  await doEverything(lab);
  await page.reload();
  await lab.awake();
  expect(complaints).toEqual([]);
});

test('a click before the wasm has arrived is not lost', async ({ page, playground }) => {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  const lab = new CookieLab(page, 'es');
  await page.goto(`${playground.url}/es/cookies`);
  await lab.create({ name: 'tema', value: 'oscuro' });
  await lab.tamper('tema', lab.words.delete);
  await expect(lab.row('tema', 'deleted')).toBeVisible();
  arrive();
  await lab.awake();
  await expect(lab.row('tema', 'deleted')).toBeVisible();
});

test('the first visit, all bytes, stays within the budget, and files are cached by their hash', async ({ browser, playground }) => {
  const page = await (await browser.newContext()).newPage();
  for (const [encoding, kilobytes] of await firstVisit(page, playground, () => new CookieLab(page, 'es').open(playground.url))) {
    expect(kilobytes, `KB of a first visit in ${encoding}`).toBeLessThan({ br: 120, gzip: 150 }[encoding]);
    console.log(`first visit of the cookie lab, ${encoding}: ${kilobytes.toFixed(1)} KB`);
  }
  await page.context().close();
});

test('the two labs lead to each other', async ({ page }) => {
  for (const language of ['es', 'en'] as const) {
    const lab = await new CookieLab(page, language).open();
    await page.locator(`a[href="/${language}/sessions"]`).first().click();
    await expect(page).toHaveURL(`/${language}/sessions`);
    await page.locator(`a[href="/${language}/cookies"]`).first().click();
    await lab.awake();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(lab.words.title);
    await page.getByRole('link', { name: lab.words.other }).click();
    await expect(page).toHaveURL(new RegExp(`/${language === 'es' ? 'en' : 'es'}/cookies`));
  }
});
