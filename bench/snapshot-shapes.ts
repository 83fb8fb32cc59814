// How often and how much: measured on 709 rows of the public snapshot (200 genuine, 509 rebuilt), as quantiles and shares.
/** Values at the shares 0, 0.01, 0.05, 0.1, 0.2 … 0.9, 0.95, 0.99, 1; between them it is a straight line. */
type Quantiles = readonly number[];
const shares = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

export const titleWords = tabulate([1, 3, 4, 5, 7, 7, 8, 9, 10, 11, 12, 14, 16, 20, 36]);
export const abstractWords = tabulate([7, 15, 38, 52, 70, 85, 98, 112, 125, 142, 167, 210, 246, 280, 322]);
export const authorCounts = tabulate([1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6, 8, 23, 60]);
export const commentWords = tabulate([1, 2, 2, 2, 4, 4, 6, 8, 9, 12, 15, 24, 31, 48, 58]);

/** A distribution as a table of equally likely values: one look-up a draw. */
export function tabulate(quantiles: Quantiles): Int32Array {
  return Int32Array.from({ length: 4_096 }, (_, slot) => {
    const share = (slot + 0.5) / 4_096;
    const i = Math.max(
      1,
      shares.findIndex((limit) => share <= limit),
    );
    const [low, high] = [quantiles[i - 1]!, quantiles[i]!];
    const along = (share - shares[i - 1]!) / (shares[i]! - shares[i - 1]!);
    return Math.round(low + along * (high - low));
  });
}

/** Cumulative: 45 % have one version, 35 % two, and so on; the rest has up to 25. */
export const versionShares = [0.451, 0.797, 0.922, 0.967, 0.987, 0.993, 0.995, 0.996];
/** The same for categories beside the first. */
export const crossListShares = [0.564, 0.862, 0.962, 0.989, 0.999, 1];

/** One collaboration of hundreds in five hundred papers, one of thousands in a hundred thousand. */
export const crowds = { hundreds: 0.002, thousands: 0.00001 };

/** Share of the rows that have the field at all. */
export const present = { comments: 0.88, journal: 0.58, doi: 0.67, report: 0.1, licence: 0.73 };
/** A TeX formula somewhere; the name of an author with an affiliation, with an accent; a given name of initials only; "and" before the last of several. */
export const having = { formula: 0.22, affiliation: 0.08, accent: 0.11, initials: 0.52, and: 0.54 };
/** Formulas in an abstract that has any. */
export const formulasEach = 5;

export const licences: readonly [share: number, licence: string][] = [
  [0.952, "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"],
  [0.967, "http://creativecommons.org/licenses/by/3.0/"],
  [0.98, "http://creativecommons.org/licenses/by-nc-sa/3.0/"],
  [0.99, "http://creativecommons.org/licenses/publicdomain/"],
  [0.996, "http://creativecommons.org/licenses/by-nc-nd/4.0/"],
  [1, "http://creativecommons.org/licenses/by/4.0/"],
];

/** Counts in the sample (papers to 2012). */
export const earlyCategories =
  weigh(`hep-ph 63 hep-th 57 quant-ph 52 astro-ph.CO 43 cond-mat.mtrl-sci 41 gr-qc 39 math-ph 34
cond-mat.mes-hall 33 astro-ph.SR 32 astro-ph.EP 30 cond-mat.str-el 26 physics.optics 24 cond-mat.stat-mech 22 nucl-th 21
cond-mat.supr-con 21 math.DG 20 math.NT 19 cond-mat.soft 19 math.AG 18 math.CO 17 math.PR 17 hep-ex 17 math.AP 17 math.RT 16
astro-ph.GA 14 physics.gen-ph 13 math.FA 12 cs.IT 12 physics.comp-ph 11 math.RA 10 nucl-ex 10 math.GR 10 cs.DS 5 q-bio.BM 5
cs.CR 5 stat.ME 3 cs.AI 2 cs.NE 2 cs.IR 2`);

/** Since then computer science has grown to two papers in five. */
export const lateCategories =
  weigh(`cs.LG 110 cs.CV 80 cs.CL 60 cs.AI 60 cs.RO 25 cs.CR 20 cs.IT 12 cs.IR 10 cs.HC 10 cs.SE 12
cs.DS 8 cs.DC 8 cs.NI 7 cs.SY 14 stat.ML 20 stat.ME 14 eess.SP 12 eess.IV 12 math.AP 18 math.CO 16 math.NT 14 math.OC 15
math.PR 14 math.AG 11 math.NA 13 math.DS 8 quant-ph 40 hep-ph 28 hep-th 25 gr-qc 18 astro-ph.GA 16 astro-ph.CO 12
astro-ph.HE 13 astro-ph.SR 9 cond-mat.mtrl-sci 22 cond-mat.mes-hall 15 cond-mat.str-el 13 physics.optics 14 physics.flu-dyn 8
q-bio.NC 4 econ.EM 4 q-fin.ST 2`);

function weigh(text: string): string[] {
  const entries = text.split(/\s+/);
  return entries.flatMap((name, i) => (i % 2 === 0 ? Array<string>(Number(entries[i + 1])).fill(name) : []));
}
