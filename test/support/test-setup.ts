// Before any test, once for all of them: a folder for everything temporary, PostgreSQL and where it is, and compiled modules that
// processes share.
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
  // First the server, whose own user may not enter the folder of the run.
  const stop = await startServer(project);
  const clear = openTemporaryFolder();
  // The program is started hundreds of times, and reading its thousand modules is most of what a start costs: Node keeps what it
  // compiled (nodejs.org/api/module.html, module compile cache); a module that changed is compiled anew.
  process.env.NODE_COMPILE_CACHE = join(tmpdir(), "compiled");
  return async () => {
    await stop?.();
    clear();
  };
}

/** Whatever a test leaves in the system's temporary folder goes with the run. Returns the removal. */
function openTemporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-tests-"));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
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
