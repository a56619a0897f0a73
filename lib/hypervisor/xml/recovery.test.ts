import { describe, expect, it } from "vitest";
import type { Recovery } from "@/lib/model/recovery";
import { readRecovery, withRecovery } from "./recovery";
import { parseXml, printXml } from "./tree";

const domain = (devices: string, events = "<on_crash>destroy</on_crash>") =>
  parseXml(
    `<domain><name>x</name><on_reboot>restart</on_reboot>${events}<devices>${devices}</devices></domain>`,
  );
const set = (root: ReturnType<typeof domain>, wanted: Recovery) => withRecovery(root, wanted);
const isa = "<panic model='isa'/>";
const esb = "<watchdog model='i6300esb' action='reset'/>";
const itco = "<watchdog model='itco' action='reset'/>";

describe("readRecovery", () => {
  it.each([
    ["", "destroy", { onPanic: "ignore", watchdog: "none" }],
    ["", "restart", { onPanic: "ignore", watchdog: "none" }],
    [isa, "destroy", { onPanic: "stop", watchdog: "none" }],
    [isa + esb, "restart", { onPanic: "restart", watchdog: "reset" }],
    [isa, "preserve", { onPanic: "other", watchdog: "none" }],
    ["<watchdog model='itco'/>", "destroy", { onPanic: "ignore", watchdog: "reset" }],
    ["<watchdog model='diag288' action='inject-nmi'/>", "destroy", { watchdog: "other" }],
  ])("%s with on_crash %s", (devices, onCrash, expected) => {
    const root = domain(devices, `<on_crash>${onCrash}</on_crash>`);
    expect(readRecovery(root)).toMatchObject(expected);
  });
});

describe("withRecovery", () => {
  it.each<Recovery>([
    { onPanic: "ignore", watchdog: "none" },
    { onPanic: "stop", watchdog: "reset" },
    { onPanic: "restart", watchdog: "poweroff" },
    { onPanic: "restart", watchdog: "pause" },
  ])("is read back as it was asked, from any other: %o", (wanted) => {
    for (const before of [domain(""), domain(isa + esb), domain(isa, ""), domain(isa + itco)]) {
      const after = set(before, wanted);
      expect(readRecovery(after)).toEqual(wanted);
      expect(set(after, wanted)).toEqual(after);
    }
  });

  it("leaves the rest as it was, and what was taken out leaves nothing", () => {
    const before = domain("<disk/><x:y xmlns:x='z'/>");
    const there = set(before, { onPanic: "restart", watchdog: "reset" });
    const back = set(there, { onPanic: "ignore", watchdog: "none" });
    expect(printXml(back)).toBe(printXml(before));
    expect(printXml(there)).toContain("<on_reboot>restart</on_reboot>");
  });

  it.each([
    ["", "coredump-restart", "ignore"],
    ["", "preserve", "ignore"],
    [isa, "destroy", "stop"],
  ] as const)("asked for as it is, nothing changes: %s with %s", (devices, onCrash, onPanic) => {
    const before = domain(devices, `<on_crash>${onCrash}</on_crash>`);
    expect(printXml(set(before, { onPanic, watchdog: "none" }))).toBe(printXml(before));
  });

  it("the watchdog inside a q35 stays, and does nothing; a place on a bus is kept", () => {
    const address = "<address type='pci' slot='0x01'/>";
    const after = set(domain(itco), { onPanic: "ignore", watchdog: "none" });
    expect(printXml(after)).toContain('<watchdog model="itco" action="none"/>');
    const placed = domain(`<watchdog model='i6300esb' action='reset'>${address}</watchdog>`);
    expect(printXml(set(placed, { onPanic: "ignore", watchdog: "pause" }))).toContain("0x01");
  });
});
