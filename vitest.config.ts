// One runner, three projects: unit (beside the source), integration (the real program) and browser (Chromium).
import { defineConfig } from "vitest/config";

const jsx = { oxc: { jsx: { runtime: "automatic" as const, importSource: "hono/jsx" } } };
// More cases of each property (BROADSHEET_TEST_RUNS) need more time.
const patience = Number(process.env.BROADSHEET_TEST_RUNS ?? 1);
const common = { environment: "node" as const, testTimeout: 60_000 * patience, hookTimeout: 120_000 };

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
    projects: [
      {
        ...jsx,
        test: {
          ...common,
          name: "unit",
          // The quick part shares workers between files, which halves its time; npm test shows that each file stands alone.
          isolate: process.env.BROADSHEET_TEST_QUICK !== "yes",
          include: ["src/**/*.test.{ts,tsx}", "test/*.test.ts", "test/support/**/*.test.ts"],
          exclude,
          globalSetup: ["test/support/test-setup.ts"],
        },
      },
      {
        ...jsx,
        test: {
          ...common,
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/relevance/**/*.test.ts"],
          globalSetup: ["test/support/test-setup.ts"],
          testTimeout: 180_000,
          maxWorkers: 2,
        },
      },
      {
        ...jsx,
        test: {
          ...common,
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/support/test-setup.ts"],
          testTimeout: 180_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
