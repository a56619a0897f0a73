import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { readFromDisk, writeToDisk } from "@/e2e/helpers/disk-oracle";
import { AppError } from "@/lib/model/errors";
import { createSnapshot } from "@/lib/services/snapshot/create-snapshot";
import { revertSnapshot } from "@/lib/services/snapshot/revert-snapshot";
import { cancelTask } from "@/lib/services/task/cancel-task";
import { CrashLab } from "./testing/crash-lab";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("snapcrash");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

it("a revert that fails at its end is undone; one whose portal dies is carried through", async () => {
  let point = "";
  let meets: () => Promise<void> = async () => undefined;
  const portal = await lab.startPortal(async (name) => {
    if (name !== point) return;
    point = "";
    await meets();
  });
  const { member, db } = portal.world;
  const vmId = await lab.created(portal, "guest");
  const domain = `p-${vmId}`;
  const write = (text: string) => writeToDisk(lab.peer, domain, text);
  const read = () => readFromDisk(lab.peer, domain);
  const virsh = async (...args: string[]) => (await lab.peer.virsh(args)).trim();
  const take = (name: string) =>
    createSnapshot(member, { vmId, name, description: "", memory: false });
  const revert = (snapshot: string) =>
    revertSnapshot(member, { vmId, snapshot, first: null, confirmName: null });

  // Cancelled while libvirt takes it: it is taken back, and its file with it.
  const alone = await lab.volumes();
  meets = async () => {
    const { id } = await db.task.findFirstOrThrow({ where: { kind: "snapshot.create" } });
    await cancelTask(member, { taskId: id });
  };
  point = "snapshot.create:take:after";
  expect(await lab.ended(db, (await take("never")).taskId)).toBe("cancelled");
  expect(await virsh("snapshot-list", domain, "--name")).toBe("");
  expect(await lab.volumes()).toEqual(alone);

  await write("state-01");
  expect(await lab.ended(db, (await take("a")).taskId)).toBe("done");
  await write("state-02");
  const files = await lab.volumes();
  const before = await virsh("dumpxml", "--inactive", domain);
  for (const step of ["disks", "revert", "start", "finish"]) {
    meets = () =>
      Promise.reject(new AppError({ code: "host.refused", message: `no ${step}, by the test` }));
    point = `snapshot.revert:${step}:before`;
    expect(await lab.ended(db, (await revert("a")).taskId), step).toBe("failed");
    expect(await virsh("domstate", domain)).toBe("running");
    expect(await virsh("dumpxml", "--inactive", domain)).toBe(before);
    expect(await virsh("snapshot-current", domain, "--name")).toBe("a");
    expect(await lab.volumes()).toEqual(files);
  }
  expect(await read()).toBe("state-02");

  let died: () => void = () => undefined;
  const dead = new Promise<void>((resolve) => {
    died = resolve;
  });
  meets = async () => {
    died();
    await new Promise(() => undefined);
  };
  point = "snapshot.revert:revert:after";
  const { taskId } = await revert("a");
  await dead;
  await lab.takeOver(portal);
  expect(await lab.ended(db, taskId)).toBe("done");
  expect(await read()).toBe("state-01");
  expect((await lab.volumes()).length).toBe(files.length);
}, 300_000);
