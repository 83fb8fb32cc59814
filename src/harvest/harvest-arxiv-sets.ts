// The sets of arXiv's OAI-PMH by category: group, archive, subject class (ListSets).

const physics = new Set(
  `astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph`.split(
    " ",
  ),
);

/** "cs.CL" → "cs:cs:CL", "hep-th" → "physics:hep-th", "astro-ph.GA" → "physics:astro-ph:GA". */
export function setOfCategory(category: string): string {
  const [archive = "", subject] = category.split(".");
  const group = physics.has(archive) ? "physics" : archive;
  return subject === undefined ? `${group}:${archive}` : `${group}:${archive}:${subject}`;
}
