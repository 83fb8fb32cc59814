// What the server reads when it starts: large libraries that most servers never need, or need later, are read when they are.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));

/** Packages that a file's imports lead to, by the files that name them; `import type` and `import()` lead nowhere. */
function packagesFrom(entry: string): Map<string, string> {
  const found = new Map<string, string>();
  const open = [entry];
  const seen = new Set(open);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const text = readFileSync(file, "utf8");
    for (const [, name] of text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "([^"]+)";/gm)) {
      const path = join(dirname(file), name!);
      if (!name!.startsWith(".")) found.set(name!, file);
      else if (existsSync(path) && !seen.has(path)) open.push(path);
      seen.add(path);
    }
  }
  return found;
}

test("the protocol of agents, the library that sends letters and the one that signs in are not read at the start", () => {
  const packages = packagesFrom(join(src, "cli", "cli.ts"));
  for (const [name, file] of packagesFrom(join(src, "server.ts"))) packages.set(name, file);
  expect(packages.has("hono")).toBe(true);
  expect(packages.has("kysely")).toBe(true);
  const late = [/^@modelcontextprotocol\//, /^nodemailer$/, /^better-auth/, /^@better-auth/, /^@resvg\//];
  const early = [...packages].filter(([name]) => late.some((pattern) => pattern.test(name)));
  expect(early).toEqual([]);
});
