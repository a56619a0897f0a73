import { beforeEach, expect, it, vi } from "vitest";
import { readSetup } from "./setup.mjs";
import { explainSteps, runSteps } from "./steps.mjs";

const setup = readSetup();
let said: string[];
beforeEach(() => {
  said = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
});

/** A step that asks for `todo` until it has been applied. */
function step(title: string, todo: string | null) {
  let left = todo;
  return {
    title,
    undo: "nothing",
    plan: vi.fn(() => left),
    apply: vi.fn(() => {
      left = null;
    }),
    settled: vi.fn(),
  };
}

it("a machine where all is fine is looked at once", async () => {
  const steps = [step("A", null), step("B", null)];
  await runSteps(steps, setup);
  for (const each of steps) {
    expect(each.plan).toHaveBeenCalledOnce();
    expect(each.apply).not.toHaveBeenCalled();
    expect(each.settled).toHaveBeenCalledOnce();
  }
  expect(said.join("\n")).not.toContain("This will be done");
});

it("what follows a step that did something is asked again, for its answer may have changed", async () => {
  const first = step("First", "make it");
  const second = step("Second", null);
  second.plan.mockImplementation(() => (first.apply.mock.calls.length > 0 ? "mend it" : null));
  await runSteps([first, second], setup);
  expect(first.apply).toHaveBeenCalledOnce();
  expect(second.apply).toHaveBeenCalledOnce();
});

it("the machine is looked at side by side", async () => {
  let answer: (plan: null) => void = () => undefined;
  const waiting = {
    ...step("Waiting", null),
    plan: () =>
      new Promise<null>((done) => {
        answer = done;
      }),
  };
  const other = step("Other", null);
  other.plan.mockImplementation(() => {
    answer(null);
    return null;
  });
  await runSteps([waiting, other], setup);
  expect(said).toHaveLength(2);
});

it("an explanation does nothing and keeps nothing", async () => {
  const steps = [step("A", "make it")];
  await explainSteps(steps, setup);
  expect(steps[0]?.apply).not.toHaveBeenCalled();
  expect(steps[0]?.settled).not.toHaveBeenCalled();
});
