// Writes a .br and a .gz beside every text and wasm file of the built page, and holds the page to its budget.
// Usage: node compress.mjs <site folder>
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// The budget of a first visit, all bytes. Gzip counts because a browser asks for brotli only on a
// secure origin, and a class opens the page over plain http.
const KB = 1024;
const BUDGET = { brotli: 120 * KB, gzip: 150 * KB };
// Of that, for the HTML, which the server renders and no file here holds.
const HTML = 10 * KB;

const COMPRESSIBLE = new Set(['.js', '.mjs', '.wasm', '.css', '.svg', '.html', '.txt', '.json', '.webmanifest']);

// An earlier run's compressed forms, and wasm-bindgen's type declarations, which no browser asks for.
const UNWANTED = /\.(br|gz|ts)$/;

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
const gzip = (bytes) => gzipSync(bytes, { level: 9 });

const site = process.argv[2];
if (!site) throw new Error('usage: node compress.mjs <site folder>');

const found = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
// All of these go before the first new one is written: the two have the same names.
for (const file of found) if (UNWANTED.test(file)) rmSync(file);

const rows = [];
for (const file of found.filter((name) => !UNWANTED.test(name))) {
  const bytes = readFileSync(file);
  const row = { name: relative(site, file), raw: bytes.length, brotli: bytes.length, gzip: bytes.length };
  if (COMPRESSIBLE.has(extname(file))) {
    for (const [form, suffix, compressed] of [
      ['brotli', '.br', brotli(bytes)],
      ['gzip', '.gz', gzip(bytes)],
    ]) {
      writeFileSync(file + suffix, compressed);
      row[form] = compressed.length;
    }
  }
  rows.push(row);
}
if (!rows.some((row) => row.name.endsWith('.wasm'))) throw new Error(`no WebAssembly in ${site}: is it built?`);

const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
const kb = (bytes) => (bytes / KB).toFixed(1).padStart(8);
const line = (name, { raw, brotli, gzip }) =>
  console.log(`${name.padEnd(52)}${raw === undefined ? ' '.repeat(8) : kb(raw)}${kb(brotli)}${kb(gzip)}`);

const files = { raw: sum('raw'), brotli: sum('brotli'), gzip: sum('gzip') };
console.log(`${'KB'.padEnd(52)}${['raw', 'brotli', 'gzip'].map((title) => title.padStart(8)).join('')}`);
for (const row of rows.sort((a, b) => b.gzip - a.gzip)) line(row.name, row);
line('all files', files);
line('with the HTML', { brotli: files.brotli + HTML, gzip: files.gzip + HTML });
line('budget', BUDGET);

const over = Object.keys(BUDGET).filter((form) => files[form] + HTML > BUDGET[form]);
if (over.length > 0) {
  console.error(`error: the first visit is over its budget in ${over.join(' and ')}.`);
  process.exit(1);
}
