// What the pages are given: the services of every door, and what every page needs of the site.
import type { IssueReport } from "../digest/by-hand.ts";
import type { DoorDeps } from "../http/deps.ts";
import type { KeptPages } from "./kept-pages.ts";
import type { Site } from "./site.ts";

export interface PageDeps extends DoorDeps {
  site: Site;
  /** Shared by all pages. */
  pages: KeptPages;
  sendTestLetter: SendTestLetter;
}

/** A test copy of the latest letter by the owner's wish; throws AppError where it cannot be. */
export type SendTestLetter = (to: string) => Promise<IssueReport>;
