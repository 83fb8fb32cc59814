// Vectors of queries from a service of embeddings, for somebody who waits: a short deadline, the recent ones kept, and after
// a failure the service is left alone for a while, so that not every query waits for it in vain.
import type { Embeddings, EmbeddingsPorts } from "./embeddings.ts";

export interface QueryEmbedder {
  /** As Embeddings.name. */
  name: string;
  /** A vector of length 1; null when the service has none in time. */
  embedQuery(text: string): Promise<Float32Array | null>;
}

/** A reader waits so long. What comes later is kept for the next time. */
const deadlineMs = 800;
/** The service itself is given so long. */
const timeoutMs = 5_000;
/** After a failure it is not asked for so long, or as long as it says. */
const restMs = 15_000;
const mostKept = 500;
const mostAtOnce = 8;

export function openQueryEmbedder(embeddings: Embeddings, ports: EmbeddingsPorts): QueryEmbedder {
  const kept = new Map<string, Float32Array>();
  const asked = new Map<string, Promise<Float32Array | null>>();
  let restsUntilMs = 0;
  const ask = async (text: string): Promise<Float32Array | null> => {
    const outcome = await embeddings.embed([text], { timeoutMs, tries: 1 });
    asked.delete(text);
    if ("vectors" in outcome) return keep(kept, text, outcome.vectors[0]!);
    // A text that is not taken says nothing about the next one.
    if (!outcome.refused) restsUntilMs = ports.now().getTime() + Math.max(restMs, outcome.retryAfterMs ?? 0);
    return null;
  };
  return {
    name: embeddings.name,
    async embedQuery(text) {
      const known = kept.get(text);
      if (known) return keep(kept, text, known);
      const resting = ports.now().getTime() < restsUntilMs || asked.size >= mostAtOnce;
      if (resting && !asked.has(text)) return null;
      if (!asked.has(text)) asked.set(text, ask(text));
      return await beforeDeadline(asked.get(text)!, ports);
    },
  };
}

/** Kept as the most recent. */
function keep(kept: Map<string, Float32Array>, text: string, vector: Float32Array): Float32Array {
  kept.delete(text);
  kept.set(text, vector);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  return vector;
}

async function beforeDeadline<T>(work: Promise<T>, { sleep }: EmbeddingsPorts): Promise<T | null> {
  const over = new AbortController();
  const late = sleep(deadlineMs, over.signal).then(
    () => null,
    () => null,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
