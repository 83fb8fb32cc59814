// The vocabulary of papers that nobody wrote.
const split = (text: string) => text.trim().split(/\s+/);

export const qualities = split(`
  adaptive sparse causal robust latent hierarchical contrastive probabilistic modular equivariant spectral stochastic
  compositional multilingual incremental federated geometric differentiable low-rank long-range self-supervised tractable
  calibrated symbolic recurrent variational entropic holographic noncommutative degenerate near-optimal data-efficient
`);

export const things = split(`
  attention retrieval segmentation translation alignment decoding planning sampling pruning quantisation distillation
  embeddings transformers kernels manifolds operators amplitudes condensates anomalies instantons lattices estimators
  gradients tokenisers corpora dialogues captions trajectories graphs ensembles bandits priors posteriors mixtures
  dualities symmetries horizons membranes couplings spectra residuals annotations benchmarks
`);

export const actions = split(`
  learning bounding estimating rethinking probing unifying accelerating grounding disentangling measuring steering
  recovering predicting compressing explaining searching auditing stabilising
`);

export const purposes = [
  "summarising court records",
  "reading medical images",
  "low-resource languages",
  "streaming speech",
  "protein design",
  "satellite mosaics",
  "black-hole interiors",
  "lattice gauge theory",
  "tabular data",
  "robotic grasping",
  "code review",
  "weather ensembles",
  "clinical trials",
  "open-domain questions",
];

export const sentences = [
  "We study how $QUALITY $THING behave when the data are few and the noise is not.",
  "$ACTION $THING is usually done by hand, which neither scales nor can be repeated.",
  "This paper introduces $NAME, a $QUALITY method for $PURPOSE.",
  "The main idea is to treat $THING as $QUALITY $THING, so that one pass is enough.",
  "On $COUNT benchmarks our method improves on the best published result by $PERCENT, at half the cost.",
  "We prove a lower bound of $FORMULA and show that it is attained.",
  "An ablation shows that $THING alone explain most of the gain.",
  "Code and data are available at https://example.org/$LOWER.",
  "Previous work assumed $QUALITY $THING; we show that this assumption can be dropped.",
  "The result holds for all $FORMULA, and fails as soon as $THING are removed.",
  "In a study with $COUNT annotators, $NAME was preferred in $PERCENT of the cases.",
  "These findings suggest that $THING & $THING deserve more attention than they have had.",
  "We close with open questions on $PURPOSE.",
  'Contrary to common belief, "more $THING" is not always better: for $COUNT < $COUNT the effect reverses.',
];

export const formulas = [
  "$O(n \\log n)$",
  "$\\epsilon^{-2}$",
  "$\\mathcal{N}=4$",
  "$k \\geq 3$",
  "$\\mathrm{SU}(N)$",
  "$x < y$",
];

/** Given names and families, as text; a second form in TeX where arXiv's authors type one. */
export const givenNames: [text: string, tex?: string][] = [
  ["Ada"],
  ["Jun"],
  ["François", "Fran\\c{c}ois"],
  ["María", "Mar\\'ia"],
  ["Li Wei"],
  ["J. R."],
  ["Jürgen", 'J\\"urgen'],
  ["Oluwaseun"],
  ["Søren", "S{\\o}ren"],
  ["Priya"],
  ["Anne-Marie"],
  ["Dmitri"],
  ["Yuki"],
  ["T."],
];

export const familyNames: [text: string, tex?: string][] = [
  ["Almeida"],
  ["Bjørnstad", "Bj{\\o}rnstad"],
  ["Chen"],
  ["da Rocha"],
  ["Erdős", "Erd\\H{o}s"],
  ["Okafor"],
  ["García Márquez", "Garc\\'ia M\\'arquez"],
  ["Hölder", 'H\\"older'],
  ["Ivanova"],
  ["O'Neil"],
  ["Kowalczyk"],
  ["van der Berg"],
  ["Nguyen"],
  ["Sato"],
  ["Strauß", "Strau{\\ss}"],
  ["Zhang"],
];

export const affiliations = [
  "Institute of Made-up Studies",
  "University of the North Pole",
  "Laboratory for Imaginary Numbers",
  "Department of Physics, Atlantis",
];

export const syllables = split(
  "ba ke lo mi nu ra se to va zi cor del fen gal hux jin mar pol quo tem wyn xan",
);

export const withdrawals = [
  "This paper has been withdrawn by the authors due to a crucial error in Lemma 2",
  "Withdrawn; superseded by a longer version",
  "This submission has been withdrawn by the author because of an error in the data",
];

export const licences = [
  "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
  "http://creativecommons.org/licenses/by/4.0/",
  "http://creativecommons.org/licenses/by-nc-sa/4.0/",
  "http://creativecommons.org/publicdomain/zero/1.0/",
];
