// broadsheet today: the reader's own edition, each paper with its reason, out of the newest days.
import { cacheEditions } from "../editions/edition-cache.ts";
import { keeperAtMachine } from "../library/keeper.ts";
import { openNewPapers } from "../library/new-papers.ts";
import { findToday } from "../library/today.ts";
import type { Command } from "./command.ts";
import { openFollowed } from "./search.ts";
import { readLimit } from "./search-options.ts";

const usualLimit = 12;

export const todayCommand: Command = {
  name: "today",
  summary: "Print the reader's own edition, with reasons",
  usage: "today [--limit N] [--keeper WHO]",
  help: `
Chooses out of the newest days' papers by what the reader keeps and follows (broadsheet library).

  --limit N      papers to give; default ${usualLimit}
  --keeper WHO   whose edition: an account's id; default the first owner, or this machine`,
  options: { limit: { type: "string" }, keeper: { type: "string" } },
  async run(input) {
    const limit = readLimit(input.values.limit, usualLimit);
    await using app = await openFollowed(input);
    const context = {
      db: app.db,
      search: app.search,
      newPapers: openNewPapers(cacheEditions(app.db)),
      reader: app.featureReader(),
      categories: app.config.categories,
    };
    const now = input.clock().toISOString();
    const { keeper: named } = input.values;
    const keeper = typeof named === "string" ? named : await keeperAtMachine(app.db, now);
    const { days, papers, picks, known } = await findToday(context, keeper, { now, limit });
    const shown = picks.map(({ paper, score, reasons }, i) => ({
      rank: i + 1,
      id: paper.id,
      title: paper.titleText,
      score,
      reasons,
    }));
    const head = `${picks.length} of ${papers} papers of ${days.toReversed().join(", ") || "no day"}`;
    const lines = shown.map(
      ({ rank, id, title, reasons }) => `${rank}. ${title}  (${id})\n   ${reasons[0]!.text}`,
    );
    const hint = known ? [] : ['Nothing is kept yet: "broadsheet library --help" says how to begin.'];
    return { document: { keeper, days, papers, picks: shown }, text: [head, ...lines, ...hint].join("\n") };
  },
};
