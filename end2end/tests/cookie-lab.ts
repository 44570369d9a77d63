// The cookie lab as a student handles it, in both languages.
import { type Locator, type Page, expect } from '@playwright/test';
import type { Language } from './words.ts';

export const cookieWords = {
  es: {
    title: 'Una cookie, tres miradas',
    form: 'Crea',
    name: 'Nombre',
    value: 'Valor',
    seal: 'Sello',
    seals: { plain: 'Sin sello', express: 'Firmada, formato Express', signed: 'Firmada, formato tower-cookies', private: 'Cifrada, formato tower-cookies' },
    lifetime: 'Duración',
    unit: 'Unidad',
    units: { ms: 'maxAge de Express, en ms', seconds: 'Max-Age, en segundos', session: 'ninguna: de sesión' },
    create: 'Crear',
    anyway: 'Enviar tal cual',
    look: 'Revisar',
    noSeal: 'sin sello',
    valid: 'Válida',
    olderKey: 'con una clave anterior',
    forged: 'Falsificada',
    wrongKey: 'Sellada con una clave retirada',
    agrees: 'como dice la norma',
    httpOnly: 'nada: es HttpOnly',
    waits: 'lo dirá JavaScript',
    expired: 'caducó',
    deleted: 'borrada',
    rejected: 'rechazada',
    stopped: 'el navegador dejó de enviarla',
    missing: 'se cerró el navegador, o se borró fuera de aquí',
    notSetHere: 'no se creó en este laboratorio',
    untilClosed: 'hasta cerrar el navegador',
    nothingSent: 'Todavía no has enviado nada.',
    overAtOnce: 'al llegar se borra en el acto',
    spaceInName: 'El nombre no puede llevar « »',
    brokenPrefix: 'El prefijo __Host- promete algo que los atributos no cumplen',
    allWell: 'Nada que objetar',
    refused: 'No se ha enviado nada',
    tamper: 'Manipular',
    change: 'Cambiar un carácter del valor',
    delete: 'Borrar bien',
    putBack: 'Volver a ponerla',
    jarChanged: 'El valor nuevo está en tu navegador',
    edited: 'Petición editada (la cookie de tu navegador no ha cambiado)',
    rotateDrop: 'Rotar y olvidar la vieja',
    rotateKeep: 'Rotar y conservar la vieja',
    firstKey: 'Volver a la primera',
    reset: 'Empezar de cero',
    run: 'Predecir y probar',
    runAgain: 'Probar otra vez',
    hit: 'acertaste',
    miss: 'no era eso',
    cameOut: 'Salió:',
    acts: {
      'read-without-key': 'Leer sin ninguna clave',
      'change-character': 'Cambiar un carácter del valor',
      'change-signature': 'Cambiar la firma',
      'strip-prefix': 'Quitar el prefijo s:',
      move: 'Usar el valor con otro nombre',
      replay: 'Repetir un valor sellado antes',
      'delete-wrong-path': 'Borrar con otro Path',
      'delete-without-secure': 'Borrar sin Secure',
      delete: 'Borrar bien',
    },
    stillSent: 'El navegador la sigue enviando.',
    noLongerSent: 'El navegador ya no la envía.',
    readWithoutKey: 'Sin ninguna clave se lee:',
    unreadableWithoutKey: 'Sin la clave no se lee nada.',
    sealBench: 'Sella',
    checkBench: 'Comprueba',
    key: 'Clave',
    cookie: 'Cookie',
    offline: /Sin conexión/,
    byHand: 'Escribir la línea a mano',
    line: 'Valor de Set-Cookie',
    sendLine: 'Enviar la línea',
    other: 'English',
  },
  en: {
    title: 'One cookie, three views',
    form: 'Set',
    name: 'Name',
    value: 'Value',
    seal: 'Seal',
    seals: { plain: 'No seal', express: "Signed, Express's format", signed: "Signed, tower-cookies' format", private: "Encrypted, tower-cookies' format" },
    lifetime: 'Lifetime',
    unit: 'Unit',
    units: { ms: "Express's maxAge, in ms", seconds: 'Max-Age, in seconds', session: 'none: session cookie' },
    create: 'Create',
    anyway: 'Send it anyway',
    look: 'Check',
    noSeal: 'no seal',
    valid: 'Valid',
    olderKey: 'with an older key',
    forged: 'Forged',
    wrongKey: 'Sealed with a retired key',
    agrees: 'as the rule says',
    httpOnly: 'nothing: it is HttpOnly',
    waits: 'JavaScript will tell',
    expired: 'expired',
    deleted: 'deleted',
    rejected: 'rejected',
    stopped: 'the browser stopped sending it',
    missing: 'the browser was closed, or it was deleted outside of this page',
    notSetHere: 'not set in this lab',
    untilClosed: 'until the browser is closed',
    nothingSent: 'You have not sent anything yet.',
    overAtOnce: 'it deletes on arrival',
    spaceInName: 'The name may not contain “ ”',
    brokenPrefix: 'The prefix __Host- makes a promise that the attributes do not keep',
    allWell: 'Nothing to object',
    refused: 'Nothing was sent',
    tamper: 'Tamper with',
    change: 'Change a character of the value',
    delete: 'Delete correctly',
    putBack: 'Put it back',
    jarChanged: 'The new value is in your browser',
    edited: 'Edited request (the cookie in your browser has not changed)',
    rotateDrop: 'Rotate and forget the old one',
    rotateKeep: 'Rotate and keep the old one',
    firstKey: 'Back to the first one',
    reset: 'Start over',
    run: 'Predict and run',
    runAgain: 'Run it again',
    hit: 'right',
    miss: 'not so',
    cameOut: 'It came out:',
    acts: {
      'read-without-key': 'Read it without any key',
      'change-character': 'Change a character of the value',
      'change-signature': 'Change the signature',
      'strip-prefix': 'Strip the prefix s:',
      move: 'Use the value under another name',
      replay: 'Send a value sealed earlier',
      'delete-wrong-path': 'Delete with another Path',
      'delete-without-secure': 'Delete without Secure',
      delete: 'Delete correctly',
    },
    stillSent: 'The browser goes on sending it.',
    noLongerSent: 'The browser does not send it any more.',
    readWithoutKey: 'Without any key one reads:',
    unreadableWithoutKey: 'Without the key nothing can be read.',
    sealBench: 'Seal',
    checkBench: 'Check',
    key: 'Key',
    cookie: 'Cookie',
    offline: /No connection/,
    byHand: 'Write the line by hand',
    line: 'Value of Set-Cookie',
    sendLine: 'Send the line',
    other: 'Español',
  },
} as const;

export type CookieWords = (typeof cookieWords)[Language];

export interface Experiment {
  id: string;
  /** The answer that comes out, from 0, on 127.0.0.1. */
  outcome: number;
  /** The answer on plain http at a LAN name, if it is another one. */
  onTheLan?: number;
  /** The button. */
  title: Record<Language, string>;
  /** A piece of the explanation. */
  because: Record<Language, string>;
  becauseOnTheLan?: Record<Language, string>;
}

export const experiments: Experiment[] = [
  {
    id: 'units',
    outcome: 0,
    title: { es: '¿ms o segundos?', en: 'ms or seconds?' },
    because: { es: 'Express divide por 1000', en: 'Express divides by 1000' },
  },
  {
    id: 'session-cookie',
    outcome: 1,
    title: { es: 'Sin maxAge', en: 'No maxAge' },
    because: { es: 'acaba cuando acaba la sesión del navegador', en: "ends when the browser's session ends" },
  },
  {
    id: 'http-only',
    outcome: 1,
    title: { es: 'HttpOnly y XSS', en: 'HttpOnly and XSS' },
    because: { es: 'HttpOnly no arregla un XSS', en: 'HttpOnly does not cure an XSS' },
  },
  {
    id: 'not-secret',
    outcome: 0,
    title: { es: 'Firmada no es secreta', en: 'Signed is not secret' },
    because: { es: 'el valor sigue a la vista', en: 'the value stays in sight' },
  },
  {
    id: 'name-not-bound',
    outcome: 1,
    title: { es: 'El nombre no se firma', en: 'The name is not signed' },
    because: { es: 'La firma solo cubre el valor', en: 'The signature covers only the value' },
  },
  {
    id: 'stripped-prefix',
    outcome: 1,
    title: { es: 'Sin el prefijo s:', en: 'Without the prefix s:' },
    because: { es: 'la cookie acaba en req.cookies', en: 'the cookie ends up in req.cookies' },
  },
  {
    id: 'rotation',
    outcome: 1,
    title: { es: 'Rotar la clave', en: 'Rotating the key' },
    because: { es: 'El navegador no sabe nada de claves', en: 'The browser knows nothing of keys' },
  },
  {
    id: 'failed-deletion',
    outcome: 1,
    title: { es: 'Un borrado que falla', en: 'A deletion that fails' },
    because: { es: 'hay que repetir Path y Domain', en: 'repeat its Path and Domain' },
  },
  {
    id: 'path-shadow',
    outcome: 2,
    title: { es: '¿Cuál de las dos?', en: 'Which of the two?' },
    because: { es: 'cookie-parser se queda con la primera', en: 'cookie-parser takes the first' },
  },
  {
    id: 'oversize',
    outcome: 2,
    title: { es: '4097 bytes', en: '4097 bytes' },
    because: { es: 'se ignora la cookie entera', en: 'the whole cookie is ignored' },
  },
  {
    id: 'eviction',
    outcome: 2,
    title: { es: 'La número 181', en: 'Number 181' },
    because: { es: 'Chromium admite 180 por sitio', en: 'Chromium takes 180 for a site' },
  },
  {
    id: 'host-prefix',
    outcome: 0,
    onTheLan: 1,
    title: { es: '__Host- aquí', en: '__Host- here' },
    because: { es: 'Cumple el prefijo', en: "keeps the prefix's promise" },
    becauseOnTheLan: { es: '__Host- exige Secure', en: '__Host- needs Secure' },
  },
  {
    id: 'secure-here',
    outcome: 0,
    onTheLan: 1,
    title: { es: 'Secure aquí', en: 'Secure here' },
    because: { es: 'Tu navegador da por segura esta conexión', en: 'Your browser takes this connection for secure' },
    becauseOnTheLan: { es: 'Secure hace que el navegador la rechace', en: 'makes the browser reject it' },
  },
];

/** What the form orders; what is left out is as simple as can be. */
export interface Order {
  name: string;
  value?: string;
  seal?: keyof CookieWords['seals'];
  lifetime?: string;
  unit?: keyof CookieWords['units'];
  sameSite?: 'Lax' | 'Strict' | 'None';
  path?: string;
  httpOnly?: boolean;
  secure?: boolean;
}

export type State = 'sent' | 'elsewhere' | 'missing' | 'expired' | 'deleted' | 'replaced' | 'evicted' | 'rejected';

export class CookieLab {
  readonly words: CookieWords;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.words = cookieWords[language];
  }

  /** Opens the page and waits until it is awake. */
  async open(base = ''): Promise<this> {
    await this.page.goto(`${base}/${this.language}/cookies`);
    await this.awake();
    return this;
  }

  async awake(): Promise<void> {
    await expect(this.page.locator('html[data-awake]')).toBeAttached();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The form that sets a cookie; the two benches have fields of the same names. */
  get form(): Locator {
    return this.page.getByRole('region', { name: this.words.form, exact: true }).locator('#order');
  }

  field(label: string): Locator {
    return this.form.getByLabel(label, { exact: true });
  }

  choice(label: string): Locator {
    return this.form.getByRole('combobox', { name: label, exact: true });
  }

  /** Types what is not in the form yet. */
  async fill({ name, value = '1', seal = 'plain', lifetime = '', unit = 'seconds', sameSite = 'Lax', path = '/', httpOnly = false, secure = false }: Order): Promise<void> {
    const { words } = this;
    const fields = await this.form.evaluate((form: HTMLFormElement) => [...new FormData(form)]);
    const now = new Map(fields);
    const type = async (label: string, field: string, text: string) => {
      if (now.get(field) !== text) await this.field(label).fill(text);
    };
    const choose = async (label: string, field: string, option: string, text: string) => {
      if (now.get(field) !== option) await this.choice(label).selectOption(text);
    };
    const tick = async (label: string, field: string, ticked: boolean) => {
      if (now.has(field) !== ticked) await this.field(label).setChecked(ticked);
    };
    await type(words.name, 'name', name);
    await type(words.value, 'value', value);
    await choose(words.seal, 'seal', seal, words.seals[seal]);
    await type(words.lifetime, 'lifetime', lifetime);
    await choose(words.unit, 'unit', unit, words.units[unit]);
    await choose('SameSite', 'same_site', sameSite.toLowerCase(), sameSite);
    await type('Path', 'path', path);
    await tick('HttpOnly', 'http_only', httpOnly);
    await tick('Secure', 'secure', secure);
  }

  /** Fills the form in, presses the button and waits until the page shows what was sent. */
  async create(order: Order): Promise<void> {
    await this.fill(order);
    await this.button(this.words.create).click();
    await expect(this.sentLine).toHaveCount(1);
    await expect(this.setCookie).toContainText(`Set-Cookie: ${order.name}=`);
    await expect(this.sentLine.locator('[data-testid^=agrees-]')).toBeVisible();
  }

  /** The last answer, in three columns. */
  get sentLine(): Locator {
    return this.page.getByTestId('sent-line');
  }

  get setCookie(): Locator {
    return this.page.getByTestId('set-cookie');
  }

  /** The rows of a cookie. */
  row(name: string, state: State): Locator {
    return this.page.locator(`[data-testid="row-${state}-${name}"]`);
  }

  /** What JavaScript sees of a row: what is hidden in the cell does not count. */
  script(row: Locator, text: string): Locator {
    return row.locator('.seen-by-js').getByText(text, { exact: true }).filter({ visible: true });
  }

  received(row: Locator): Locator {
    return row.locator('.received');
  }

  sealed(row: Locator): Locator {
    return row.locator('.sealed');
  }

  /** The button that opens the menu of a cookie. */
  menu(name: string): Locator {
    return this.page.getByLabel(`${this.words.tamper} ${name}`, { exact: true });
  }

  async tamper(name: string, act: string): Promise<void> {
    await this.menu(name).click();
    await this.row(name, 'sent').getByRole('button', { name: act, exact: true }).click();
  }

  /** The card that says what came of tampering. */
  get forged(): Locator {
    return this.page.getByTestId('forged');
  }

  get experiment(): Locator {
    return this.page.getByTestId('experiment');
  }

  get outcome(): Locator {
    return this.page.getByTestId('outcome');
  }

  async load(title: string): Promise<void> {
    await this.page.getByRole('link', { name: title, exact: true }).click();
    await expect(this.experiment.getByRole('heading', { name: title, exact: true })).toBeVisible();
  }

  /** Chooses an answer, from 0, and runs the experiment that is loaded. */
  async predict(guess: number): Promise<void> {
    await this.experiment.getByRole('radio').nth(guess).check();
    await this.experiment.getByRole('button').click();
  }
}
