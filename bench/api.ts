// Requests a second and latency of what programs read, over loopback: our API's search, paper and day, and a feed.
// Run: node bench/api.ts [DATA-FOLDER]   (one that no other process holds; without it the corpora of BROADSHEET_SHARED are imported first)
import { measureLoad } from "./load.ts";
import { serving } from "./served.ts";

const connections = 8;
const requestsEach = 1_000;

const queries = ["token position", "diffusion models", "speculative decoding", "graph neural network"];

/** Each asked in turn. */
const addresses: Record<string, string[]> = {
  search: queries.map((query) => `/api/v1/search?q=${encodeURIComponent(query)}`),
  paper: ["/api/v1/papers/2605.10730", "/api/v1/papers/2605.09063", "/api/v1/papers/2605.10344"],
  day: ["/api/v1/editions/2026-05-12", "/api/v1/editions/2026-05-11"],
  "hub day": ["/api/daily_papers?date=2026-05-12", "/api/daily_papers?date=2026-05-11"],
  feed: ["/feeds/today.atom", "/feeds/editions/2026-05-12.rss", "/feeds/days.json"],
  "feed of a search": queries.map((query) => `/feeds/search.atom?q=${encodeURIComponent(query)}`),
};

await serving(process.argv[2], {}, async ({ url }) => {
  console.log(`${connections} connections, ${requestsEach} requests each; kept alive, gzip`);
  console.log("address            requests/s   p50 ms   p99 ms    KB gz");
  for (const [name, paths] of Object.entries(addresses)) {
    await measureLoad(url, { paths, requests: 50, connections });
    const { perSecond, p50, p99, bytes } = await measureLoad(url, {
      paths,
      requests: requestsEach,
      connections,
    });
    const columns = [perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), (bytes / 1_000).toFixed(1)];
    console.log(`${name.padEnd(18)} ${columns.map((column) => column.padStart(9)).join("")}`);
  }
});
