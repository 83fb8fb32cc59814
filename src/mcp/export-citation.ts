// The tool export_citation: papers in a format that reference managers and TeX read.
import { z } from "zod";
import { citationFormats } from "../papers/citation-formats.ts";
import { listIdentifiers } from "../papers/papers-store.ts";
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
    const ids: string[] = [];
    let citations = writer.begin;
    for (const id of paper_ids) {
      const paper = await getPaperOf(context, id);
      if (ids.includes(paper.id)) continue;
      ids.push(paper.id);
      citations += writer.next(paper, await listIdentifiers(context.db, paper.pk));
    }
    return { format, citations: citations + writer.end, ids, notice: noticeText };
  },
});
