// The failure lab as a student handles it, in both languages.
import { type Locator, type Page, expect } from '@playwright/test';
import type { Playground } from '../playground.ts';
import type { Entry, Outcome, Step } from './failure-entries.ts';
import { Outside } from './outside.ts';
import { type Language, type Store, languages, stores } from './words.ts';

export const failureWords = {
  es: {
    title: '¿De qué muere una sesión?',
    menu: 'Elige un fallo',
    stores: { memory: 'memoria', file: 'archivo', redis: 'Redis', mongo: 'MongoDB' },
    outcome: { kept: 'Conservada', lost: 'Perdida', expired: 'Caducada', refused: 'Sin respuesta', unknown: 'No se sabe' },
    step: {
      cookie: 'la cookie: no llegó ningún id',
      seal: 'la firma: no se aceptó',
      server: 'el servidor: no estaba para responder',
      store: 'el almacén: buscó el id y respondió',
      engine: 'lo que hay detrás del almacén: no respondió o se negó',
    },
    logIn: 'Entrar en los cuatro',
    visit: 'Contar una visita',
    reset: 'Empezar de cero',
    run: 'Hacerlo y preguntar',
    runAgain: 'Hacerlo otra vez',
    askNow: 'Preguntar ahora',
    askAgain: 'Volver a preguntar',
    said: 'Dijiste:',
    hit: 'acertaste',
    tried: 'ya probado',
    ownRedis: 'Arrancar mi propio Redis',
    actsOfRedis: 'Acciones: Redis',
    redisStart: 'Arrancar',
    redisStop: 'Detener (SIGTERM)',
    resume: 'Reanudar (SIGCONT)',
    expired: 'caducado',
    filtered: 'el filtro lo descarta',
    reaper: /^Intervalo del reaper/,
    apply: 'Aplicar',
    lies: 'su tiempo terminó, y sigue ahí',
    recordGone: 'el registro ya no está',
    down: 'no responde',
    notTried: 'sin probar',
    stopMongo: 'Parar MongoDB para todos',
    startMongo: 'Arrancar MongoDB',
    wrongKey: 'Esa clave no es la de este arranque',
    spoken: 'Resultado:',
  },
  en: {
    title: 'What does a session die of?',
    menu: 'Choose a failure',
    stores: { memory: 'memory', file: 'file', redis: 'Redis', mongo: 'MongoDB' },
    outcome: { kept: 'Kept', lost: 'Lost', expired: 'Expired', refused: 'Refused', unknown: 'Unknown' },
    step: {
      cookie: 'the cookie: no id arrived',
      seal: 'the signature: it was not accepted',
      server: 'the server: it was not there to answer',
      store: 'the store: it looked for the id and answered',
      engine: 'what is behind the store: it did not answer, or refused',
    },
    logIn: 'Log in to all four',
    visit: 'Count a visit',
    reset: 'Start over',
    run: 'Do it and ask',
    runAgain: 'Do it again',
    askNow: 'Ask now',
    askAgain: 'Ask again',
    said: 'You said:',
    hit: 'right',
    tried: 'tried already',
    ownRedis: 'Start my own Redis',
    actsOfRedis: 'Actions: Redis',
    redisStart: 'Start',
    redisStop: 'Stop (SIGTERM)',
    resume: 'Resume (SIGCONT)',
    expired: 'expired',
    filtered: 'the filter leaves it out',
    reaper: /^Interval of the reaper/,
    apply: 'Apply',
    lies: 'its time is over, and it is still there',
    recordGone: 'the record is no longer there',
    down: 'does not answer',
    notTried: 'not tried',
    stopMongo: 'Stop MongoDB for everybody',
    startMongo: 'Start MongoDB',
    wrongKey: 'That key is not the one of this start',
    spoken: 'Result:',
  },
} as const satisfies Record<Language, { outcome: Record<Outcome, string>; step: Record<Step, string> } & Record<string, unknown>>;

export type FailureWords = (typeof failureWords)[Language];

type Guess = 'kept' | 'lost' | 'unsure';

/** What is right to say, where kept or lost is what comes out. */
export const guessFor = (outcome: Outcome): Guess => (outcome === 'kept' || outcome === 'lost' ? outcome : 'unsure');

export class FailureLab {
  readonly words: FailureWords;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.words = failureWords[language];
  }

  /** Opens the page and waits until it is awake. */
  async open(base = '', query = ''): Promise<this> {
    await this.page.goto(`${base}/${this.language}/failures${query}`);
    await this.awake();
    return this;
  }

  async awake(): Promise<void> {
    await expect(this.page.locator('html[data-awake]')).toBeAttached();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  verdict(store: Store): Locator {
    return this.page.getByTestId(`verdict-${store}`);
  }

  link(entry: Entry): Locator {
    const title = entry.title[this.language].replace(/[()]/g, '\\$&');
    return this.page.getByRole('navigation', { name: this.words.menu }).getByRole('link', { name: new RegExp(`^${title}(\\s|✓|$)`) });
  }

  /** Follows the link of an entry; without JavaScript nothing has to wake up. */
  async choose(entry: Entry, awakes = true): Promise<void> {
    await this.link(entry).click();
    await expect(this.page.getByRole('heading', { level: 2, name: entry.title[this.language], exact: true })).toBeVisible();
    await expect(this.page).toHaveURL(new RegExp(`failure=${entry.id}(#|&|$)`));
    if (awakes) await this.awake();
  }

  guess(store: Store, guess: Guess): Locator {
    const fieldset = this.page.getByRole('group', { name: this.words.stores[store], exact: true });
    return fieldset.getByRole('radio', { name: languages[this.language].guess[guess], exact: true });
  }

  /** Says of every store what will come out; not sure, where it is neither kept nor lost. */
  async predict(entry: Entry): Promise<void> {
    for (const [at, store] of stores.entries()) await this.guess(store, guessFor(entry.outcomes[at]!)).check();
  }

  async doIt(): Promise<void> {
    await this.page.locator('#do-it').click();
  }

  /** From the menu to the verdicts. */
  async run(entry: Entry, awakes = true): Promise<void> {
    await this.choose(entry, awakes);
    await this.predict(entry);
    await this.doIt();
    await this.expectVerdicts(entry);
  }

  /** The four outcomes, what the student had said, and what decided in the lane that it is about. */
  async expectVerdicts(entry: Entry): Promise<void> {
    for (const [at, store] of stores.entries()) {
      const outcome = entry.outcomes[at]!;
      // An experiment with time takes 2 s, one with a frozen Redis 1 s.
      await expect(this.verdict(store).getByTestId('outcome'), `${entry.id}, ${store}`).toHaveText(this.words.outcome[outcome], { timeout: 20_000 });
      const guess = guessFor(outcome);
      await expect(this.verdict(store)).toContainText(`${this.words.said} ${languages[this.language].guess[guess]}`);
      if (guess !== 'unsure') await expect(this.verdict(store)).toContainText(`✓ ${this.words.hit}`);
    }
    await expect(this.verdict(entry.lane).getByTestId('step')).toHaveText(this.words.step[entry.step]);
  }

  /** Opens the trace of the lane that an entry is about. */
  async expectTrace(entry: Entry): Promise<void> {
    const trace = this.page.locator(`#trace-run-${entry.lane}`);
    await trace.locator('summary').click();
    await expect(trace.getByRole('list')).toBeVisible();
    await expect(trace).toContainText(entry.trace);
    if (entry.deed) await expect(this.page.locator('#deeds')).toContainText(entry.deed);
  }

  row(entry: Entry): Locator {
    return this.page.getByTestId(`row-${entry.id}`);
  }

  /** Every line of the matrix that an experiment fills. */
  async expectInMatrix(entry: Entry): Promise<void> {
    for (const [at, store] of stores.entries()) {
      await expect(this.page.locator(`#cell-${entry.id}-${store} .mark`)).toContainText(this.words.outcome[entry.outcomes[at]!]);
    }
  }

  async logIn(): Promise<void> {
    await this.button(this.words.logIn).click();
    await expect(this.page.getByTestId('keys')).toContainText('"user":"ana"');
  }

  /** The lab as it is looked at from outside of the page; the student has to be logged in. */
  async outside(playground: Playground): Promise<Outside> {
    const keys = await this.page.getByTestId('keys').innerText();
    const tag = /lab:([0-9a-f]{16}):/.exec(keys)?.[1];
    if (!tag) throw new Error(`no tag in ${keys}`);
    return new Outside(playground, tag);
  }

  get redisBox(): Locator {
    return this.page.getByTestId('box-redis');
  }

  /** The process id that the box of Redis shows. */
  async redisPid(): Promise<number> {
    await expect(this.redisBox).toContainText(/pid \d+/);
    return Number(/pid (\d+)/.exec(await this.redisBox.innerText())?.[1]);
  }

  async openRedisActs(): Promise<void> {
    const acts = this.page.locator('#acts-redis');
    if (!(await acts.evaluate((details: HTMLDetailsElement) => details.open))) await acts.locator('summary').click();
  }

  /** A Redis of one's own, with the button; gives back its process id. */
  async getOwnRedis(): Promise<number> {
    const everybodys = await this.redisPid();
    await this.openRedisActs();
    await this.button(this.words.ownRedis).click();
    await expect(this.button(this.words.ownRedis)).toHaveCount(0);
    await expect(this.redisBox).not.toContainText(`pid ${everybodys}`);
    return this.redisPid();
  }

  /** How many records the memory of a server holds that are not expired, as its inspector shows. */
  living(server: 'a' | 'b'): Locator {
    const records = this.page.getByTestId(`memory-${server}`).locator('> li');
    return records.filter({ hasNotText: new RegExp(`\\b${this.words.expired}\\b`) });
  }
}
