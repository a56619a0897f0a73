import { describe, expect, it } from "vitest";
import english from "@/messages/en/problem.json";
import chinese from "@/messages/zh-CN/problem.json";
import { problemCodes, titleOfProblem } from "./problem";

type Tree = { [key: string]: Tree | string };

function textsOf(catalogue: Tree, code: string): unknown {
  return code.split(".").reduce<unknown>((at, part) => (at as Tree | undefined)?.[part], catalogue);
}

/** Every code that the catalogue explains: what has a title is one. */
function codesOf(tree: Tree, prefix = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    if (typeof value === "string") return [];
    return "title" in value ? [`${prefix}${key}`] : codesOf(value, `${prefix}${key}.`);
  });
}

const said = {
  title: expect.stringMatching(/\S/),
  meaning: expect.stringMatching(/\S.{10,}[.。]$/),
  next: expect.stringMatching(/\S.{5,}[.。]$/),
};

describe("the pages of problem codes", () => {
  it.each(problemCodes)("%s is explained in both languages, with what to do next", (code) => {
    expect(textsOf(english.codes, code)).toEqual({ ...said, title: titleOfProblem[code] });
    expect(textsOf(chinese.codes, code)).toEqual({
      ...said,
      title: expect.stringMatching(/\p{Script=Han}/u),
    });
  });

  it("there is none of a code that does not exist", () => {
    expect(codesOf(english.codes).sort()).toEqual([...problemCodes].sort());
  });
});
