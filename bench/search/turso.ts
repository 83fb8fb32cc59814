// Turso's full-text index (Tantivy) in the benchmark. Its package is installed for the run, and typed as far as used.
import { statSync } from "node:fs";
import { join } from "node:path";
import { type BenchEngine, type BenchQuery, plainWords } from "./engine.ts";
import type { BenchPaper } from "./papers.ts";

interface Turso {
  connect(file: string, options: object): Promise<TursoDatabase>;
}
interface TursoDatabase {
  exec(sql: string): Promise<unknown>;
  prepare(sql: string): TursoStatement;
}
interface TursoStatement {
  run(...values: unknown[]): Promise<unknown>;
  all(...values: unknown[]): Promise<object[]>;
}

const ask =
  "select key from papers where fts_match(title, abstract, authors, ?1) order by fts_score(title, abstract, authors, ?1) desc limit 20";

export class TursoEngine implements BenchEngine {
  private readonly turso: Turso;
  private readonly file: string;
  private db: TursoDatabase | null = null;
  private asking: TursoStatement | null = null;

  constructor(folder: string, turso: object) {
    this.turso = turso as Turso;
    this.file = join(folder, "turso.db");
  }

  private async start(): Promise<TursoDatabase> {
    this.db ??= await this.turso.connect(this.file, { experimental: ["index_method"] });
    return this.db;
  }

  async add(papers: readonly BenchPaper[]): Promise<void> {
    const db = await this.start();
    if (papers[0]?.key === 1)
      await db.exec("create table papers (key integer primary key, title text, abstract text, authors text)");
    const insert = db.prepare("insert into papers values (?, ?, ?, ?)");
    await db.exec("begin");
    for (const { key, title, abstract, authors } of papers)
      await insert.run(key, title, abstract, authors.join(", "));
    await db.exec("commit");
  }

  async finish(): Promise<void> {
    await this.db!.exec(
      "create index papers_fts on papers using fts (title, abstract, authors) with (weights = 'title=6.0,abstract=1.0,authors=3.0')",
    );
  }

  async open(): Promise<void> {
    this.asking = (await this.start()).prepare(ask);
  }

  async ask({ kind, text }: BenchQuery): Promise<number | null> {
    if (kind === "prefix") return null;
    const words = plainWords(text).map((word) => word.toLowerCase());
    const query = kind === "phrase" ? `"${words.join(" ")}"` : words.join(" ");
    return (await this.asking!.all(query)).length;
  }

  async show(paper: BenchPaper, word: string): Promise<void> {
    await this.add([{ ...paper, title: `${paper.title} ${word}` }]);
    if ((await this.asking!.all(word)).length === 0) throw new Error(word);
  }

  bytes(): number {
    return statSync(this.file).size;
  }
}
