// Papers of about the same lengths as one class in a byte, so that what a posting can add at most is one look into a table.
import { boundOf } from "./paper-list.ts";
import { packLength, packLengths } from "./scoring.ts";

/** The least stems of each class; a title of 10 and an abstract of 165 are ordinary. */
const leastInTitle = [0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 17, 20, 25];
const leastInAbstract = [0, 30, 50, 65, 80, 95, 110, 125, 140, 155, 170, 185, 205, 230, 260, 320];

/** By packed length (a byte): the class. */
function classOf(least: readonly number[]): Uint8Array {
  const first = least.map(packLength);
  return Uint8Array.from({ length: 256 }, (_, byte) => first.findLastIndex((own) => own <= byte));
}

const titleClass = classOf(leastInTitle);
const abstractClass = classOf(leastInAbstract);

/** At class x 256 + packed frequencies: no impact in the class is above this, in 255ths. Authors are taken for as few as can be. */
export const classBounds = Uint8Array.from({ length: 1 << 16 }, (_, at) => {
  const title = leastInTitle[at >>> 12]!;
  const abstract = leastInAbstract[(at >>> 8) & 15]!;
  return boundOf(at & 255, packLengths(title, abstract, 0));
});

const known = new WeakMap<Uint32Array, Uint8Array>();

/** The classes of papers of these packed lengths; made once for a table of lengths, which must not change. */
export function classesOf(lengths: Uint32Array): Uint8Array {
  const made = known.get(lengths);
  if (made) return made;
  const classes = new Uint8Array(lengths.length);
  for (let doc = 0; doc < lengths.length; doc++) {
    const own = lengths[doc]!;
    classes[doc] = (titleClass[own & 255]! << 4) | abstractClass[(own >>> 8) & 255]!;
  }
  known.set(lengths, classes);
  return classes;
}
