// SQLite's FTS5 in the benchmark: the same words joined by OR, ranked by bm25 with our weights of the fields, top 20.
import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type BenchEngine, type BenchQuery, plainWords } from "./engine.ts";
import type { BenchPaper } from "./papers.ts";

const ask = "select rowid from papers where papers match ? order by bm25(papers, 6, 1, 3) limit 20";

export class Fts5Engine implements BenchEngine {
  private readonly file: string;
  private readonly db: DatabaseSync;
  private asking: StatementSync | null = null;
  private inserting: StatementSync | null = null;

  constructor(folder: string) {
    this.file = join(folder, "fts5.sqlite");
    this.db = new DatabaseSync(this.file);
    this.db.exec("pragma journal_mode = wal; pragma synchronous = off");
    this.db.exec(
      "create virtual table if not exists papers using fts5(title, abstract, authors, content='', tokenize='porter unicode61')",
    );
  }

  async add(papers: readonly BenchPaper[]): Promise<void> {
    this.inserting ??= this.db.prepare(
      "insert into papers(rowid, title, abstract, authors) values (?, ?, ?, ?)",
    );
    this.db.exec("begin");
    for (const { key, title, abstract, authors } of papers)
      this.inserting.run(key, title, abstract, authors.join(", "));
    this.db.exec("commit");
  }

  async finish(): Promise<void> {
    this.db.exec("insert into papers(papers) values ('optimize'); pragma wal_checkpoint(truncate)");
  }

  async open(): Promise<void> {
    this.asking = this.db.prepare(ask);
  }

  ask(query: BenchQuery): number {
    return this.asking!.all(matchOf(query)).length;
  }

  async show(paper: BenchPaper, word: string): Promise<void> {
    await this.add([{ ...paper, title: `${paper.title} ${word}` }]);
    if (this.asking!.all(`"${word}"`).length === 0) throw new Error(word);
  }

  bytes(): number {
    return statSync(this.file).size;
  }
}

function matchOf({ kind, text }: BenchQuery): string {
  const words = plainWords(text);
  if (kind === "phrase") return `"${words.join(" ")}"`;
  const quoted = words.map((word) => `"${word}"`);
  return quoted.join(" OR ") + (kind === "prefix" ? "*" : "");
}
