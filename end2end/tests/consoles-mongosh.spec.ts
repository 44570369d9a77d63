// The MongoDB console prints what the real mongosh prints, byte for byte, on the same server. No browser:
// every line of consoles-mongosh.txt is sent to the console and typed into one mongosh process, which works
// on a private copy of the collection, so that both begin with the same documents.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { type Playground, expect, test } from '../playground.ts';
import { mongoPort } from './outside.ts';

const here = import.meta.dirname;
const database = 'session_playground';
/** As long as the real name: the width of a line decides where mongosh breaks it. */
const copy = 'session_playgroun2';
/** What mongosh writes when it waits for a line. No answer has it: a control character is printed as an escape. */
const prompt = '\u0001';

/** One line: what is typed here, and what the real mongosh is given. */
interface Line {
  typed: string;
  given: string;
}

async function lines(names: Record<string, string>): Promise<Line[]> {
  const text = await readFile(join(here, 'consoles-mongosh.txt'), 'utf8');
  const filled = text.replaceAll(/<(id|lab)>/g, (_, name: string) => names[name]!);
  const all: Line[] = [];
  for (const line of filled.split('\n').filter((line) => line && !line.startsWith('# '))) {
    const given = line.startsWith('mongosh: ') ? line.slice('mongosh: '.length) : undefined;
    if (given === undefined) all.push({ typed: line, given: line });
    else all.at(-1)!.given = given;
  }
  return all;
}

/** A browser's cookies, as far as the console needs them. */
class Visitor {
  readonly #playground: Playground;
  readonly #cookies = new Map<string, string>();

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  cookie(name: string): string {
    return this.#cookies.get(name) ?? '';
  }

  async post(path: string, form: Record<string, string>): Promise<Response> {
    const answer = await fetch(`${this.#playground.url}${path}`, {
      method: 'POST',
      headers: { Accept: 'text/plain', Cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') },
      body: new URLSearchParams(form),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.#cookies.set(name!, value!);
    }
    return answer;
  }

  /** What the console prints. A lab may send only so many requests per second. */
  async types(line: string): Promise<string> {
    let printed = '';
    const answered = async () => {
      const answer = await this.post('/lab/consoles/mongo', { line });
      printed = await answer.text();
      return answer.status;
    };
    await expect.poll(answered, { message: line, timeout: 10_000, intervals: [50] }).toBe(200);
    return printed;
  }
}

/** The real mongosh, without a terminal. */
class Mongosh {
  #written = '';
  readonly #process: ChildProcessWithoutNullStreams;

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    process.stdout.setEncoding('utf8').on('data', (text: string) => (this.#written += text));
  }

  static async start(url: string, home: string): Promise<Mongosh> {
    const program = resolve(here, '../node_modules/.bin/mongosh');
    const mongosh = new Mongosh(spawn(program, ['--quiet', '--norc', url], { env: { ...process.env, HOME: home, NO_COLOR: '1', TZ: 'UTC' } }));
    await mongosh.types(`prompt = '\\u0001'`);
    return mongosh;
  }

  /** What a terminal shows after this line. */
  async types(line: string): Promise<string> {
    this.#process.stdin.write(`${line}\n`);
    while (!this.#written.includes(prompt)) {
      const more = once(this.#process.stdout, 'data', { signal: AbortSignal.timeout(15_000) });
      await more.catch(() => {
        throw new Error(`mongosh does not come back from ${line}: ${this.#written}`);
      });
    }
    const [answer, ...rest] = this.#written.split(prompt);
    this.#written = rest.join(prompt);
    // A line that returns its carriage is written over.
    return answer!.replaceAll(/^[^\n\r]*\r/gm, '');
  }

  async end(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** What is another one each time: new ids, the server's own clock, the name of the copy. */
function comparable(printed: string): string {
  return printed
    .replaceAll(copy, database)
    .replaceAll(/Timestamp\(\{ t: \d+, i: \d+ \}\)/g, 'Timestamp({ t: 0, i: 0 })')
    .replaceAll(/executionTimeMillis: \d+/g, 'executionTimeMillis: 0')
    .replaceAll(/insertedId: ObjectId\('[0-9a-f]{24}'\)/g, "insertedId: ObjectId('…')")
    .replaceAll(/_id: ObjectId\('[0-9a-f]{24}'\)/g, "_id: ObjectId('…')");
}

test('every line prints what mongosh prints', async ({ launch }) => {
  test.setTimeout(120_000);
  const playground = await launch();
  const ana = new Visitor(playground);
  expect((await ana.post('/lab/mongo/login', { user: 'ana', password: 'galleta' })).status).toBe(200);
  await ana.post('/lab/mongo/cart', { product: 'te' });
  const url = `mongodb://127.0.0.1:${await mongoPort(playground)}`;
  const options = '?directConnection=true';

  const client = await MongoClient.connect(`${url}/${options}`);
  const sessions = client.db(database).collection('sessions');
  const [session, ...others] = await sessions.find().toArray();
  expect(others).toEqual([]);
  const copied = client.db(copy).collection('sessions');
  await copied.insertOne(session!);
  await copied.createIndex({ expires: 1 }, { name: 'expires_1', expireAfterSeconds: 0 });

  const home = await mkdtemp(join(tmpdir(), 'mongosh-'));
  const mongosh = await Mongosh.start(`${url}/${copy}${options}`, home);
  try {
    const all = await lines({ id: ana.cookie('mongo.sid'), lab: session!.lab as string });
    let errors = 0;
    for (const { typed, given } of all) {
      const ours = comparable(await ana.types(typed));
      const theirs = comparable(await mongosh.types(given.replace(database, copy)));
      expect.soft(ours, typed).toBe(theirs);
      errors += /^(?:Uncaught:\n)?\w*Error/.test(theirs) ? 1 : 0;
    }
    expect(all.length, 'lines').toBeGreaterThanOrEqual(140);
    expect(errors, 'errors').toBeGreaterThanOrEqual(60);
    expect(await sessions.countDocuments(), 'documents that are left').toBe(await copied.countDocuments());
  } finally {
    await mongosh.end();
    await client.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
