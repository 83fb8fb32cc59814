// Requests a second and latency of the pages over loopback, and the memory of the process, with all corpora loaded.
// Run: node bench/pages.ts [DATA-FOLDER]   (without a folder the corpora of BROADSHEET_SHARED are imported first, a minute)
import { cpus } from "node:os";
import { Pool } from "undici";
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
    await measure(url, paths, 200);
    const { perSecond, p50, p99, bytes } = await measure(url, paths, requestsEach);
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

async function measure(url: string, paths: string[], requests: number) {
  const pool = new Pool(url, { connections });
  const times: number[] = [];
  let sent = 0;
  let bytes = 0;
  const started = performance.now();
  const lane = async () => {
    while (sent < requests) {
      const path = paths[sent++ % paths.length]!;
      const begun = performance.now();
      const { statusCode, body } = await pool.request({
        path,
        method: "GET",
        headers: { "accept-encoding": "gzip" },
      });
      bytes = (await body.arrayBuffer()).byteLength;
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))]!;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), bytes };
}
