// For everyone: accessibility, phones, plain http on a LAN, before the wasm, engines away, offline.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../playground.ts';
import { firstVisit } from './first-visit.ts';
import { Lab } from './lab.ts';
import { stores } from './words.ts';

for (const language of ['es', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing: ${language}, ${colorScheme}, before and after an experiment`, async ({ browser, playground }) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
      const lab = await new Lab(await context.newPage(), language).open(playground.url);
      const violations = async () => (await new AxeBuilder({ page: lab.page }).analyze()).violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
      expect(await violations()).toEqual([]);
      await lab.logInToAll();
      expect(await violations()).toEqual([]);
      await lab.restart();
      for (const summary of await lab.page.locator('summary').all()) await summary.click();
      expect(await violations()).toEqual([]);
      await context.close();
    });
  }
}

test('nothing is wider than a phone, and a projector has room', async ({ browser, playground }) => {
  for (const width of [390, 768, 1440, 2560]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const lab = await new Lab(await context.newPage(), 'es').open(playground.url);
    await lab.logInToAll();
    await lab.restart();
    const overflow = await lab.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} px`).toBe(0);
    await context.close();
  }
});

test('plain http at a LAN name: no secure context, and everything works', async ({ page, playground }) => {
  const lab = await new Lab(page, 'es').open(playground.lanUrl);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await lab.logInToAll();
  await lab.predict('memory', 'lost');
  await lab.restart();
  const row = page.getByTestId('tape').locator('li.from-redis', { hasText: 'GET /lab/redis/me' });
  await row.getByText('curl', { exact: true }).click();
  await row.getByRole('button', { name: lab.words.copy }).click();
  await expect(row.getByRole('button', { name: lab.words.copied })).toBeVisible();
});

test('a click before the wasm has arrived is not lost', async ({ page, playground }) => {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  const lab = new Lab(page, 'es');
  await page.goto(`${playground.url}/es/sessions`);
  await lab.logInToAll();
  await lab.restart();
  arrive();
  await lab.awake();
  await lab.expectVerdicts();
});

test('no error in the console, nothing blocked by the policy, nothing from elsewhere', async ({ page, playground }) => {
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => !request.url().startsWith(playground.url) && complaints.push(request.url()));
  const lab = await new Lab(page, 'es').open();
  await lab.logInToAll();
  await lab.restart();
  await page.reload();
  await lab.awake();
  expect(complaints).toEqual([]);
});

test('Redis stops under an open page: its lane says so, the others go on, and it comes back by itself', async ({ page, launch }) => {
  const playground = await launch();
  const lab = await new Lab(page, 'es').open(playground.url);
  await expect(page.getByTestId('engine-redis')).toContainText(/Redis [\d.]+ · gestionado · pid \d+/);
  await expect(page.getByTestId('engine-mongo')).toContainText(/pid \d+/);
  await lab.logInToAll();
  const pid = Number(/pid (\d+)/.exec(await page.getByTestId('engine-redis').innerText())?.[1]);
  process.kill(pid, 'SIGSTOP');
  await expect(page.getByTestId('engine-redis')).toContainText(lab.words.away);
  await lab.button(lab.words.restart).click();
  await expect(lab.verdict('redis').getByTestId('outcome')).toHaveText(lab.words.refused);
  await expect(lab.verdict('file').getByTestId('outcome')).toHaveText(lab.words.kept);
  process.kill(pid, 'SIGCONT');
  await expect(page.getByTestId('engine-redis')).toContainText('gestionado · pid');
  await lab.button(lab.words.askAgain).click();
  await expect(lab.verdict('redis').getByTestId('outcome')).toHaveText(lab.words.kept);
});

test('the playground stops and returns under an open page: same lab, memory lost', async ({ page, launch }) => {
  const playground = await launch();
  const lab = await new Lab(page, 'en').open(playground.url);
  await lab.logInToAll();
  await playground.kill9();
  await expect(page.getByText(lab.words.offline)).toBeVisible();
  await lab.button(lab.words.visit).click();
  await expect(page.getByRole('alert')).toContainText('does not answer');
  await playground.start();
  await expect(page.getByText(lab.words.offline)).toBeHidden();
  await expect(page.getByTestId('engine-redis')).toContainText('managed');
  await expect(page.getByTestId('engine-mongo')).toContainText('managed');
  await lab.button(lab.words.askAgain).click();
  await lab.expectVerdicts();
  await expect(page.getByTestId('grave')).toContainText('died with the program');
});

test('the first visit, all bytes, stays within the budget, and files are cached by their hash', async ({ browser, playground }) => {
  const page = await (await browser.newContext()).newPage();
  for (const [encoding, kilobytes] of await firstVisit(page, playground, () => new Lab(page, 'es').open(playground.url))) {
    expect(kilobytes, `KB of a first visit in ${encoding}`).toBeLessThan({ br: 120, gzip: 150 }[encoding]);
    console.log(`first visit, ${encoding}: ${kilobytes.toFixed(1)} KB`);
  }
});

test('the countdown comes from the server and goes down', async ({ page }) => {
  const lab = await new Lab(page, 'es').open();
  await lab.logInToAll();
  for (const store of stores) await expect(lab.record(store)).toContainText(/(30:00|29:5\d)/);
  await expect(lab.record('redis')).toContainText(/29:5[0-7]/);
});
