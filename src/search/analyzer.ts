// From clean text to index terms: where written units begin and end is in unit-scanner.ts, what they stand for in unit.ts.
// Text and queries pass through the same functions, so that they meet.
import type { Unit } from "./unit.ts";
import { knownUnits, scanUnits, UnitList } from "./unit-scanner.ts";

/** Part of the index files: another number means that the index must be built anew. */
export const analysisVersion = 1;

export type UnitVisitor = (unit: Unit, start: number, end: number) => void;

const ownList = new UnitList();
let visiting = false;

/** Calls `visit` for every unit of the text in order; stops when it has seen `maxStems` stems. Linear in the text. */
export function forEachUnit(text: string, visit: UnitVisitor, maxStems = Number.POSITIVE_INFINITY): void {
  // Whoever visits may analyse another text meanwhile: then none of the units may be forgotten.
  if (visiting) {
    visitUnits(new UnitList(), { text, visit, maxStems });
    return;
  }
  visiting = true;
  try {
    knownUnits.tidy();
    visitUnits(ownList, { text, visit, maxStems });
  } finally {
    visiting = false;
  }
}

function visitUnits(
  list: UnitList,
  { text, visit, maxStems }: { text: string; visit: UnitVisitor; maxStems: number },
): void {
  list.length = 0;
  scanUnits(text, list, maxStems);
  for (let i = 0; i < list.length; i++)
    visit(knownUnits.unitAt(list.numbers[i]!), list.starts[i]!, list.ends[i]!);
}

/** Calls `visit` for every unit of the text, in order, that stands for one of these stems or has it as another spelling. */
export function forEachHolder(text: string, stems: ReadonlySet<string>, visit: UnitVisitor): void {
  if (stems.size === 0) return;
  const list = visiting ? new UnitList() : ownList;
  if (!visiting) knownUnits.tidy();
  list.length = 0;
  scanUnits(text, list);
  // Told by the numbers of stems, without making what the unit stands for.
  const wanted = new Set([...stems].map((stem) => knownUnits.findStem(stem)));
  const found: [Unit, number, number][] = [];
  for (let i = 0; i < list.length; i++) {
    const number = list.numbers[i]!;
    if (!knownUnits.holdsAny(number, wanted)) continue;
    found.push([knownUnits.unitAt(number), list.starts[i]!, list.ends[i]!]);
  }
  for (const [unit, start, end] of found) visit(unit, start, end);
}

/** The stems of a text in order, other spellings left out. */
export function listStems(text: string): string[] {
  const stems: string[] = [];
  forEachUnit(text, (unit) => stems.push(...unit.stems));
  return stems;
}
