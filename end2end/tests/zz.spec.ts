import { expect, test } from '../playground.ts';
test('a', async ({ page }) => { await page.goto('/es/failures'); expect(1).toBe(2); });
test('b', async ({ page }) => { test.setTimeout(3000); await page.goto('/es/failures'); await page.waitForTimeout(9000); });
test('c', async ({ page }) => { await page.goto('/es/failures'); await expect(page.locator('zzz')).toBeVisible({timeout:1000}); });
