import { describe, expect, it } from "vitest";
import { chosenStages, lanesOf } from "./stages.mjs";
import { StepError } from "./steps.mjs";

const names = (args: string[]) =>
  lanesOf(chosenStages(args)).map((lanes) => lanes.map((lane) => lane.map((each) => each.name)));

describe("stages of npm test", () => {
  it("run once each: what is told in seconds first, then three lanes side by side", () => {
    const lanes = [["build", "e2e"], ["integration"], ["unit"]];
    expect(names([])).toEqual([[["types", "lint"]], lanes]);
    expect(names([]).flat(2).sort()).toEqual(
      chosenStages([])
        .map((stage) => stage.name)
        .sort(),
    );
  });

  it("of which only some are asked for keep their place", () => {
    expect(names(["--only", "e2e,types"])).toEqual([[["types"]], [["e2e"]]]);
    expect(names(["--only", "unit,e2e"])).toEqual([[["e2e"], ["unit"]]]);
  });

  it("refuse a name that is none of them", () => {
    expect(() => chosenStages(["--only", "units"])).toThrow(StepError);
  });
});
