// The cookie lab: a real cookie, three views of it, its end, forging it, and the thirteen experiments.
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from '@playwright/test';
import { expect, test } from '../playground.ts';
import { CookieLab, experiments } from './cookie-lab.ts';
import { Lab } from './lab.ts';
import type { Language } from './words.ts';

const languages = ['es', 'en'] as const satisfies Language[];

/** The browser's own jar, as DevTools shows it. */
const inJar = async (context: BrowserContext, name: string) => (await context.cookies()).find((cookie) => cookie.name === name);

/** Leaves something on the page that neither a reload nor a navigation survives. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { marked: true }));
const expectMark = async (page: Page) => expect(await page.evaluate(() => 'marked' in window), 'the page was not loaded again').toBe(true);

/** Notes from now on what every clock of the page shows, each time once. */
async function timers(page: Page): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const look = () => {
      for (const timer of document.querySelectorAll('[role=timer]')) {
        const text = timer.textContent ?? '';
        if (seen.at(-1) !== text) seen.push(text);
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    return seen;
  });
  return () => seen.jsonValue();
}

for (const language of languages) {
  test.describe(language, () => {
    test('a cookie is set: what was sent, what the rule says, and three views that agree with the jar', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
      await expect(page.getByTestId('answer')).toContainText(words.nothingSent);
      await mark(page);
      await lab.create({ name: 'tema', value: 'oscuro', lifetime: '600', unit: 'seconds' });

      await expect(lab.setCookie).toHaveText('Set-Cookie: tema=oscuro; SameSite=Lax; Path=/; Max-Age=600');
      await expect(lab.sentLine.locator('[data-testid=predicted-stored]')).toBeVisible();
      await expect(lab.sentLine.locator('[data-testid=agrees-yes]')).toContainText(words.agrees);
      const row = lab.row('tema', 'sent');
      await expect(lab.script(row, 'oscuro')).toBeVisible();
      await expect(lab.received(row)).toHaveText('tema=oscuro');
      await expect(lab.sealed(row)).toContainText(words.noSeal);
      await expect(row.getByRole('timer')).toHaveText(/^(10:00|0?9:5\d)$/);
      await expect(page.getByTestId('raw-header')).toHaveText('Cookie: tema=oscuro');
      await expectMark(page);

      const held = await inJar(context, 'tema');
      expect(held).toMatchObject({ value: 'oscuro', path: '/', domain: '127.0.0.1', httpOnly: false, secure: false });
      expect(Math.abs(held!.expires - Date.now() / 1000 - 600)).toBeLessThan(30);
    });

    test('a cookie of three seconds counts down, goes by itself, and stays as a struck row', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await mark(page);
      const seen = await timers(page);
      await lab.create({ name: 'fugaz', lifetime: '3000', unit: 'ms' });
      await expect(lab.setCookie).toContainText('Max-Age=3');

      const struck = lab.row('fugaz', 'expired');
      await expect(struck).toContainText(words.expired);
      await expect(struck.locator('s')).toHaveText('fugaz');
      await expect(lab.received(struck)).toHaveText(words.stopped);
      await expect(lab.row('fugaz', 'sent')).toHaveCount(0);
      const shown = await seen();
      expect(shown.length, `it counted: ${shown}`).toBeGreaterThan(1);
      expect(shown.every((text) => /0:0[0-4]$/.test(text)), `it counted: ${shown}`).toBe(true);
      expect(shown, 'downwards').toEqual([...shown].sort().reverse());
      await expectMark(page);
      expect(new URL(page.url()).pathname).toBe(`/${language}/cookies`);
      expect(await inJar(context, 'fugaz')).toBeUndefined();
    });

    test('an HttpOnly cookie is not in the first view and is in the second', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      await lab.create({ name: 'secreto', value: '42', httpOnly: true });
      const row = lab.row('secreto', 'sent');
      await expect(lab.script(row, lab.words.httpOnly)).toBeVisible();
      await expect(lab.script(row, '42')).toHaveCount(0);
      await expect(lab.received(row)).toHaveText('secreto=42');
      await expect(row).toContainText(lab.words.untilClosed);
      expect(await page.evaluate(() => document.cookie)).not.toContain('secreto');
      expect(await inJar(context, 'secreto')).toMatchObject({ httpOnly: true, expires: -1 });
    });

    test('the four seals: what travels, and what the server says of it', async ({ page }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      for (const [seal, wire] of [
        ['express', /^c_express=s%3Aalumna\.[\w%]+$/],
        ['signed', /^c_signed=[\w+/]{43}=alumna$/],
        ['private', /^c_private=[\w%+/]+={0,2}$/],
      ] as const) {
        await lab.create({ name: `c_${seal}`, value: 'alumna', seal });
        const row = lab.row(`c_${seal}`, 'sent');
        await expect(lab.received(row)).toHaveText(wire);
        await expect(lab.sealed(row)).toContainText(`${words.valid} · alumna`);
      }
    });

    for (const { id, outcome, title, because } of experiments.filter(({ id }) => id !== 'eviction')) {
      test(`the experiment ${id}`, async ({ page }) => {
        const lab = await new CookieLab(page, language).open();
        await predictAndRun(lab, title[language], outcome, because[language]);
      });
    }

    test('the experiment eviction: the lab and the sessions of before survive, the crowd does not', async ({ page, context }) => {
      const { outcome, title, because } = experiments.find(({ id }) => id === 'eviction')!;
      const sessions = await new Lab(page, language).open();
      await sessions.logInToAll();
      const before = await context.cookies();
      expect(before.map(({ name }) => name).sort()).toEqual(['file.sid', 'lab', 'memory.sid', 'mongo.sid', 'redis.sid']);
      const lab = await new CookieLab(page, language).open();
      await predictAndRun(lab, title[language], outcome, because[language]);
      await expect(lab.outcome).toContainText(/181.* 1[4-5]\d\./);

      await expect.poll(async () => (await context.cookies()).filter(({ name }) => name.startsWith('relleno_'))).toEqual([]);
      const values = (jar: typeof before) => Object.fromEntries(jar.map(({ name, value }) => [name, value]));
      expect(values(await context.cookies())).toEqual(values(before));
      await page.goto(`/${language}/sessions`);
      await sessions.awake();
      for (const store of ['memory', 'file', 'redis', 'mongo'] as const) await expect(sessions.record(store)).toContainText('"user":"ana"');
    });

    test('without JavaScript: set, see, delete, and an experiment', async ({ browser, playground }) => {
      const context = await browser.newContext({ javaScriptEnabled: false, baseURL: playground.url });
      const page = await context.newPage();
      const lab = new CookieLab(page, language);
      const { words } = lab;
      await page.goto(`/${language}/cookies`);
      await lab.create({ name: 'tema', value: 'oscuro', lifetime: '600', unit: 'seconds' });
      const row = lab.row('tema', 'sent');
      await expect(lab.received(row)).toHaveText('tema=oscuro');
      await expect(lab.script(row, words.waits)).toBeVisible();
      expect(await inJar(context, 'tema')).toMatchObject({ value: 'oscuro' });

      await lab.tamper('tema', words.delete);
      await expect(lab.row('tema', 'deleted')).toContainText(words.deleted);
      await expect(row).toHaveCount(0);
      expect(await inJar(context, 'tema')).toBeUndefined();

      // What is wrong is said, and nothing is lost of what was typed.
      await lab.fill({ name: 'mi tema', value: 'oscuro' });
      await lab.button(words.create).click();
      await expect(page.getByTestId('notice')).toContainText(words.refused);
      await expect(page.getByTestId('findings')).toContainText(words.spaceInName);
      await expect(lab.field(words.name)).toHaveValue('mi tema');

      const { title, outcome, because } = experiments.find(({ id }) => id === 'path-shadow')!;
      await predictAndRun(lab, title[language], outcome, because[language]);
      await context.close();
    });

    test('a forged value: the seal says so, both worlds answer, and the browser sends it all the same', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await lab.create({ name: 'rol', value: 'alumna', seal: 'express' });
      const before = (await inJar(context, 'rol'))!.value;
      await lab.tamper('rol', words.change);

      await expect(lab.forged).toHaveClass(/ after-change-character$/);
      await expect(lab.forged).toContainText(words.forged);
      await expect(lab.forged).toContainText(words.jarChanged);
      await expect(lab.forged.getByTestId('express-signed')).toHaveText('req.signedCookies["rol"] → false');
      await expect(lab.forged.getByTestId('express-plain')).toHaveText('req.cookies["rol"] → undefined');
      await expect(lab.forged.getByTestId('tower')).toHaveText(/^cookies\.get\("rol"\) → Some\("s:[^"]+"\)$/);
      const row = lab.row('rol', 'sent');
      await expect(lab.sealed(row)).toContainText(words.forged);
      const after = (await inJar(context, 'rol'))!.value;
      expect(after).not.toBe(before);
      expect(after.slice(after.indexOf('.'))).toBe(before.slice(before.indexOf('.')));
      await expect(lab.received(row)).toHaveText(`rol=${after}`);
    });

    test('a forged HttpOnly value: the request is edited, the browser keeps what it had', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await lab.create({ name: 'rol', value: 'alumna', seal: 'express', httpOnly: true });
      const before = await context.cookies();
      await lab.tamper('rol', words.change);
      await expect(lab.forged).toContainText(words.edited);
      await expect(lab.forged).toContainText(words.forged);
      await expect(lab.forged).toContainText(/Cookie: rol=s%3A(?!alumna\.)\w+\./);
      await expect(lab.forged.getByTestId('express-signed')).toHaveText('req.signedCookies["rol"] → false');
      await expect(lab.sealed(lab.row('rol', 'sent'))).toContainText(words.valid);
      expect(await context.cookies()).toEqual(before);
    });

    test('a deleted signed cookie is put back, and its signature still counts', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await lab.create({ name: 'rol', value: 'alumna', seal: 'express' });
      const before = await inJar(context, 'rol');
      await lab.tamper('rol', words.delete);
      const gone = lab.row('rol', 'deleted');
      await expect(gone).toContainText(words.deleted);
      expect(await inJar(context, 'rol')).toBeUndefined();
      await gone.getByRole('button', { name: words.putBack, exact: true }).click();
      const row = lab.row('rol', 'sent');
      await expect(lab.sealed(row)).toContainText(`${words.valid} · alumna`);
      await expect(lab.forged).toHaveClass(/ after-replay$/);
      await expect(lab.forged.getByTestId('express-signed')).toHaveText('req.signedCookies["rol"] → "alumna"');
      expect((await inJar(context, 'rol'))?.value).toBe(before?.value);
    });

    for (const seal of ['express', 'signed', 'private'] as const) {
      test(`every act on a cookie of the seal ${seal}, in the browser's own jar`, async ({ page, context }) => {
        const lab = await new CookieLab(page, language).open();
        const { words } = lab;
        const accepted = (name: string) => (seal === 'express' ? lab.forged.getByTestId('express-signed') : lab.forged.getByTestId('tower')).and(lab.forged.locator(`[data-testid=worlds]:has([data-testid=asked-name][value="${name}"]) code`));
        const refusedWith = seal === 'express' ? /→ false$/ : /→ None$/;
        let lifetime = 600;
        const fresh = async (value = 'alumna') => {
          // Another lifetime each time, so that the answer before cannot be taken for this one.
          lifetime += 1;
          await lab.create({ name: 'rol', value, seal, lifetime: String(lifetime) });
          await expect(lab.setCookie).toContainText(`Max-Age=${lifetime}`);
          return (await inJar(context, 'rol'))!.value;
        };
        const act = async (name: keyof typeof words.acts) => {
          await lab.tamper('rol', words.acts[name]);
          await expect(lab.forged).toHaveClass(new RegExp(` after-${name}$`));
        };

        await test.step('read it without any key', async () => {
          const before = await fresh();
          await act('read-without-key');
          await expect(lab.forged).toContainText(seal === 'private' ? words.unreadableWithoutKey : `${words.readWithoutKey} alumna`);
          await expect(lab.forged.getByTestId('express-signed')).toHaveText(/→ undefined$/);
          expect((await inJar(context, 'rol'))?.value).toBe(before);
        });
        for (const change of ['change-character', 'change-signature'] as const) {
          await test.step(change, async () => {
            const before = await fresh();
            await act(change);
            await expect(accepted('rol')).toHaveText(refusedWith);
            await expect(lab.sealed(lab.row('rol', 'sent'))).toContainText(words.forged);
            expect((await inJar(context, 'rol'))?.value).not.toBe(before);
          });
        }
        await test.step('strip the prefix', async () => {
          await fresh();
          const strip = lab.row('rol', 'sent').getByRole('button', { name: words.acts['strip-prefix'], exact: true, includeHidden: true });
          if (seal !== 'express') return expect(strip).toHaveCount(0);
          await lab.menu('rol').click();
          await strip.click();
          await expect(lab.forged.getByTestId('express-plain')).toHaveText(/→ "alumna\./);
          await expect(lab.forged.getByTestId('express-signed')).toHaveText(/→ undefined$/);
        });
        await test.step('move it to another name', async () => {
          const before = await fresh();
          await act('move');
          expect((await inJar(context, 'rol_2'))?.value).toBe(before);
          if (seal === 'private') await expect(accepted('rol_2')).toHaveText(refusedWith);
          else await expect(accepted('rol_2')).toHaveText(/alumna/);
        });
        await test.step('send a value that was sealed earlier', async () => {
          const before = await fresh();
          await fresh('delegada');
          await act('replay');
          await expect(accepted('rol')).toHaveText(/alumna/);
          expect([before, (await inJar(context, 'rol'))?.value]).not.toContain(undefined);
        });
        await test.step('delete it with another Path, and then well', async () => {
          await act('delete-wrong-path');
          await expect(lab.forged.getByTestId('came')).toHaveText(words.stillSent);
          expect(await inJar(context, 'rol')).toBeDefined();
          await act('delete');
          await expect(lab.forged.getByTestId('came')).toHaveText(words.noLongerSent);
          expect(await inJar(context, 'rol')).toBeUndefined();
        });
        await test.step('rotate the key', async () => {
          await fresh();
          await lab.button(words.rotateKeep).click();
          await expect(lab.forged).toHaveClass(/ after-rotate-and-keep$/);
          await expect(accepted('rol')).toHaveText(/alumna/);
          await lab.button(words.rotateDrop).click();
          await expect(lab.forged).toHaveClass(/ after-rotate-and-drop$/);
          await expect(accepted('rol')).toHaveText(refusedWith);
        });
      });
    }

    test('delete a __Host- cookie without Secure: the browser does not obey', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await lab.create({ name: '__Host-rol', value: 'alumna', seal: 'express', secure: true });
      await lab.tamper('__Host-rol', words.acts['delete-without-secure']);
      await expect(lab.forged.getByTestId('came')).toHaveText(words.stillSent);
      expect(await inJar(context, '__Host-rol')).toBeDefined();
      await lab.tamper('__Host-rol', words.acts.delete);
      await expect(lab.forged.getByTestId('came')).toHaveText(words.noLongerSent);
      expect(await inJar(context, '__Host-rol')).toBeUndefined();
    });

    test('the two benches: every step, the step that fails, and neither touches the other', async ({ page }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      const seal = page.getByRole('region', { name: words.sealBench, exact: true });
      const check = page.getByRole('region', { name: words.checkBench, exact: true });
      const fields = (bench: typeof seal) => bench.locator('form').evaluate((form: HTMLFormElement) => [...new FormData(form)]);
      const untouched = await fields(check);
      await seal.getByLabel(words.value, { exact: true }).fill('profe');
      await seal.getByLabel(words.key, { exact: true }).fill('otra clave');
      const wire = 's%3Aprofe.' + createHmac('sha256', 'otra clave').update('profe').digest('base64').replace(/=+$/, '').replaceAll('+', '%2B').replaceAll('/', '%2F');
      await expect(seal.getByRole('listitem').last()).toContainText(wire);
      await expect(seal.getByRole('listitem').filter({ hasText: 'HMAC-SHA256' })).toContainText(createHmac('sha256', 'otra clave').update('profe').digest('hex'));
      expect(await fields(check), 'what is sealed does not reach the check').toEqual(untouched);

      const sealed = await fields(seal);
      await check.getByLabel(words.cookie, { exact: true }).fill(wire);
      await expect(check.getByTestId('check-verdict')).toContainText(words.forged);
      await expect(check.getByTestId('express-signed')).toHaveText('req.signedCookies["rol"] → false');
      await check.getByLabel(words.key, { exact: true }).fill('otra clave');
      await expect(check.getByTestId('check-verdict')).toContainText(`${words.valid} · profe`);
      await expect(check.getByTestId('express-signed')).toHaveText('req.signedCookies["rol"] → "profe"');
      // Editing never signs again: one letter, and it fails.
      await check.getByLabel(words.cookie, { exact: true }).fill(wire.replace('profe', 'profa'));
      await expect(check.getByTestId('check-verdict')).toContainText(words.forged);
      await expect(check.getByLabel(words.cookie, { exact: true })).toHaveValue(wire.replace('profe', 'profa'));
      expect(await fields(seal), 'what is checked does not reach the seal').toEqual(sealed);
    });

    test('keys are rotated: kept, the old one opens; dropped, it does not; and back', async ({ page }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await lab.create({ name: 'rol', value: 'alumna', seal: 'express' });
      const sealed = lab.sealed(lab.row('rol', 'sent'));
      await expect(sealed).toContainText(words.valid);
      await lab.button(words.rotateKeep).click();
      await expect(sealed).toContainText(`${words.valid} · alumna (${words.olderKey})`);
      await lab.button(words.rotateDrop).click();
      await expect(sealed).toContainText(words.wrongKey);
      await lab.button(words.firstKey).click();
      await expect(sealed).toContainText(`${words.valid} · alumna`);
      await expect(sealed).not.toContainText(words.olderKey);
    });

    test('hints while typing: too short a life, a name with a space, a prefix that lies', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      const hint = page.locator('#hint');

      await test.step('999 ms are no second, and delete', async () => {
        await lab.create({ name: 'vida', lifetime: '600', unit: 'seconds' });
        await expect(hint).toContainText(words.allWell);
        await lab.fill({ name: 'vida', lifetime: '999', unit: 'ms' });
        await expect(hint).toContainText('999 ms');
        await expect(hint).toContainText('Max-Age=0');
        await expect(hint).toContainText(words.overAtOnce);
        await expect(page.getByTestId('preview')).toHaveText('Set-Cookie: vida=1; SameSite=Lax; Path=/; Max-Age=0');
        await lab.button(words.create).click();
        await expect(lab.sentLine.locator('[data-testid=predicted-deletes]')).toBeVisible();
        await expect(lab.sentLine.locator('[data-testid=agrees-yes]')).toBeVisible();
        await expect(lab.row('vida', 'deleted')).toContainText(words.deleted);
        expect(await inJar(context, 'vida')).toBeUndefined();
      });

      await test.step('a name with a space breaks a rule, and is not sent', async () => {
        await lab.fill({ name: 'mi tema' });
        await expect(page.getByTestId('findings')).toContainText(words.spaceInName);
        await lab.button(words.create).click();
        await expect(page.getByTestId('notice')).toContainText(words.refused);
        await expect(lab.setCookie).toContainText('vida=1');
        expect(await inJar(context, 'mi tema')).toBeUndefined();
      });

      await test.step('__Host- without Secure, sent anyway: rejected by the rule and by the browser', async () => {
        await lab.fill({ name: '__Host-x' });
        await expect(page.getByTestId('findings')).toContainText(words.brokenPrefix);
        await lab.button(words.anyway).click();
        await expect(lab.setCookie).toHaveText('Set-Cookie: __Host-x=1; SameSite=Lax; Path=/');
        await expect(lab.sentLine.locator('[data-testid=predicted-rejected]')).toContainText('Secure');
        await expect(lab.sentLine.locator('[data-testid=agrees-yes]')).toContainText(words.agrees);
        await expect(lab.row('__Host-x', 'rejected')).toContainText(words.rejected);
        await expect(page.getByTestId('notice')).toBeHidden();
        expect(await inJar(context, '__Host-x')).toBeUndefined();
      });
    });

    test('a line by hand, attributes and all', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      await page.getByText(words.byHand, { exact: true }).click();
      await page.getByLabel(words.line, { exact: true }).fill('a=1; PATH=/; max-age=60; Inventado=sí');
      await lab.button(words.sendLine).click();
      await expect(lab.setCookie).toHaveText('Set-Cookie: a=1; PATH=/; max-age=60; Inventado=sí');
      await expect(lab.sentLine).toContainText('Inventado:');
      await expect(lab.sentLine.locator('[data-testid=agrees-yes]')).toBeVisible();
      expect(await inJar(context, 'a')).toMatchObject({ value: '1', path: '/' });
    });

    test('a rejected row says where the rule is written down', async ({ page }) => {
      const lab = await new CookieLab(page, language).open();
      await page.getByText(lab.words.byHand, { exact: true }).click();
      await page.getByLabel(lab.words.line, { exact: true }).fill('aparte=1; Path=/; Partitioned');
      await lab.button(lab.words.sendLine).click();
      const row = lab.row('aparte', 'rejected');
      await expect(row).toContainText('CHIPS');
      await expect(row).not.toContainText('RFC 6265bis §CHIPS');
    });

    test('the lab with the keyboard alone: the focus is never lost', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      const { words } = lab;
      const tabTo = async (what: ReturnType<CookieLab['button']>) => {
        for (let presses = 0; presses < 90; presses += 1) {
          if (await what.evaluate((element) => element === document.activeElement)) return;
          await page.keyboard.press('Tab');
        }
        throw new Error('the keyboard does not get there');
      };
      const expectFocus = async (after: string) => {
        const focused = await page.evaluate(() => document.activeElement?.tagName);
        expect.soft(focused, `what has the focus after ${after}`).not.toBe('BODY');
      };
      await tabTo(lab.field(words.name));
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('teclas');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('si');
      await expect(page.getByTestId('preview')).toContainText('teclas=s%3Asi.');
      await expect(lab.field(words.value)).toBeFocused();
      await tabTo(lab.button(words.create));
      await page.keyboard.press('Enter');
      await expect(lab.row('teclas', 'sent')).toBeVisible();
      await expectFocus('setting');

      await tabTo(lab.menu('teclas'));
      await page.keyboard.press('Enter');
      const remove = lab.row('teclas', 'sent').getByRole('button', { name: words.delete, exact: true });
      await tabTo(remove);
      await page.keyboard.press('Enter');
      const gone = lab.row('teclas', 'deleted');
      await expect(gone).toBeVisible();
      expect(await inJar(context, 'teclas')).toBeUndefined();
      await expectFocus('deleting');

      // It was HttpOnly, so no page can put it back: the request is edited.
      await tabTo(gone.getByRole('button', { name: words.putBack, exact: true }));
      await page.keyboard.press('Enter');
      await expect(lab.forged).toHaveClass(/ after-replay$/);
      await expect(lab.forged).toContainText(words.edited);
      await expectFocus('putting back');

      const chip = page.getByRole('link', { name: experiments[1]!.title[language], exact: true });
      await tabTo(chip);
      await page.keyboard.press('Enter');
      await lab.awake();
      await tabTo(lab.experiment.getByRole('radio').first());
      await page.keyboard.press('ArrowDown');
      await tabTo(lab.button(words.run));
      await page.keyboard.press('Enter');
      await expect(lab.outcome).toContainText(words.hit);
      await expectFocus('running an experiment');
    });

    test('offline: the page says so, and goes on when the connection is back', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      await lab.fill({ name: 'tema', value: 'oscuro' });
      await expect(page.getByTestId('preview')).toContainText('tema=oscuro');
      await context.setOffline(true);
      await lab.button(lab.words.create).click();
      await expect(page.getByText(lab.words.offline)).toBeVisible();
      await expect(lab.field(lab.words.value)).toHaveValue('oscuro');
      await context.setOffline(false);
      await lab.button(lab.words.create).click();
      await expect(lab.received(lab.row('tema', 'sent'))).toHaveText('tema=oscuro');
      await expect(page.getByText(lab.words.offline)).toBeHidden();
    });

    test('plain http at a LAN name: everything but cookieStore', async ({ page, playground, context }) => {
      const lab = await new CookieLab(page, language).open(playground.lanUrl);
      expect(await page.evaluate(() => [window.isSecureContext, 'cookieStore' in window])).toEqual([false, false]);
      await lab.create({ name: 'rol', value: 'alumna', seal: 'express' });
      const row = lab.row('rol', 'sent');
      await expect(lab.sealed(row)).toContainText(lab.words.valid);
      await expect(lab.script(row, (await inJar(context, 'rol'))!.value)).toBeVisible();
      await expect(lab.sentLine.locator('[data-testid=cookie-store]')).toBeHidden();
      await lab.tamper('rol', lab.words.change);
      await expect(lab.forged).toContainText(lab.words.forged);
      // Secure is refused here, as the rule says.
      await lab.create({ name: 'segura', secure: true });
      await expect(lab.row('segura', 'rejected')).toContainText(lab.words.rejected);
      await expect(lab.sentLine.locator('[data-testid=agrees-yes]')).toBeVisible();
      expect(await inJar(context, 'segura')).toBeUndefined();
    });

    for (const { id, onTheLan, title, becauseOnTheLan } of experiments) {
      if (onTheLan === undefined || !becauseOnTheLan) continue;
      test(`the experiment ${id} on plain http at a LAN name`, async ({ page, playground }) => {
        const lab = await new CookieLab(page, language).open(playground.lanUrl);
        await predictAndRun(lab, title[language], onTheLan, becauseOnTheLan[language]);
      });
    }

    test('start over: nothing is left of it, in the lab and in the browser', async ({ page, context }) => {
      const lab = await new CookieLab(page, language).open();
      await lab.create({ name: 'uno', value: '1' });
      await lab.create({ name: 'dos', value: '2', path: '/lab' });
      await lab.button(lab.words.reset).click();
      await expect(page.getByTestId(/^row-/)).toHaveCount(0);
      await expect(page.getByTestId('answer')).toContainText(lab.words.nothingSent);
      expect((await context.cookies()).map(({ name }) => name)).toEqual(['lab']);
    });
  });
}

/** Loads an experiment, predicts (in Spanish what comes out, in English something else), runs it, and reads why. */
async function predictAndRun(lab: CookieLab, title: string, outcome: number, because: string): Promise<void> {
  const { page, words } = lab;
  await lab.load(title);
  const radios = lab.experiment.getByRole('radio');
  await test.step('the prediction comes first', async () => {
    await expect(lab.outcome).toHaveCount(0);
    await expect(page.locator('.outcome')).toHaveCount(0);
    await lab.button(words.run).click();
    await expect(radios.first()).toBeFocused();
    for (const radio of await radios.all()) await expect(radio).toHaveJSProperty('required', true);
    await expect(page.locator('.outcome')).toHaveCount(0);
  });
  const hits = lab.language === 'es';
  const guess = hits ? outcome : (outcome + 1) % (await radios.count());
  const said = (await lab.experiment.locator('label').nth(guess).innerText()).trim();
  const came = (await lab.experiment.locator('label').nth(outcome).innerText()).trim();
  await lab.predict(guess);
  await expect(lab.outcome).toHaveClass(new RegExp(` number-${outcome}$`));
  await expect(lab.outcome).toContainText(said);
  await expect(lab.outcome.locator(hits ? '.hit' : '.miss')).toContainText(hits ? words.hit : words.miss);
  await expect(lab.outcome.getByText(words.cameOut)).toContainText(came);
  await expect(lab.outcome).toContainText(because);
  await expect(lab.button(words.runAgain)).toBeVisible();
}

test('the cookieStore of a secure context says what it has', async ({ page }) => {
  const lab = await new CookieLab(page, 'es').open();
  await lab.create({ name: 'tema', value: 'oscuro', lifetime: '600' });
  const said = lab.sentLine.locator('[data-testid=cookie-store]');
  await expect(said).toBeVisible();
  await expect(said).toContainText('path: "/"');
  await lab.create({ name: 'callada', httpOnly: true });
  await expect(said).toBeHidden();
});

test('every experiment of the list is on the page, and no other', async ({ page }) => {
  for (const language of languages) {
    const lab = await new CookieLab(page, language).open();
    const chips = page.getByRole('navigation').getByRole('listitem').locator('a.chip');
    await expect(chips).toHaveText(experiments.map(({ title }) => title[language]));
    expect(lab.words.title).toBeTruthy();
  }
});

test('where the browser keeps something else than the rule says, the page says so', async ({ page, context }) => {
  const lab = await new CookieLab(page, 'es').open();
  await page.getByText(lab.words.byHand, { exact: true }).click();
  const send = async (line: string) => {
    await page.getByLabel(lab.words.line, { exact: true }).fill(line);
    await lab.button(lab.words.sendLine).click();
    await expect(lab.setCookie).toHaveText(`Set-Cookie: ${line}`);
  };
  // Chromium reads +60 as 60 s; the rule passes over it, and a request cannot tell the two apart.
  await send('mas=1; Path=/; Max-Age=+60');
  await expect(lab.sentLine.locator('[data-testid=agrees-partly]')).toContainText(lab.words.agrees);
  await expect(lab.sentLine.locator('[data-testid=cookie-store-differs]')).toBeVisible();
  expect((await inJar(context, 'mas'))?.expires).toBeGreaterThan(0);
  await send('menos=1; Path=/; Max-Age=60');
  await expect(lab.sentLine.locator('[data-testid=agrees-yes]')).toBeVisible();
  await expect(lab.sentLine.locator('[data-testid=cookie-store]')).toBeVisible();
  await expect(lab.sentLine.locator('[data-testid=cookie-store-differs]')).toBeHidden();
  // A tab inside: the rule stores it, Chromium does not.
  await send('tabulador=a\tb; Path=/');
  await expect(lab.sentLine.locator('[data-testid=agrees-no]')).toBeVisible();
  expect(await inJar(context, 'tabulador')).toBeUndefined();
});

test('a Strict cookie stays behind when another site leads here, and comes with the next request', async ({ page, playground }) => {
  const lab = await new CookieLab(page, 'es').open();
  await lab.create({ name: 'estricta', value: '1', sameSite: 'Strict' });
  const answer = await page.request.get(`${playground.url}/es/cookies`, { headers: { 'Sec-Fetch-Site': 'cross-site', Cookie: (await page.context().cookies()).filter(({ name }) => name === 'lab').map(({ name, value }) => `${name}=${value}`).join() } });
  expect(await answer.text()).toContain('data-testid="row-held-back-estricta"');
  await page.reload();
  await expect(lab.row('estricta', 'sent')).toBeVisible();
  // And the real thing: a link on a page of another site.
  await page.goto(playground.url.replace('127.0.0.1', 'localhost') + '/readyz');
  await page.evaluate((url) => {
    const link = Object.assign(document.createElement('a'), { href: url, textContent: 'ir' });
    document.body.replaceChildren(link);
    link.click();
  }, `${playground.url}/es/cookies`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(lab.words.title);
  await expect(lab.row('estricta', 'sent')).toBeVisible();
});

test('two tabs: what is set or deleted in one shows in the other', async ({ page, context }) => {
  const first = await new CookieLab(page, 'es').open();
  const second = await new CookieLab(await context.newPage(), 'es').open();
  await mark(second.page);
  await first.create({ name: 'tema', value: 'oscuro' });
  const row = second.row('tema', 'sent');
  await expect(second.received(row)).toHaveText('tema=oscuro');
  await expect(second.script(row, 'oscuro')).toBeVisible();
  await second.tamper('tema', second.words.delete);
  await expect(first.row('tema', 'deleted')).toBeVisible();
  await expectMark(second.page);
});

test('what a script of the page writes, changes and deletes shows without a reload', async ({ page }) => {
  const lab = await new CookieLab(page, 'es').open();
  await mark(page);
  await page.evaluate(() => void (document.cookie = 'de_script=1; path=/'));
  const row = lab.row('de_script', 'sent');
  await expect(lab.received(row)).toHaveText('de_script=1');
  await expect(lab.script(row, '1')).toBeVisible();
  await expect(row).toContainText(lab.words.notSetHere);
  await page.evaluate(() => void (document.cookie = 'de_script=2; path=/'));
  await expect(lab.received(row)).toHaveText('de_script=2');
  await page.evaluate(() => void (document.cookie = 'de_script=; path=/; max-age=0'));
  await expect(row).toHaveCount(0);

  // One that was set here and is deleted behind the lab's back.
  await lab.create({ name: 'tema', value: 'oscuro' });
  await page.evaluate(() => void (document.cookie = 'tema=; path=/; max-age=0'));
  await expect(lab.row('tema', 'missing')).toContainText(lab.words.missing);
  await expectMark(page);
});

test('Back from an experiment leads to the page without it, with the cookie that it set', async ({ page }) => {
  const lab = await new CookieLab(page, 'es').open();
  await lab.load('Sin maxAge');
  await lab.awake();
  await lab.predict(1);
  await expect(lab.outcome).toBeVisible();
  await page.goBack();
  await lab.awake();
  await expect(lab.experiment).toHaveCount(0);
  await expect(lab.row('sin_max_age', 'sent')).toBeVisible();
  await page.goForward();
  await lab.awake();
  await expect(lab.outcome).toHaveClass(/ number-1$/);
});

test('a reload in the middle keeps what was shown', async ({ page }) => {
  const lab = await new CookieLab(page, 'es').open();
  await lab.create({ name: 'rol', value: 'alumna', seal: 'express' });
  await lab.tamper('rol', lab.words.change);
  await expect(lab.forged).toContainText(lab.words.forged);
  await lab.create({ name: 'tema', value: 'oscuro' });
  await lab.tamper('tema', lab.words.delete);
  await expect(lab.row('tema', 'deleted')).toBeVisible();
  await lab.load('Firmada no es secreta');
  await lab.awake();
  await lab.predict(1);
  await expect(lab.outcome).toContainText(lab.words.miss);
  await expect(lab.sentLine.locator('[data-testid=cookie-store]')).toBeVisible();
  // All but the clocks, which go on, and the form's preview, which is of what is typed.
  const shown = () =>
    page.locator('#lab [data-testid]:not([data-testid=preview])').evaluateAll((all) =>
      all.map((each) => {
        const copy = each.cloneNode(true) as Element;
        for (const clock of copy.querySelectorAll('[role=timer]')) clock.remove();
        return `${each.getAttribute('data-testid')}: ${copy.textContent}`;
      }),
    );
  const before = await shown();
  await page.reload();
  await lab.awake();
  await expect.poll(shown).toEqual(before);
  await expect(lab.experiment.getByRole('radio').nth(1)).toBeChecked();
});

test('what is being typed survives a reload, the other language, and its address can be sent', async ({ page, context }) => {
  const lab = await new CookieLab(page, 'es').open();
  await lab.fill({ name: 'a medias', value: 'x', lifetime: '999', unit: 'ms' });
  await expect(page).toHaveURL(/name=a\+medias/);
  await expect(page.getByTestId('findings')).toContainText(lab.words.spaceInName);
  await page.reload();
  await expect(lab.field(lab.words.name)).toHaveValue('a medias');
  await expect(page.getByTestId('findings')).toContainText(lab.words.spaceInName);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(new CookieLab(other, 'es').field(lab.words.lifetime)).toHaveValue('999');
});

test('the playground stops and returns under an open page: the lab is still there', async ({ page, launch }) => {
  const playground = await launch();
  const lab = await new CookieLab(page, 'en').open(playground.url);
  await lab.create({ name: 'rol', value: 'alumna', seal: 'express', lifetime: '600' });
  await playground.kill9();
  await expect(page.getByText(lab.words.offline)).toBeVisible();
  await playground.start();
  await expect(page.getByText(lab.words.offline)).toBeHidden({ timeout: 15_000 });
  await expect(lab.sealed(lab.row('rol', 'sent'))).toContainText(lab.words.valid);
  await expect(lab.setCookie).toContainText('rol=s%3Aalumna');
});

test('the browser is closed and opened again: a session cookie is gone, one with Max-Age is not', async ({ playground }, testInfo) => {
  const folder = await mkdtemp(join(tmpdir(), 'profile-'));
  const { launchOptions } = testInfo.project.use;
  try {
    const first = await chromium.launchPersistentContext(folder, launchOptions);
    try {
      const lab = await new CookieLab(await first.newPage(), 'es').open(playground.url);
      await lab.create({ name: 'de_sesion', unit: 'session' });
      await lab.create({ name: 'con_duracion', lifetime: '600' });
      await expect(lab.row('de_sesion', 'sent')).toBeVisible();
    } finally {
      await first.close();
    }
    const second = await chromium.launchPersistentContext(folder, launchOptions);
    try {
      const lab = await new CookieLab(await second.newPage(), 'es').open(playground.url);
      await expect(lab.row('con_duracion', 'sent')).toBeVisible();
      await expect(lab.row('de_sesion', 'sent')).toHaveCount(0);
      await expect(lab.row('de_sesion', 'missing')).toBeVisible();
      expect((await second.cookies()).map(({ name }) => name).sort()).toEqual(['con_duracion', 'lab']);
    } finally {
      await second.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('deleting with the keyboard does not carry the focus into the menu of another cookie', async ({ page }) => {
  const lab = await new CookieLab(page, 'es').open();
  await lab.create({ name: 'uno' });
  await lab.create({ name: 'dos' });
  await lab.menu('uno').focus();
  await page.keyboard.press('Enter');
  await lab.row('uno', 'sent').getByRole('button', { name: lab.words.delete, exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(lab.row('uno', 'deleted')).toBeVisible();
  await expect(lab.menu('dos')).not.toBeFocused();
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});

test('back online, the page catches up by itself, as its notice promises', async ({ page, context }) => {
  const lab = await new CookieLab(page, 'es').open();
  await context.setOffline(true);
  await lab.button(lab.words.create).click();
  await expect(page.getByText(lab.words.offline)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(lab.words.offline)).toBeHidden({ timeout: 10_000 });
});
