// What is thrown when an index file is not what was written; it is caught at the room's door, never by a reader's page.

export class IndexDamage extends Error {
  constructor(file: string, what: string, cause?: unknown) {
    super(`${file} ${what}`, { cause });
    this.name = "IndexDamage";
  }
}
