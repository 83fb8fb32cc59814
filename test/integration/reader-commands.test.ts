// What a reader keeps, by the command line alone: a mark, the edition chosen by it, the document that takes it along.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { corpusFiles, runCommand } from "../support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-reader-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runCommand([...args, "--data", folder]);
const daily = corpusFiles().find((file) => file.includes("daily"))!;
interface Row {
  paper: { id: string; authors: { name: string }[] };
}
const rows = readFileSync(daily, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);
const saved = rows[0]!.paper.id;
/** Of another paper alone. */
const author = rows
  .slice(1)
  .flatMap(({ paper }) => paper.authors.slice(0, 1))
  .map(({ name }) => name)
  .find((name) => rows.filter(({ paper }) => paper.authors.some((one) => one.name === name)).length === 1)!;

test("a library is kept, chooses an edition with reasons, and goes out as a document", {
  timeout: 600_000,
}, async () => {
  expect((await run("import", daily)).status).toBe(0);
  const marked = await run("library", "mark", "save", saved, "--folder", "attention");
  expect(marked.stdout).toMatch(new RegExp(`^save: ${saved}  \\S`));
  const followed = await run("library", "follow", "author", author);
  expect(followed.stdout).toBe(`author ${author}\n`);
  const today = JSON.parse((await run("today", "--limit", "3", "--json")).stdout);
  expect(today.papers).toBeGreaterThan(3);
  expect(today.picks.length).toBeGreaterThan(0);
  expect(today.picks.length).toBeLessThanOrEqual(3);
  for (const { id, reasons } of today.picks) {
    expect(id).not.toBe(saved);
    expect(reasons[0].text.length).toBeGreaterThan(0);
  }
  expect(JSON.stringify(today.picks)).toContain(`by ${author}, an author you follow`);
  const { marks } = JSON.parse((await run("library", "export")).stdout);
  expect(marks).toMatchObject([{ kind: "save", folder: "attention", paper: saved }]);
});
