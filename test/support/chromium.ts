// A headless Chromium for the tests: Debian's, or an installed Chrome.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = [
  process.env.BROADSHEET_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Path of a browser, or null. */
export function findChromium(): string | null {
  return places.find((place) => place && existsSync(place)) ?? null;
}

const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts it; throws when there is none (test files skip by findChromium first, loudly). */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("No Chromium or Chrome is installed.");
  return chromium.launch({
    executablePath,
    args: [...quiet, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
}
