// The part that an outside service of embeddings has in search: whether a request is one to ask it about, what it says of the
// query, the vectors it made of the papers. Nothing here knows how it is reached.
import { findDirect } from "../direct.ts";
import type { MeaningStatus } from "../meaning-status.ts";
import { maxQueryLength, parseQuery } from "../query.ts";
import type { OutsideLack, OutsideOptions, SearchAnswer, SearchRequest } from "../search.ts";
import type { AskedVector, Meaning } from "./hybrid.ts";
import { OutsideVectors } from "./outside-vectors.ts";

export class OutsideSide {
  private readonly options: OutsideOptions & { readOnly: boolean };
  private opened: OutsideVectors | null = null;

  constructor(options: OutsideOptions & { readOnly: boolean }) {
    this.options = options;
  }

  /** Read from the files when first asked for. */
  get vectors(): OutsideVectors {
    const { folder, readOnly, embedder } = this.options;
    this.opened ??= new OutsideVectors({ folder, readOnly, name: embedder.name });
    return this.opened;
  }

  /** What the service makes of the query, or why it is not used; undefined where meaning is not asked. */
  async ask(request: SearchRequest, documents: number): Promise<Float32Array | OutsideLack | undefined> {
    const text = textToEmbed(request);
    if (text === "" || documents === 0) return undefined;
    if (!this.vectors.find(documents)) return "making";
    const vector = await this.options.embedder.embedQuery(text);
    return (vector && this.vectors.fit(vector)) ?? "unreachable";
  }

  /** What a prepared request is compared by; null where the service had nothing to say. */
  compare({ outside }: SearchRequest): AskedVector | null {
    const shelf = outside instanceof Float32Array ? this.vectors.find(0) : null;
    return shelf && outside instanceof Float32Array && shelf.dimension === outside.length
      ? { vector: outside, shelf }
      : null;
  }

  /** The papers are followed anew. */
  restart(): void {
    this.vectors.restart();
  }

  verify(): string | null {
    return this.vectors.verify();
  }

  status(): NonNullable<MeaningStatus["outside"]> {
    const { papers, changeNumber, damage } = this.vectors;
    return { model: this.options.embedder.name, papers, changeNumber, damage };
  }
}

/** What is asked for, without fields and signs; "" where meaning has no part in the answer. */
function textToEmbed({ query, mode, sort = "relevance", prefix }: SearchRequest): string {
  const byMeaning = mode === "meaning" || (mode !== "words" && sort === "relevance");
  if (!byMeaning || prefix || query.length > maxQueryLength || findDirect(query)) return "";
  const { text, like } = parseQuery(query);
  return like === null ? text.trim() : "";
}

/** What an answer says of the service. */
export function outsideOf(
  { outside }: SearchRequest,
  { answer, meaning }: { answer: Pick<SearchAnswer, "mode">; meaning: Meaning | null },
): SearchAnswer["outside"] {
  if (typeof outside === "string") return outside;
  return meaning?.outside && answer.mode !== "words" ? "used" : undefined;
}
