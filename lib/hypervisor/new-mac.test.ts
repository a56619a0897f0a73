import { expect, it } from "vitest";
import { FakeHosts } from "@/lib/services/testing/fake-hosts";
import { liveNic } from "@/lib/services/testing/live-nic";
import { liveVm } from "@/lib/services/testing/live-vm";
import { addVm, makeWorld } from "@/lib/services/testing/world";
import { newMac } from "./new-mac";
import { macOf } from "./xml/mac";

type Seed = Parameters<typeof newMac>[1];

it("is nobody's on the host, neither now nor at a next start", async () => {
  const { host, ...world } = await makeWorld();
  const [one, two, free] = [1, 2, 3].map((n) => `0-0-0-0-${n}` as const);
  const nics = [liveNic(macOf(one ?? "", 0))];
  const nextNics = [liveNic(macOf(two ?? "", 0))];
  host.set(liveVm(await addVm(world), { nics, nextNics }));
  const seeds = [one, two, free];
  const seed = (() => seeds.shift()) as Seed;
  expect(newMac(host, seed)).toBe(macOf(free ?? "", 0));
  expect(newMac(new FakeHosts().add("empty"))).toMatch(/^52:54(:[0-9a-f]{2}){4}$/);
});
