// What a reader is told where an outside service of embeddings is set up and had no part in an answer.
import type { OutsideLack } from "./search.ts";

export const outsideNotes: Readonly<Record<OutsideLack, string>> = {
  making: "The vectors of the outside service are still being made; our own model ranked instead.",
  unreachable: "The outside service gave no answer in time; our own model ranked instead.",
};
