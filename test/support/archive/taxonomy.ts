// The part of arXiv's taxonomy that the generated world is about.

export interface Category {
  id: string;
  name: string;
  /** OAI-PMH set of the category and of all that it belongs to, from the widest. */
  sets: string[];
}

function category(id: string, name: string, group: string): Category {
  const archive = id.split(".")[0]!;
  const subject = id.includes(".") ? id.split(".")[1] : undefined;
  const sets = [group, `${group}:${archive}`];
  return { id, name, sets: subject ? [...sets, `${group}:${archive}:${subject}`] : sets };
}

export const categories: readonly Category[] = [
  category("cs.AI", "Artificial Intelligence", "cs"),
  category("cs.CL", "Computation and Language", "cs"),
  category("cs.CV", "Computer Vision and Pattern Recognition", "cs"),
  category("cs.IR", "Information Retrieval", "cs"),
  category("cs.LG", "Machine Learning", "cs"),
  category("econ.EM", "Econometrics", "econ"),
  category("gr-qc", "General Relativity and Quantum Cosmology", "physics"),
  category("hep-ph", "High Energy Physics - Phenomenology", "physics"),
  category("hep-th", "High Energy Physics - Theory", "physics"),
  category("math.CO", "Combinatorics", "math"),
  category("stat.ML", "Machine Learning", "stat"),
];

/** The categories whose days the tests check. */
export const followedCategories: readonly string[] = ["cs.CL", "cs.CV", "cs.LG", "stat.ML", "hep-th"];

export const setNames: Record<string, string> = {
  cs: "Computer Science",
  econ: "Economics",
  math: "Mathematics",
  physics: "Physics",
  stat: "Statistics",
};

export function findCategory(id: string): Category | undefined {
  return categories.find((candidate) => candidate.id === id);
}

/** The most specific set of a category, as a record's header names it. */
export function setOf(id: string): string {
  return findCategory(id)?.sets.at(-1) ?? id;
}

/** Categories that usually go together, for cross-lists. */
export const neighbours: Record<string, string[]> = {
  "cs.AI": ["cs.LG", "cs.CL"],
  "cs.CL": ["cs.AI", "cs.LG", "cs.IR"],
  "cs.CV": ["cs.LG", "cs.AI"],
  "cs.IR": ["cs.CL", "cs.LG"],
  "cs.LG": ["stat.ML", "cs.AI", "cs.CV", "cs.CL"],
  "econ.EM": ["stat.ML"],
  "gr-qc": ["hep-th"],
  "hep-ph": ["hep-th"],
  "hep-th": ["gr-qc", "hep-ph"],
  "math.CO": ["cs.LG", "hep-th"],
  "stat.ML": ["cs.LG", "econ.EM"],
};
