import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandOf } from "@/lib/api/spec/commands";
import { type OperationId, operationList, operations } from "@/lib/api/spec/operations";
import { tempDir } from "@/lib/db/testing/temp-db";
import { commands } from "./commands/all";
import { exitCodes } from "./exit-codes";
import { examplePortal, uploadBytes } from "./testing/portal";
import { call } from "./testing/terminal";

/** Not run here, with the reason. */
const elsewhere: Partial<Record<OperationId, string>> = {
  createConsoleTicket: "a VNC viewer has to come first: e2e/api.e2e.ts has one",
  createSerialTicket: "a serial port has to answer: e2e/api.e2e.ts has one",
};

const wordsOf = (id: OperationId) =>
  (commandOf[id].match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));

/** What a command that asks for a secret is given. */
const stdin = "a secret\n";

/** The words, with a file of this test where the example uploads one. */
async function runnable(id: OperationId): Promise<string[]> {
  if (id === "planVmDefinition" || id === "defineVm") {
    const xml = join(await tempDir(), "web.xml");
    await writeFile(xml, "<domain/>");
    return wordsOf(id).map((word) => (word === "web.xml" ? xml : word));
  }
  if (id === "importVm") {
    const ova = join(await tempDir(), "shop.ova");
    await writeFile(ova, "x".repeat(uploadBytes));
    return wordsOf(id).map((word) => (word === "shop.ova" ? ova : word));
  }
  if (id !== "createImageUpload") return wordsOf(id);
  const file = join(await tempDir(), "debian-12.iso");
  await writeFile(file, "x".repeat(uploadBytes));
  return ["image", "upload", file];
}

const run = operationList.map(([id]) => id).filter((id) => !(id in elsewhere));

describe("every operation has a command", () => {
  it.each(run)("%s", async (id) => {
    const { url, asked } = await examplePortal();
    const env = { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" };
    const answer = await call(commands, await runnable(id), { env, stdin });
    expect(answer, answer.err).toMatchObject({ code: exitCodes.ok });
    expect(answer.out).not.toBe("");
    expect(asked.map((each) => each.id)).toContain(id);
    for (const each of asked) {
      const { query, body } = operations[each.id];
      expect(query.safeParse(each.query).error, each.id).toBeUndefined();
      expect(body?.safeParse(each.body).error, each.id).toBeUndefined();
    }
  });

  it.each(run)("%s: for programs it prints JSON, and nothing but", async (id) => {
    const { url } = await examplePortal();
    const env = { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" };
    const { code, out, err } = await call(commands, [...(await runnable(id)), "--json"], {
      env,
      stdin,
    });
    expect({ code, err }).toEqual({ code: exitCodes.ok, err: "" });
    expect(JSON.parse(out)).toEqual(expect.anything());
  });

  it.each(operationList.map(([id]) => id))("%s: completion leads to it", async (id) => {
    const words = wordsOf(id);
    const { path } = commands.find((each) => each.path.every((word, n) => words[n] === word)) ?? {
      path: [],
    };
    expect(path.length).toBeGreaterThan(0);
    for (const [n, word] of path.entries()) {
      const { out } = await call(commands, ["__complete", ...path.slice(0, n)]);
      expect(out.split("\n")).toContain(word);
    }
  });
});

describe("a limit", () => {
  it("that is not named stays as it is; default is what every project has", async () => {
    const { url, asked } = await examplePortal();
    const env = { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" };
    const words = ["quota", "set", "--memory", "8GiB", "--vms", "default", "--lease-days", "30"];
    expect(await call(commands, words, { env })).toMatchObject({ code: 0 });
    const [before, after] = ["getProjectLimits", "setProjectLimits"].map((id) =>
      asked.find((each) => each.id === id),
    );
    expect(before).toBeDefined();
    expect(after?.body).toMatchObject({
      limits: { vms: null, memoryMib: 8192, vcpus: 2, diskGib: 20 },
      leaseDays: 30,
    });
  });

  it.each([
    [["quota", "set"], /at least one limit/],
    [["quota", "set", "--disk", "half"], /--disk half/],
    [["quota", "set", "--image-size", "1.5GiB"], /--image-size 1.5GiB: whole GiB only/],
    [["lease", "set", "web", "soon"], /END soon/],
    [["audit", "ls", "--from", "soon"], /--from soon/],
    [["vm", "recovery", "web"], /--panic, --watchdog or both/],
    [["vm", "pin", "web", "0=one"], /like 0=2/],
    [["vm", "cpu", "web", "--cores", "few"], /--cores few: a whole number/],
    [["vm", "edit", "web"], /--description, --tags or both/],
    [["vm", "video", "web", "voodoo"], /MODEL is one of virtio, vga/],
    [["nic", "link", "web", "sideways"], /STATE is one of up, down/],
    [["disk", "convert", "web", "vda", "vmdk"], /FORMAT is one of raw, qcow2/],
    [["member", "role", "ada@example.org", "king"], /ROLE is one of viewer/],
  ])("%j asks for nothing", async (words, said) => {
    const { url, asked } = await examplePortal();
    const env = { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" };
    const { code, err } = await call(commands, words, { env });
    expect({ code, err }).toEqual({ code: exitCodes.usage, err: expect.stringMatching(said) });
    expect(asked.filter((each) => operations[each.id].method !== "GET")).toEqual([]);
  });
});

describe("what cannot be undone wants a yes", () => {
  it.each([
    ["project", "rm", "research"],
    ["member", "rm", "ada@example.org"],
    ["user", "rm", "ada@example.org", "--heir", "grace@example.org"],
    ["image", "rm", "debian-12.iso"],
    ["disk", "rm", "web/vda"],
    ["disk", "detach", "web", "vdb", "--remove"],
    ["disk", "convert", "web", "vda", "raw"],
    ["disk", "compact", "web", "vda"],
    ["vm", "rm", "web"],
    ["vm", "transfer", "web", "research"],
    ["vm", "discard-saved", "web"],
    ["snapshot", "rm", "web", "one"],
    ["snapshot", "revert", "web", "one"],
  ])("%s %s", async (...words) => {
    const { url, asked } = await examplePortal();
    const env = { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" };
    const { code, err } = await call(commands, words, { env });
    expect({ code, err }).toEqual({ code: exitCodes.usage, err: expect.stringContaining("--yes") });
    expect(asked.filter((each) => operations[each.id].method !== "GET")).toEqual([]);
  });

  it("a user with holdings is not deleted without an heir who can take them", async () => {
    const { url, asked } = await examplePortal();
    const env = { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" };
    for (const more of [[], ["--heir", "mallory@example.org"]]) {
      const words = ["user", "rm", "ada@example.org", "--yes", ...more];
      const { code, err } = await call(commands, words, { env });
      expect({ code, err }).toEqual({
        code: exitCodes.conflict,
        err: expect.stringContaining("one of: grace@example.org"),
      });
    }
    expect(asked.map((each) => each.id)).not.toContain("deleteUser");
  });
});

it("the whole audit log comes out a document a line", async () => {
  const { url } = await examplePortal();
  const env = { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" };
  const { code, out } = await call(commands, ["audit", "export", "--all"], { env });
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).seq),
  ).toEqual([4711]);
});
