// broadsheet train on a small instance: the model is where search looks for it, and the same again is the same.
import { mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readModel } from "../../src/search/meaning/model-file.ts";
import { runCommand } from "../support/program.ts";
import { inventTopicPapers } from "../support/topic-papers.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-train-"));
const lines = inventTopicPapers(120)
  .map(({ title, abstract, authors }, i) =>
    JSON.stringify({
      id: `inv2024:${i}`,
      title: `${title} ${i}`,
      abstract,
      authors,
      venue: "INV",
      year: 2024,
    }),
  )
  .join("\n");

describe("broadsheet train", () => {
  test("trains on what was imported, the same model however many threads", async () => {
    const imported = await runCommand(["import", "-", "--format", "conference-list", "--data", folder], {
      input: lines,
    });
    expect(imported.stderr + imported.stdout).toContain("120");
    const first = await runCommand(["train", "--json", "--data", folder, "--epochs", "2", "--threads", "1"]);
    expect(first.status).toBe(0);
    const report = JSON.parse(first.stdout);
    expect(report).toMatchObject({
      papers: 120,
      epochs: 2,
      seed: 1,
      file: join(folder, "meaning", "papers.model"),
    });
    expect((await readFile(report.file)).length).toBe(report.bytes);
    expect((await readModel(report.file)).facts.id).toBe(report.id);
    const out = join(folder, "other.model");
    const second = await runCommand([
      "train",
      "--data",
      folder,
      "--epochs",
      "2",
      "--threads",
      "2",
      "--out",
      out,
    ]);
    expect(second.status).toBe(0);
    expect(second.stdout).toContain("120 papers taught");
    expect(Buffer.compare(await readFile(out), await readFile(report.file))).toBe(0);
  });

  test("an empty instance and wrong numbers are refused in one sentence", async () => {
    const empty = mkdtempSync(join(tmpdir(), "broadsheet-train-"));
    const none = await runCommand(["train", "--data", empty]);
    expect([none.status, none.stderr]).toEqual([
      1,
      expect.stringContaining("Only 0 papers with an abstract"),
    ]);
    const wrong = await runCommand(["train", "--data", empty, "--threads", "0"]);
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      expect.stringContaining("--threads takes a whole number from 1 to 64"),
    ]);
  });
});
