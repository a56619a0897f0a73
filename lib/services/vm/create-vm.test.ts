import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/model/errors";
import { defaultLimits } from "@/lib/model/quota";
import { type CreateVmInput, createVmSchema, vmNameSchema } from "@/lib/model/vm";
import { vmCreate } from "@/lib/tasks/definitions/vm-create";
import { addImage, addVm, everything, makeWorld, type World } from "../testing/world";
import { createVm } from "./create-vm";

function inputOf(world: World, change: Partial<CreateVmInput> = {}): CreateVmInput {
  return {
    projectId: world.project,
    name: "web",
    imageId: null,
    vcpus: 2,
    memoryMib: 2048,
    diskGib: 20,
    diskFormat: "qcow2",
    network: "default",
    firmware: "bios",
    ...change,
  };
}

describe("createVm", () => {
  it("reserves name, ids and disk, and enqueues a task that knows everything", async () => {
    const world = await makeWorld();
    const image = await addImage(world);
    const { vmId, taskId } = await createVm(
      world.member,
      inputOf(world, { imageId: image.id, firmware: "uefi" }),
    );
    const vm = await world.db.vm.findUniqueOrThrow({
      where: { id: vmId },
      include: { disks: true },
    });
    expect(vm).toMatchObject({ name: "web", lifecycle: "creating", domainName: `p-${vmId}` });
    const task = await world.db.task.findUniqueOrThrow({
      where: { id: taskId },
      include: { steps: { orderBy: { position: "asc" } } },
    });
    expect(task).toMatchObject({ kind: "vm.create", state: "queued", targetId: vmId });
    expect(task.steps.map((step) => step.state)[0]).toBe("done");
    const { spec } = vmCreate.input.parse(JSON.parse(task.input));
    expect(spec).toMatchObject({
      uuid: vm.uuid,
      vcpus: 2,
      maxVcpus: 8,
      memoryKib: 2 * 1024 * 1024,
      maxMemoryKib: 4 * 1024 * 1024,
      firmware: "uefi",
      virtType: "qemu",
      cdrom: { pool: "portico-images", volume: image.volume },
      disk: { pool: "portico-disks", volume: vm.disks[0]?.volume, serial: vm.disks[0]?.id },
    });
    const audit = await world.db.auditEvent.findFirstOrThrow({ where: { action: "vm.create" } });
    expect(audit).toMatchObject({ targetId: vmId, actorName: "member", outcome: "ok" });
  });

  it("puts nothing of the person's name into libvirt's names", async () => {
    const world = await makeWorld();
    const name = '--all"><x>&amp; ../../etc/passwd 名前';
    const { vmId } = await createVm(world.member, inputOf(world, { name }));
    const vm = await world.db.vm.findUniqueOrThrow({
      where: { id: vmId },
      include: { disks: true },
    });
    expect(vm.name).toBe(name);
    expect(vm.domainName).toMatch(/^p-[0-9a-z]{10}$/);
    expect(vm.disks[0]?.volume).toMatch(/^p-[0-9a-z]{10}-0\.qcow2$/);
  });

  it("makes exactly one of 50 parallel VMs with one name", async () => {
    const world = await makeWorld();
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => createVm(world.member, inputOf(world))),
    );
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    for (const each of results) {
      if (each.status === "rejected") {
        expect(each.reason).toMatchObject({
          code: "conflict.exists",
          fields: { name: { key: "vm.name_taken" } },
        });
      }
    }
    expect(await world.db.vm.count()).toBe(1);
    expect(await world.db.disk.count()).toBe(1);
    expect(await world.db.task.count()).toBe(1);
  });

  it("takes two spellings of one text for one name", async () => {
    const world = await makeWorld();
    await createVm(world.member, inputOf(world, { name: "caf\u00e9" }));
    await expect(
      createVm(world.member, inputOf(world, { name: "cafe\u0301" })),
    ).rejects.toMatchObject({ code: "conflict.exists" });
  });

  it("lets two projects use the same name", async () => {
    const world = await makeWorld();
    await createVm(world.member, inputOf(world));
    await createVm(world.outsider, inputOf(world, { projectId: world.otherProject }));
    expect(await world.db.vm.count()).toBe(2);
  });

  it("stops parallel creates exactly at the quota", async () => {
    const world = await makeWorld();
    const room = 4;
    await addVm(world, { vcpus: defaultLimits.vcpus - 16 * room });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        createVm(world.member, inputOf(world, { name: `n${index}`, vcpus: 16 })),
      ),
    );
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(room);
    const refused = results.find((each) => each.status === "rejected");
    expect(refused?.status === "rejected" && refused.reason).toMatchObject({
      code: "quota.exceeded",
      userMessage: {
        key: "quota.vcpus",
        values: { limit: defaultLimits.vcpus, used: defaultLimits.vcpus, asked: 16 },
      },
    });
  });

  it.each([
    ["more vCPUs than make sense on the host", "vcpus", 33, "host.too_many_vcpus"],
    ["more memory than the host has", "memoryMib", 40_000, "host.too_much_memory"],
    ["a raw disk larger than what is free", "diskGib", 501, "disk.no_room"],
    ["a qcow2 disk larger than the pool", "diskGib", 1_001, "disk.beyond_pool"],
  ] as const)("refuses %s, and names the field", async (_what, field, asked, key) => {
    const diskFormat = key === "disk.no_room" ? "raw" : "qcow2";
    const world = await makeWorld();
    const before = await everything(world.db);
    await expect(
      createVm(world.member, inputOf(world, { [field]: asked, diskFormat })),
    ).rejects.toMatchObject({
      code: "quota.exceeded",
      userMessage: { key },
      fields: { [field]: { key, values: { asked } } },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("refuses a network that the host does not have, and one that is not active", async () => {
    const world = await makeWorld();
    const ask = (network: string) => createVm(world.member, inputOf(world, { network }));
    await expect(ask("nowhere")).rejects.toMatchObject({
      code: "input.invalid",
      fields: { network: { key: "field.network.unknown" } },
    });
    world.host.networks = world.host.networks.map((each) => ({ ...each, active: false }));
    await expect(ask("default")).rejects.toMatchObject({
      fields: { network: { key: "field.network.inactive" } },
    });
  });

  it("refuses an image that is not ready, and one of another project", async () => {
    const world = await makeWorld();
    const checking = await addImage(world, { state: "checking" });
    const foreign = await addImage({ db: world.db, project: world.otherProject });
    const ask = (imageId: string) => createVm(world.member, inputOf(world, { imageId }));
    await expect(ask(checking.id)).rejects.toMatchObject({ code: "input.invalid" });
    await expect(ask(foreign.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      createVm(world.admin, inputOf(world, { imageId: foreign.id })),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await world.db.vm.count()).toBe(0);
  });

  it("says that the host is away before anything is reserved", async () => {
    const world = await makeWorld();
    world.host.connection = "unreachable";
    const before = await everything(world.db);
    await expect(createVm(world.member, inputOf(world))).rejects.toMatchObject({
      code: "host.unreachable",
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("is not found for an outsider and forbidden for a viewer, and nothing moves", async () => {
    const world = await makeWorld();
    const before = await everything(world.db);
    await expect(createVm(world.outsider, inputOf(world))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(createVm(world.viewer, inputOf(world))).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    await expect(
      createVm(world.admin, inputOf(world, { projectId: "none" })),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await everything(world.db)).toEqual(before);
  });
});

describe("the schema in front of it", () => {
  it.each([
    ["  ", "only spaces"],
    ["\u202eevil", "bidirectional override"],
    ["a\nb", "newline"],
    ["a\tb", "tab"],
    ["x".repeat(61), "too long"],
    ["\ud800", "half a surrogate pair"],
  ])("refuses the name %j (%s)", (name) => {
    expect(vmNameSchema.safeParse(name).success).toBe(false);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 63, "4"])(
    "refuses %s as a size",
    async (size) => {
      const world = await makeWorld();
      for (const field of ["vcpus", "memoryMib", "diskGib"]) {
        expect(createVmSchema.safeParse({ ...inputOf(world), [field]: size }).success).toBe(false);
      }
    },
  );

  it("drops fields that it does not know, such as a host or an owner", async () => {
    const world = await makeWorld();
    const smuggled = {
      ...inputOf(world),
      hostId: "other",
      lifecycle: "ready",
      maxMemoryKib: 1,
      leaseEndsAt: null,
      price: 0,
    };
    expect(createVmSchema.parse(smuggled)).toEqual(inputOf(world));
  });
});

it("an AppError of a duplicate keeps what the database said, for the log", async () => {
  const world = await makeWorld();
  await createVm(world.member, inputOf(world));
  const error = await createVm(world.member, inputOf(world)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).cause).toMatchObject({ code: "P2002" });
});
