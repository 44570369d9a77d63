// Starts the program that was built, as a user would, and can stop, kill and restart it.
//
//   import { expect, test } from '../playground.ts';
//   test('…', async ({ page }) => { await page.goto('/'); … });            // one server for all tests of a worker
//   test('…', async ({ page, launch }) => { const mine = await launch(); … });   // one of its own, to stop and kill
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect } from '@playwright/test';

export { expect } from '@playwright/test';

const root = resolve(import.meta.dirname, '..');
const binary = process.env.PLAYGROUND_BIN ?? join(root, 'target/release/session-playground');

/** How long a start, and how long a stop, may take before it is a failure. */
const patience = 20_000;

export type Environment = Record<string, string | undefined>;

export class Playground {
  readonly port: number;
  /** The folder of keys, labs and managed engines; it outlives a stop or a kill. */
  readonly dataDir: string;
  readonly #environment: Environment;
  #process: ChildProcess | undefined;
  #log = '';

  private constructor(port: number, dataDir: string, environment: Environment) {
    this.port = port;
    this.dataDir = dataDir;
    this.#environment = environment;
  }

  /** A running server with both engines up, on a free port and with a new data folder. */
  static async launch(environment: Environment = {}): Promise<Playground> {
    const dataDir = await mkdtemp(join(tmpdir(), 'playground-'));
    const playground = new Playground(await freePort(), dataDir, environment);
    try {
      await playground.start();
    } catch (error) {
      await playground.dispose();
      throw error;
    }
    return playground;
  }

  /** A secure context: browsers trust the loopback address. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The same server as a class sees it: plain http at a name that is no secure context. Only the browser knows the name. */
  get lanUrl(): string {
    return `http://lab.test:${this.port}`;
  }

  /** What the server wrote to its standard output and error, over all its starts. */
  get log(): string {
    return this.#log;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the server again after `stop` or `kill9`: same port, same data folder. */
  async start(): Promise<void> {
    if (this.#process) throw new Error('the server is already running');
    const server = spawn(binary, {
      cwd: this.dataDir,
      env: {
        ...process.env,
        LEPTOS_OUTPUT_NAME: 'session-playground',
        LEPTOS_SITE_PKG_DIR: 'pkg',
        LEPTOS_HASH_FILES: 'true',
        LEPTOS_SITE_ROOT: process.env.LEPTOS_SITE_ROOT ?? join(root, 'target/site'),
        PLAYGROUND_ADDR: `127.0.0.1:${this.port}`,
        PLAYGROUND_DATA: this.dataDir,
        ...this.#environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = server;
    server.stdout.on('data', (text) => (this.#log += text));
    server.stderr.on('data', (text) => (this.#log += text));
    let ended: string | undefined;
    server.once('error', (error) => (ended = error.message));
    server.once('exit', (code, signal) => (ended = `ended with ${code ?? signal}`));

    const ready = async () => {
      if (ended) throw new Error(`the server ${ended} before it was ready`);
      const engines = await fetch(`${this.url}/readyz`).then((answer) => answer.json(), () => undefined);
      return engines?.redis.state === 'up' && engines?.mongo.state === 'up';
    };
    try {
      await expect.poll(ready, { message: '/readyz', timeout: patience, intervals: [20, 50, 100] }).toBe(true);
    } catch (error) {
      throw new Error(`the server did not become ready:\n${this.#log}`, { cause: error });
    }
  }

  /** Ends the server as Ctrl-C does and waits until it is gone. A server that does not end is a failure. */
  async stop(): Promise<void> {
    await this.#end('SIGINT');
  }

  /** Ends the server without giving it a chance to save anything. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** The process ids of the engines that the server manages, as `/readyz` gives them. */
  async enginePids(): Promise<number[]> {
    const answer: unknown = await (await fetch(`${this.url}/readyz`)).json();
    return pids(answer);
  }

  /** Stops the server if it runs, and removes its data. */
  async dispose(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit', { signal: AbortSignal.timeout(patience) });
    server.kill(signal);
    try {
      await gone;
    } catch {
      server.kill('SIGKILL');
      throw new Error(`the server did not end within ${patience / 1000} s of ${signal}\n${this.#log}`);
    }
  }
}

/** Every number called `pid`, wherever it stands. */
function pids(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'pid' && typeof inner === 'number' ? [inner] : pids(inner)));
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

export const test = base.extend<
  { launch: (environment?: Environment) => Promise<Playground>; serverLog: undefined },
  { playground: Playground }
>({
  /** The server of this worker: shared by its tests, so never stopped by one. */
  playground: [
    async ({}, use) => {
      const playground = await Playground.launch();
      await use(playground);
      await playground.dispose();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: async ({ playground }, use) => use(playground.url),

  /** Starts servers of the test's own, with extra environment if wanted; they end with the test. */
  launch: async ({}, use, testInfo) => {
    const mine: Playground[] = [];
    await use(async (environment) => {
      const playground = await Playground.launch(environment);
      mine.push(playground);
      return playground;
    });
    for (const playground of mine) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach(`server ${playground.port}`, { body: playground.log, contentType: 'text/plain' });
      }
      await playground.dispose();
    }
  },

  /** What the shared server wrote, beside a failed test; and no page of a test lives on in the next one. */
  serverLog: [
    async ({ playground, browser }, use, testInfo) => {
      const before = playground.log.length;
      await use(undefined);
      for (const context of browser.contexts()) await context.close();
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('server', { body: playground.log.slice(before), contentType: 'text/plain' });
      }
    },
    { auto: true },
  ],
});
