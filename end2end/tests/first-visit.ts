// What a first visit weighs.
import { request } from 'node:http';
import { type Page, expect } from '@playwright/test';
import type { Playground } from '../playground.ts';

/** Opens a page and asks for everything that it fetched once more, compressed in each way: how many KB that is. */
export async function firstVisit(page: Page, playground: Playground, open: () => Promise<unknown>): Promise<['br' | 'gzip', number][]> {
  const paths = new Set(['/favicon.svg']);
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    // The stream of changes has no end, and may answer after the page is awake.
    if (path !== '/events') paths.add(path);
  });
  await open();
  const weigh = async (encoding: 'br' | 'gzip'): Promise<['br' | 'gzip', number]> => {
    let bytes = 0;
    for (const path of paths) {
      const answer = await fetched(playground.url + path, encoding);
      expect(answer.encoding, `${path} travels compressed`).toBe(encoding);
      if (path.startsWith('/pkg/')) expect(answer.cache).toContain('immutable');
      bytes += answer.bytes;
    }
    return [encoding, bytes / 1024];
  };
  return [await weigh('br'), await weigh('gzip')];
}

function fetched(url: string, encoding: string): Promise<{ bytes: number; encoding?: string; cache?: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve({ bytes, encoding: answer.headers['content-encoding'], cache: answer.headers['cache-control'] }));
    });
    asked.on('error', reject).end();
  });
}
