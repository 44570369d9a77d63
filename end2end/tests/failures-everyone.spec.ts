// The failure lab for everyone: accessibility, keyboard, phones, no JavaScript, two tabs, LAN, offline, the weight of a first visit.
import AxeBuilder from '@axe-core/playwright';
import { type Locator, type Page, expect } from '@playwright/test';
import { test } from '../playground.ts';
import { entry } from './failure-entries.ts';
import { FailureLab } from './failure-lab.ts';
import { firstVisit } from './first-visit.ts';
import { processState } from './outside.ts';
import { languages } from './words.ts';

/** Every kind of outcome, a graveyard, records of all stores and a Redis of one's own. */
async function doEverything(lab: FailureLab): Promise<void> {
  for (const id of ['stop', 'corrupt-file', 'redis-down', 'rotate-key']) {
    const form = { memory: 'lost', file: 'kept', redis: 'unsure', mongo: 'lost' };
    const answer = await lab.page.request.post(new URL(`/lab/failures/run/${id}`, lab.page.url()).href, { form });
    expect(answer.status(), `${id}: ${await answer.text()}`).toBe(200);
  }
  await lab.run(entry('restart'));
  await lab.logIn();
}

async function openAll(page: Page): Promise<void> {
  await page.locator('main details').evaluateAll((all) => {
    for (const details of all as HTMLDetailsElement[]) {
      details.removeAttribute('name');
      details.open = true;
    }
  });
}

/** How many pixels the page is wider than its window, and what sticks out farthest. */
function overflowing(): { overflow: number; widest: string } {
  const { scrollWidth, clientWidth } = document.documentElement;
  const scrolls = (element: Element): boolean => {
    const parent = element.parentElement;
    return parent !== null && (getComputedStyle(parent).overflowX !== 'visible' || scrolls(parent));
  };
  const right = (element: Element) => element.getBoundingClientRect().right;
  const shown = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility({ contentVisibilityAuto: true }) && !scrolls(element));
  const out = shown.filter((element) => right(element) > clientWidth + 1).sort((one, other) => right(other) - right(one));
  const named = (element: Element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent?.slice(0, 30)}`;
  return { overflow: scrollWidth - clientWidth, widest: scrollWidth > clientWidth ? out.slice(0, 4).map(named).join(' | ') : '' };
}

for (const language of ['es', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing: ${language}, ${colorScheme}, before, after and with everything open`, async ({ browser, playground }) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
      const lab = await new FailureLab(await context.newPage(), language).open(playground.url);
      const violations = async () => (await new AxeBuilder({ page: lab.page }).analyze()).violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
      expect.soft(await violations(), 'before').toEqual([]);
      await doEverything(lab);
      expect.soft(await violations(), 'after').toEqual([]);
      await openAll(lab.page);
      expect(await violations(), 'with everything open').toEqual([]);
      await context.close();
    });
  }

  test(`the keyboard alone: ${language}`, async ({ page }) => {
    const lab = await new FailureLab(page, language).open();
    const isThere = (what: Locator) => what.evaluate((element) => element === document.activeElement);
    const tabTo = async (what: Locator) => {
      for (let presses = 0; presses < 150; presses += 1) {
        if (await isThere(what)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error('the keyboard does not get there');
    };
    const kill = entry('kill');
    await tabTo(lab.link(kill));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 2, name: kill.title[language], exact: true })).toBeVisible();
    await lab.awake();
    await tabTo(lab.guess('memory', 'kept'));
    await page.keyboard.press('ArrowDown');
    await expect(lab.guess('memory', 'lost')).toBeChecked();
    for (const store of ['file', 'redis', 'mongo'] as const) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await expect(lab.guess(store, 'kept')).toBeChecked();
    }
    await tabTo(page.getByRole('button', { name: lab.words.run, exact: true }));
    await page.keyboard.press('Enter');
    await lab.expectVerdicts(kill);
    expect(await page.evaluate(() => document.activeElement?.tagName), 'the keyboard is not thrown back to the top').not.toBe('BODY');
    const why = page.locator('#trace-run-memory summary');
    await tabTo(why);
    await page.keyboard.press('Enter');
    await expect(page.locator('#trace-run-memory')).toContainText(kill.trace);
  });

  test(`without JavaScript: choose, predict, do it, and ask when the time has come: ${language}`, async ({ browser, playground }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const lab = new FailureLab(page, language);
    await page.goto(`${playground.url}/${language}/failures`);
    await lab.run(entry('redeploy'), false);
    await expect(page.locator('#trace-run-memory')).toBeVisible();
    const first = entry('cookie-first');
    await lab.choose(first, false);
    await lab.predict(first);
    await lab.doIt();
    await expect(page.getByTestId('waiting')).toBeVisible();
    const sids = async () => (await context.cookies()).filter(({ name }) => name.endsWith('.sid'));
    await expect.poll(sids).toEqual([]);
    await lab.button(lab.words.askNow).click();
    await lab.expectVerdicts(first);
    await page.reload();
    await lab.expectVerdicts(first);
    await lab.expectInMatrix(entry('redeploy'));
    await context.close();
  });
}

test('nothing is wider than a phone, a tablet, a projector, or a projector at 200 %', async ({ browser, playground }) => {
  for (const [width, deviceScaleFactor] of [[390, 1], [768, 1], [1440, 1], [640, 2]] as const) {
    const context = await browser.newContext({ viewport: { width, height: 720 }, deviceScaleFactor });
    const lab = await new FailureLab(await context.newPage(), width === 768 ? 'en' : 'es').open(playground.url);
    const expectFits = async (when: string) => {
      const { overflow, widest } = await lab.page.evaluate(overflowing);
      expect.soft(overflow, `${when}, at ${width} px × ${deviceScaleFactor}: ${widest}`).toBe(0);
    };
    await expectFits('at first');
    await doEverything(lab);
    await expectFits('after everything');
    await openAll(lab.page);
    await expectFits('with everything open');
    await context.close();
  }
});

test('a reload and Back keep the verdicts', async ({ page }) => {
  const lab = await new FailureLab(page, 'es').open();
  await lab.run(entry('delete-key'));
  await page.reload();
  await lab.awake();
  await lab.expectVerdicts(entry('delete-key'));
  await lab.run(entry('other-server'));
  await page.goBack();
  await expect(page).toHaveURL(/failure=delete-key/);
  await lab.awake();
  await lab.expectVerdicts(entry('delete-key'));
  await page.goForward();
  await lab.awake();
  await lab.expectVerdicts(entry('other-server'));
});

test('two tabs: what happens in one appears in the other by itself', async ({ page, context }) => {
  const what = entry('kill');
  const first = await new FailureLab(page, 'es').open('', `?failure=${what.id}`);
  const second = await new FailureLab(await context.newPage(), 'en').open();
  await second.run(what);
  await first.expectVerdicts(what);
  await first.expectInMatrix(what);
  await first.logIn();
  await expect(second.page.getByTestId('browser-redis')).toContainText('ana');
});

test('the first visit, all bytes, stays within the budget, and files are cached by their hash', async ({ browser, playground }) => {
  const page = await (await browser.newContext()).newPage();
  for (const [encoding, kilobytes] of await firstVisit(page, playground, () => new FailureLab(page, 'es').open(playground.url))) {
    expect(kilobytes, `KB of a first visit in ${encoding}`).toBeLessThan({ br: 120, gzip: 150 }[encoding]);
    console.log(`first visit of the failure lab, ${encoding}: ${kilobytes.toFixed(1)} KB`);
  }
  await page.context().close();
});

test('no error in the console, nothing blocked by the policy, nothing from elsewhere', async ({ page, playground }) => {
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => !request.url().startsWith(playground.url) && complaints.push(request.url()));
  const lab = await new FailureLab(page, 'es').open();
  await doEverything(lab);
  await openAll(page);
  await page.reload();
  await lab.awake();
  expect(complaints).toEqual([]);
});

test('plain http at a LAN name: everything works, also a Redis of one’s own', async ({ page, playground }) => {
  const lab = await new FailureLab(page, 'en').open(playground.lanUrl);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await lab.logIn();
  const pid = await lab.getOwnRedis();
  await lab.run(entry('redis-crash-aof'));
  expect(processState(pid)).toBe('gone');
  expect(processState(await lab.redisPid())).not.toBe('gone');
  await lab.run(entry('delete-cookie'));
});

test('a click before the wasm has arrived is not lost', async ({ page, playground }) => {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  const lab = new FailureLab(page, 'es');
  await page.goto(`${playground.url}/es/failures`);
  await lab.run(entry('delete-document'), false);
  arrive();
  await lab.awake();
  await lab.expectVerdicts(entry('delete-document'));
});

test('the program is killed under an open page: it says so, and catches up by itself', async ({ page, launch }) => {
  const playground = await launch();
  const lab = await new FailureLab(page, 'en').open(playground.url);
  await lab.run(entry('restart'));
  await playground.kill9();
  await expect(page.getByText(languages.en.offline)).toBeVisible();
  await playground.start();
  await expect(page.getByText(languages.en.offline)).toBeHidden();
  await lab.expectVerdicts(entry('restart'));
  await lab.logIn();
});

test('a screen reader is told the outcomes', async ({ page }) => {
  const lab = await new FailureLab(page, 'en').open();
  await lab.run(entry('delete-file'));
  const told = page.getByRole('status').filter({ hasText: lab.words.spoken });
  await expect(told).toHaveText('Delete the file. Result: memory: kept, file: lost, Redis: kept, MongoDB: kept.');
});
