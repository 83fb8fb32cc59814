// The table in ARCHITECTURE.md is the law: every import in src/ is compared with it, and every room is in it.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => join(source, name));

const allowed = readTable(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));

function readTable(markdown: string): Map<string, Set<string>> {
  const rows = markdown.matchAll(/^\| *`([a-z]+)` *\|[^|\n]*\|([^|\n]*)\|$/gm);
  return new Map(
    [...rows].map((row) => [row[1]!, new Set([...row[2]!.matchAll(/`([a-z]+)`/g)].map((m) => m[1]!))]),
  );
}

function roomOf(file: string): string {
  const [first, ...rest] = relative(source, file).split("/");
  return rest.length === 0 ? `/${first}` : first!;
}

interface Import {
  from: string;
  to: string;
  line: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(/^(?:import|export)\s[^;]*?from "(\.[^"]+)";/gms);
  const whenNeeded = text.matchAll(/\bimport\("(\.[^"]+)"\)/g);
  return [...statements, ...whenNeeded].map((match) => ({
    from: file,
    to: resolve(dirname(file), match[1]!),
    line: match[0],
  }));
}

const imports = files.flatMap(importsOf);
const show = ({ from, to }: Import) => `${relative(root, from)} -> ${relative(root, to)}`;

/** Files above the rooms that some rooms may use, as ARCHITECTURE.md says below its table. */
const aboveRooms: Record<string, string[]> = {
  "/config.ts": ["web", "api", "feeds", "mcp", "http", "cli", "digest", "mail"],
  "/links.ts": ["webhooks", "web", "api", "feeds", "mcp", "http", "cli", "digest", "accounts"],
  "/app.ts": ["cli"],
  "/server.ts": ["cli"],
  "/stdio.ts": ["cli"],
};

describe("architecture", () => {
  test("the table names every room, and only rooms that exist", () => {
    const rooms = new Set(files.map(roomOf).filter((room) => !room.startsWith("/")));
    expect([...allowed.keys()].sort()).toEqual([...rooms].sort());
  });

  test("rooms import only what the table allows", () => {
    const broken = imports.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)];
      if (here === there || here.startsWith("/")) return false;
      return there.startsWith("/") ? !aboveRooms[there]?.includes(here) : !allowed.get(here)?.has(there);
    });
    expect(broken.map(show)).toEqual([]);
  });

  test("the kernels take no store from papers", () => {
    const broken = imports.filter(({ from, to }) => {
      if (["sources", "reading", "search"].includes(roomOf(from)))
        return roomOf(to) !== roomOf(from) && /-store\.ts$/.test(to);
      return false;
    });
    expect(broken.map(show)).toEqual([]);
  });

  test("doors take only types from the database and write no SQL", () => {
    const doors = files.filter((file) => ["web", "api", "feeds", "mcp", "cli"].includes(roomOf(file)));
    const broken = imports.filter(
      ({ from, to, line }) => doors.includes(from) && roomOf(to) === "database" && !/^import type/.test(line),
    );
    expect(broken.map(show)).toEqual([]);
    const withSql = doors.filter((file) =>
      /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql`/.test(readFileSync(file, "utf8")),
    );
    expect(withSql.map((file) => relative(root, file))).toEqual([]);
  });

  test("SQL stands in store files only", () => {
    const outside = files.filter((file) => roomOf(file) !== "database" && !/-store\.ts$/.test(file));
    const withSql = outside.filter((file) =>
      /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql`/.test(readFileSync(file, "utf8")),
    );
    expect(withSql.map((file) => relative(root, file))).toEqual([]);
  });

  test("there are no cycles between rooms", () => {
    const visit = (room: string, path: string[]): void => {
      expect(path, `cycle ${[...path, room].join(" -> ")}`).not.toContain(room);
      for (const next of allowed.get(room) ?? []) visit(next, [...path, room]);
    };
    for (const room of allowed.keys()) visit(room, []);
  });

  test("no test that shares its process replaces modules, clocks or globals: those are parameters", () => {
    const folders = [source, join(root, "test", "support")];
    const withVi = folders
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
      )
      .filter((file) => /\.tsx?$/.test(file))
      .filter((file) => /\bimport\b[^;]*\bvi(test)?\b[^;]* from "vitest"/.test(readFileSync(file, "utf8")));
    expect(withVi.map((file) => relative(root, file))).toEqual([]);
  });

  test("every file begins with a sentence that says what it is, and stays readable in size", () => {
    const headless = files.filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(readFileSync(file, "utf8")));
    expect(headless.map((file) => relative(root, file))).toEqual([]);
    const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 301);
    expect(long.map((file) => relative(root, file))).toEqual([]);
  });
});
