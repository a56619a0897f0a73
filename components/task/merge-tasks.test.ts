import { describe, expect, it } from "vitest";
import type { TaskView } from "@/lib/model/task";
import { isOpen, mergeTasks } from "./merge-tasks";

function task(id: string, given: Partial<TaskView> = {}): TaskView {
  return {
    id,
    createdAt: "2026-01-01T00:00:00Z",
    state: "done",
    targetId: "vm",
    ...given,
  } as TaskView;
}

describe("mergeTasks", () => {
  it("keeps old ones, takes newer states and new tasks, newest first", () => {
    const old = task("a", { createdAt: "2025-01-01T00:00:00Z" });
    const before = task("b", { state: "running" });
    const after = task("b", { state: "done" });
    const fresh = task("c", { createdAt: "2026-02-01T00:00:00Z" });
    const merged = mergeTasks([before, old], [after, fresh], () => true);
    expect(merged.map((each) => [each.id, each.state])).toEqual([
      ["c", "done"],
      ["b", "done"],
      ["a", "done"],
    ]);
  });

  it("takes only what belongs there", () => {
    const merged = mergeTasks([], [task("a"), task("b", { targetId: "other" })], (each) => {
      return each.targetId === "vm";
    });
    expect(merged.map((each) => each.id)).toEqual(["a"]);
  });
});

describe("isOpen", () => {
  it("counts a task whose outcome is unknown as open: it will be decided", () => {
    expect(isOpen(task("a", { state: "unknown" }))).toBe(true);
    expect(isOpen(task("a", { state: "cancelled" }))).toBe(false);
  });
});
