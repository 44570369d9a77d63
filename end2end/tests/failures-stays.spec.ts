// The failure lab: what stays, what ends, what can be taken along, and the operator.
import { readFile } from 'node:fs/promises';
import { type Page, expect } from '@playwright/test';
import { type Playground, test } from '../playground.ts';
import { entries, entry, ofGroup } from './failure-entries.ts';
import { FailureLab } from './failure-lab.ts';
import { engines, processState } from './outside.ts';

/** RFC 4180: every line ends with CRLF, quotes are doubled, a field with a quote, a comma or a break is quoted. */
function parseCsv(text: string): string[][] {
  expect(text.endsWith('\r\n'), 'the last line ends').toBe(true);
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [[]];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`not RFC 4180: ${JSON.stringify(text.slice(at, at + 60))}`);
    rows.at(-1)!.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n' && field.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

async function download(page: Page, name: string): Promise<{ file: string; text: string }> {
  const [taken] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()]);
  return { file: taken.suggestedFilename(), text: await readFile(await taken.path(), 'utf8') };
}

test('the matrix survives a reload, a restart of the program, and its kill -9', async ({ page, launch }) => {
  const playground = await launch();
  const lab = await new FailureLab(page, 'es').open(playground.url);
  const tried = [entry('kill'), entry('delete-key')];
  for (const what of tried) await lab.run(what);
  const expectAll = async () => {
    await lab.open(playground.url, `?failure=${tried[1]!.id}`);
    for (const what of tried) await lab.expectInMatrix(what);
    await lab.expectVerdicts(tried[1]!);
  };
  await page.reload();
  for (const what of tried) await lab.expectInMatrix(what);
  await playground.restart();
  await expectAll();
  await playground.kill9();
  await playground.start();
  await expectAll();
});

test('a Redis of one’s own ends with the program, and comes back with its session', async ({ page, launch }) => {
  const playground = await launch();
  const lab = await new FailureLab(page, 'en').open(playground.url);
  await lab.logIn();
  const expectSession = async (when: string) => {
    await lab.open(playground.url);
    await lab.button('Who am I?').click();
    await expect(page.getByTestId('keys'), when).toContainText('"user":"ana"');
    await expect(page.getByTestId('persistence')).toContainText('AOF');
    return lab.redisPid();
  };
  const first = await lab.getOwnRedis();
  await playground.stop();
  expect(processState(first), 'after a stop').toBe('gone');
  await playground.start();
  const second = await expectSession('after a stop and a start');
  expect(second).not.toBe(first);
  await playground.kill9();
  await playground.start();
  await expect.poll(() => processState(second), 'after kill -9 and a start').toBe('gone');
  const third = await expectSession('after kill -9 and a start');
  expect([first, second]).not.toContain(third);
});

for (const language of ['es', 'en'] as const) {
  test(`the matrix is taken along: CSV, Markdown and a picture, ${language}`, async ({ page }) => {
    const lab = await new FailureLab(page, language).open();
    const tried = [entry('restart'), entry('delete-file')];
    for (const what of tried) await lab.run(what);

    const csv = await download(page, 'CSV');
    expect(csv.file).toBe('matrix.csv');
    expect(csv.text.startsWith('\u{feff}')).toBe(true);
    const rows = parseCsv(csv.text.slice(1));
    expect(rows).toHaveLength(34);
    for (const row of rows) expect(row).toHaveLength(5);
    expect(rows.slice(1).map(([title]) => title)).toEqual(entries.map(({ title }) => title[language]));
    for (const what of entries) {
      const cells = rows.find(([title]) => title === what.title[language])!.slice(1);
      for (const [at, cell] of cells.entries()) {
        if (tried.includes(what)) expect(cell).toMatch(new RegExp(`^${lab.words.outcome[what.outcomes[at]!]} \\(`));
        else expect(cell).toBe(lab.words.notTried);
      }
    }

    const markdown = await download(page, 'Markdown');
    expect(markdown.file).toBe('matrix.md');
    const lines = markdown.text.trim().split('\n');
    expect(lines).toHaveLength(35);
    for (const line of lines) expect(line.split(/(?<!\\)\|/)).toHaveLength(7);
    expect(lines[2]).toContain(`| ${tried[0]!.title[language]} | ${lab.words.outcome.lost} (`);

    const svg = await download(page, language === 'es' ? 'Imagen SVG' : 'SVG picture');
    expect(svg.file).toBe('matrix.svg');
    const texts = await page.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
      return [picture.documentElement.tagName, ...[...picture.querySelectorAll('text')].map((each) => each.textContent)];
    }, svg.text);
    expect(texts[0]).toBe('svg');
    expect(texts).toHaveLength(1 + 34 * 5);
    expect(texts.filter((text) => text?.startsWith(lab.words.outcome.lost))).toHaveLength(2);
  });
}

test('open pages with their streams do not hold the program up', async ({ context, launch }) => {
  const playground = await launch();
  const stop = async () => {
    const begun = performance.now();
    await playground.stop();
    return performance.now() - begun;
  };
  const alone = await stop();
  await playground.start();
  for (const language of ['es', 'en', 'es'] as const) {
    await new FailureLab(await context.newPage(), language).open(playground.url);
  }
  const listenedTo = await stop();
  console.log(`a stop: ${alone.toFixed(0)} ms; with three streams: ${listenedTo.toFixed(0)} ms`);
  expect(listenedTo - alone).toBeLessThan(2000);
});

test('a laptop that slept shows the truth within two seconds', async ({ page, context, browser }) => {
  await page.clock.install();
  const what = entry('kill');
  const lab = await new FailureLab(page, 'en').open('', `?failure=${what.id}`);
  await expect(lab.verdict('memory')).toHaveCount(0);
  await context.setOffline(true);
  const elsewhere = await browser.newContext({ storageState: await context.storageState() });
  const other = await new FailureLab(await elsewhere.newPage(), 'en').open(new URL(page.url()).origin);
  await other.run(what);
  await elsewhere.close();
  await context.setOffline(false);
  await page.clock.fastForward('01:00:00');
  await expect(lab.verdict('memory').getByTestId('outcome')).toHaveText(lab.words.outcome.lost, { timeout: 2000 });
  await expect(page.getByText('No connection')).toBeHidden();
});

test('MongoDB: an expired document lies there until the sweep; the page says so, and sees it go', async ({ page, playground }) => {
  test.setTimeout(120_000);
  const lab = await new FailureLab(page, 'en').open();
  await lab.logIn();
  const outside = await lab.outside(playground);
  const what = entry('record-first');
  const documents = page.getByTestId('documents');
  // If the sweep came just now, the next one is a minute away.
  for (let tries = 0; tries < 2 && (tries === 0 || (await outside.documents()).length === 0); tries += 1) await lab.run(what);
  const [lying] = await outside.documents();
  expect(lying!.expires.getTime()).toBeLessThan(Date.now());
  await expect(documents).toContainText(lying!._id);
  await expect(documents).toContainText(lab.words.expired);
  await expect(documents).toContainText(lab.words.filtered);
  await expect(page.getByTestId('box-mongo')).toContainText('1 session');
  const begun = Date.now();
  await expect.poll(async () => (await outside.documents()).length, { timeout: 70_000, intervals: [250] }).toBe(0);
  console.log(`the sweep came after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  await expect(documents).toContainText('There is nothing.', { timeout: 5000 });
  await expect(page.getByTestId('box-mongo')).toContainText('0 sessions');
  await lab.expectVerdicts(what);
});

for (const language of ['es', 'en'] as const) {
  test(`a lost update, both ways: the matrix shows them side by side, ${language}`, async ({ page }) => {
    const lab = await new FailureLab(page, language).open();
    const [, , compare, upsert] = ofGroup('together');
    await lab.run(compare!);
    await lab.run(upsert!);
    for (const what of [compare!, upsert!]) await lab.expectInMatrix(what);
    await expect(page.locator(`[data-testid=row-${compare!.id}] + [data-testid=row-${upsert!.id}]`)).toBeVisible();
    await lab.row(compare!).scrollIntoViewIfNeeded();
    await expect(lab.row(compare!)).toBeInViewport();
    await expect(lab.row(upsert!)).toBeInViewport();
  });
}

const operatorOf = (playground: Playground): string => {
  const key = /\/operator\?key=([0-9a-f]{32})/.exec(playground.log)?.[1];
  if (!key) throw new Error(`no address in ${playground.log}`);
  return `${playground.url}/operator?key=${key}`;
};

for (const language of ['es', 'en'] as const) {
  test(`the operator stops MongoDB for everybody and starts it again: ${language}`, async ({ browser, launch }) => {
    const playground = await launch();
    const student = await new FailureLab(await (await browser.newContext()).newPage(), language).open(playground.url);
    await student.logIn();
    const box = student.page.getByTestId('box-mongo');
    await expect(box).toHaveClass(/\bup\b/);
    const { mongo } = await engines(playground);
    const operator = new FailureLab(await (await browser.newContext({ locale: language })).newPage(), language);

    await operator.page.goto(operatorOf(playground));
    await operator.button(operator.words.stopMongo).click();
    await expect.poll(() => processState(mongo)).toBe('gone');
    await expect(operator.button(operator.words.startMongo)).toBeVisible();
    await expect(box).toHaveClass(/\bdown\b/);
    await expect(box).toContainText(student.words.down);

    await operator.button(operator.words.startMongo).click();
    await expect(operator.button(operator.words.stopMongo)).toBeVisible();
    await expect(box).toHaveClass(/\bup\b/, { timeout: 15_000 });
    expect((await engines(playground)).mongo).not.toBe(mongo);
    await expect(box).toContainText(/1 (sesión|session)/);
    await operator.page.context().close();
    await student.page.context().close();
  });

  test(`a wrong key of the operator is refused: ${language}`, async ({ browser, playground }) => {
    const context = await browser.newContext({ locale: language });
    const page = await context.newPage();
    const { mongo } = await engines(playground);
    for (const key of ['0'.repeat(32), '', 'x']) {
      const answer = await page.goto(`${playground.url}/operator?key=${key}`);
      expect(answer?.status(), `key=${key}`).toBe(403);
      await expect(page.getByRole('main')).toContainText(new FailureLab(page, language).words.wrongKey);
      await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
      const pressed = await page.request.post(`${playground.url}/operator/mongo/stop`, { form: { key }, headers: { origin: playground.url } });
      expect(pressed.status()).toBe(403);
    }
    expect((await engines(playground)).mongo).toBe(mongo);
    await context.close();
  });
}
