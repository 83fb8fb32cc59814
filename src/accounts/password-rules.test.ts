import { describe, expect, test } from "vitest";
import { checkPassword, explainPassword, longestPassword } from "./password-rules.ts";

describe("passwords", () => {
  test.each([
    "correct staple of nine horses",
    "Der Mond ist aufgegangen",
    "k3!jf92-ALkj_wo20x",
    "двадцать три зелёных кота",
    "        fifteen and blanks",
  ])("takes %j", (password) => {
    expect(checkPassword(password, ["ada@example.org"])).toBeNull();
  });

  test.each([
    ["short", "14 characters!"],
    ["long", "ab cde fg ".repeat(longestPassword / 10 + 1)],
    ["repeated", "aaaaaaaaaaaaaaaaaaaa"],
    ["repeated", "abcde1abcde1abcde1"],
    ["repeated", "12121212121212121"],
    ["personal", "ada.lovelace1843"],
    ["personal", "AdaLovelaceAdaLovelace!"],
    ["common", "passwordpassword1"],
    ["common", "Password12345678!"],
    ["common", "qwertyuiopasdfghjkl"],
    ["common", "abcdefghijklmnopqrst"],
    ["common", "broadsheetadmin2026"],
  ] as const)("refuses as %s: %j", (problem, password) => {
    expect(checkPassword(password, ["ada.lovelace@example.org"])).toBe(problem);
    expect(explainPassword(problem)).toMatch(/\.$/);
  });

  test("counts characters, not code units", () => {
    expect(checkPassword("🦉🐢🐙🦀🐬🐳🦔".repeat(2), [])).toBe("short");
  });
});
