// Words so common that they say nothing of a paper. They are indexed, because phrases need them, but never required.
import { stemWord } from "./porter2.ts";

const words = `
a about above after again against all also although am among an and any are as at be because been before being below
between both but by can cannot could did do does doing down during each either etc even ever every few for from further
get had has have having he hence her here hers herself him himself his how however i if in into is it its itself just
like many may me might more moreover most much must my myself neither nor not of off often on once one only onto or
other our ours ourselves out over own per same shall she should since so some such than that the their theirs them
themselves then there therefore these they this those though through thus to too toward towards under until up upon us
using very via was we were what when where whether which while who whom whose why will with within without would yet
you your yours yourself
`;

const stems = new Set(words.trim().split(/\s+/).map(stemWord));

/** Tells whether a stem is that of a stop word. */
export function isStopStem(stem: string): boolean {
  return stems.has(stem);
}
