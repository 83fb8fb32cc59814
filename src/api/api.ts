// The door for programs: the API of the hub (hub-*.ts) and our own (v1-*.ts), with one budget of requests and one way to be read
// from other sites.
import { Hono } from "hono";
import type { DoorDeps } from "../http/deps.ts";
import { allowReading } from "../http/read-anywhere.ts";
import { limitRequests } from "../http/request-budget.ts";
import { hubPictureRoutes } from "./hub-pictures.ts";
import { hubRoutes } from "./hub-routes.ts";
import { v1Routes } from "./v1.ts";

/** Of the budget that the owner sets for all addresses below /api together. */
const budgetWindowMs = 300_000;

export function apiRoutes(deps: DoorDeps): Hono {
  const api = new Hono();
  const budget = { name: "api", most: deps.config.apiRequests, windowMs: budgetWindowMs };
  api.use("/api/*", allowReading(deps), limitRequests(budget, deps));
  api.route("/", hubRoutes(deps));
  api.route("/", hubPictureRoutes(deps));
  api.route("/", v1Routes(deps));
  return api;
}
