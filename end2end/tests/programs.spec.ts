// The two programs that the page shows beside each other do the same: what the form says, word for word.
import { type Answer, ask, labKey, test } from '../express/bench.ts';
import { program } from '../express/cookies.js';
import { expect } from '../playground.ts';
import { text } from '../express/html.ts';

// Every form is one that a server may send: the others leave as they were typed, without any program.
const forms: Record<string, string>[] = [
  { name: 'a', value: '1' },
  { name: 'a', value: '1', path: '' },
  { name: 'a', value: '1', path: '/' },
  { name: 'a', value: '1', path: '/es/cookies' },
  { name: 'a', value: '', path: '/' },
  { name: 'a', value: '"quoted"', path: '/' },
  { name: 'a', value: '100%:/@', path: '/' },
  { name: 'a', value: '1', domain: '127.0.0.1', path: '/' },
  { name: 'a', value: '1', domain: 'example.com', path: '' },
  { name: 'a', value: '1', lifetime: '90500', unit: 'ms', path: '/' },
  { name: 'a', value: '1', lifetime: '999', unit: 'ms', path: '/' },
  { name: 'a', value: '1', lifetime: '-500', unit: 'ms', path: '/' },
  { name: 'a', value: '1', lifetime: '0', unit: 'seconds', path: '' },
  { name: 'a', value: '1', lifetime: ' 60 ', unit: 'seconds', path: '/' },
  { name: 'a', value: '1', lifetime: '40000000', unit: 'seconds', path: '/' },
  { name: 'a', value: '1', lifetime: '60', unit: 'session', path: '/' },
  { name: 'a', value: '1', lifetime: 'Thu, 01 Jan 2099 00:00:00 GMT', unit: 'expires', path: '/' },
  { name: 'a', value: '1', lifetime: '1-jan-99 0:0:1', unit: 'expires', path: '' },
  { name: 'a', value: '1', secure: '1', path: '/' },
  { name: 'a', value: '1', http_only: '1', path: '/' },
  { name: 'a', value: '1', secure: '1', partitioned: '1', path: '/' },
  { name: 'a', value: '1', same_site: 'lax', path: '/' },
  { name: 'a', value: '1', same_site: 'strict', path: '' },
  { name: 'a', value: '1', same_site: 'none', secure: '1', path: '/' },
  { name: '__Host-a', value: '1', secure: '1', http_only: '1', path: '/' },
  { name: 'a', value: 'mañana; 100%', seal: 'express', lifetime: '90500', unit: 'ms', same_site: 'lax', http_only: '1', path: '/' },
];

interface Cookie {
  name: string;
  wire: string;
  /** The attributes without their order. */
  attributes: Map<string, string>;
}

function cookie(line: string): Cookie {
  const [pair = '', ...attributes] = line.split('; ');
  const cut = (text: string) => [text.split('=')[0] ?? '', text.slice(text.indexOf('=') + 1)] as const;
  const [name, wire] = cut(pair);
  return { name, wire, attributes: new Map(attributes.map((text) => (text.includes('=') ? cut(text) : [text, '']))) };
}

const lines = ({ headers }: Answer) => (headers['set-cookie'] ?? []).filter((line) => !line.startsWith('lab='));

for (const form of forms) {
  test(`alike: ${new URLSearchParams(form)}`, async ({ playground, serve }) => {
    // What the page says that the form gives to the Express program is all that it is given.
    const page = await ask(`${playground.url}/es/cookies?${new URLSearchParams(form)}`);
    const list = /<ul class="values">(.*?)<\/ul>/s.exec(page.body)?.[1] ?? '';
    const said = [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) => text(item).split(' = '));
    const words = Object.fromEntries(said.map(([name, ...value]) => [name, value.join(' = ')]));
    expect(words).toMatchObject({ name: form.name });

    const sent = lines(await ask(`${playground.url}/lab/cookies/set`, { form }));
    const site = await serve(program({ secrets: [labKey] }));
    const before = Date.now();
    const answered = lines(await ask(`${site}/set`, { form: words }));
    expect([sent.length, answered.length]).toEqual([1, 1]);
    const [axum, express] = [cookie(sent[0]!), cookie(answered[0]!)];

    // First difference: Express says a maxAge twice, for browsers that knew only Expires.
    const [age, expires] = [express.attributes.get('Max-Age'), express.attributes.get('Expires')];
    if (age !== undefined) {
      express.attributes.delete('Expires');
      const end = Date.parse(expires ?? '') - Number(age) * 1000;
      expect(end).toBeGreaterThan(before - 2000);
      expect(end).toBeLessThan(Date.now() + 2000);
    }
    expect(axum.attributes).toEqual(express.attributes);
    // Second difference: Express encodes every value, tower-cookies none.
    expect(axum.name).toBe(express.name);
    expect(form.seal === 'express' ? axum.wire : encodeURIComponent(axum.wire)).toBe(express.wire);
  });
}

test('a dot before the domain: Express sends it, this page refuses it, because no server should', async ({ playground, serve }) => {
  const form = { name: 'a', value: '1', domain: '.example.com' };
  const site = await serve(program({ secrets: [labKey] }));
  const refused = await ask(`${playground.url}/lab/cookies/set`, { form });
  expect([refused.status, lines(refused)]).toEqual([422, []]);
  expect(lines(await ask(`${site}/set`, { form }))).toEqual(['a=1; Domain=.example.com; Path=/']);
});
