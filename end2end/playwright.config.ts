import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

// The system's Chromium where there is one; else Playwright's own.
const chromium = '/usr/bin/chromium';

export default defineConfig({
  testDir: 'tests',
  forbidOnly: !!process.env.CI,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // What a page shows is awaited, however busy the machine is: only what never comes is a failure.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['./last-words.ts']],
  use: {
    browserName: 'chromium',
    // Actions and network only: pictures and copies of the page at every step cost more than the tests.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: existsSync(chromium) ? resolve(import.meta.dirname, 'polite-chromium') : undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A host that is not a secure context, as a teacher's LAN address is not.
        '--host-resolver-rules=MAP lab.test 127.0.0.1',
      ],
    },
  },
});
