// How each stream stands, put together for people: its last visit, its next, and who asked for rest.
import type { Instant } from "../lib/clock.ts";
import { listStreamsOf } from "./harvest.ts";
import { listStreams, type StreamState } from "./harvest-streams-store.ts";
import { listPauses, type SourcePause } from "./politeness-store.ts";
import type { Work } from "./sources.ts";

export interface SourceState {
  stream: string;
  source: string;
  state: "ok" | "failing" | "resting" | "asking" | "new";
  succeededAt: Instant | null;
  /** Null: at the next run. */
  nextAt: Instant | null;
  /** How the last visit ended. */
  why: string;
}

/** Every stream of the sources that are switched on, visited or not. */
export async function listSourceStates({
  db,
  clock,
  settings,
}: Pick<Work, "db" | "clock" | "settings">): Promise<SourceState[]> {
  const now = clock().toISOString();
  const known = new Map((await listStreams(db)).map((stream) => [stream.name, stream]));
  const pauses = (await listPauses(db)).filter(({ until }) => until > now);
  return listStreamsOf(settings).map(({ name, source }) =>
    describe(
      { name, source },
      known.get(name),
      pauses.find((pause) => pause.source === name || pause.source === name.split(" ")[0]),
    ),
  );
}

function describe(
  { name, source }: { name: string; source: string },
  stream: StreamState | undefined,
  pause: SourcePause | undefined,
): SourceState {
  if (!stream || stream.triedAt === null)
    return { stream: name, source, state: "new", succeededAt: null, nextAt: null, why: "never visited" };
  const { succeededAt, nextAt, failures, message } = stream;
  const common = { stream: name, source, succeededAt };
  if (message === "")
    return { ...common, state: "asking", nextAt: null, why: "being visited for the first time" };
  if (pause) return { ...common, state: "resting", nextAt: pause.until, why: pause.reason };
  return { ...common, state: failures > 0 ? "failing" : "ok", nextAt, why: message };
}
