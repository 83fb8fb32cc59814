import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { maxColumnTests, maxConditions, maxPrefixes, parseQuery } from "./query.ts";
import { maxNesting, parseTree } from "./query-parser.ts";
import { packDay, type QueryNode } from "./query-syntax.ts";

/** A tree written back, short: words as they are, the rest with its kind. */
function write(node: QueryNode): string {
  switch (node.kind) {
    case "word":
      return `${node.field ? `${node.field}=` : ""}${node.text}${node.beginning ? "…" : ""}`;
    case "phrase":
      return `${node.field ? `${node.field}=` : ""}"${node.text}"`;
    case "column":
      return JSON.stringify(Object.values(node.test));
    case "like":
      return `like=${node.id}`;
    case "not":
      return `-${write(node.part)}`;
    default:
      return `${node.kind}(${node.parts.map(write).join(" ")})`;
  }
}

const read = (query: string, typing = false) => parseTree(query, typing).parts.map(write).join(" ");

describe("parseTree", () => {
  test("reads words without signs as it reads them between signs", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,6}(?:-[A-Za-z0-9]{1,4})?$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.constantFrom("OR", "or", "AND")), { minLength: 1 }), (words) => {
        const parsed = parseTree(words.join("  "));
        expect(parseTree(words.join(" "))).toEqual({
          ...parsed,
          problem: parsed.problem && { ...parsed.problem, at: expect.any(Number) },
        });
      }),
    );
  });

  test.each([
    ["token position", "token position"],
    ['"token position" of', '"token position" of'],
    ["“round” «angle» ＂wide＂", '"round" "angle" "wide"'],
    ["token -position", "token -position"],
    ['-"token position" -title:token -(a b)', '-"token position" -title=token -all(a b)'],
    ["a - b pre-training --x", "a - b pre-training --x"],
    ["a OR b c", "any(a b) c"],
    ["a OR b OR c", "any(a b c)"],
    ["(a OR b) (c d)", "any(a b) all(c d)"],
    ["(a b) OR c", "any(all(a b) c)"],
    ["a or b", "a or b"],
    ["ORDER", "ORDER"],
    ["f(x)", "f x"],
    ["trans*", "trans…"],
    ["t* C*-algebra", "t* C*-algebra"],
    ['author:"Ada Lovelace"', 'author="Ada Lovelace"'],
    ['author:"Lovelace, Ada"', 'author=" Ada Lovelace"'],
    ["AUTHOR:lovelace", "author=lovelace"],
    ['title:(token "input token" OR x)', 'all(title=token any(title="input token" title=x))'],
    ["Title: a thing", "Title: a thing"],
    ["Steel-LLM:From scratch", "Steel-LLM:From scratch"],
    ["venue:EMNLP", '["label","venue","EMNLP"]'],
    ['venue:"EMNLP 2023"', '["label","venue","EMNLP 2023"]'],
    ["category:(cs.CL OR stat)", 'any(["label","category","cs.CL"] ["label","category","stat"])'],
    ["has:code in:library", '["code"] ["library"]'],
    ["id:arXiv:2401.00001v2", '["id","2401.00001"]'],
    ["like:https://arxiv.org/abs/hep-th/9901001", "like=hep-th/9901001"],
    ["like:http://127.0.0.1:3000/papers/K3VQ80RD", "like=K3VQ80RD"],
    ["id:k3vq80rd", '["id","k3vq80rd"]'],
  ])("%s", (query, tree) => {
    expect(read(query)).toBe(tree);
    expect(parseTree(query).problem).toBeNull();
  });

  test.each([
    ["year:2024", 2024, 2024],
    ["year:2023..2025", 2023, 2025],
    ["year:2023..", 2023, 9999],
    ["year:..2025", 0, 2025],
  ])("%s", (query, from, to) => {
    expect(parseTree(query).parts).toEqual([{ kind: "column", test: { kind: "years", from, to } }]);
  });

  test.each([
    ["2026-11-01..2026-11-07", packDay(2026, 11, 1), packDay(2026, 11, 7)],
    ["2026-11-01", packDay(2026, 11, 1), packDay(2026, 11, 1)],
    ["2026-11", packDay(2026, 11, 0), packDay(2026, 11, 31)],
    ["2025..2026-02", packDay(2025, 0, 0), packDay(2026, 2, 31)],
    ["..2026", 0, packDay(2026, 15, 31)],
    ["2026-11-01..", packDay(2026, 11, 1), packDay(9999, 15, 31)],
  ])("date:%s", (text, from, to) => {
    expect(parseTree(`date:${text}`).parts).toEqual([
      { kind: "column", test: { kind: "days", from, to, text } },
    ]);
  });

  test.each([
    ["(token position", 0, "all(token position)", "This parenthesis is never closed."],
    ["token) position", 5, "token position", "This parenthesis closes nothing."],
    ['a "token position', 2, "a token position", "This quotation mark is never closed."],
    ["token OR", 6, "token OR", "OR needs something on both sides."],
    ["OR token", 0, "OR token", "OR needs something on both sides."],
    [
      "a year:20x4 b",
      2,
      "a all(year 20x4) b",
      '"20x4" is no year: write 2024, 2023..2025, 2023.. or ..2025.',
    ],
    ["year:2025..2023", 0, "all(year 2025..2023)", "The years 2025..2023 run backwards."],
    [
      "date:2026-02-30",
      0,
      "all(date 2026-02-30)",
      '"2026-02-30" is no date: write 2026-11-01, 2026-11, or a range such as 2026-11-01..2026-11-07.',
    ],
    ["date:2026..2025", 0, "all(date 2026..2025)", "The days 2026..2025 run backwards."],
    ["has:data", 0, "all(has data)", 'After "has:" only "code" can stand.'],
    ["in:vivo", 0, "all(in vivo)", 'After "in:" only "library" can stand.'],
    ['x author:""', 2, "x author", 'Nothing stands behind "author:".'],
  ])("%s does not parse at %i", (query, at, tree, message) => {
    expect(parseTree(query).problem).toEqual({ message, at });
    expect(read(query)).toBe(tree);
  });

  test("the word at the end is unfinished while it is typed, in a field too", () => {
    expect(read("neural tra", true)).toBe("neural tra…");
    expect(read("neural author:lov", true)).toBe("neural author=lov…");
    expect(read("(neural tra", true)).toBe("all(neural tra…)");
    expect(read("neural tra ", true)).toBe("neural tra");
    expect(parseTree('neural "tra', true).problem).toBeNull();
  });

  test("parentheses are followed to a depth", () => {
    const nested = (depth: number) => `${"(".repeat(depth)}token${")".repeat(depth)}`;
    expect(parseTree(nested(maxNesting)).problem).toBeNull();
    const deeper = parseTree(nested(900));
    expect(deeper.problem).toEqual({
      message: `Parentheses deeper than ${maxNesting} are not looked at.`,
      at: maxNesting,
    });
    expect(deeper.parts.map(write)).toEqual(["token"]);
  });

  test("never throws, and every offset lies within the query", () => {
    const piece = fc.constantFrom(
      "(",
      ")",
      '"',
      "-",
      " ",
      "OR ",
      "title:",
      "year:",
      "date:2026",
      "like:x",
      "a",
      "*",
      "：",
      "..",
      "é",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join("")),
        ),
        fc.boolean(),
        (query, typing) => {
          const { problem } = parseTree(query, typing);
          if (problem) expect(problem.at).toBeLessThan(query.length);
          parseQuery(query, typing);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("what a query asks for", () => {
  test("words in parentheses are words", () => {
    const { condition, needsWord, stems } = parseQuery("A study (token) (of) positions");
    expect({ condition, needsWord }).toEqual({ condition: null, needsWord: true });
    expect(stems).toEqual(["a", "studi", "token", "of", "posit"]);
  });

  test("a choice is one word to rank by, and words on its sides do not stand together", () => {
    const { words, stems, needsWord, text } = parseQuery("neural (token OR the (big OR input)) cat");
    expect(words.map((word) => word.alternatives)).toEqual([
      [["neural"]],
      [["token"], ["the"]],
      [["big"], ["input"]],
      [["cat"]],
    ]);
    expect(stems).toEqual(["neural", "", "cat"]);
    expect({ needsWord, text }).toEqual({ needsWord: false, text: "neural token the big input cat" });
  });

  test("an excluded hyphened word is excluded where it stands, not where its parts stand", () => {
    expect(parseQuery("x -token-level").condition).toEqual({
      kind: "not",
      part: { kind: "text", spellings: [["token", "level"], ["tokenlevel"]], field: null },
    });
  });

  test("more conditions than are looked up are plain words", () => {
    const query = Array.from({ length: maxConditions + 1 }, (_, i) => `-w${i}`).join(" ");
    const { condition, problem, words } = parseQuery(query);
    expect(condition).toBeNull();
    expect(problem?.message).toBe(`More than ${maxConditions} conditions; they were read as plain words.`);
    expect(words.length).toBe(maxConditions + 1);
  });

  test("so are more tests of columns than are made", () => {
    const years = (count: number) => Array.from({ length: count }, (_, i) => `-year:${1970 + i}`).join(" ");
    expect(parseQuery(years(maxColumnTests)).problem).toBeNull();
    expect(parseQuery(years(maxColumnTests + 1)).problem?.message).toBe(
      `More than ${maxColumnTests} years, names and the like; they were read as plain words.`,
    );
  });

  test("so are more unfinished words than are looked for; equal ones count once", () => {
    const choice = (count: number) => Array.from({ length: count }, (_, i) => `w${i}w*`).join(" OR ");
    expect(parseQuery(choice(maxPrefixes)).problem).toBeNull();
    expect(parseQuery(choice(maxPrefixes + 1))).toMatchObject({
      condition: null,
      problem: {
        message: `More than ${maxPrefixes} unfinished words in conditions; they were read as plain words.`,
      },
    });
    expect(parseQuery("title:tok* ".repeat(100)).condition).toMatchObject({ kind: "text", prefix: "tok" });
  });

  test("like: stands for itself", () => {
    expect(parseQuery("like:2401.00001 token")).toMatchObject({ like: "2401.00001", problem: null });
    expect(parseQuery("token -like:2401.00001")).toMatchObject({
      like: null,
      problem: { message: '"like:" stands for itself: not excluded, and not in a choice.', at: 7 },
    });
  });
});
