import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { TestSpecification, Vitest } from "vitest/node";
import { HeaviestFirst, heaviest } from "./heaviest-first.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every file of the list is there", () => {
  expect(heaviest.filter((path) => !existsSync(root + path))).toEqual([]);
});

test("those of the list come first, in its order; the others keep the runner's", async () => {
  const names = ["src/a.test.ts", heaviest[1]!, "src/b.test.ts", heaviest[0]!];
  const project = { name: "unit", config: { isolate: false, sequence: { groupOrder: 0 } } };
  const files = names.map((name) => ({ moduleId: root + name, project }) as unknown as TestSpecification);
  // As known from an earlier run: the runner itself would have the second of the two plain files first.
  const took = new Map(files.map((file, i) => [file, { failed: false, duration: i }]));
  const cache = { getTestSpecificationResult: (file: TestSpecification) => took.get(file) };
  const sorted = await new HeaviestFirst({ cache } as unknown as Vitest).sort(files);
  expect(sorted.map(({ moduleId }) => moduleId.slice(root.length))).toEqual([
    heaviest[0],
    heaviest[1],
    "src/b.test.ts",
    "src/a.test.ts",
  ]);
});
