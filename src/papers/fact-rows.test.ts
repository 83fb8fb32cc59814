import { expect, test } from "vitest";
import { uniteFacts } from "./fact-rows.ts";

const row = (by: string, origin: string, day = "2026-05-11") => ({ day, by, origin });

test.each([
  [["sample", "import"], "import"],
  [["import", "sample"], "import"],
  [["sample", "import", "sample"], "import"],
  [["sample", "sample"], "sample"],
])("of %j the words are the first one's, the origin is %s", (origins, origin) => {
  const rows = origins.map((each, i) => row(String(i), each));
  expect(uniteFacts(rows, ["day"])).toEqual([row("0", origin)]);
});

test("different facts stay apart, whatever their texts have in them", () => {
  const rows = [
    { day: "a", by: "b\nc" },
    { day: "a\nb", by: "c" },
  ];
  expect(uniteFacts(rows, ["day", "by"])).toEqual(rows);
});
