import type { RequestListener } from 'node:http';

/** The Express program; `createServer(program({ secrets }))` serves it. */
export function program(options: { secrets: string[] }): RequestListener;
