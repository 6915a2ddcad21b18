/** A user of the website in headless Chromium, and everything that the browser sends. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, mock } from "node:test";

import { type Browser, launch, type Page } from "puppeteer-core";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A request with its response, as the browser's network panel shows them. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const lowercase = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

let browser: Browser | undefined;

/** Starts the browser of a file's tests. Each user then gets a profile without data of others. */
export async function startBrowser(): Promise<void> {
  // Chromium's sandbox does not start as root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const started = await launch({ executablePath: CHROMIUM, args });
  after(() => started.close());
  browser = started;
}

export class User {
  readonly email = `${randomUUID()}@example.com`;
  readonly exchanges: Exchange[] = [];
  /** Errors that no code of the website has caught. */
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    readonly website: string,
  ) {}

  static async open(website: string): Promise<User> {
    assert.ok(browser);
    const context = await browser.createBrowserContext();
    const user = new User(await context.newPage(), website);
    user.page.on("pageerror", (error) => user.errors.push(String(error)));
    await user.#record();
    await user.page.goto(website);
    return user;
  }

  /** Chromium's own events. Those of puppeteer leave out preflight requests, and answers that the page cannot read. */
  async #record(): Promise<void> {
    const network = await this.page.createCDPSession();
    const sent = new Map<string, { method: string; url: string; requestHeaders: Record<string, string> }>();
    network.on("Network.requestWillBeSent", ({ requestId, request: { method, url, headers } }) => {
      sent.set(requestId, { method, url, requestHeaders: lowercase(headers) });
    });
    network.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode, headers }) => {
      const request = sent.get(requestId);
      if (request !== undefined) {
        this.exchanges.push({ ...request, status: statusCode, headers: lowercase(headers) });
      }
    });
    await network.send("Network.enable");
  }

  /** Sets the clock of the loaded page back. */
  async setClock(ago: number): Promise<void> {
    await this.page.evaluate((ago) => {
      Date.now = () => Math.round(performance.timeOrigin + performance.now()) - ago;
    }, ago);
  }

  /** The requests to this address so far, such as `GET /orders 200`. */
  requestsTo(origin: string): string[] {
    const all = this.exchanges.filter(
      ({ url, method }) => url.startsWith(`${origin}/`) && method !== "OPTIONS",
    );
    return all.map(({ url, method, status }) => `${method} ${new URL(url).pathname} ${status}`);
  }

  /** Collects the JSON bodies of an address from now on. */
  bodiesOf(address: string): () => Promise<unknown[]> {
    const bodies: Promise<unknown>[] = [];
    this.page.on("response", (response) => {
      if (response.url() === address && response.request().method() !== "OPTIONS") {
        bodies.push(response.json());
      }
    });
    return () => Promise.all(bodies);
  }

  async click(label: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${label}"][role="button"])`).click();
  }

  async fill(name: string, value: string): Promise<void> {
    await this.page.locator(`input[name=${name}]`).fill(value);
  }

  /** Waits for the title of a page. */
  async seesPage(title: string): Promise<void> {
    await this.page.locator(`::-p-xpath(//h1[text()="${title}"])`).wait();
  }

  /** Waits for a message that starts with this text, and returns all of it. */
  async seesMessage(start: string): Promise<string> {
    const found = await this.page.waitForFunction(
      (start) => {
        const text = document.getElementById("status")?.textContent ?? "";
        return text.startsWith(start) && text;
      },
      {},
      start,
    );
    return String(await found.jsonValue());
  }

  /** Waits until the message is this text. */
  async seesExactly(text: string): Promise<void> {
    await this.page.waitForFunction(
      (text) => document.getElementById("status")?.textContent === text,
      {},
      text,
    );
  }

  async signUp(): Promise<void> {
    await this.#submitPassword("Sign up");
  }

  async signIn(): Promise<void> {
    await this.#submitPassword("Sign in");
  }

  async #submitPassword(button: string): Promise<void> {
    await this.seesPage("Sign in");
    await this.fill("email", this.email);
    await this.fill("password", "correct horse 1");
    await this.click(button);
    await this.seesPage("My orders");
  }

  async signOut(): Promise<void> {
    await this.click("Sign out");
    await this.seesPage("Sign in");
  }

  text(selector: string): Promise<string> {
    return this.page.$eval(selector, (found) => found.textContent ?? "");
  }

  /** The events that the SDK has reported since the page was loaded. */
  events(): Promise<string[]> {
    return this.page.$$eval("#log li", (all) => all.map((item) => item.textContent ?? ""));
  }

  /** Does something that makes the backend send an email, and returns the link that it logs instead. */
  async linkInEmail(action: () => Promise<void>): Promise<string> {
    let log = (_line: string) => {};
    const logged = new Promise<string>((resolve) => {
      log = resolve;
    });
    const mocked = mock.method(console, "log", (line: unknown) => log(String(line)));
    try {
      await action();
      return (await logged).replace("link to verify an email address: ", "");
    } finally {
      mocked.mock.restore();
    }
  }
}
