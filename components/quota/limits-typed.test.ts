import { expect, it } from "vitest";
import { highestLimit, perResource } from "@/lib/model/quota";
import { readLimits, typedLimits } from "./limits-typed";

const own = { ...perResource(() => null), vms: 3, imageGib: 0 };
const typed = typedLimits({ own, leaseDays: 30 });

it("an empty field is no limit of the project's own, and back", () => {
  expect(typed).toMatchObject({ vms: "3", imageGib: "0", vcpus: "", leaseDays: "30" });
  expect(readLimits(typed)).toEqual({ ok: true, value: { limits: own, leaseDays: 30 } });
  expect(readLimits({ ...typed, vms: " 7 ", leaseDays: " " })).toEqual({
    ok: true,
    value: { limits: { ...own, vms: 7 }, leaseDays: null },
  });
});

it.each([
  ["vms", "many", "field.limit.number"],
  ["vcpus", "-1", "field.limit.number"],
  ["memoryMib", "1.5", "field.limit.number"],
  ["diskGib", `${highestLimit + 1}`, "field.limit.range"],
  ["leaseDays", "soon", "field.lease_days.number"],
] as const)("%s of %j is marked on the field", (field, text, key) => {
  expect(readLimits({ ...typed, [field]: text })).toMatchObject({
    ok: false,
    fields: { [field]: { key } },
  });
});
