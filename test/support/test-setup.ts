// Before any test, once for all of them: starts PostgreSQL and says where it is; lets processes share compiled modules.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findPostgresPrograms, startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** postgres://… of the test server; "" when there is none. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const forget = shareCompiledModules();
  const stop = await startServer(project);
  return async () => {
    await stop?.();
    forget();
  };
}

/**
 * The program is started hundreds of times, and reading its thousand modules is most of what a start costs. Node keeps
 * what it compiled in a folder of this run (nodejs.org/api/module.html, module compile cache); a module that changed is
 * compiled anew. Returns the removal of the folder.
 */
function shareCompiledModules(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-compiled-"));
  process.env.NODE_COMPILE_CACHE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

async function startServer(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const programs = process.env.BROADSHEET_TEST_POSTGRES === "none" ? null : findPostgresPrograms();
  if (!programs) {
    if (process.env.CI === "true")
      throw new Error("CI runs every test on both databases, and PostgreSQL is missing.");
    console.warn(
      "NOT RUN: tests on PostgreSQL (not installed, or switched off by BROADSHEET_TEST_POSTGRES=none).",
    );
    project.provide("postgresUrl", "");
    return undefined;
  }
  const server = await startPostgres(programs);
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
