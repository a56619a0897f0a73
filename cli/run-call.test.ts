import { describe, expect, it } from "vitest";
import { CliError } from "./cli-error";
import type { Command, Input } from "./command";
import { exitCodeOfStatus, exitCodes } from "./exit-codes";
import { call } from "./testing/terminal";

const seen: Input[] = [];
const commands: Command[] = [
  {
    path: ["vm", "start"],
    summary: "start VMs",
    args: [{ name: "NAME", rest: true }],
    async run({ args, rest, options }) {
      seen.push({ args, rest, options });
    },
  },
  {
    path: ["vm", "resize"],
    summary: "resize a VM",
    args: [{ name: "NAME" }, { name: "WHY", optional: true }],
    options: {
      vcpus: { type: "string", value: "COUNT", summary: "vCPUs" },
      when: { type: "string", choices: ["now", "boot"], summary: "when" },
    },
    async run({ args, rest, options }) {
      seen.push({ args, rest, options });
    },
  },
  {
    path: ["fail"],
    summary: "fail",
    async run() {
      throw new CliError("No room.", exitCodes.conflict, { code: "quota.exceeded" });
    },
  },
];

describe("a call", () => {
  it("is read into arguments and options", async () => {
    seen.length = 0;
    const words = ["vm", "resize", "web", "--vcpus", "4", "-p", "shop", "because"];
    expect(await call(commands, words)).toEqual({ code: 0, out: "", err: "" });
    expect(seen).toEqual([
      { args: { NAME: "web", WHY: "because" }, rest: [], options: { vcpus: "4", project: "shop" } },
    ]);
  });

  it("takes any number of names where it may, and hostile ones as they are", async () => {
    seen.length = 0;
    await call(commands, ["vm", "start", "a", "--", "--all", "$(id)", "b\nc"]);
    expect(seen[0]?.rest).toEqual(["a", "--all", "$(id)", "b\nc"]);
  });

  it.each([
    [["vm", "resize"], /NAME is missing: portico vm resize NAME \[WHY\] \[options\]/],
    [["vm", "start"], /NAME is missing/],
    [["vm", "resize", "a", "b", "c"], /"c" is too much/],
    [["vm", "resize", "a", "--vcpu", "4"], /--vcpu/],
    [["vm", "resize", "a", "--vcpus"], /--vcpus/],
    [["vm", "resize", "a", "--when", "never"], /--when never: one of now, boot/],
    [["vm", "fly"], /no command "vm fly"/],
    [["vm"], /vm start NAME…/],
    [[], /vm resize NAME/],
  ])("%j is a wrong call: exit code 2 and what would be right", async (words, message) => {
    const { code, out, err } = await call(commands, words);
    expect({ code, out }).toEqual({ code: exitCodes.usage, out: "" });
    expect(err).toMatch(message);
  });

  it("explains itself, and then does nothing", async () => {
    seen.length = 0;
    const one = await call(commands, ["vm", "resize", "--help"]);
    expect(one).toMatchObject({ code: 0, err: "" });
    expect(one.out).toMatch(/--vcpus COUNT +vCPUs/);
    expect(one.out).toMatch(/-p, --project SLUG/);
    const all = await call(commands, ["help"]);
    expect(all).toMatchObject({ code: 0, err: "" });
    expect(all.out).toMatch(/vm start NAME… +start VMs/);
    expect((await call(commands, ["help", "vm"])).out).not.toMatch(/^ {2}fail/m);
    expect(seen).toEqual([]);
  });

  it("says a failure in words, or as JSON", async () => {
    expect(await call(commands, ["fail"])).toEqual({ code: 5, out: "", err: "No room.\n" });
    const { err } = await call(commands, ["fail", "--json"]);
    expect(JSON.parse(err)).toEqual({ error: "No room.", code: "quota.exceeded" });
  });

  it("that was interrupted says so by its exit code", async () => {
    const { code } = await call(commands, ["fail"], { signal: AbortSignal.abort() });
    expect(code).toBe(exitCodes.interrupted);
  });
});

it.each([
  [401, 3],
  [403, 3],
  [404, 4],
  [409, 5],
  [422, 2],
  [429, 5],
  [500, 1],
  [501, 1],
  [503, 6],
  [504, 6],
])("status %i is exit code %i", (status, code) => {
  expect(exitCodeOfStatus(status)).toBe(code);
});
