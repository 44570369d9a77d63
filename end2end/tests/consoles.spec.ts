// The consoles: redis-cli and mongosh on one's own sessions.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';
import { test } from '../playground.ts';
import { ConsoleLab } from './console-lab.ts';
import { FailureLab } from './failure-lab.ts';
import { Lab } from './lab.ts';
import type { Language } from './words.ts';

const shell = async (command: string) => (await promisify(execFile)('sh', ['-c', command], { timeout: 20_000 })).stdout.trim();

/** A student who has logged in to all four sites on the session page. */
async function loggedIn(page: Page, language: Language, base = ''): Promise<{ sessions: Lab; lab: ConsoleLab }> {
  const sessions = await new Lab(page, language).open(base);
  await sessions.logInToAll();
  return { sessions, lab: await new ConsoleLab(page, language).open(base) };
}

async function sessionId(page: Page, tool: 'redis' | 'mongo'): Promise<string> {
  const cookie = (await page.context().cookies()).find(({ name }) => name === `${tool}.sid`);
  if (!cookie) throw new Error(`no cookie of ${tool}`);
  return cookie.value;
}

for (const language of ['es', 'en'] as const) {
  test(`log in on the session page, find the record in redis-cli, delete it, and be nobody there: ${language}`, async ({ page }) => {
    const { sessions, lab } = await loggedIn(page, language);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(lab.words.title);
    const id = await sessionId(page, 'redis');
    await lab.type('redis', 'KEYS *');
    await expect(lab.printed('redis')).toHaveText(`1) "sess:${id}"`);
    await expect(page.getByTestId('serves-redis')).toContainText(lab.words.ownServer);
    await lab.story('redis', `GET sess:${id}`).click();
    await expect(lab.printed('redis')).toContainText('\\"user\\":\\"ana\\"');
    await lab.story('redis', `DEL sess:${id}`).click();
    await expect(lab.printed('redis')).toHaveText('(integer) 1');
    await expect(lab.meaning('redis')).toHaveText(lab.words.loggedOut.redis);

    const me = await page.request.get('/lab/redis/me');
    expect(await me.json()).toMatchObject({ user: null });
    await sessions.open();
    await expect(sessions.record('mongo')).toContainText('ana');
    await expect(sessions.record('redis').filter({ hasText: 'ana' })).toHaveCount(0);
  });

  test(`the same in mongosh: ${language}`, async ({ page }) => {
    const { sessions, lab } = await loggedIn(page, language);
    const id = await sessionId(page, 'mongo');
    await lab.type('mongo', `db.sessions.findOne({ _id: '${id}' })`);
    await expect(lab.printed('mongo')).toContainText(`_id: '${id}'`);
    await expect(lab.printed('mongo')).toContainText("user: 'ana'");
    await lab.story('mongo', `db.sessions.deleteOne({ _id: '${id}' })`).click();
    await expect(lab.printed('mongo')).toHaveText('{ acknowledged: true, deletedCount: 1 }');
    await expect(lab.meaning('mongo')).toHaveText(lab.words.loggedOut.mongo);

    const me = await page.request.get('/lab/mongo/me');
    expect(await me.json()).toMatchObject({ user: null });
    await sessions.open();
    await expect(sessions.record('redis')).toContainText('ana');
    await expect(sessions.record('mongo').filter({ hasText: 'ana' })).toHaveCount(0);
  });

  test(`a key with a time to live: TTL counts down: ${language}`, async ({ page }) => {
    const lab = await new ConsoleLab(page, language).open();
    await lab.story('redis', 'SET saludo hola EX 20').click();
    await expect(lab.printed('redis')).toHaveText('OK');
    const left = async () => {
      await lab.type('redis', 'TTL saludo');
      return Number(/^\(integer\) (\d+)$/.exec(await lab.printed('redis').innerText())?.[1]);
    };
    const first = await left();
    expect(first).toBeGreaterThan(10);
    await expect.poll(left).toBeLessThan(first);
    await lab.type('redis', 'SET saludo adios PX 1');
    await expect.poll(async () => (await lab.type('redis', 'GET saludo'), lab.printed('redis').innerText())).toBe('(nil)');
    await lab.type('redis', 'TTL saludo');
    await expect(lab.printed('redis')).toHaveText('(integer) -2');
  });

  test(`history and completion with the keyboard alone: ${language}`, async ({ page }) => {
    const { lab } = await loggedIn(page, language);
    const field = lab.field('redis');
    await lab.type('redis', 'SET uno 1');
    await lab.type('redis', 'GET uno');
    await expect(field).toHaveValue('');
    await expect(field).toBeFocused();
    await field.pressSequentially('TT');
    await page.keyboard.press('ArrowUp');
    await expect(field).toHaveValue('GET uno');
    await page.keyboard.press('ArrowUp');
    await expect(field).toHaveValue('SET uno 1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(field).toHaveValue('TT');
    await page.keyboard.press('Tab');
    await expect(field).toHaveValue('TTL ');
    await expect(page.locator('#hint-redis')).toHaveText('TTL key');
    await field.pressSequentially('sess:');
    await page.keyboard.press('Tab');
    await expect(field).toHaveValue(/^TTL sess:[\w-]{22}$/);
    await page.keyboard.press('Enter');
    await expect(lab.printed('redis')).toHaveText(/^\(integer\) \d+$/);
    // An empty field lets Tab pass: the keyboard is never caught.
    await page.keyboard.press('Tab');
    await expect(field).not.toBeFocused();
    await field.focus();
    await field.pressSequentially('C');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(field).not.toBeFocused();

    const shellField = lab.field('mongo');
    await shellField.focus();
    await shellField.pressSequentially('db.sessions.findO');
    await page.keyboard.press('Tab');
    await expect(shellField).toHaveValue('db.sessions.findOne(');
  });

  test(`a screen reader hears each answer once: ${language}`, async ({ page }) => {
    const lab = await new ConsoleLab(page, language).open();
    expect(await page.locator('[data-testid^=screen-]').evaluateAll((screens) => screens.filter((screen) => screen.closest('[aria-live],[role=log],[role=status],[role=alert]')).length), 'the screen itself is silent').toBe(0);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const status = document.querySelector('#spoken')!;
      new MutationObserver(() => heard.push(status.textContent ?? '')).observe(status, { childList: true, characterData: true, subtree: true });
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.filter((text, at, all) => text && text !== all[at - 1]));
    await lab.type('redis', 'SET uno 1');
    await lab.type('redis', 'SET uno 1');
    await lab.type('mongo', 'db.sessions.countDocuments()');
    await expect(lab.spoken).toContainText('countDocuments');
    const all = await heard();
    expect(all).toHaveLength(3);
    expect(all[0]).toContain('SET uno 1: OK');
    expect(all[1]).toContain('SET uno 1: OK');
    expect(all[2]).toContain('db.sessions.countDocuments(): 0');
  });

  test(`what the labs do appears as the commands it was: ${language}`, async ({ page, context }) => {
    const lab = await new ConsoleLab(page, language).open();
    await expect(lab.screen('redis')).toContainText(lab.words.empty);
    await expect(page.locator('#stories-redis')).toContainText(lab.words.logInFirst);
    const sessions = await new Lab(await context.newPage(), language).open();
    await sessions.logInToAll();
    await expect(lab.screen('redis')).toContainText(lab.words.fromTheLabs);
    await expect(lab.screen('redis').getByText(/^SET (lab:[0-9a-f]{16}:)?sess:[\w-]{22} .*PX \d+ NX$/)).toBeVisible();
    await expect(lab.screen('mongo').getByText(/^db\.sessions\.insertOne\(/)).toBeVisible();
    await expect(lab.story('redis', /^GET sess:/)).toBeVisible();
  });

  test(`without JavaScript: ${language}`, async ({ browser, playground }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const lab = new ConsoleLab(await context.newPage(), language);
    await lab.page.goto(`${playground.url}/${language}/consoles`);
    await lab.field('redis').fill('SET uno "1 y 2"');
    await lab.page.getByRole('button', { name: lab.words.send.redis }).click();
    await lab.field('redis').fill('GET uno');
    await lab.page.getByRole('button', { name: lab.words.send.redis }).click();
    await expect(lab.printed('redis')).toHaveText('"1 y 2"');
    await lab.page.getByRole('button', { name: lab.words.clear.redis }).click();
    await expect(lab.screen('redis')).toContainText(lab.words.empty);
    await context.close();
  });
}

test('a mistyped line names the nearest one, and a refused one says why', async ({ page }) => {
  const lab = await new ConsoleLab(page, 'es').open();
  await lab.type('redis', 'GTE uno');
  await expect(lab.printed('redis')).toHaveText(/^\(error\) ERR unknown command 'GTE'/);
  await expect(lab.meaning('redis')).toContainText('GET');
  await lab.type('mongo', 'db.sessions.fnd()');
  await expect(lab.printed('mongo')).toContainText('db.sessions.fnd is not a function');
  await expect(lab.meaning('mongo')).toContainText('find');
  await lab.type('mongo', "db.sessions.aggregate([{ $lookup: { from: 'sessions', as: 'x', pipeline: [] } }])");
  await expect(lab.meaning('mongo')).toBeVisible();
});

test('a frozen server: the line is cut off after two seconds, and nobody else waits', async ({ page, browser, playground }) => {
  const failures = await new FailureLab(page, 'es').open(playground.url);
  await failures.logIn();
  await failures.getOwnRedis();
  await failures.openRedisActs();
  await failures.button('Congelar (SIGSTOP)').click();
  await expect(page.locator('#tape')).toContainText('kill -STOP');
  const lab = await new ConsoleLab(page, 'es').open(playground.url);
  const begun = performance.now();
  const sent = lab.type('redis', 'PING');
  const other = await new Lab(await (await browser.newContext()).newPage(), 'en').open(playground.url);
  await other.logInToAll();
  await sent;
  expect(performance.now() - begun).toBeGreaterThan(1900);
  await expect(lab.meaning('redis')).toHaveText(lab.words.cutOff);
  await failures.open(playground.url);
  await failures.openRedisActs();
  await failures.button(failures.words.resume).click();
  await lab.open(playground.url);
  await expect(async () => {
    await lab.type('redis', 'PING');
    await expect(lab.printed('redis')).toHaveText('PONG', { timeout: 1000 });
  }).toPass();
});

test('SHUTDOWN ends the server of this lab, and the way to start it again is shown', async ({ page }) => {
  const { lab } = await loggedIn(page, 'es');
  await lab.type('redis', 'SHUTDOWN NOSAVE');
  await expect(lab.printed('redis')).toHaveCount(0);
  await lab.type('redis', 'PING');
  await expect(lab.printed('redis')).toHaveText(/^Could not connect to Redis at redis\.sock: /);
  await page.getByTestId('serves-redis').getByRole('link').click();
  const failures = new FailureLab(page, 'es');
  await failures.awake();
  await failures.openRedisActs();
  await failures.button(failures.words.redisStart).click();
  await expect(failures.redisBox).toContainText(/pid \d+/);
  await lab.open();
  await lab.type('redis', 'PING');
  await expect(lab.printed('redis')).toHaveText('PONG');
});

test('a line taken along to one’s own terminal finds the same server', async ({ page, playground }) => {
  const { lab } = await loggedIn(page, 'es', playground.url);
  const id = await sessionId(page, 'redis');
  await lab.type('redis', `EXISTS sess:${id}`);
  const taken = async (tool: 'redis' | 'mongo') => {
    await expect(lab.last(tool).locator('summary .spoken')).toHaveText(lab.words.copy[tool]);
    await lab.last(tool).locator('summary').click();
    return lab.last(tool).locator('details pre').innerText();
  };
  expect(await shell(await taken('redis'))).toBe('1');
  await lab.type('redis', 'KEYS *');
  expect(await shell(await taken('redis'))).toContain(`"sess:${id}"`);
  await lab.type('mongo', 'db.sessions.countDocuments()');
  expect(await taken('mongo')).toMatch(/^mongosh session_playground --port \d+ --quiet --eval 'db\.sessions\.countDocuments\(\)'$/);
  // At a LAN name the address would lead nowhere.
  await lab.open(playground.lanUrl);
  await lab.type('redis', 'PING');
  expect(await taken('redis')).toBe('redis-cli PING');
});

test('two tabs, a reload and Back keep the lines; the line is not lost when nobody answers', async ({ page, context }) => {
  const lab = await new ConsoleLab(page, 'es').open();
  const second = await new ConsoleLab(await context.newPage(), 'en').open();
  await lab.type('redis', 'SET uno 1');
  await expect(second.prompt('redis')).toHaveText('SET uno 1');
  await second.type('redis', 'GET uno');
  await expect(lab.printed('redis')).toHaveText('"1"');
  await page.reload();
  await lab.awake();
  await expect(lab.printed('redis')).toHaveText('"1"');
  await page.goto('/es/sessions');
  await page.goBack();
  await expect(lab.printed('redis')).toHaveText('"1"');
  await context.setOffline(true);
  await lab.field('redis').fill('GET dos');
  await lab.field('redis').press('Enter');
  await expect(page.getByText(lab.words.offline)).toBeVisible();
  await expect(lab.field('redis')).toHaveValue('GET dos');
  await context.setOffline(false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing is wider than a phone: ${colorScheme}`, async ({ browser, playground }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const violations = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    await new ConsoleLab(page, 'en').open(playground.url);
    expect(await violations(), 'before').toEqual([]);
    const { lab: here } = await loggedIn(page, 'es', playground.url);
    for (const line of ['KEYS *', 'INFO', 'GTE x', 'LRANGE nada 0 -1']) await here.type('redis', line);
    for (const line of ['db.sessions.find()', 'db.sessions.fnd()']) await here.type('mongo', line);
    await page.locator('main details').evaluateAll((all) => all.forEach((details) => ((details as HTMLDetailsElement).open = true)));
    expect(await violations(), 'with lines').toEqual([]);
    for (const width of [390, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `at ${width} px`).toBe(0);
    }
    await context.close();
  });
}

test('a lab that only looks has no server of its own, and a long history is bounded', async ({ page }) => {
  const lab = await new ConsoleLab(page, 'en').open();
  await expect(page.getByTestId('serves-redis')).not.toContainText(lab.words.ownServer);
  await lab.type('redis', 'PING');
  for (let count = 0; count < 110; count += 1) {
    const answer = await page.request.post('/lab/consoles/redis', { form: { line: `SET n ${count}` }, headers: { accept: 'text/plain' } });
    expect(answer.status() === 429 ? 'OK\n' : await answer.text()).toBe('OK\n');
  }
  await expect.poll(() => lab.screen('redis').locator('li').count()).toBeLessThanOrEqual(60);
});
