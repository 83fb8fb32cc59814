// A browser on the pages of the running program, for the tests that need one.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { findChromium, launchChromium } from "./chromium.ts";
import { type ProgramOptions, type RunningProgram, startProgram } from "./program.ts";

/** False: the tests say so and are left out. */
export const hasBrowser = findChromium() !== null;
if (!hasBrowser) console.warn("NOT RUN: the browser tests, because no Chromium or Chrome is installed");

/** For what a page has to show: beyond what a busy machine takes. */
const patienceMs = 120_000;

export interface Browsing {
  /** A page of its own context, on the path; what the browser complained of is kept beside it. */
  open(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  program(): RunningProgram;
}

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** Console errors, failed loads, refused scripts and styles, dialogs. */
  complaints: string[];
}

/** Starts the program and the browser before the tests of a file, and ends both after them. */
export function browseProgram(options: ProgramOptions = {}): Browsing {
  let program: RunningProgram;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    if (!hasBrowser) return;
    program = await startProgram(options);
    browser = await launchChromium();
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await program?.stop();
  });
  return {
    program: () => program,
    async open(path, contextOptions = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions });
      contexts.push(context);
      context.setDefaultTimeout(patienceMs);
      const page = await context.newPage();
      const complaints = listenTo(page);
      await page.goto(program.url + path);
      return { page, context, complaints };
    },
  };
}

function listenTo(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => {
    // What a browser itself gives up because the reader went on is no complaint.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()} ${reason}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}
