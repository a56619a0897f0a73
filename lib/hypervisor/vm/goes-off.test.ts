import { expect, it } from "vitest";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { AppError } from "@/lib/model/errors";
import type { LinkedHost } from "../link";
import { Turns } from "../turns";
import type { Host } from "../types";
import { addNic } from "./add-nic";
import { attachDisk } from "./attach-disk";
import { pinVm } from "./pin-vm";
import { setDiskLimits } from "./set-disk-limits";
import { setOwner } from "./set-owner";

const LIVE = 1;

/** A guest that goes off by itself, just when something of it is to be changed. */
function goingOff() {
  let id = 3;
  const done: number[] = [];
  const call = async (name: string, { flags = 0 }: { flags?: number }) => {
    if (name === "domainLookupByUuid") return { dom: { name: "p-1", uuid: "u", id } };
    if (name === "domainGetXmlDesc") return { xml: "<domain/>" };
    if ((flags & LIVE) !== 0) {
      id = -1;
      throw new AppError({ code: "vm.bad_state", message: "domain is not running" });
    }
    done.push(flags);
    return {};
  };
  const link = { turns: new Turns(), call, isLocal: false, mode: "session" };
  const host = { link, inventory: { refresh: async () => ({ state: "off" }) } };
  return { host: host as unknown as LinkedHost, done };
}

const disk = { pool: "p", volume: "v", format: "raw", serial: "s", target: "vdb" } as const;

it.each<[string, (host: Host) => Promise<unknown>]>([
  ["a disk is attached", (host) => attachDisk(host, "u", disk)],
  ["a disk is held to limits", (host) => setDiskLimits(host, "u", "vda", noDiskLimits)],
  ["it is bound", (host) => pinVm(host, "u", { vcpus: [{ vcpu: 0, cpus: [0] }] }, [0, 1])],
  [
    "a card is added",
    (host) => addNic(host, "u", { mac: "m", network: "user", model: "virtio", live: true }),
  ],
  ["it is given away", (host) => setOwner(host, "u", { vmId: "v", projectId: "p" })],
])("%s for the next start when the guest goes off meanwhile", async (_what, change) => {
  const { host, done } = goingOff();
  await change(host);
  expect(done).toEqual([2]);
});
