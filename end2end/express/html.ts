// A page as text, for the specs that need no browser.
const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#39;': "'", '&amp;': '&' };

export const unescape = (html: string) => html.replace(/&(?:lt|gt|quot|amp|#x27|#39);/g, (entity) => entities[entity]!);

/** HTML without tags and comments. */
export const text = (html: string) => unescape(html.replace(/<!--.*?-->|<[^>]*>/gs, ''));

/** The value of an attribute in a tag. */
export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescape(found);
}
