import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { markKinds } from "../library/library.ts";
import { describeAct, formatRestore, parseMarkAct } from "./mark-acts.ts";

test("reads what its buttons send, ids with spaces and slashes too", () => {
  expect(parseMarkAct("save hep-th/9901001")).toEqual({ does: "set", kind: "save", id: "hep-th/9901001" });
  expect(parseMarkAct("unhide a b")).toEqual({ does: "remove", kind: "hide", id: "a b" });
});

test("undoing says exactly what was there", () => {
  const mark = fc.record({ kind: fc.constantFrom(...markKinds), folder: fc.string({ maxLength: 60 }) });
  fc.assert(
    fc.property(fc.uniqueArray(mark, { maxLength: 5, selector: ({ kind }) => kind }), (marks) => {
      expect(parseMarkAct(formatRestore(marks, "2605.1"))).toEqual({ does: "restore", marks, id: "2605.1" });
    }),
  );
});

test("anything else is no act, whatever was sent", () => {
  for (const text of ["", "save", "love 1", "unlove 1", "restore !! 1", "restore e30 1", "restore W3t9XQ 1"])
    expect(parseMarkAct(text)).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseMarkAct(`restore ${text}`);
    }),
  );
});

test("says in words what was done", () => {
  expect(describeAct(parseMarkAct("save 1")!, "Nets")).toBe("Saved: Nets");
  expect(describeAct(parseMarkAct("unlater 1")!, "Nets")).toBe("Off the reading list: Nets");
  expect(describeAct(parseMarkAct(formatRestore([], "1"))!, "Nets")).toBe("As it was: Nets");
});
