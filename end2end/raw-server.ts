// A web server of a few lines that can answer with any bytes, as no library lets one, and that knows what it was asked.
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** What a browser sent along. */
export interface Asked {
  method: string;
  /** The Cookie header; empty if there was none. */
  cookie: string;
  /** Sec-Fetch-Site: what the browser takes the request for. */
  site: string;
}

export class RawServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** The Set-Cookie lines and the status that wait for a request, by its target. */
  readonly #answers = new Map<string, { lines: string[]; status: string }>();
  readonly #asked = new Map<string, Asked>();
  #requests = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(): Promise<RawServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RawServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** A target that no request had before. It is answered with these lines, byte by byte. */
  expect(path: string, lines: string[] = [], status = '200 OK'): string {
    const target = `${path}?${++this.#requests}`;
    this.#answers.set(target, { lines, status });
    return target;
  }

  /** What came with the request for this target. */
  asked(target: string): Asked {
    const asked = this.#asked.get(target);
    if (!asked) throw new Error(`nobody asked for ${target}`);
    return asked;
  }

  async stop(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A browser may hang up at any time.
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      // No request here has a body: a form without fields sends none.
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        socket.write(this.#answer(text.slice(0, end)));
        text = text.slice(end + 4);
      }
    });
  }

  #answer(head: string): string {
    const [request = '', ...fields] = head.split('\r\n');
    const [method = '', target = ''] = request.split(' ');
    const values = (name: string) =>
      fields.filter((field) => field.toLowerCase().startsWith(`${name}: `)).map((field) => Buffer.from(field.slice(name.length + 2), 'latin1').toString());
    this.#asked.set(target, { method, cookie: values('cookie').join('; '), site: values('sec-fetch-site').join() });
    const { lines, status } = this.#answers.get(target) ?? { lines: [], status: '200 OK' };
    const body = status.startsWith('204') ? '' : '<!doctype html><title>raw</title>';
    const answer = ['Content-Type: text/html', 'Cache-Control: no-store', `Content-Length: ${body.length}`, ...lines.map((line) => `Set-Cookie: ${line}`)];
    return [`HTTP/1.1 ${status}`, ...answer, '', body].join('\r\n');
  }
}
