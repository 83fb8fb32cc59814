// Opens the index of a folder.
import { answerQuery } from "./answer.ts";
import { LiveSegment } from "./live-segment.ts";
import type {
  Search,
  SearchAnswer,
  SearchChange,
  SearchOptions,
  SearchRequest,
  SearchStatus,
} from "./search.ts";

/** Opens the index; a missing one starts empty at change 0. */
export async function openSearch(options: SearchOptions): Promise<Search> {
  return new SearchIndex(options);
}

const sealAt = 8192;

class SearchIndex implements Search {
  private segments: LiveSegment[] = [new LiveSegment()];
  private followed = 0;

  // biome-ignore lint/complexity/noUselessConstructor: files follow
  constructor(_options: SearchOptions) {}

  get changeNumber(): number {
    return this.followed;
  }

  apply(changes: readonly SearchChange[]): void {
    for (const { changeNumber, key, document } of changes) {
      if (changeNumber < this.followed) continue;
      for (const segment of this.segments) {
        const doc = segment.findKey(key);
        if (doc >= 0) segment.remove(doc);
      }
      if (document) {
        if (this.segments.at(-1)!.size >= sealAt) this.segments.push(new LiveSegment());
        this.segments.at(-1)!.add(document);
      }
      this.followed = changeNumber;
    }
  }

  search(request: SearchRequest): SearchAnswer {
    const started = performance.now();
    return { ...answerQuery(request, this.segments), tookMs: performance.now() - started };
  }

  async flush(): Promise<void> {}

  async reset(): Promise<void> {
    this.segments = [new LiveSegment()];
    this.followed = 0;
  }

  status(): SearchStatus {
    const documents = this.segments.reduce((sum, segment) => sum + segment.size - segment.removed.count, 0);
    return { documents, changeNumber: this.followed, bytesOnDisk: 0, damage: null };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
  }
}
