// The tool export_citation: papers in a format that reference managers and TeX read.
import { z } from "zod";
import { citationFormats } from "../papers/citation-formats.ts";
import { citePapers } from "../papers/export-store.ts";
import type { Paper } from "../papers/paper.ts";
import { getPaperOf, notice, noticeText, paperId } from "./paper-shapes.ts";
import { defineTool } from "./tool.ts";

export const exportCitation = defineTool({
  name: "export_citation",
  title: "Export citations",
  description: "Gives papers as BibTeX, RIS or CSL-JSON, in the order asked for.",
  input: z.object({
    paper_ids: z.array(paperId).min(1).max(25).describe("Identifiers in any form"),
    format: z.enum(["bibtex", "ris", "csl-json"]).default("bibtex"),
  }),
  output: z.object({
    format: z.string(),
    citations: z.string().describe("The whole file"),
    ids: z.array(z.string()).describe("Papers in it"),
    notice,
  }),
  async run({ paper_ids, format }, context) {
    const writer = citationFormats[format].openWriter();
    const papers = new Map<number, Paper>();
    for (const id of paper_ids) {
      const paper = await getPaperOf(context, id);
      papers.set(paper.pk, paper);
    }
    const cited = await citePapers(context.db, [...papers.values()]);
    const entries = cited.map(({ paper, identifiers }) => writer.next(paper, identifiers));
    return {
      format,
      citations: writer.begin + entries.join("") + writer.end,
      ids: cited.map(({ paper }) => paper.id),
      notice: noticeText,
    };
  },
});
