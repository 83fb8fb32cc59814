// Our own API, version 1: all operations on one screen, and the document made of them (OpenAPI 3.1).
import { OpenAPIHono } from "@hono/zod-openapi";
import type { DoorDeps } from "../http/deps.ts";
import { programVersion } from "../lib/version.ts";
import { changeOperations } from "./v1-changes.ts";
import { editionOperations } from "./v1-editions.ts";
import { readExamples } from "./v1-examples.ts";
import { ledgerOperations } from "./v1-ledger.ts";
import { listOperations } from "./v1-lists.ts";
import { meOperations } from "./v1-me.ts";
import { addOperation, type Operation } from "./v1-operation.ts";
import { paperOperations } from "./v1-papers.ts";
import { pickOperations } from "./v1-picks.ts";
import { searchOperations } from "./v1-search.ts";

/** The longer address comes first where two would fit. */
export const operations: readonly Operation[] = [
  ...paperOperations,
  ...searchOperations,
  ...editionOperations,
  ...listOperations,
  ...ledgerOperations,
  ...changeOperations,
  ...meOperations,
  ...pickOperations,
];

export function v1Routes(deps: DoorDeps): OpenAPIHono {
  const app = new OpenAPIHono();
  const examples = readExamples();
  for (const operation of operations) addOperation(app, deps, { operation, example: examples[operation.id] });
  app.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
    description: "A token made on /me, with the scope `read`; for what is one reader's own, `library`.",
  });
  app.get("/api/v1/openapi.json", (c) => c.json(documentOf(app, deps)));
  return app;
}

function documentOf(app: OpenAPIHono, { baseUrl }: DoorDeps) {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Broadsheet",
      version: "1",
      description: `Research papers, searched, ranked by a published formula, dated. Broadsheet ${programVersion}. Limits, errors and pages are the same everywhere: see /api.`,
    },
    servers: [{ url: baseUrl() }],
  });
}
