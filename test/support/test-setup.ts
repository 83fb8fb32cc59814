// Before any test: starts PostgreSQL once for all of them and says where it is.
import type { TestProject } from "vitest/node";
import { findPostgresPrograms, startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** postgres://… of the test server; "" when there is none. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
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
