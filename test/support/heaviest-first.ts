// The order of the test files: the few that take minutes first, so that none of them is left over at the end, alone.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Longest first, as measured on two cores; the rest comes in the runner's own order. */
export const heaviest = [
  "test/relevance/judged-search.test.ts",
  "test/integration/digest-crash.test.ts",
  "test/integration/command-line.test.ts",
  "test/browser/pages.test.ts",
];

export class HeaviestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placeOf = (file: TestSpecification) => {
      const place = heaviest.findIndex((path) => file.moduleId.endsWith(path));
      return place < 0 ? heaviest.length : place;
    };
    return sorted.sort((a, b) => placeOf(a) - placeOf(b));
  }
}
