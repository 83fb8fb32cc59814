// One runner, three projects: unit (beside the source), integration (the real program) and browser (Chromium).
// A file is in a project by its place. Those of unit share processes, each other file has one of its own: a test that
// has to change its process (environment, folder, globals, exit) belongs in test/integration. shared-process.ts sees to it.
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { HeaviestFirst } from "./test/support/heaviest-first.ts";

const jsx = { oxc: { jsx: { runtime: "automatic" as const, importSource: "hono/jsx" } } };
// More cases of each property (BROADSHEET_TEST_RUNS) need more time.
const patience = Number(process.env.BROADSHEET_TEST_RUNS ?? 1);
/** Far beyond what anything takes: a machine that is busy with other things is slow, and that is no failure. */
const common = { environment: "node" as const, testTimeout: 180_000 * patience, hookTimeout: 300_000 };

/** Left to npm test when npm run check asks for the quick part: databases, servers, training, whole corpora. */
const slow = [
  "src/accounts/{sign-in,invitations}.test.ts",
  "src/community/votes.test.ts",
  "src/**/*-store.test.ts",
  "src/digest/{issue,send,subscribe}.test.ts",
  "src/editions/{editions,edition-cache}.test.ts",
  "src/harvest/{export,export-citations,import,polite-fetch,polite-fetch-exchange,sample,ledger-entry}.test.ts",
  "src/jobs/recurring.test.ts",
  "src/search/{search-index,segment-files}.test.ts",
  "src/search/meaning/**",
  "src/{mcp,webhooks}/**",
  "src/sources/{conference-list,hostile,zotero-rdf}.test.ts",
  "src/web/{access,community,hostile-people,me-leave,me-webhooks,sign-in}.test.ts",
  "src/web/{edition-routes,first-run,paper-routes,status-page,subscribe,web}.test.ts",
  "test/snapshot-world.test.ts",
  "test/support/**",
];
const exclude = process.env.BROADSHEET_TEST_QUICK === "yes" ? slow : [];

export default defineConfig({
  ...jsx,
  test: {
    // Once for all projects: PostgreSQL, and a folder in which the many processes keep their compiled modules.
    globalSetup: ["test/support/test-setup.ts"],
    sequence: { sequencer: HeaviestFirst },
    projects: [
      {
        ...jsx,
        test: {
          ...common,
          name: "unit",
          isolate: false,
          setupFiles: ["test/support/shared-process.ts"],
          include: ["src/**/*.test.{ts,tsx}", "test/*.test.ts", "test/support/**/*.test.ts"],
          exclude,
        },
      },
      {
        ...jsx,
        test: {
          ...common,
          name: "integration",
          testTimeout: 300_000,
          include: ["test/integration/**/*.test.ts", "test/relevance/**/*.test.ts"],
        },
      },
      {
        ...jsx,
        test: {
          ...common,
          name: "browser",
          testTimeout: 300_000,
          include: ["test/browser/**/*.test.ts"],
        },
      },
    ],
    // Left to itself the runner takes one core less than there are, which on two is one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
