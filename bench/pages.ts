// Requests a second and latency of the pages over loopback, and the memory of the process, with all corpora loaded.
// Run: node bench/pages.ts [DATA-FOLDER]   (without a folder the corpora of BROADSHEET_SHARED are imported first, a minute)
import { cpus } from "node:os";
import { measureLoad } from "./load.ts";
import { residentMegabytes, type Served, serving } from "./served.ts";

const connections = 8;
const requestsEach = 2_000;

const pages: Record<string, string[]> = {
  front: ["/"],
  day: ["/papers/date/2026-05-12", "/papers/date/2026-05-11", "/papers/date/2025-11-04"],
  paper: ["/papers/2605.10730", "/papers/2605.09063", "/papers/2605.10344"],
  search: ["token position", "diffusion models", "speculative decoding", "graph neural network"].map(
    (query) => `/papers?q=${encodeURIComponent(query)}`,
  ),
};

await serving(process.argv[2], {}, measureAll);

async function measureAll(served: Served): Promise<void> {
  const { url } = served;
  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}, ${connections} connections, gzip`,
  );
  console.log("page      requests/s   p50 ms   p99 ms    KB gz");
  for (const [name, paths] of Object.entries(pages)) {
    await measureLoad(url, { paths, requests: 200, connections });
    const { perSecond, p50, p99, bytes } = await measureLoad(url, {
      paths,
      requests: requestsEach,
      connections,
    });
    const columns = [
      perSecond.toFixed(0).padStart(10),
      p50.toFixed(2).padStart(8),
      p99.toFixed(2).padStart(8),
      (bytes / 1000).toFixed(1).padStart(8),
    ];
    console.log(`${name.padEnd(8)}  ${columns.join(" ")}`);
  }
  console.log(`memory of the process: ${residentMegabytes(served)} MB resident`);
}
