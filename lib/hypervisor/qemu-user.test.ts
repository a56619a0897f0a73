import { describe, expect, it } from "vitest";
import { uidOfGuests } from "./qemu-user";

describe("uidOfGuests", () => {
  it("is the one of the dac model", () => {
    const model = (name: string, label: string) =>
      `<secmodel><model>${name}</model><baselabel type='kvm'>${label}</baselabel></secmodel>`;
    const xml = (inner: string) => `<capabilities><host>${inner}</host></capabilities>`;
    expect(uidOfGuests(xml(model("apparmor", "x") + model("dac", "+64055:+104")))).toBe(64_055);
    expect(uidOfGuests(xml(model("dac", "libvirt-qemu:kvm")))).toBeNull();
    expect(uidOfGuests(xml(""))).toBeNull();
  });
});
