import { dictionary } from "@zxcvbn-ts/language-common";
import { expect, it } from "vitest";
import { passwordProblem } from "@/lib/model/password-policy";
import { isCommonPassword } from "./common-password";

it("V6.2.4, V6.2.12: refuses what breaches show most, and there are more than 3,000 of them", () => {
  const list = dictionary["passwords-common"];
  expect(list.length).toBeGreaterThan(40_000);
  expect(list.filter((each) => each.length >= 4 && !isCommonPassword(each))).toEqual([]);
});

it.each([
  "1q2w3e4r5t6y",
  "leavemealone",
  "FinalFantasy",
  "justinbieber",
  "liverpool2026",
  "!!liverpool!!",
  "liverpoolliverpool",
  "LiverpoolLiverpool1999",
  "ｌｉｖｅｒｐｏｏｌ２０２６",
])("%s is common, though long enough", (password) => {
  expect(isCommonPassword(password)).toBe(true);
});

it.each([
  "correct horse battery staple",
  "yellow helmet small bricks",
  "liverpool by the sea wall",
  "liverpool 7 otters 2026",
  "我的服务器很安全也很好记呀",
  "k3mv-98rt-qx2p-zz41",
  "",
])("%s is not", (password) => {
  expect(isCommonPassword(password)).toBe(false);
});

it("knows passwords that no rule of ours would find", () => {
  const person = { email: "ada@example.org", name: "Ada" };
  expect(passwordProblem("leavemealone", person)).toBeNull();
});
