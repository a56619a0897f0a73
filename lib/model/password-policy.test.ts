import { expect, it } from "vitest";
import { passwordProblem } from "./password-policy";

const ada = { email: "ada.lovelace@example.org", name: "Ada Lovelace" };

it.each([
  ["correct horse battery staple", null],
  ["ein ganz anderes Wort 7", null],
  ["我的服务器很安全也很好记呀", null],
  ["x".repeat(11), "too_short"],
  ["👍👍👍👍👍👍👍👍👍👍👍", "too_short"],
  [`a1b2c3${"d4e5f6".repeat(21)}`, "too_long"],
  ["aaaaaaaaaaaa", "repeated"],
  ["abababababab", "repeated"],
  ["123456789012", "repeated"],
  ["abcdefghijklm", "repeated"],
  ["mlkjihgfedcba", "repeated"],
  ["password1234", "common"],
  ["Password!2026", "common"],
  ["passwordpassword", "common"],
  ["AdminAdmin2026!", "common"],
  ["qwertyuiop12", "common"],
  ["ada.lovelace@example.org", "personal"],
  ["adalovelace1815!", null],
  ["ada.lovelace1", "personal"],
  ["Ada Lovelace!", "personal"],
])("%s → %s", (password, problem) => {
  const found = passwordProblem(password, ada)?.key ?? null;
  expect(found).toBe(problem === null ? null : `field.password.${problem}`);
});

it("says how many characters are there and how many are needed", () => {
  expect(passwordProblem("short", ada)?.values).toEqual({ minimum: 12, length: 5 });
});
