// The consoles as a student handles them, in both languages.
import { type Locator, type Page, expect } from '@playwright/test';
import type { Language } from './words.ts';

export type Tool = 'redis' | 'mongo';

export const consoleWords = {
  es: {
    title: 'Mira dentro: redis-cli y mongosh',
    line: { redis: 'Línea para redis-cli', mongo: 'Línea para mongosh' },
    send: { redis: 'Enviar redis-cli', mongo: 'Enviar mongosh' },
    clear: { redis: 'Limpiar redis-cli', mongo: 'Limpiar mongosh' },
    copy: { redis: 'Como orden de terminal con redis-cli', mongo: 'Como orden de terminal con mongosh' },
    empty: 'Todavía no hay líneas.',
    ownServer: 'tu propio servidor',
    fromTheLabs: 'enviada por tu laboratorio',
    logInFirst: 'Aún no tienes una sesión aquí.',
    offline: /Sin conexión/,
    anonymous: 'Sin sesión',
    loggedOut: { redis: /la próxima petición/i, mongo: /la próxima petición/i },
    cutOff: /2 s|dos segundos/,
  },
  en: {
    title: 'Look inside: redis-cli and mongosh',
    line: { redis: 'Line for redis-cli', mongo: 'Line for mongosh' },
    send: { redis: 'Send redis-cli', mongo: 'Send mongosh' },
    clear: { redis: 'Clear redis-cli', mongo: 'Clear mongosh' },
    copy: { redis: 'As a terminal command with redis-cli', mongo: 'As a terminal command with mongosh' },
    empty: 'No lines yet.',
    ownServer: 'your own server',
    fromTheLabs: 'sent by your lab',
    logInFirst: 'You have no session here yet.',
    offline: /No connection/,
    anonymous: 'No session',
    loggedOut: { redis: /the next request/i, mongo: /the next request/i },
    cutOff: /2 s|two seconds/,
  },
} as const satisfies Record<Language, Record<string, unknown>>;

export class ConsoleLab {
  readonly words: (typeof consoleWords)[Language];

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.words = consoleWords[language];
  }

  /** Opens the page and waits until it is awake. */
  async open(base = ''): Promise<this> {
    await this.page.goto(`${base}/${this.language}/consoles`);
    await this.awake();
    return this;
  }

  async awake(): Promise<void> {
    await expect(this.page.locator('html[data-awake]')).toBeAttached();
  }

  field(tool: Tool): Locator {
    return this.page.getByRole('textbox', { name: this.words.line[tool] });
  }

  screen(tool: Tool): Locator {
    return this.page.getByTestId(`screen-${tool}`);
  }

  /** The newest line that was typed, with its answer. */
  last(tool: Tool): Locator {
    return this.screen(tool).locator('li[id^=line-]').last();
  }

  /** The newest line, as it was typed. */
  prompt(tool: Tool): Locator {
    return this.last(tool).locator('.prompt');
  }

  /** What the newest answer is, as it was printed. */
  printed(tool: Tool): Locator {
    return this.last(tool).locator('> pre');
  }

  meaning(tool: Tool): Locator {
    return this.last(tool).locator('.meaning');
  }

  /** What a screen reader is told. */
  get spoken(): Locator {
    return this.page.locator('#spoken');
  }

  /** Types a line, sends it with Enter, and waits for its answer. */
  async type(tool: Tool, line: string): Promise<void> {
    const before = await this.last(tool).getAttribute('id', { timeout: 500 }).catch(() => '');
    await this.field(tool).fill(line);
    await this.field(tool).press('Enter');
    await expect(this.last(tool)).not.toHaveAttribute('id', before ?? '');
    await expect(this.prompt(tool)).toHaveText(line);
  }

  /** One of the lines worth trying. */
  story(tool: Tool, line: string | RegExp): Locator {
    return this.page.locator(`#stories-${tool}`).getByRole('button', { name: line, exact: typeof line === 'string' });
  }
}
