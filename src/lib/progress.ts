// Progress of long work on standard error: one moving line with rate and time left on a terminal, plain lines elsewhere.
import type { Clock } from "./clock.ts";

/** Told how far the work is; decides itself how often to speak. */
export interface Progress {
  /** `total` 0: unknown. */
  update(label: string, done: number, total: number): void;
  /** Ends the moving line. */
  end(): void;
}

export const silentProgress: Progress = { update() {}, end() {} };

export interface ProgressOptions {
  stream: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  clock: Clock;
}

const terminalIntervalMs = 100;
const plainIntervalMs = 5_000;
const barWidth = 24;

export function createProgress({ stream, clock }: ProgressOptions): Progress {
  let label = "";
  let startedMs = 0;
  let startedAtCount = 0;
  let spokenMs = Number.NEGATIVE_INFINITY;
  let lineOpen = false;
  const intervalMs = stream.isTTY ? terminalIntervalMs : plainIntervalMs;
  return {
    update(nextLabel, done, total) {
      const nowMs = clock().getTime();
      if (nextLabel !== label) {
        label = nextLabel;
        startedMs = nowMs;
        startedAtCount = done;
        spokenMs = stream.isTTY ? Number.NEGATIVE_INFINITY : nowMs;
      }
      if (nowMs - spokenMs < intervalMs) return;
      spokenMs = nowMs;
      const rate = ((done - startedAtCount) * 1000) / Math.max(1, nowMs - startedMs);
      const line = formatProgress(label, done, total, rate);
      stream.write(stream.isTTY ? `\r\x1b[K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
      lineOpen = Boolean(stream.isTTY);
    },
    end() {
      if (lineOpen) stream.write("\r\x1b[K");
      lineOpen = false;
      label = "";
    },
  };
}

/** "import [#####-----]  45 %  40,000 of 87,326  4,100/s  12 s left" */
export function formatProgress(label: string, done: number, total: number, ratePerSecond: number): string {
  const count = done.toLocaleString("en-US");
  const rate = `${Math.round(ratePerSecond).toLocaleString("en-US")}/s`;
  if (total <= 0) return `${label}  ${count}  ${rate}`;
  const part = Math.min(1, done / total);
  const bar = "#".repeat(Math.round(part * barWidth)).padEnd(barWidth, "-");
  const left = ratePerSecond > 0 ? `  ${formatSeconds((total - done) / ratePerSecond)} left` : "";
  return `${label} [${bar}] ${String(Math.floor(part * 100)).padStart(3)} %  ${count} of ${total.toLocaleString("en-US")}  ${rate}${left}`;
}

function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
