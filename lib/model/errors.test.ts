import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { taskHandlers } from "@/lib/tasks/handlers/all";
import { errorCodes, httpStatusOf } from "./errors";
import { taskKinds, taskStates } from "./task";
import { vmLimits } from "./vm";
import { canDo, helpfulVerb, powerVerbs, vmStates } from "./vm-state";

type Tree = { [key: string]: string | Tree };

const root = join(import.meta.dirname, "..", "..");

function leaves(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value] as [string, string]]
      : leaves(value, `${prefix}${key}.`),
  );
}

function catalogue(locale: string, area: string): Map<string, string> {
  const path = join(root, "messages", locale, `${area}.json`);
  return new Map(leaves(JSON.parse(readFileSync(path, "utf8"))));
}

/** Sources that make error messages; tests make up their own. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\.test\.tsx?$|\/testing\/|\/generated\//.test(path));
}

/** Keys written as `{ key: "…" }`, as a message of a schema ("field.…"), or as a second choice. */
function keysIn(text: string): string[] {
  const literal = [...text.matchAll(/\bkey:\s*"([a-z_]+(?:\.\w+)*)"/g)];
  const choice = [...text.matchAll(/\bkey:[^,}\n]*\?\s*"([\w.]+)"\s*:\s*"([\w.]+)"/g)];
  const field = [...text.matchAll(/"(field\.[a-z_.]+)"/g)];
  return [...literal, ...choice, ...field].flatMap((match) => match.slice(1));
}

/** Makers of other messages, whose keys belong to other catalogues. */
const elsewhere = /\/(hypervisor\/doctor|libvirt|console|websockify)\//;

/** What a plan refuses is told as an error below its own word. */
const below = (path: string, key: string) =>
  path.endsWith("/definition/plan-definition.ts") ? `definition.${key}` : key;

const english = catalogue("en", "errors");

describe("the catalogue of errors", () => {
  const used = ["lib", "app", "server"]
    .flatMap(sources)
    .filter((path) => !elsewhere.test(path))
    .flatMap((path) =>
      keysIn(readFileSync(path, "utf8")).map((key) => [below(path, key), path] as const),
    );

  it("finds the keys in the sources", () => {
    const keys = used.map(([key]) => key);
    for (const key of ["vm.name_taken", "image.not_iso", "vm.is_missing", "field.vcpus"]) {
      expect(keys).toContain(key);
    }
  });

  it("says something for every key that the code uses", () => {
    const suffixes = ["", ".number", ".range"];
    const missing = used.filter(([key]) => !suffixes.some((end) => english.has(`${key}${end}`)));
    expect(missing).toEqual([]);
  });

  it("says something for every code, and every code has an HTTP status", () => {
    for (const code of errorCodes) {
      expect(english.has(code), code).toBe(true);
      expect(httpStatusOf[code]).toBeGreaterThanOrEqual(400);
    }
  });

  it.each([
    ...["vms", "vcpus", "memoryMib", "diskGib"].map((resource) => `quota.${resource}`),
    ...["disks", "images"].map((role) => `host.no_pool_${role}`),
    ...["vcpus", "memory", "disk"].flatMap((size) => [
      `field.${size}.number`,
      `field.${size}.range`,
    ]),
  ])("says something for %s, which is put together", (key) => {
    expect(english.has(key)).toBe(true);
  });

  it("names a verb that helps, wherever one does", () => {
    for (const state of vmStates) {
      const helps = helpfulVerb(state);
      if (helps === null || powerVerbs.every((verb) => canDo(verb, state))) continue;
      expect(english.has(`vm.first_${helps}`), helps).toBe(true);
    }
  });

  it.each([
    ["field.vcpus.range", vmLimits.vcpus],
    ["field.memory.range", vmLimits.memoryMib],
    ["field.disk.range", vmLimits.diskGib],
  ] as const)("%s names the limits that hold", (key, { min, max }) => {
    for (const locale of ["en", "zh-CN"]) {
      const message = catalogue(locale, "errors").get(key) ?? "";
      expect(message.match(/\d+/g)?.map(Number)).toEqual([min, max]);
    }
  });
});

describe("the catalogue of tasks", () => {
  const words = catalogue("en", "task");

  it("has a word for every kind, state and step", () => {
    const needed = [
      ...taskKinds.map((kind) => `kind.${kind}`),
      ...taskStates.map((state) => `state.${state}`),
      ...taskKinds.flatMap((kind) =>
        (taskHandlers[kind]?.definition.steps ?? []).map((step) => `step.${kind}.${step}`),
      ),
    ];
    expect([...words.keys()].sort()).toEqual(needed.sort());
  });

  it("every kind has a handler with all of its steps", () => {
    for (const kind of taskKinds) {
      const handler = taskHandlers[kind];
      expect(Object.keys(handler?.steps ?? {})).toEqual([...(handler?.definition.steps ?? [])]);
    }
  });
});
