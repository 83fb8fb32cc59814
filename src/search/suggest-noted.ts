// Papers that came after the tables of suggestions were made: few, and looked through one by one.
import type { SearchDocument } from "./search.ts";
import { foldText } from "./suggest-text.ts";

export interface NotedPaper {
  key: number;
  folded: string;
}

export interface NotedName {
  name: string;
  papers: number;
}

const maxAuthors = 50;

export class NotedPapers {
  private readonly papers = new Map<number, NotedPaper>();
  /** By folded name. */
  private readonly names = new Map<string, NotedName>();
  /** What was noted while new tables are being made of it. */
  private older: NotedPapers | null = null;

  /** Starts anew, and still finds what was noted before until that is forgotten. */
  static after(before: NotedPapers): NotedPapers {
    const noted = new NotedPapers();
    noted.older = before;
    return noted;
  }

  forget(before: NotedPapers): void {
    if (this.older === before) this.older = null;
  }

  get size(): number {
    return this.papers.size + (this.older?.size ?? 0);
  }

  add({ key, title, authors }: SearchDocument): void {
    this.papers.set(key, { key, folded: foldText(title) });
    for (const name of authors.slice(0, maxAuthors)) {
      const folded = foldText(name);
      const known = this.names.get(folded);
      if (known) known.papers++;
      else if (folded !== "") this.names.set(folded, { name, papers: 1 });
    }
  }

  /** The newest papers with a word in the title that begins so. */
  findPapers(typed: string, limit: number): NotedPaper[] {
    const found = [...this.papers.values()].filter(({ folded }) => holdsBeginning(folded, typed));
    return [...found.reverse(), ...(this.older?.findPapers(typed, limit) ?? [])].slice(0, limit);
  }

  /** Names with a part that begins so. */
  findNames(typed: string, limit: number): NotedName[] {
    const found: NotedName[] = [];
    for (const [folded, name] of this.names)
      if (holdsBeginning(`${folded} ${folded}`, typed)) found.push(name);
    const all = [...found, ...(this.older?.findNames(typed, limit) ?? [])];
    return all.sort((a, b) => b.papers - a.papers).slice(0, limit);
  }
}

/** Whether a word of the folded text begins so, and goes on as typed. */
export function holdsBeginning(folded: string, typed: string): boolean {
  return folded.startsWith(typed) || folded.includes(` ${typed}`);
}
