import { expect } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import type { Host } from "@/lib/hypervisor/types";
import type { Context } from "../../context";
import type { Said } from "./said";

/** That a VM's row, its domain and what the inventory shows of it tell the same. */
export async function expectVm(ctx: Context, host: Host, vm: Vm, said: Said): Promise<void> {
  expect(vm.lifecycle).toBe("ready");
  const { domainName: name, name: title, description, projectId: project } = vm;
  expect(said).toMatchObject({ name, title, description, owner: vm.id, project });
  const live = host.inventory.get(vm.uuid);
  expect(live).toMatchObject({ autostart: said.autostart, title });
  expect(live?.bootId !== null, `${live?.state}`).toBe(said.active);
  expect(live?.nextNics.map(({ mac }) => mac).sort()).toEqual(said.macs);
  const { snapshots } = said;
  expect(live?.snapshots.map((each) => each.name).sort()).toEqual(
    snapshots.map((each) => each.name).sort(),
  );
  expect(snapshots.filter(({ current }) => current).length).toBeLessThanOrEqual(1);
  for (const each of snapshots) expectRoot(snapshots, each.name);
  await expectRescue(ctx, vm, said);
  if (vm.isTemplate) await expectTemplate(ctx, vm, said);
}

/** Going from parent to parent ends, and at no name that is gone. */
function expectRoot(snapshots: Said["snapshots"], name: string): void {
  let at: string | null = name;
  for (let steps = 0; at !== null; steps += 1) {
    const found = snapshots.find((each) => each.name === at);
    expect(found, `the parent ${at}`).toBeDefined();
    expect(steps, "a ring of snapshots").toBeLessThanOrEqual(snapshots.length);
    at = found?.parent ?? null;
  }
}

/** A VM in rescue starts from the image and knows its way back; another one does neither. */
async function expectRescue({ db }: Context, vm: Vm, said: Said): Promise<void> {
  const inRescue = vm.rescuedAt !== null;
  expect(said.inRescue, "starts from a rescue image").toBe(inRescue);
  expect(vm.rescueImage !== null).toBe(inRescue);
  const way = await db.vmRescue.findUnique({ where: { vmId: vm.id } });
  expect(way !== null, "a way back").toBe(inRescue);
  if (way !== null) expect(way.definedDigest).not.toBeNull();
}

/** Nothing starts a template, and nothing of it changes. */
async function expectTemplate({ db }: Context, vm: Vm, said: Said): Promise<void> {
  expect(said).toMatchObject({ active: false, autostart: false, snapshots: [], inRescue: false });
  expect(await db.startOrder.count({ where: { vmId: vm.id } })).toBe(0);
}
