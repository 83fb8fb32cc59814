// Requests a second and latency under load, for benches that ask a server over HTTP.
import { Pool } from "undici";

export interface Load {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Of an answer as sent. */
  bytes: number;
}

/** Asks the addresses in turn, `requests` times in all, over kept connections; the bytes are those of the last answer. */
export async function measureLoad(
  url: string,
  { paths, requests, connections }: { paths: readonly string[]; requests: number; connections: number },
): Promise<Load> {
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
