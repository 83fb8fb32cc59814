// Broadsheet's own engine in the benchmark: by words, and in the mode `auto` where a model is at hand.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { shippedModelFile } from "../../src/search/meaning/shipped-model.ts";
import { openSearch } from "../../src/search/open-search.ts";
import type { Search, SearchMode, SearchOptions } from "../../src/search/search.ts";
import type { BenchEngine, BenchQuery } from "./engine.ts";
import type { BenchPaper } from "./papers.ts";

export interface OurOptions {
  mode: SearchMode;
  /** Null: the one that ships, where it does. */
  model: string | null;
  cacheBytes?: number;
}

export class OurEngine implements BenchEngine {
  private readonly folder: string;
  private readonly options: OurOptions;
  private search: Search | null = null;
  private changes = 0;

  constructor(folder: string, options: OurOptions) {
    this.folder = folder;
    this.options = options;
  }

  private async start(readOnly: boolean): Promise<Search> {
    const { model, cacheBytes, mode } = this.options;
    const shipped = model ?? (existsSync(shippedModelFile) ? shippedModelFile : null);
    const options: SearchOptions = { folder: this.folder, readOnly, ...(cacheBytes ? { cacheBytes } : {}) };
    if (shipped && mode !== "words") {
      options.meaning = { folder: join(this.folder, "vectors"), models: { own: null, shipped } };
    }
    this.search = await openSearch(options);
    this.changes = this.search.changeNumber;
    return this.search;
  }

  async add(papers: readonly BenchPaper[]): Promise<void> {
    const search = this.search ?? (await this.start(false));
    search.apply(papers.map((document) => ({ changeNumber: ++this.changes, key: document.key, document })));
  }

  async finish(): Promise<void> {
    await this.search?.[Symbol.asyncDispose]();
    this.search = null;
  }

  async open(): Promise<void> {
    await this.start(true);
  }

  ask({ kind, text }: BenchQuery): number {
    const { mode } = this.options;
    const request = { query: text, limit: 20, prefix: kind === "prefix", mode, idsOnly: true };
    return this.search!.search(request).hits.length;
  }

  async show(paper: BenchPaper, word: string): Promise<void> {
    await this.add([{ ...paper, title: `${paper.title} ${word}` }]);
    if (this.search!.search({ query: word, limit: 1, mode: "words" }).hits.length === 0)
      throw new Error(word);
  }

  bytes(): number {
    return this.search!.status().bytesOnDisk;
  }
}
