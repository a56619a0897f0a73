import { expect } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import { linkOf } from "@/lib/hypervisor/link";
import type { Host } from "@/lib/hypervisor/types";
import { domainRefOf } from "@/lib/hypervisor/vm/modify";

const [LIVE, INACTIVE] = [0, 2];

/**
 * What a VM is bound to is told by the inventory as libvirt has it, and is a vCPU that there is; a
 * disk that has a thread of its own has one of those that there are.
 */
export async function expectPlaces(host: Host, { uuid }: Vm): Promise<void> {
  const dom = await domainRefOf(host, uuid);
  const xmlOf = (flags: number) =>
    linkOf(host)
      .call("domainGetXmlDesc", { dom, flags })
      .then(({ xml }) => xml);
  const live = await host.inventory.refresh(uuid);
  expectText(await xmlOf(INACTIVE), live?.pins.next);
  if (dom.id >= 0) expectText(await xmlOf(LIVE), live?.pins.now);
}

function expectText(
  xml: string,
  pins: { vcpus: readonly (number[] | null)[]; emulator: number[] | null } | null | undefined,
): void {
  const vcpus = Number(/<vcpu[^>]*>(\d+)</.exec(xml)?.[1]);
  const bound = [...xml.matchAll(/<vcpupin vcpu='(\d+)' cpuset='([^']+)'/g)];
  const told = (pins?.vcpus ?? []).flatMap((cpus, vcpu) => (cpus === null ? [] : [vcpu]));
  expect(bound.map(([, vcpu]) => Number(vcpu)).sort()).toEqual(told);
  for (const [, vcpu] of bound) expect(Number(vcpu), "a vCPU that is bound").toBeLessThan(vcpus);
  expect(xml.includes("<emulatorpin "), "its emulator is bound").toBe(
    (pins?.emulator ?? null) !== null,
  );
  const threads = Number(/<iothreads>(\d+)</.exec(xml)?.[1] ?? 0);
  for (const [, thread] of xml.matchAll(/ iothread='(\d+)'/g)) {
    expect(Number(thread), "a thread of a disk").toBeLessThanOrEqual(threads);
  }
}
