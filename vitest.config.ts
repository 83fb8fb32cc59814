// One runner, three projects: unit (beside the source), integration (the real program) and browser (Chromium).
import { defineConfig } from "vitest/config";

const jsx = { oxc: { jsx: { runtime: "automatic" as const, importSource: "hono/jsx" } } };
const common = { environment: "node" as const, testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  ...jsx,
  test: {
    projects: [
      {
        ...jsx,
        test: {
          ...common,
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "test/*.test.ts", "test/support/**/*.test.ts"],
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
