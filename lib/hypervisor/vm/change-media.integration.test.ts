import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import { LibvirtError } from "@/lib/libvirt";
import { ensureHostReady } from "../ensure-host-ready";
import { toAppError } from "../errors";
import type { SupervisedHost } from "../host";
import { connectTestHost } from "../testing/test-host";
import { createVolume } from "../volumes";
import { specOf } from "../xml/golden/specs";
import { changeMedia } from "./change-media";
import { defineVm } from "./define-vm";
import { forceOffVm } from "./force-off-vm";
import { startVm } from "./start-vm";

const uuid = randomUUID();
const media = { pool: "portico-images", volume: "test.iso" };
let peer: PrivateHost;
let host: SupervisedHost;

beforeAll(async () => {
  peer = await startPrivateHost({ name: "tray" });
  host = await connectTestHost(peer.uri);
  await ensureHostReady(host);
  const { pool, volume } = media;
  await createVolume(host, { pool, name: volume, format: "raw", capacityBytes: 2 ** 20 });
  const spec = specOf({ uuid, domainName: "p-tray", memoryKib: 65_536, cdrom: null });
  const { disk } = spec;
  await createVolume(host, { ...disk, name: disk.volume, capacityBytes: 2 ** 30 });
  await defineVm(host, spec);
});
afterAll(async () => {
  await host?.stop();
  await peer?.stop();
});

/**
 * The tray closes in libvirt's hands so many times; then the call reaches libvirt. Tells how
 * often a change was asked for. A firmware does this in a moment that no test can choose.
 */
function closeTray(times: number): () => number {
  const call = host.link.call.bind(host.link);
  let asked = 0;
  const closing: typeof host.link.call = async (name, args, options) => {
    if (name !== "domainUpdateDeviceFlags") return call(name, args, options);
    asked += 1;
    if (asked > times) return call(name, args, options);
    const text =
      "internal error: unable to execute QEMU command 'blockdev-remove-medium': Tray of device 'ua-sda' is not open";
    throw toAppError(new LibvirtError("refused", text, { libvirtCode: 1 }), name);
  };
  vi.spyOn(host.link, "call").mockImplementation(closing);
  return () => asked;
}

const inDrive = async () => (await peer.virsh(["domblklist", "p-tray"])).includes(media.volume);

it("opens the tray again when the firmware of a guest that starts has closed it", async () => {
  // Its processors stand still: the firmware of this guest would close it whenever it likes.
  await peer.virsh(["start", "p-tray", "--paused"]);
  await host.inventory.refresh(uuid);
  const inserts = closeTray(1);
  await changeMedia(host, uuid, media);
  expect(inserts()).toBe(2);
  expect(await inDrive()).toBe(true);
  vi.mocked(host.link.call).mockRestore();
  const ejects = closeTray(1);
  await changeMedia(host, uuid, null);
  expect(ejects()).toBe(2);
  expect(await inDrive()).toBe(false);
  await forceOffVm(host, uuid);
});

it("lets the guest's processors stand when the tray is closed again and again", async () => {
  await startVm(host, uuid);
  // What the guest had asked of its drive before they stood may close it once more.
  const inserts = closeTray(3);
  await changeMedia(host, uuid, media);
  expect(inserts()).toBe(4);
  const done = vi.mocked(host.link.call).mock.calls.map(([name]) => name);
  const change = "domainUpdateDeviceFlags";
  const still = done.slice(done.indexOf("domainSuspend"), done.indexOf("domainResume") + 1);
  expect(still).toEqual(["domainSuspend", change, change, "domainResume"]);
  expect(await inDrive()).toBe(true);
  const state = async () => (await peer.virsh(["domstate", "p-tray"])).trim();
  expect(await state()).toBe("running");
  // Whose owner has stopped it stays so.
  vi.mocked(host.link.call).mockRestore();
  await peer.virsh(["suspend", "p-tray"]);
  closeTray(2);
  await changeMedia(host, uuid, null);
  expect(await inDrive()).toBe(false);
  expect(await state()).toBe("paused");
  await forceOffVm(host, uuid);
});

it("opens a tray that the guest's reset has closed, which libvirt takes for open", async () => {
  await peer.virsh(["start", "p-tray", "--paused"]);
  await host.inventory.refresh(uuid);
  const xml = () => peer.virsh(["dumpxml", "p-tray"]);
  const qemu = (command: object) =>
    peer.virsh(["qemu-monitor-command", "p-tray", JSON.stringify(command)]);
  const id = /device='cdrom'[\s\S]*?<alias name='([^']+)'/.exec(await xml())?.[1];
  await qemu({ execute: "blockdev-open-tray", arguments: { id, force: true } });
  await eventually("libvirt's notice", async () => expect(await xml()).toContain("tray='open'"));
  // Its firmware resets the drives before it looks into them.
  await peer.virsh(["resume", "p-tray"]);
  await eventually("a closed tray", async () =>
    expect(await qemu({ execute: "query-block" })).not.toContain('"tray_open":true'),
  );
  expect(await xml()).toContain("tray='open'");
  await changeMedia(host, uuid, media);
  expect(await inDrive()).toBe(true);
  expect((await peer.virsh(["domstate", "p-tray"])).trim()).toBe("running");
  await forceOffVm(host, uuid);
  await changeMedia(host, uuid, null);
});

it("does not go on for ever, nor with a guest that is off", async () => {
  const asked = closeTray(9);
  const refusal = {
    code: "host.refused",
    details: { reason: expect.stringContaining("Tray of device") },
  };
  await startVm(host, uuid);
  await expect(changeMedia(host, uuid, media)).rejects.toMatchObject(refusal);
  expect(asked()).toBe(5);
  expect((await peer.virsh(["domstate", "p-tray"])).trim()).toBe("running");
  await forceOffVm(host, uuid);
  await expect(changeMedia(host, uuid, media)).rejects.toMatchObject(refusal);
  expect(asked()).toBe(6);
});
