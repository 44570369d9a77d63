// The last lines of a run that failed: each red test with its reason, where the end of a log shows them.
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** How many lines of a reason are shown. */
const most = 14;

export default class LastWords implements Reporter {
  readonly #red: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === 'skipped') return;
    const reason = result.errors.map(({ message, location }) => `${message} (${location?.file}:${location?.line})`).join('\n');
    const lines = stripVTControlCharacters(reason).split('\n').filter((line) => line.trim());
    this.#red.push([test.titlePath().filter(Boolean).join(' › '), ...lines.slice(0, most).map((line) => `    ${line}`)].join('\n'));
  }

  onEnd(): void {
    if (this.#red.length > 0) process.stdout.write(`\nRed:\n${this.#red.join('\n')}\n`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
