import { describe, expect, it } from "vitest";
import type { ImageView } from "@/lib/model/image";
import { defaultLimits, judgeQuota, noAmounts } from "@/lib/model/quota";
import { KIB_PER_GIB } from "@/lib/model/units";
import { createVmSchema } from "@/lib/model/vm";
import {
  askedOf,
  type CreateForm,
  checkForm,
  overErrors,
  toInput,
  wholeNumber,
  withImage,
} from "./form-state";

const form: CreateForm = {
  name: "web",
  imageId: "",
  vcpus: "2",
  memoryMib: "2048",
  roomToGrow: true,
  memoryModules: false,
  diskGib: "20",
  diskFormat: "qcow2",
  network: "default",
  firmware: "bios",
  video: "virtio",
};

const windows = {
  id: "win",
  osFamily: "windows",
  bootable: { bios: true, uefi: true },
} as ImageView;

describe("withImage", () => {
  it("proposes what suits the system on the ISO", () => {
    const proposed = withImage(form, windows, new Set());
    expect(proposed).toMatchObject({ imageId: "win", firmware: "uefi", diskGib: "64" });
  });

  it("keeps what was chosen by hand", () => {
    const proposed = withImage(form, windows, new Set(["diskGib", "firmware"]));
    expect(proposed).toMatchObject({ imageId: "win", firmware: "bios", diskGib: "20" });
    expect(proposed.vcpus).toBe("4");
  });
});

describe("wholeNumber", () => {
  it.each([
    ["12", 12],
    [" 7 ", 7],
    ["0", 0],
    ["", null],
    ["1.5", null],
    ["-1", null],
    ["1e3", null],
    ["99999999999", null],
  ])("%j is %j", (text, expected) => {
    expect(wholeNumber(text)).toBe(expected);
  });
});

describe("checkForm", () => {
  it("finds no fault with what the server takes", () => {
    expect(checkForm(form)).toEqual({});
    expect(createVmSchema.safeParse(toInput(form, "p1")).success).toBe(true);
  });

  it.each<[Partial<CreateForm>, string, string]>([
    [{ name: "  " }, "name", "field.name.required"],
    [{ vcpus: "0" }, "vcpus", "field.vcpus.range"],
    [{ vcpus: "two" }, "vcpus", "field.vcpus.number"],
    [{ memoryMib: "1" }, "memoryMib", "field.memory.range"],
    [{ diskGib: "999999" }, "diskGib", "field.disk.range"],
    [{ diskGib: "-4" }, "diskGib", "field.disk.number"],
    [{ network: "" }, "network", "field.network.unknown"],
  ])("%j names the field as the server would", (change, field, key) => {
    const errors = checkForm({ ...form, ...change });
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field as keyof CreateForm]?.key).toBe(key);
  });

  it("makes an empty drive of no ISO", () => {
    expect(toInput({ ...form, name: " web " }, "p1")).toMatchObject({ imageId: null, name: "web" });
  });
});

describe("what a form asks of the quota", () => {
  const room = { cpuCount: 8, memoryKib: 32 * KIB_PER_GIB };

  it("is memory with its room to grow, and without it where none is wanted", () => {
    const asked = { vms: 1, vcpus: 2, memoryMib: 4096, diskGib: 20 };
    expect(askedOf(form, room)).toEqual(asked);
    expect(askedOf({ ...form, roomToGrow: false }, room)).toEqual({ ...asked, memoryMib: 2048 });
  });

  it("leaves out what is not a figure yet, and what no VM may have", () => {
    expect(askedOf({ ...form, vcpus: "", diskGib: "x" }, room)).toEqual({ vms: 1 });
    const huge = { ...form, vcpus: "9999", memoryMib: "999999999", diskGib: "999999999" };
    expect(askedOf(huge, room)).toEqual({ vms: 1 });
  });

  it("is said on the field that goes beyond it", () => {
    const quota = {
      limits: { ...defaultLimits, vms: 0, vcpus: 3 },
      used: { ...noAmounts, vcpus: 2 },
    };
    const errors = overErrors(judgeQuota(quota, askedOf(form, room)));
    expect(errors).toEqual({
      vcpus: { key: "quota.vcpus", values: { limit: 3, used: 2, asked: 2 } },
    });
  });
});
