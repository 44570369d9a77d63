// What is really there, looked at from outside of the page: processes, files, keys and documents.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import type { Playground } from '../playground.ts';

/** The state letter of a process, or `gone`: one that is a zombie has ended. */
export function processState(pid: number): string {
  try {
    const state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'gone';
    return state === 'Z' || state === 'X' ? 'gone' : state;
  } catch {
    return 'gone';
  }
}

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
}

/** The process ids of the shared engines. */
export async function engines(playground: Playground): Promise<{ redis: number; mongo: number }> {
  const answer = (await (await fetch(`${playground.url}/readyz`)).json()) as { redis: { pid: number }; mongo: { pid: number } };
  return { redis: answer.redis.pid, mongo: answer.mongo.pid };
}

/** The port of the shared MongoDB. */
export async function mongoPort(playground: Playground): Promise<string> {
  const { mongo } = await engines(playground);
  const port = /--port[ =](\d+)/.exec(commandLine(mongo))?.[1];
  if (!port) throw new Error(`no port of ${mongo}: ${commandLine(mongo)}`);
  return port;
}

/** One lab's things, in a folder, two engines and a process of its own. */
export class Outside {
  constructor(
    readonly playground: Playground,
    readonly tag: string,
  ) {}

  get folder(): string {
    return join(this.playground.dataDir, 'labs', this.tag);
  }

  /** The files on a server's disk. */
  async files(server: 'a' | 'b' = 'a'): Promise<string[]> {
    const folder = join(this.folder, `server-${server}`, 'sessions');
    return existsSync(folder) ? readdir(folder) : [];
  }

  /** Records in files whose time is not over. */
  async livingFiles(): Promise<string[]> {
    const sessions = (await this.files()).filter((name) => name.endsWith('.json'));
    const read = sessions.map(async (name) => {
      // The reaper may take one that is expired between the listing and the reading.
      const text = await readFile(join(this.folder, 'server-a/sessions', name), 'utf8').catch(() => undefined);
      return text && Date.parse((JSON.parse(text) as { expires: string }).expires) > Date.now() ? [name] : [];
    });
    return (await Promise.all(read)).flat();
  }

  /** Asks a Redis by the socket that its process listens on. */
  async redis(pid: number, ...command: string[]): Promise<string> {
    const listed = /unixsocket:(\S+)/.exec(commandLine(pid))?.[1];
    const own = join(this.folder, 'redis/own.conf');
    const socket = listed ?? /^unixsocket "(.*)"$/m.exec(await readFile(own, 'utf8'))?.[1];
    if (!socket) throw new Error(`no socket of ${pid}: ${commandLine(pid)}`);
    const { stdout } = await promisify(execFile)('redis-cli', ['-s', socket, ...command], { timeout: 5000 });
    return stdout.trim();
  }

  async keys(pid: number): Promise<string[]> {
    // In everybody's Redis a lab's keys have its name before them; in its own they have none.
    const patterns = [`lab:${this.tag}:sess:*`, 'sess:*'];
    const keys = await Promise.all(patterns.map((pattern) => this.redis(pid, '--raw', 'KEYS', pattern)));
    return keys.join('\n').split('\n').filter(Boolean);
  }

  /** The lab's documents in MongoDB, asked with the real driver. */
  async documents(): Promise<{ _id: string; expires: Date }[]> {
    const port = await mongoPort(this.playground);
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: 5000 });
    try {
      const sessions = client.db('session_playground').collection<{ _id: string; lab: string; expires: Date }>('sessions');
      return await sessions.find({ lab: this.tag }).toArray();
    } finally {
      await client.close();
    }
  }
}
