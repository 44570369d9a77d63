// The cases of set-cookie-lines.json: the same truth for src/cookies/user_agent.rs (src/cookies/user_agent/agrees.rs) and for Chromium.
import { readFileSync } from 'node:fs';

/** Who asks or answers: `Context` of src/cookies/user_agent/context.rs. */
export type Context = 'same_site' | 'cross_site_navigation' | 'cross_site_unsafe_navigation' | 'cross_site_subresource' | 'script';

export interface Place {
  host?: string;
  path?: string;
  context?: Context;
  /** The host of the page from which a request of another site comes. */
  from?: string;
}

/** A cookie in the jar. What is left out: the case's host, host-only, the path /, the session, no flags, no SameSite. */
export interface Held {
  name: string;
  value: string;
  domain?: string;
  host_only?: false;
  path?: string;
  lives_s?: number;
  secure?: true;
  http_only?: true;
  same_site?: string;
  partitioned?: true;
}

export interface Outcome {
  /** What is in the jar before the case's line, if anything came before it. */
  had?: Held[];
  kept: Held[];
  /** The Cookie header of the next request to the same place. */
  header: string;
  /** The same for each place under `elsewhere`. */
  elsewhere?: string[];
  /** The browser took the response for a network error. */
  no_answer?: true;
}

export interface Case extends Place {
  /** The part of the sourced facts that the case is about. */
  section: string;
  title: string;
  /** Lines that the same jar received earlier, from the same place and over https. */
  before?: string[];
  over_https?: string[];
  line: string;
  elsewhere?: Place[];
  /** The rule's reason, and where it stands. */
  refused?: { why: unknown; section: string };
  notes?: unknown[];
  /** What the rule says, and Chromium does unless there is a difference. */
  outcome: Outcome;
  /** `Difference` of src/cookies/user_agent/differences.rs, and what Chromium does. */
  difference?: { kind: string; chromium: Outcome };
  /** A difference that the line could show and does not show here. */
  may_differ?: string;
}

/** As many cookies as it takes until some must leave. */
export interface Crowd {
  title: string;
  before: string[];
  /** How many cookies `n0`, `n1`, … follow, and what each says behind its value. */
  fill: number;
  attributes: string;
  after: string[];
  outcome: CrowdOutcome;
  difference?: { kind: string; chromium: CrowdOutcome };
}

export interface CrowdOutcome {
  left: number;
  /** Who has left. */
  gone: string[];
}

export const usualHost = 'localhost';
export const usualPath = '/lab/page';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** The ways in which servers have written dates. */
function written(format: string, date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const [weekday, month] = [DAYS[date.getUTCDay()]!, MONTHS[date.getUTCMonth()]!];
  const [day, year] = [date.getUTCDate(), date.getUTCFullYear()];
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  const [ddd, mmm] = [weekday.slice(0, 3), month.slice(0, 3)];
  const imf = `${ddd}, ${two(day)} ${mmm} ${year} ${time} GMT`;
  switch (format) {
    case 'imf':
      return imf;
    case 'upper':
      return imf.toUpperCase();
    case 'rfc850':
      return `${weekday}, ${two(day)}-${mmm}-${two(year % 100)} ${time} GMT`;
    case 'asctime':
      return `${ddd} ${mmm} ${String(day).padStart(2)} ${time} ${year}`;
    case 'slashes':
      return `${mmm}/${day}/${year}/${time}`;
    case 'long':
      return `${day} ${month} ${year} ${time}`;
    case 'year_first':
      return `${year} ${mmm} ${two(day)} ${time}`;
    default:
      throw new Error(`no such date format: ${format}`);
  }
}

/** Fills in `{{repeat 3 x}}` and `{{after 60 imf}}` (a date in so many seconds), wherever they stand. */
export function expand<T>(value: T, nowMs: number): T {
  const filled = (text: string) =>
    text
      .replace(/\{\{repeat (\d+) (.)\}\}/gu, (_, times, what) => what.repeat(Number(times)))
      .replace(/\{\{after (-?\d+) (\w+)\}\}/g, (_, seconds, format) => written(format, new Date(nowMs + Number(seconds) * 1000)));
  return JSON.parse(JSON.stringify(value), (_, inner) => (typeof inner === 'string' ? filled(inner) : inner));
}

interface File {
  /** Every kind of difference, and why it is not ours to mend. */
  differences: Record<string, string>;
  cases: Case[];
  crowds: Crowd[];
}

export const { differences, cases, crowds }: File = JSON.parse(
  readFileSync(new URL('set-cookie-lines.json', import.meta.url), 'utf8'),
);
