// What the specs about Express share: the real packages from npm, a port for a program, and requests as they are.
import { once } from 'node:events';
import { type IncomingHttpHeaders, type RequestListener, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { expect, test as base } from '../playground.ts';

// None of them brings types.
const npm = createRequire(import.meta.url);
export const signature: { sign(value: string, secret: string): string; unsign(input: string, secret: string): string | false } = npm('cookie-signature');
export const cookieParser: ((secret?: string | string[]) => Middleware) & { JSONCookie(value: string): unknown } = npm('cookie-parser');
export const express: () => App = npm('express');
export const express4: () => App = npm('express4');

export type App = RequestListener & { use(middleware: Middleware): void; get(path: string, handler: (req: ExpressRequest, res: ExpressResponse) => void): void };
export type Middleware = (req: ExpressRequest, res: ExpressResponse, next: () => void) => void;

export interface ExpressRequest {
  session: { visits?: number };
  sessionID: string;
  cookies: Record<string, unknown>;
  signedCookies: Record<string, unknown>;
}

export interface ExpressResponse {
  cookie(name: string, value: string, options?: object): void;
  clearCookie(name: string, options?: object): void;
  json(body: unknown): void;
  end(): void;
}

/** The key that a new lab seals with. */
export const labKey = 'gato con teclado';

export const test = base.extend<{ serve: (program: RequestListener) => Promise<string> }>({
  /** Serves a program on a free port, until the test ends. */
  serve: async ({}, use) => {
    const open: ReturnType<typeof createServer>[] = [];
    await use(async (program) => {
      const server = createServer(program).listen(0, '127.0.0.1');
      open.push(server);
      await once(server, 'listening');
      const address = server.address();
      if (typeof address !== 'object' || address === null) throw new Error('no port');
      return `http://127.0.0.1:${address.port}`;
    });
    for (const server of open) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
  },
});

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request as it is, byte for byte: a `Cookie` header has one character per byte. */
export async function ask(url: string, { cookie, form }: { cookie?: string; form?: Record<string, string> } = {}): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString();
  const asked = request(url, {
    agent: false,
    method: form ? 'POST' : 'GET',
    headers: {
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }),
    },
  });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}

/** What a 200 says. */
export async function json<T>(url: string, options?: Parameters<typeof ask>[1]): Promise<T> {
  const answer = await ask(url, options);
  expect(answer.status, answer.body).toBe(200);
  return JSON.parse(answer.body);
}

/** Of a `Set-Cookie` line, what stands between the name and the attributes. */
export const wireOf = (line: string | undefined) => /^[^=]*=([^;]*)/.exec(line ?? '')?.[1];

export interface Read {
  cookies: Record<string, unknown>;
  signedCookies: Record<string, unknown>;
}
