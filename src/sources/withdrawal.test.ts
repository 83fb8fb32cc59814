import { describe, expect, test } from "vitest";
import { saysWithdrawn } from "./withdrawal.ts";

const yes = [
  "This paper has been withdrawn",
  "Withdrawn",
  "withdrawn by arXiv administrators due to plagiarism. See http://arxiv.test/withdrawals.html",
  "5 pages, 1 figure. This paper has been withdrawn by the author due to a crucial error",
  "This paper has been withdrawn by the authors. This paper has been\n  accepted for publication",
  "Under revision: withdrawn after persistent problems with Lemma 2.20",
  "The submission was temporarily withdrawn",
  "12 pages; paper withdrawn",
  "This article has been withdrawn because it has been merged with the earlier article",
];
const no = [
  "",
  "10 pages",
  "An earlier version of this paper was withdrawn",
  "This paper has not been withdrawn",
  "This work studies how samples are withdrawn from a reservoir",
  "Money withdrawn from banks",
  "Replaces the withdrawn paper 0901.0001",
];

describe("saysWithdrawn", () => {
  test.each(yes)("%j says so", (comments) => expect(saysWithdrawn(comments, "")).toBe(true));
  test.each(no)("%j does not", (comments) => expect(saysWithdrawn(comments, "")).toBe(false));

  test("an abstract that is only the notice says so too, one that speaks of withdrawal does not", () => {
    expect(saysWithdrawn("", "  This paper has been withdrawn by\nthe author, due to an error.")).toBe(true);
    expect(saysWithdrawn("", "We study how funds are withdrawn. The paper was never withdrawn.")).toBe(false);
  });

  test("takes megabytes", () => {
    expect(saysWithdrawn("this paper ".repeat(200_000), "the ".repeat(500_000))).toBe(false);
  });
});
