/**
 * A real browser for tests: the system's Chromium, a fresh profile for each person. Each page is watched: a request to another host, a
 * violation of the Content-Security-Policy or an error in a script is kept, to be asked for at the end of a test.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const quietly = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];

/** Runs in each page before its own scripts. */
const tellViolations = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI);
});`;

/** How a person sees the panel. */
export interface Sight {
  scheme?: 'light' | 'dark';
  /** In CSS pixels. */
  width?: number;
  height?: number;
}

/** What axe found: the rule, and where. */
export interface Finding {
  rule: string;
  places: string[];
}

/** A person in front of a browser of their own. */
export class Person {
  private readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly server: string,
  ) {}

  /** @param server the address of the server, such as `http://127.0.0.1:3000` */
  static async sitDown(browser: Browser, server: string, sight: Sight = {}): Promise<Person> {
    const { scheme = 'light', width = 1280, height = 900 } = sight;
    const context = await browser.newContext({
      baseURL: server,
      colorScheme: scheme,
      viewport: { width, height },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(30_000);
    await context.addInitScript({ content: tellViolations });
    await slowDown(context);
    const page = await context.newPage();
    const person = new Person(context, page, server);
    person.watch(page);
    return person;
  }

  /** Requests to other hosts, violations of the policy and errors of scripts so far. */
  get troubles(): readonly string[] {
    return this.complaints;
  }

  /** What axe finds on the page as it is now, by all of its rules or the named ones, in all of it or in a part. */
  async accessibilityFindings({ rules, within }: { rules?: readonly string[]; within?: string } = {}): Promise<
    Finding[]
  > {
    // Evaluated by the debugger, so that the page's policy does not have to allow it.
    if (!(await this.page.evaluate<boolean>('"axe" in window'))) await this.page.evaluate(axeSource());
    const context = within === undefined ? 'document' : JSON.stringify(within);
    const options = { resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) };
    const violations = (await this.page.evaluate(
      `axe.run(${context}, ${JSON.stringify(options)}).then((result) => result.violations)`,
    )) as { id: string; nodes: { target: string[] }[] }[];
    return violations.map(({ id, nodes }) => ({ rule: id, places: nodes.map(({ target }) => target.join(' ')) }));
  }

  /** How many pixels the page is wider than its window. */
  sidewaysPixels(): Promise<number> {
    return this.page.evaluate('document.scrollingElement.scrollWidth - window.innerWidth');
  }

  /** Waits for what is drawn to its measured room (the plot) to be drawn to the present one; gives up after two seconds. */
  async drawnToSize(): Promise<void> {
    await this.page.evaluate(`(async () => {
      const isWithin = () => document.scrollingElement.scrollWidth <= window.innerWidth &&
        [...document.querySelectorAll('.section')].every((section) => section.scrollWidth <= section.clientWidth);
      const begun = performance.now();
      while (!isWithin() && performance.now() - begun < 2_000) await new Promise((resolve) => requestAnimationFrame(resolve));
    })()`);
  }

  /** The headings of the parts of the page whose content sticks out of them. */
  bulgingSections(): Promise<string[]> {
    return this.page.evaluate(
      `[...document.querySelectorAll('.section')].filter((section) => section.scrollWidth > section.clientWidth)
        .map((section) => section.querySelector('h2')?.textContent ?? 'a part without a heading')`,
    );
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  private watch(page: Page): void {
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== this.server)
        this.complaints.push(`request to ${url.origin}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (/policy violated|Content.Security.Policy/i.test(message.text())) this.complaints.push(message.text());
    });
  }
}

/**
 * Where `SLOW_BROWSER` is a number of milliseconds, each request of the person waits up to twice as long before it is sent: a test
 * that asks the server before the page has is then red on any machine.
 */
async function slowDown(context: BrowserContext): Promise<void> {
  const milliseconds = Number(process.env.SLOW_BROWSER ?? 0);
  if (milliseconds === 0) return;
  await context.route('**/v1/**', async (route) => {
    await setTimeout(2 * milliseconds * Math.random());
    // The person may have left meanwhile.
    await route.continue().catch(() => undefined);
  });
}

/** Starts the system's Chromium. Throws one sentence where there is none. */
export async function openBrowser(): Promise<Browser> {
  const place = process.env.CHROMIUM_PATH ?? usualPlaces.find((path) => existsSync(path));
  if (place === undefined) {
    throw new Error('These tests need Chromium: "apt-get install chromium", or CHROMIUM_PATH=<its file>.');
  }
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: place, args: isRoot ? [...quietly, '--no-sandbox'] : quietly });
}

function axeSource(): string {
  return (createRequire(import.meta.url)('axe-core') as { source: string }).source;
}
