// LanceDB's full-text index in the benchmark. Its package is not ours: it is installed for the run, and typed as far as used.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type BenchEngine, type BenchQuery, plainWords } from "./engine.ts";
import type { BenchPaper } from "./papers.ts";

interface Lance {
  connect(uri: string): Promise<LanceConnection>;
  Index: { fts(options: object): object };
  MatchQuery: new (text: string, column: string, options?: object) => object;
  PhraseQuery: new (text: string, column: string) => object;
}
interface LanceConnection {
  createTable(name: string, rows: object[]): Promise<LanceTable>;
  openTable(name: string): Promise<LanceTable>;
}
interface LanceQuery {
  fullTextSearch(query: object): LanceQuery;
  select(columns: string[]): LanceQuery;
  limit(count: number): LanceQuery;
  toArray(): Promise<object[]>;
}
interface LanceTable {
  add(rows: object[]): Promise<unknown>;
  createIndex(column: string, options: object): Promise<void>;
  optimize(): Promise<unknown>;
  query(): LanceQuery;
}

export class LanceEngine implements BenchEngine {
  private readonly lance: Lance;
  private readonly folder: string;
  private table: LanceTable | null = null;

  constructor(folder: string, lance: object) {
    this.lance = lance as Lance;
    this.folder = join(folder, "lancedb");
  }

  async add(papers: readonly BenchPaper[]): Promise<void> {
    const rows = papers.map(({ key, title, abstract, authors }) => ({
      key,
      text: `${title}\n${abstract}\n${authors.join(", ")}`,
    }));
    if (this.table) await this.table.add(rows);
    else this.table = await (await this.lance.connect(this.folder)).createTable("papers", rows);
  }

  async finish(): Promise<void> {
    const options = {
      withPosition: true,
      stem: true,
      removeStopWords: false,
      lowercase: true,
      asciiFolding: true,
    };
    await this.table!.createIndex("text", { config: this.lance.Index.fts(options) });
    await this.table!.optimize();
  }

  async open(): Promise<void> {
    this.table = await (await this.lance.connect(this.folder)).openTable("papers");
  }

  async ask({ kind, text }: BenchQuery): Promise<number | null> {
    if (kind === "prefix") return null;
    const { MatchQuery, PhraseQuery } = this.lance;
    const words = plainWords(text).join(" ");
    const query = kind === "phrase" ? new PhraseQuery(words, "text") : new MatchQuery(words, "text");
    return (await this.find(query)).length;
  }

  private find(query: object): Promise<object[]> {
    return this.table!.query().fullTextSearch(query).select(["key"]).limit(20).toArray();
  }

  async show(paper: BenchPaper, word: string): Promise<void> {
    await this.add([{ ...paper, title: `${paper.title} ${word}` }]);
    if ((await this.find(new this.lance.MatchQuery(word, "text"))).length === 0) throw new Error(word);
  }

  bytes(): number {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  }
}
