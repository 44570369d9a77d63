// The heart of it: log in to all, predict, restart, and see which store still knows you.
import { expect, test } from '../playground.ts';
import { Lab } from './lab.ts';
import { type Language, stores } from './words.ts';

for (const language of ['es', 'en'] as const satisfies Language[]) {
  test.describe(language, () => {
    test('log in, fill the cart, predict, restart: memory forgets, the others remember', async ({ page, context, browser, playground }) => {
      const lab = await new Lab(page, language).open();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(lab.words.title);
      await lab.logInToAll();
      await lab.button(lab.words.add).click();
      for (const store of stores) await expect(lab.record(store)).toContainText('"cart":["pan"]');
      await lab.button(lab.words.visit).click();
      for (const store of stores) await expect(lab.record(store)).toContainText('"visits":1');
      await lab.predict('memory', 'lost');
      await lab.predict('file', 'unsure');
      await lab.predict('redis', 'kept');
      await lab.predict('mongo', 'lost');
      await lab.restart();

      await expect(page.getByTestId('server-tag')).toHaveText(lab.words.boot2);
      await expect(page.getByTestId('grave')).toContainText('ana');
      await expect(page.getByTestId('grave')).toContainText(lab.words.died);
      await expect(page.getByTestId('cookie-memory')).toHaveText(lab.words.noCookie);
      await expect(page.getByText(lab.words.hits)).toBeVisible();
      await expect(page.getByTestId('spoken')).toHaveText(lab.words.summary);
      for (const store of ['file', 'redis', 'mongo'] as const) {
        await expect(lab.record(store)).toContainText('"cart":["pan"]');
        await expect(lab.record(store)).toContainText('"visits":1');
      }
      // The browser agrees: three session cookies are left, and DevTools shows the same ids.
      const jar = await context.cookies();
      expect(jar.map((cookie) => cookie.name).sort()).toEqual(['file.sid', 'lab', 'mongo.sid', 'redis.sid']);
      for (const cookie of jar.filter((cookie) => cookie.name.endsWith('.sid'))) {
        expect(cookie).toMatchObject({ httpOnly: true, path: '/', sameSite: 'Lax', secure: false });
        await expect(lab.record(cookie.name.split('.')[0] as 'file')).toContainText(cookie.value);
      }

      await test.step('a reload says the same', async () => {
        await page.reload();
        await lab.awake();
        await lab.expectVerdicts();
        await expect(page.getByTestId('grave')).toContainText(lab.words.died);
      });
      await test.step('so does a second tab, and the other language', async () => {
        const tab = await context.newPage();
        await new Lab(tab, language).open().then((second) => second.expectVerdicts());
        await tab.getByRole('link', { name: lab.words.other }).click();
        await new Lab(tab, language === 'es' ? 'en' : 'es').expectVerdicts();
      });
      await test.step('and so does the page with JavaScript off', async () => {
        const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
        const tab = await plain.newPage();
        await tab.goto(`${playground.url}/${language}/sessions`);
        await new Lab(tab, language).expectVerdicts();
        await expect(tab.getByTestId('grave')).toContainText(lab.words.died);
        await plain.close();
      });
      await test.step('each verdict shows how it is known', async () => {
        const trace = lab.verdict('redis').getByRole('group');
        await trace.locator('summary').click();
        await expect(trace).toContainText(/redis\.sid=[\w-]{22}/);
        await expect(trace).toContainText(/GET (lab:[0-9a-f]{16}:)?sess:[\w-]{22}/);
      });
      await test.step('once more begins a new round', async () => {
        await lab.button(lab.words.again).click();
        await expect(lab.verdict('memory').getByRole('radio').first()).toBeVisible();
      });
    });

    test('the whole story without JavaScript', async ({ browser, playground }) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      const lab = new Lab(page, language);
      await page.goto(`${playground.url}/${language}/sessions`);
      await lab.logInToAll();
      await lab.button(lab.words.add).click();
      await lab.predict('memory', 'lost');
      await lab.predict('file', 'unsure');
      await lab.predict('redis', 'kept');
      await lab.predict('mongo', 'lost');
      await lab.restart();
      await expect(page.getByText(lab.words.hits)).toBeVisible();
      await expect(lab.record('redis')).toContainText('"cart":["pan"]');
      // The filter of the tape is plain CSS.
      await page.getByRole('radio', { name: 'Redis' }).check();
      await expect(page.getByTestId('tape').locator('li.from-file').first()).toBeHidden();
      await expect(page.getByTestId('tape').locator('li.from-redis').first()).toBeVisible();
      await context.close();
    });

    test('the whole story with the keyboard alone', async ({ page }) => {
      const lab = await new Lab(page, language).open();
      const tabTo = async (what: ReturnType<Lab['button']>) => {
        for (let presses = 0; presses < 80; presses += 1) {
          if (await what.evaluate((element) => element === document.activeElement)) return;
          await page.keyboard.press('Tab');
        }
        throw new Error('the keyboard does not get there');
      };
      await tabTo(lab.button(lab.words.enterAll));
      await page.keyboard.press('Enter');
      const radio = lab.verdict('memory').getByRole('radio', { name: lab.words.guess.kept, exact: true });
      await expect(radio).toBeVisible();
      await tabTo(radio);
      await page.keyboard.press('ArrowDown');
      await expect(lab.verdict('memory').getByRole('radio', { name: lab.words.guess.lost, exact: true })).toBeChecked();
      await page.keyboard.press('Shift+Tab');
      await tabTo(lab.button(lab.words.restart));
      await page.keyboard.press('Space');
      await lab.expectVerdicts();
      const why = lab.verdict('memory').locator('summary');
      await tabTo(why);
      await page.keyboard.press('Enter');
      await expect(lab.verdict('memory')).toContainText('memory.sid=');
      await tabTo(lab.button(lab.words.again));
      await page.keyboard.press('Enter');
      await expect(radio).toBeFocused();
    });
  });
}

test('two browsers: restarting one changes nothing in the other', async ({ browser, playground }) => {
  const open = async () => new Lab(await (await browser.newContext()).newPage(), 'es').open(playground.url);
  const [ana, eva] = await Promise.all([open(), open()]);
  await Promise.all([ana.logInToAll(), eva.logInToAll()]);
  await ana.restart();
  await eva.page.reload();
  await eva.awake();
  await expect(eva.page.getByTestId('server-tag')).toContainText('arranque n.º 1');
  await expect(eva.record('memory')).toContainText('"user":"ana"');
  await expect(eva.verdict('memory').getByRole('radio').first()).toBeVisible();
});

test('two tabs: what happens in one shows in the other by itself', async ({ page, context }) => {
  const first = await new Lab(page, 'es').open();
  const second = await new Lab(await context.newPage(), 'es').open();
  await first.logInToAll();
  await expect(second.record('redis')).toContainText('"user":"ana"');
  await second.restart();
  await first.expectVerdicts();
});

test('one lane alone, and the way back to the beginning', async ({ page, context }) => {
  const lab = await new Lab(page, 'en').open();
  const lane = lab.lane('redis');
  await page.getByTestId('only-redis').click();
  await lane.getByRole('button', { name: 'Log in as profe' }).click();
  await expect(lab.record('redis')).toContainText('"user":"profe"');
  await lane.getByRole('button', { name: 'Add bread' }).click();
  await expect(lab.record('redis')).toContainText('"cart":["pan"]');
  const [admin] = await Promise.all([context.waitForEvent('page'), lane.getByRole('link', { name: 'Admin page' }).click()]);
  await expect(admin.locator('body')).toContainText('"role":"admin"');
  await admin.close();
  await lane.getByRole('button', { name: 'Log out' }).click();
  await expect(lab.record('redis')).toHaveCount(0);
  await lab.button(lab.words.reset).click();
  await expect(page.getByTestId('tape').getByRole('listitem')).toHaveCount(1);
  expect((await context.cookies()).map((cookie) => cookie.name)).toEqual(['lab']);
});

test('the language of the browser leads to the page, the URL decides it', async ({ browser, playground }) => {
  for (const [locale, title] of [['es-AR', /Quién te recuerda/], ['en-GB', /Who remembers you/], ['de-DE', /Quién te recuerda/]] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(playground.url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await context.close();
  }
});

test('a curl command of the tape does what the browser did', async ({ page }) => {
  const lab = await new Lab(page, 'es').open();
  await lab.logInToAll();
  await lab.restart();
  const row = page.getByTestId('tape').locator('li.from-file', { hasText: 'GET /lab/file/me' });
  await row.getByText('curl', { exact: true }).click();
  const command = await row.locator('.curl code').innerText();
  await row.getByRole('button', { name: lab.words.copy }).click();
  await expect(row.getByRole('button', { name: lab.words.copied })).toBeVisible();
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const { stdout } = await promisify(execFile)('sh', ['-c', command.replace('curl -i', 'curl -s -i')]);
  expect(stdout).toContain('HTTP/1.1 200');
  expect(stdout).toContain('"user":"ana"');
});

test('the source on the page is the file that runs', async ({ page }) => {
  await new Lab(page, 'en').open();
  const { readFile } = await import('node:fs/promises');
  const file = await readFile(new URL('../../src/sessions/site.rs', import.meta.url), 'utf8');
  await page.getByText('Source code of src/sessions/site.rs').click();
  expect((await page.getByTestId('site-source').innerText()).trim()).toBe(file.trim());
});
