// Files for import tests: a folder that goes away, and lines of a conference list of any length.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A fresh folder, removed when the test is over. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeTestFile(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Lines of a conference list: paper `first` to `first + count - 1`, with texts of a usual length. */
export function conferenceLines(count: number, first = 0): string {
  return Array.from({ length: count }, (_, i) => `${JSON.stringify(conferencePaper(first + i))}\n`).join("");
}

export function conferencePaper(number: number) {
  return {
    id: `test2024:${number}`,
    title: `Measuring the Effect of Thing Number ${number} on Everything Else`,
    abstract: `We measure thing ${number}. ${"It has an effect, which we measure with care and describe at length. ".repeat(12)}`,
    authors: [`Ada Lovelace${number % 50}`, "Alan Turing", `Grace Hopper${number % 7}`],
    venue: "TEST",
    year: 2024,
    site: `https://venue.test/${number}`,
    citations: number % 100,
  };
}
