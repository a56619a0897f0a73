import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lateTests } from "./late-tests.mjs";
import { root } from "./run.mjs";
import { chosenStages, lanesOf, secondTry } from "./stages.mjs";
import { StepError } from "./steps.mjs";

const names = (args: string[]) =>
  lanesOf(chosenStages(args)).map((lanes) => lanes.map((lane) => lane.map((each) => each.name)));

describe("stages of npm test", () => {
  it("run once each: what is told in seconds first, then three lanes side by side", () => {
    const lanes = [["build", "e2e"], ["integration"], ["unit", "build-late", "e2e-late"]];
    expect(names([])).toEqual([[["types", "lint"]], lanes]);
    expect(names([]).flat(2).sort()).toEqual(
      chosenStages([])
        .map((stage) => stage.name)
        .sort(),
    );
  });

  it("of which only some are asked for keep their place", () => {
    expect(names(["--only", "e2e,types"])).toEqual([[["types"]], [["e2e"], ["e2e-late"]]]);
    expect(names(["--only", "build"])).toEqual([[["build"], ["build-late"]]]);
    expect(names(["--only", "unit,e2e"])).toEqual([[["e2e"], ["unit", "e2e-late"]]]);
  });

  it("play files late that there are", () => {
    for (const file of lateTests) expect(existsSync(join(root, "e2e", file)), file).toBe(true);
  });

  it("refuse a name that is none of them", () => {
    expect(() => chosenStages(["--only", "units"])).toThrow(StepError);
  });
});

describe("a second try", () => {
  const failed = (...files: string[]) => ({
    code: 1,
    count: { passed: 5, failed: 2, skipped: 1 },
    failedFiles: files.map((file) => `${root}/${file}`),
  });
  const failedFiles: string[] = [];
  const passed = { code: 0, count: { passed: 3, failed: 0, skipped: 0 }, failedFiles };

  /** What comes of these outcomes, one after the other, and what was asked for. */
  async function tried(...outcomes: (typeof passed)[]) {
    const asked: string[][] = [];
    const outcome = await secondTry(async (files: string[]) => {
      asked.push(files);
      return outcomes[asked.length - 1] ?? passed;
    }, undefined);
    return { outcome, asked };
  }

  it("is of the files that failed, which are named when they pass", async () => {
    const { outcome, asked } = await tried(failed("e2e/a.e2e.ts"), passed);
    expect(asked).toEqual([[], [`${root}/e2e/a.e2e.ts`]]);
    expect(outcome).toEqual({
      code: 0,
      count: { passed: 7, failed: 0, skipped: 1 },
      again: ["e2e/a.e2e.ts"],
    });
  });

  it("does not excuse what fails twice", async () => {
    const { outcome } = await tried(failed("a"), failed("a"));
    expect(outcome).toMatchObject({ code: 1, count: { failed: 2 } });
  });

  it("is not made when all is well, or when much is wrong", async () => {
    expect((await tried(passed)).asked).toEqual([[]]);
    const { outcome, asked } = await tried(failed("a", "b", "c"));
    expect(asked).toEqual([[]]);
    expect(outcome.code).toBe(1);
  });
});
