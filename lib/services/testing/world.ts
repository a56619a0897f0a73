import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import { nobodysHash } from "@/lib/auth/password";
import { flushTokenUses } from "@/lib/auth/token-uses";
import type { Db } from "@/lib/db/client";
import type { Backup, BackupSchedule, Disk, Image, Prisma, Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { kept } from "@/lib/db/testing/kept";
import { bytesOf, databaseFile, openCopy } from "@/lib/db/testing/temp-db";
import type { Hosts } from "@/lib/hypervisor/types";
import { buildDomain } from "@/lib/hypervisor/xml/build-domain";
import { specOf } from "@/lib/hypervisor/xml/golden/specs";
import type { Appliance } from "@/lib/model/appliance";
import type { Actor } from "@/lib/policies/actor";
import type { ProjectRole } from "@/lib/policies/permissions";
import type { Context } from "../context";
import { type FakeHost, FakeHosts } from "./fake-hosts";
import { silentLog } from "./silent-log";

export interface World {
  db: Db;
  hosts: FakeHosts;
  host: FakeHost;
  /** Two projects that must know nothing of each other. */
  project: string;
  otherProject: string;
  /** Contexts by role in `project`; the outsider owns `otherProject`. */
  viewer: Context;
  member: Context;
  owner: Context;
  admin: Context;
  auditor: Context;
  outsider: Context;
}

type People = Record<"viewer" | "member" | "owner" | "admin" | "auditor" | "outsider", Actor>;

/** What a world is made of: a database's bytes, and who is in it. */
export interface Beginning {
  file: Buffer;
  project: string;
  otherProject: string;
  people: People;
}

const empty = kept(makeBeginning);

/**
 * A database with two projects and people of every role, and one host that is only looked at;
 * or the world that another one was when `beginningOf` looked at it.
 */
export async function makeWorld(beginning?: Beginning): Promise<World> {
  // The same rows for every test, in a database of its own.
  const { file, project, otherProject, people } = beginning ?? (await empty());
  const db = await openCopy(file);
  // What was noted is written while the database is still there.
  onTestFinished(() => flushTokenUses(db));
  const hosts = new FakeHosts();
  const host = hosts.add("local");
  const as = (role: keyof People) => contextOf(db, hosts, structuredClone(people[role]));
  return {
    db,
    hosts,
    host,
    project,
    otherProject,
    viewer: as("viewer"),
    member: as("member"),
    owner: as("owner"),
    admin: as("admin"),
    auditor: as("auditor"),
    outsider: as("outsider"),
  };
}

/** The world as it stands, for others to begin with; its hosts are not part of it. */
export async function beginningOf(world: World): Promise<Beginning> {
  const { db, project, otherProject, viewer, member, owner, admin, auditor, outsider } = world;
  const contexts = { viewer, member, owner, admin, auditor, outsider };
  const people = Object.fromEntries(
    Object.entries(contexts).map(([role, { actor }]) => [role, actor]),
  ) as People;
  return { file: await bytesOf(db), project, otherProject, people: structuredClone(people) };
}

async function makeBeginning(): Promise<Beginning> {
  let made: Omit<Beginning, "file"> | undefined;
  const file = await databaseFile(async (db) => {
    const hosts = new FakeHosts();
    await db.host.create({ data: { id: "local", name: "local", uri: "test:///default" } });
    const project = await addProject(db, "one");
    const otherProject = await addProject(db, "two");
    const add = async (
      name: string,
      roles: Record<string, ProjectRole>,
      differs: { isAdmin?: boolean; isAuditor?: boolean } = {},
    ) => (await addPerson(db, hosts, name, roles, differs)).actor;
    made = {
      project,
      otherProject,
      people: {
        viewer: await add("viewer", { [project]: "viewer" }),
        member: await add("member", { [project]: "member" }),
        owner: await add("owner", { [project]: "owner" }),
        admin: await add("admin", {}, { isAdmin: true }),
        auditor: await add("auditor", {}, { isAuditor: true }),
        outsider: await add("outsider", { [otherProject]: "owner" }),
      },
    };
  });
  if (made === undefined) throw new Error("the rows of the world were not made");
  return { ...made, file };
}

export async function addProject(db: Db, slug: string): Promise<string> {
  return (await db.project.create({ data: { id: newId(), slug, name: slug } })).id;
}

/** A signed-in person, rows included, and the context of one of his requests. */
export async function addPerson(
  db: Db,
  hosts: Hosts,
  name: string,
  roles: Record<string, ProjectRole>,
  differs: { isAdmin?: boolean; isAuditor?: boolean } = {},
): Promise<Context> {
  const { isAdmin = false, isAuditor = false } = differs;
  const memberships = Object.entries(roles).map(([projectId, role]) => ({ projectId, role }));
  const now = new Date();
  const user = await db.user.create({
    data: {
      id: newId(),
      email: `${name}-${newId()}@example.org`,
      name,
      isAdmin,
      isAuditor,
      // He signs in by a password, whichever.
      passwordHash: nobodysHash,
      memberships: { create: memberships },
      sessions: {
        create: {
          id: newId(),
          ip: "127.0.0.1",
          userAgent: "test",
          createdAt: now,
          seenAt: now,
          provedAt: now,
          expiresAt: new Date(now.getTime() + 3_600_000),
        },
      },
    },
    include: { sessions: true },
  });
  const actor: Actor = {
    userId: user.id,
    sessionId: user.sessions[0]?.id ?? "",
    email: user.email,
    name,
    isAdmin,
    isAuditor,
    memberships,
    ip: "127.0.0.1",
    token: null,
  };
  return contextOf(db, hosts, actor);
}

function contextOf(db: Db, hosts: Hosts, actor: Actor): Context {
  return {
    actor,
    db,
    hosts,
    mail: null,
    clock: () => new Date(),
    log: silentLog,
    requestId: newId(),
  };
}

/** A VM's rows as `createVm` leaves them, ready. */
export async function addVm(
  world: Pick<World, "db" | "project">,
  data: Partial<Prisma.VmUncheckedCreateInput> = {},
): Promise<Vm> {
  const id = newId();
  const { hostId = "local" } = data;
  return world.db.vm.create({
    data: {
      id,
      projectId: world.project,
      hostId,
      uuid: randomUUID(),
      domainName: `p-${id}`,
      name: `vm-${id}`,
      firmware: "bios",
      vcpus: 2,
      memoryKib: 1_048_576,
      lifecycle: "ready",
      createdById: "u",
      ...data,
      disks: {
        create: {
          id: newId(),
          projectId: world.project,
          hostId,
          pool: "portico-disks",
          volume: `p-${id}-0.qcow2`,
          format: "qcow2",
          target: "vda",
          capacityBytes: BigInt(10 * 1024 ** 3),
        },
      },
    },
  });
}

/** The row of a disk that was kept when its VM was deleted. */
export async function addKeptDisk(
  world: Pick<World, "db" | "project">,
  data: Partial<Prisma.DiskUncheckedCreateInput> = {},
): Promise<Disk> {
  const id = newId();
  return world.db.disk.create({
    data: {
      id,
      projectId: world.project,
      hostId: "local",
      pool: "portico-disks",
      volume: `p-${id}-0.qcow2`,
      format: "qcow2",
      target: "vda",
      capacityBytes: BigInt(10 * 1024 ** 3),
      keptFrom: "old",
      keptAt: new Date(),
      ...data,
    },
  });
}

/** A backup of a VM's system disk, ready. */
export async function addBackup(
  world: Pick<World, "db" | "project">,
  vm: Vm,
  data: Partial<Prisma.BackupUncheckedCreateInput> = {},
): Promise<Backup> {
  const id = newId();
  const { uuid, domainName, name: title, id: vmId, projectId } = vm;
  const spec = specOf({ uuid, domainName, title, vmId, projectId, cdrom: null });
  return world.db.backup.create({
    data: {
      id,
      projectId: world.project,
      hostId: vm.hostId,
      vmId,
      vmName: vm.name,
      state: "ready",
      definition: buildDomain(spec, { directIo: false, filter: null }),
      pool: "portico-backups",
      volume: `b-${id}.xml`,
      ran: true,
      quiesced: true,
      createdById: "u",
      createdByName: "U",
      ...data,
      disks: {
        create: {
          id: newId(),
          target: "vda",
          format: "qcow2",
          volume: `b-${id}-vda.qcow2`,
          capacityBytes: BigInt(10 * 1024 ** 3),
          sizeBytes: BigInt(1024 ** 3),
          sha256: "0".repeat(64),
        },
      },
    },
  });
}

/** Every day at midnight in UTC, next in an hour. */
export async function addSchedule(
  { db }: Pick<World, "db">,
  vm: Pick<Vm, "id">,
  data: Partial<Prisma.BackupScheduleUncheckedCreateInput> = {},
): Promise<BackupSchedule> {
  return db.backupSchedule.create({
    data: {
      vmId: vm.id,
      every: "day",
      nextAt: new Date(Date.now() + 3_600_000),
      createdById: "u",
      createdByName: "U",
      ...data,
    },
  });
}

export async function addImage(
  world: Pick<World, "db" | "project">,
  data: Partial<Prisma.ImageUncheckedCreateInput> = {},
): Promise<Image> {
  const id = newId();
  return world.db.image.create({
    data: {
      id,
      projectId: world.project,
      name: "debian.iso",
      state: "ready",
      sizeBytes: 1_000_000n,
      receivedBytes: 1_000_000n,
      pool: "portico-images",
      volume: `p-${id}.iso`,
      uploadedById: "u",
      uploadedBy: "U",
      ...data,
    },
  });
}

/** A VM's file that was looked at and can be imported; there are no bytes of it. */
export function addAppliance(
  world: Pick<World, "db" | "project">,
  data: Partial<Prisma.ImageUncheckedCreateInput> = {},
): Promise<Image> {
  const disk = { file: "shop.vmdk", format: "vmdk", offset: 1024, sizeBytes: 5_000_000 } as const;
  const appliance: Appliance = {
    kind: "ova",
    name: "shop",
    description: "",
    os: "Debian_64",
    firmware: "bios",
    vcpus: 2,
    memoryMib: 512,
    drivers: "common",
    disks: [{ ...disk, capacityBytes: 1024 ** 3 }],
    networks: ["NAT"],
    verified: true,
  };
  return addImage(world, {
    name: "shop.ova",
    kind: "appliance",
    pool: null,
    volume: null,
    appliance: JSON.stringify(appliance),
    ...data,
  });
}

/** Every row of the tables that use cases write, to show that nothing has moved. */
export async function everything(db: Db): Promise<unknown> {
  return {
    vms: await db.vm.findMany({ orderBy: { id: "asc" } }),
    disks: await db.disk.findMany({ orderBy: { id: "asc" } }),
    images: await db.image.findMany({ orderBy: { id: "asc" } }),
    backups: await db.backup.findMany({ include: { disks: true }, orderBy: { id: "asc" } }),
    tasks: await db.task.findMany({ include: { steps: true }, orderBy: { id: "asc" } }),
    schedules: await db.backupSchedule.findMany({ orderBy: { vmId: "asc" } }),
    watches: await db.screenWatch.findMany({ orderBy: { id: "asc" } }),
    tickets: await db.consoleTicket.findMany(),
    projects: await db.project.findMany({ orderBy: { id: "asc" } }),
    members: await db.membership.findMany({
      orderBy: [{ projectId: "asc" }, { userId: "asc" }],
    }),
    invitations: await db.invitation.findMany({ orderBy: { id: "asc" } }),
  };
}
