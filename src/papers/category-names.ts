// arXiv's categories by the names people know them by, in arXiv's groups. One that has another name elsewhere (cs.SY is eess.SY)
// stands once, under the name its papers are announced by.

export interface Category {
  id: string;
  name: string;
}

export interface CategoryGroup {
  name: string;
  categories: readonly Category[];
}

const named = {
  "Computer science": `
cs.AI Artificial intelligence
cs.AR Hardware architecture
cs.CC Computational complexity
cs.CE Computational engineering, finance and science
cs.CG Computational geometry
cs.CL Computation and language
cs.CR Cryptography and security
cs.CV Computer vision and pattern recognition
cs.CY Computers and society
cs.DB Databases
cs.DC Distributed, parallel and cluster computing
cs.DL Digital libraries
cs.DM Discrete mathematics
cs.DS Data structures and algorithms
cs.ET Emerging technologies
cs.FL Formal languages and automata theory
cs.GL General literature
cs.GR Graphics
cs.GT Computer science and game theory
cs.HC Human-computer interaction
cs.IR Information retrieval
cs.IT Information theory
cs.LG Machine learning
cs.LO Logic in computer science
cs.MA Multiagent systems
cs.MM Multimedia
cs.MS Mathematical software
cs.NE Neural and evolutionary computing
cs.NI Networking and internet architecture
cs.OH Other computer science
cs.OS Operating systems
cs.PF Performance
cs.PL Programming languages
cs.RO Robotics
cs.SC Symbolic computation
cs.SD Sound
cs.SE Software engineering
cs.SI Social and information networks`,
  "Electrical engineering": `
eess.AS Audio and speech processing
eess.IV Image and video processing
eess.SP Signal processing
eess.SY Systems and control`,
  Statistics: `
stat.AP Applications
stat.CO Computation
stat.ME Methodology
stat.ML Machine learning (statistics)
stat.OT Other statistics`,
  Mathematics: `
math.AC Commutative algebra
math.AG Algebraic geometry
math.AP Analysis of PDEs
math.AT Algebraic topology
math.CA Classical analysis and ODEs
math.CO Combinatorics
math.CT Category theory
math.CV Complex variables
math.DG Differential geometry
math.DS Dynamical systems
math.FA Functional analysis
math.GM General mathematics
math.GN General topology
math.GR Group theory
math.GT Geometric topology
math.HO History and overview
math.KT K-theory and homology
math.LO Logic
math.MG Metric geometry
math-ph Mathematical physics
math.NA Numerical analysis
math.NT Number theory
math.OA Operator algebras
math.OC Optimization and control
math.PR Probability
math.QA Quantum algebra
math.RA Rings and algebras
math.RT Representation theory
math.SG Symplectic geometry
math.SP Spectral theory
math.ST Statistics theory`,
  Physics: `
physics.acc-ph Accelerator physics
physics.app-ph Applied physics
physics.ao-ph Atmospheric and oceanic physics
physics.atm-clus Atomic and molecular clusters
physics.atom-ph Atomic physics
physics.bio-ph Biological physics
physics.chem-ph Chemical physics
physics.class-ph Classical physics
physics.comp-ph Computational physics
physics.data-an Data analysis, statistics and probability
physics.flu-dyn Fluid dynamics
physics.gen-ph General physics
physics.geo-ph Geophysics
physics.hist-ph History and philosophy of physics
physics.ins-det Instrumentation and detectors
physics.med-ph Medical physics
physics.optics Optics
physics.ed-ph Physics education
physics.soc-ph Physics and society
physics.plasm-ph Plasma physics
physics.pop-ph Popular physics
physics.space-ph Space physics
quant-ph Quantum physics
gr-qc General relativity and quantum cosmology
nucl-ex Nuclear experiment
nucl-th Nuclear theory
nlin.AO Adaptation and self-organizing systems
nlin.CG Cellular automata and lattice gases
nlin.CD Chaotic dynamics
nlin.SI Exactly solvable and integrable systems
nlin.PS Pattern formation and solitons`,
  "High energy physics": `
hep-ex Experiment
hep-lat Lattice
hep-ph Phenomenology
hep-th Theory`,
  Astrophysics: `
astro-ph.GA Astrophysics of galaxies
astro-ph.CO Cosmology and nongalactic astrophysics
astro-ph.EP Earth and planetary astrophysics
astro-ph.HE High energy astrophysical phenomena
astro-ph.IM Instrumentation and methods
astro-ph.SR Solar and stellar astrophysics`,
  "Condensed matter": `
cond-mat.dis-nn Disordered systems and neural networks
cond-mat.mtrl-sci Materials science
cond-mat.mes-hall Mesoscale and nanoscale physics
cond-mat.other Other condensed matter
cond-mat.quant-gas Quantum gases
cond-mat.soft Soft condensed matter
cond-mat.stat-mech Statistical mechanics
cond-mat.str-el Strongly correlated electrons
cond-mat.supr-con Superconductivity`,
  "Quantitative biology": `
q-bio.BM Biomolecules
q-bio.CB Cell behavior
q-bio.GN Genomics
q-bio.MN Molecular networks
q-bio.NC Neurons and cognition
q-bio.OT Other quantitative biology
q-bio.PE Populations and evolution
q-bio.QM Quantitative methods
q-bio.SC Subcellular processes
q-bio.TO Tissues and organs`,
  Economics: `
econ.EM Econometrics
econ.GN General economics
econ.TH Theoretical economics`,
  "Quantitative finance": `
q-fin.CP Computational finance
q-fin.GN General finance
q-fin.MF Mathematical finance
q-fin.PM Portfolio management
q-fin.PR Pricing of securities
q-fin.RM Risk management
q-fin.ST Statistical finance
q-fin.TR Trading and market microstructure`,
};

/** What most readers of this daily look for comes first. */
export const categoryGroups: readonly CategoryGroup[] = Object.entries(named).map(([name, lines]) => ({
  name,
  categories: lines.trim().split("\n").map(parseLine),
}));

function parseLine(line: string): Category {
  const blank = line.indexOf(" ");
  return { id: line.slice(0, blank), name: line.slice(blank + 1) };
}

const names = new Map(
  categoryGroups.flatMap(({ categories }) => categories.map(({ id, name }) => [id, name])),
);

/** "Computation and language"; null for a category that is not in the list. */
export function findCategoryName(id: string): string | null {
  return names.get(id) ?? null;
}
