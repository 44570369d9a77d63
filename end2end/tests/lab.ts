// The session lab as a student handles it.
import { type Locator, type Page, expect } from '@playwright/test';
import { type Language, type Store, type Words, languages, stores } from './words.ts';

export class Lab {
  readonly words: Words;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.words = languages[language];
  }

  /** Opens the page and waits until it is awake. */
  async open(base = ''): Promise<this> {
    await this.page.goto(`${base}/${this.language}/sessions`);
    await this.awake();
    return this;
  }

  async awake(): Promise<void> {
    await expect(this.page.locator('html[data-awake]')).toBeAttached();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  lane(store: Store): Locator {
    return this.page.getByTestId(`lane-${store}`);
  }

  verdict(store: Store): Locator {
    return this.page.getByTestId(`verdict-${store}`);
  }

  async logInToAll(): Promise<void> {
    await this.button(this.words.enterAll).click();
    for (const store of stores) await expect(this.verdict(store).getByRole('radio').first()).toBeVisible();
  }

  async predict(store: Store, guess: keyof Words['guess']): Promise<void> {
    await this.verdict(store).getByRole('radio', { name: this.words.guess[guess], exact: true }).check();
  }

  async restart(): Promise<void> {
    await this.button(this.words.restart).click();
    await this.expectVerdicts();
  }

  /** Memory lost, the others kept. */
  async expectVerdicts(): Promise<void> {
    await expect(this.verdict('memory').getByTestId('outcome')).toHaveText(this.words.lost);
    for (const store of ['file', 'redis', 'mongo'] as const) {
      await expect(this.verdict(store).getByTestId('outcome')).toHaveText(this.words.kept);
    }
  }

  /** The record that a store outside of the server holds for the cookie in the browser. */
  record(store: Store): Locator {
    return this.page.getByTestId(`record-${store}`);
  }
}
