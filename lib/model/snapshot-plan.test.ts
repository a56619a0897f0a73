import fc from "fast-check";
import { describe, expect, it } from "vitest";
import english from "@/messages/en/errors.json";
import chinese from "@/messages/zh-CN/errors.json";
import { type SnapshotSet, type SnapshotView, type SnapshotVm, snapshotLimits } from "./snapshot";
import {
  planCreate,
  planDelete,
  planRevert,
  type SnapshotReason,
  snapshotReasons,
} from "./snapshot-plan";
import { treeOf, withAncestors, withDescendants } from "./snapshot-tree";

const sizes = { vcpus: 1, maxVcpus: 4, memoryKib: 1024, maxMemoryKib: 4096 };

function vmOf(differs: Partial<SnapshotVm> = {}): SnapshotVm {
  return {
    domainName: "p-x",
    state: "running",
    running: true,
    firmware: "bios",
    agentConnected: true,
    hotAddedVcpus: 0,
    clipboardHoldsMemory: false,
    disks: [{ target: "vda", pool: "portico-disks", volume: "p-x-0.qcow2", format: "qcow2" }],
    ...differs,
  };
}
const off = vmOf({ state: "off", running: false, agentConnected: false });
const uefi = vmOf({ firmware: "uefi" });

function snapshot(name: string, differs: Partial<SnapshotView> = {}): SnapshotView {
  return {
    name,
    description: null,
    createdAt: "2030-01-01T00:00:00.000Z",
    parent: null,
    current: false,
    state: "running",
    content: "memory",
    storage: "internal",
    sizeBytes: null,
    sizes,
    hotAddedVcpus: 0,
    sameDisks: true,
    disks: [],
    ...differs,
  };
}
const inside = snapshot("in");
const file = (name: string, parent: string | null = null, current = false) =>
  snapshot(name, { parent, current, storage: "external", content: "disk" });

const set = (vm: SnapshotVm, ...snapshots: SnapshotView[]): SnapshotSet => ({ vm, snapshots });
const key = (reason: SnapshotReason) => `snapshot.${reason}`;

describe("taking one", () => {
  const cases: [string, SnapshotSet, object, object][] = [
    [
      "keeps the memory of a guest that runs",
      set(vmOf()),
      {},
      { storage: "internal", memory: true },
    ],
    ["keeps the disks of one that is off", set(off), {}, { storage: "internal", memory: false }],
    [
      "of the disks of a running guest is a file",
      set(vmOf()),
      { memory: false, quiesce: true },
      { storage: "external", quiesce: true },
    ],
    ["with UEFI is a file, on and off", set(uefi), {}, { storage: "external", memory: false }],
    [
      "with UEFI is a file when it is off",
      set({ ...uefi, ...{ running: false, state: "off" as const } }),
      {},
      { storage: "external" },
    ],
    ["stays inside where others are", set(off, inside), {}, { storage: "internal" }],
    ["stays a file where others are", set(off, file("f")), {}, { storage: "external" }],
  ];
  it.each(cases)("%s", (_what, given, asked, plan) => {
    expect(planCreate(given, { name: "new", ...asked })).toMatchObject({ ...plan, problem: null });
  });

  const many = Array.from({ length: snapshotLimits.perVm }, (_, n) => snapshot(`s${n}`));
  const refused: [SnapshotReason, SnapshotSet, object][] = [
    ["bad_state", set(vmOf({ state: "deleting" })), {}],
    ["saved", set(vmOf({ state: "saved", running: false })), {}],
    ["bad_state", set(vmOf({ state: "paused_io_error" })), {}],
    ["name", set(vmOf()), { name: "1" }],
    ["name", set(vmOf()), { name: "a/b" }],
    ["name", set(vmOf()), { name: "-x" }],
    ["name_taken", set(vmOf(), inside), { name: "in" }],
    ["limit", set(vmOf(), ...many), {}],
    ["no_disk", set(vmOf({ disks: [] })), {}],
    ["raw", set(vmOf({ disks: vmOf().disks.map((disk) => ({ ...disk, format: "raw" })) })), {}],
    ["memory_off", set(off), { memory: true }],
    ["memory_uefi", set(uefi), { memory: true }],
    ["memory_external", set(vmOf(), file("f")), { memory: true }],
    ["memory_hot_added", set(vmOf({ hotAddedVcpus: 1 })), { memory: true }],
    ["memory_hot_added", set(vmOf({ hotAddedVcpus: 1 }), inside), {}],
    ["memory_clipboard", set(vmOf({ clipboardHoldsMemory: true })), { memory: true }],
    ["memory_clipboard", set(vmOf({ clipboardHoldsMemory: true }), inside), {}],
    ["disk_internal", set(vmOf(), inside), { memory: false }],
    ["quiesce_not_here", set(vmOf()), { quiesce: true }],
    ["quiesce_not_here", set(vmOf({ state: "paused" })), { memory: false, quiesce: true }],
    ["quiesce_no_agent", set(vmOf({ agentConnected: false })), { memory: false, quiesce: true }],
    ["mixed", set(vmOf(), inside, file("f")), {}],
  ];
  it.each(refused)("is refused: %s", (reason, given, asked) => {
    const { problem } = planCreate(given, { name: "new", ...asked });
    expect(problem?.key).toBe(key(reason));
  });

  it("after a hot-add is of the disks alone, where nobody asks for memory", () => {
    const plan = planCreate(set(vmOf({ hotAddedVcpus: 2 })), { name: "new" });
    expect(plan).toMatchObject({ problem: null, memory: false, storage: "external" });
  });
});

describe("reverting", () => {
  it("runs on where memory comes back, and where the guest ran", () => {
    const cold = snapshot("cold", { state: "off", content: "disk" });
    expect(planRevert(set(off, inside), "in", sizes)).toMatchObject({ problem: null, runs: true });
    expect(planRevert(set(off, cold), "cold", sizes)).toMatchObject({
      runs: false,
      cutsOff: false,
    });
    expect(planRevert(set(vmOf(), cold), "cold", sizes)).toMatchObject({
      runs: true,
      cutsOff: true,
    });
  });

  it("says when the VM gets other sizes", () => {
    const plan = (vcpus: number) => planRevert(set(vmOf(), inside), "in", { ...sizes, vcpus });
    expect([plan(1).resizes, plan(2).resizes]).toEqual([false, true]);
  });

  const refused: [SnapshotReason, SnapshotSet, string][] = [
    ["unknown", set(vmOf()), "in"],
    ["bad_state", set(vmOf({ state: "creating" }), inside), "in"],
    ["saved", set(vmOf({ state: "saved", running: false }), inside), "in"],
    ["hot_added", set(vmOf(), snapshot("hot", { hotAddedVcpus: 1 })), "hot"],
    ["mixed", set(vmOf(), inside, file("f")), "in"],
    ["mixed", set(vmOf(), snapshot("odd", { storage: "mixed" })), "odd"],
    ["disks_changed", set(vmOf(), snapshot("s", { sameDisks: false })), "s"],
  ];
  it.each(refused)("is refused: %s", (reason, given, name) => {
    expect(planRevert(given, name, sizes).problem?.key).toBe(key(reason));
  });
});

describe("deleting", () => {
  /** a → b (current), and a → c. */
  const fork = set(vmOf(), file("a"), file("b", "a", true), file("c", "a"));
  const steps = (given: SnapshotSet, name: string, children = false) =>
    planDelete(given, name, children).steps.map((each) => `${each.how} ${each.name}`);

  it("frees its room inside the disks, youngest first", () => {
    const line = set(vmOf(), snapshot("a"), snapshot("b", { parent: "a" }));
    expect(steps(line, "a")).toEqual(["internal a"]);
    expect(steps(line, "a", true)).toEqual(["internal b", "internal a"]);
  });

  it("merges on the VM's own line, and drops what lies beside it", () => {
    expect(steps(fork, "b")).toEqual(["merge b"]);
    expect(steps(fork, "c")).toEqual(["drop c"]);
    expect(steps(fork, "a", true)).toEqual(["drop c", "merge b", "merge a"]);
    expect(steps(set(off, file("a"), file("b", "a", true)), "a")).toEqual(["merge a"]);
  });

  const beside = set(vmOf(), file("a", null, true), file("b", "a"), file("c", "b"));
  const refused: [SnapshotReason, SnapshotSet, string][] = [
    ["unknown", fork, "x"],
    ["branches", fork, "a"],
    ["branches", set(vmOf(), file("a", null, true), file("b", "a")), "a"],
    ["other_branch", beside, "b"],
    ["bad_state", set(vmOf({ state: "unknown" }), inside), "in"],
    ["saved", set(vmOf({ state: "saved", running: false }), inside), "in"],
    ["mixed", set(vmOf(), inside, file("f")), "in"],
    ["disks_changed", set(vmOf(), snapshot("s", { sameDisks: false })), "s"],
  ];
  it.each(refused)("alone is refused: %s", (reason, given, name) => {
    expect(planDelete(given, name, false)).toMatchObject({
      problem: { key: key(reason) },
      steps: [],
    });
  });
});

describe("the tree", () => {
  const names = ["a", "b", "c", "d", "e"];
  const anyNodes = fc
    .uniqueArray(fc.constantFrom(...names))
    .chain((own) =>
      fc.tuple(
        ...own.map((name) =>
          fc.record({ name: fc.constant(name), parent: fc.constantFrom(null, "gone", ...names) }),
        ),
      ),
    );

  it("has every snapshot once and no ring, whatever the parents say", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const placed = treeOf(nodes);
        expect(placed.map((each) => each.name).sort()).toEqual(
          nodes.map((each) => each.name).sort(),
        );
        for (const [index, { parent, depth }] of placed.entries()) {
          // A child is one deeper than its parent, which stands before it.
          const above = placed.slice(0, index).findLast((each) => each.depth < depth);
          if (depth > 0) expect([above?.name, above?.depth]).toEqual([parent, depth - 1]);
        }
        for (const { name } of nodes) {
          for (const walk of [withAncestors(nodes, name), withDescendants(nodes, name)]) {
            expect(walk[0]?.name).toBe(name);
            expect(new Set(walk).size).toBe(walk.length);
          }
        }
      }),
    );
  });

  /** A history of takes and reverts, as it really comes about. */
  const history = fc.array(fc.nat({ max: 9 }), { maxLength: 9 }).map((reverts) => {
    const made: SnapshotView[] = [];
    let current: string | null = null;
    for (const [index, to] of reverts.entries()) {
      made.push(file(`s${index}`, current));
      current = made[to % made.length]?.name ?? null;
    }
    return made.map((each) => ({ ...each, current: each.name === current }));
  });

  it("deleting with children leaves a tree in which nothing lost what it stands on", () => {
    fc.assert(
      fc.property(history, fc.nat(), (snapshots, pick) => {
        const target = snapshots[pick % Math.max(1, snapshots.length)];
        if (target === undefined) return;
        let left = snapshots;
        const wanted = withDescendants(snapshots, target.name).map((each) => each.name);
        const plan = planDelete(set(vmOf(), ...snapshots), target.name, true);
        expect(plan.steps.map((each) => each.name).sort()).toEqual(wanted.sort());
        for (const { name, how } of plan.steps) {
          const gone = left.find((each) => each.name === name);
          // Never below two states, and never below one when its files go.
          const below = left.filter((each) => each.parent === name).length;
          expect(below).toBe(0);
          if (how === "drop") expect(gone?.current).toBe(false);
          left = left
            .filter((each) => each.name !== name)
            .map((each) => ({
              ...each,
              current: each.current || (gone?.current === true && each.name === gone.parent),
            }));
        }
        expect(
          treeOf(left).every(
            (each) => each.parent === null || left.some((other) => other.name === each.parent),
          ),
        ).toBe(true);
      }),
    );
  });
});

it("every reason has words in both languages", () => {
  for (const catalogue of [english.snapshot, chinese.snapshot]) {
    expect(Object.keys(catalogue)).toEqual(expect.arrayContaining([...snapshotReasons]));
  }
});
