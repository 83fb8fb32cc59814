// The log: one JSON line an event on standard error. Secrets are never handed to it.
import { type Logger, pino } from "pino";

export type Log = Logger;

export function createLog(level: "silent" | "error" | "warn" | "info" | "debug"): Log {
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
