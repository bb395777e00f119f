// A real browser as a judge: Debian's Chromium, driven from outside. Everything a page does against its own policy is collected.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Where a browser of the kind is on this machine; undefined where there is none. */
export const BROWSER_PATH = PLACES.find((path) => existsSync(path));

/** How a title ends while no browser is there. */
export const BROWSER_MISSING = BROWSER_PATH === undefined ? ' skipped: chromium not found' : '';

/** Ends what hangs, and measures nothing: half a minute is soon over on a busy machine. */
const PATIENCE_MS = 180_000;

/** Starts the browser; it is the caller's to close. */
export function startBrowser(): Promise<Browser> {
  // The sandbox needs rights that a test in a container lacks; the pages are our own.
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath: BROWSER_PATH ?? '', args, timeout: PATIENCE_MS });
}

/** A page that watches itself. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of: refused by the policy, errors of scripts, failed requests. */
  readonly complaints: string[];
  /** Addresses asked of anybody but the server under test. */
  readonly strangers: string[];
}

/** A phone, 360 × 740 CSS pixels: the smallest that is common. */
const PHONE = { width: 360, height: 740 };

/** Opens a page that may go to one origin. */
export async function watchedPage(browser: Browser, origin: string, locale = 'zh-CN'): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: PHONE, locale, acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(`${origin}/`)) strangers.push(request.url());
  });
  return { page, context, complaints, strangers };
}

/** By how many CSS pixels the content is wider than the screen: 0 for a page that never scrolls sideways. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
