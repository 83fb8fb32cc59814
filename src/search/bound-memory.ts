// How much search makes do with where memory is short.
import { ordinaryLimits, type SuggestLimits, smallLimits } from "./suggest-build.ts";
import { knownUnits } from "./unit-scanner.ts";
import { fewUnits, mostUnits } from "./unit-table.ts";

/** Bounds the words met, which all indexes of a process share, and says what an index may suggest. */
export function boundMemory(small: boolean): SuggestLimits {
  knownUnits.most = small ? fewUnits : mostUnits;
  return small ? smallLimits : ordinaryLimits;
}
