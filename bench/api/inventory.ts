import { randomBytes, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addKnockers, type Knocker } from "@/e2e/access/roles";
import { hashPassword } from "@/lib/auth/password";
import { hashOfToken, hintOfToken, newTokenSecret } from "@/lib/auth/token-secret";
import { type Db, openDb } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { migrate } from "@/lib/db/migrate";
import { projectRoles } from "@/lib/policies/permissions";

const VMS = 1_000;

export interface Inventory {
  /** Of a member and of an administrator, signed in. */
  member: Knocker;
  admin: Knocker;
  slug: string;
  vmId: string;
  /** Of people in the project, a third each owners, members and viewers: a token of each. */
  tokens: string[];
  /** Somebody who signs in by a password. */
  person: { email: string; password: string };
}

/** Fills a portal's database that is not in use yet: a project with 1,000 VMs and `readers` people. */
export async function fillInventory(
  dataDir: string,
  hostDir: string,
  readers: number,
): Promise<Inventory & { testFile: string }> {
  const url = `file:${join(dataDir, "portico.db")}`;
  await migrate(url);
  const db = openDb(url);
  try {
    const slug = "fleet";
    const project = await addProject(db, slug);
    const knockers = await addKnockers(db, {
      own: project,
      foreign: await addProject(db, "other"),
    });
    await db.host.create({ data: { id: "local", name: "local", uri: "test:///default" } });
    const vms = Array.from({ length: VMS }, (_, index) => vmRow(project, index));
    await db.vm.createMany({ data: vms });
    const testFile = join(hostDir, "fleet.xml");
    await writeFile(testFile, `<node>${vms.map(domainXml).join("\n")}</node>`, { mode: 0o644 });
    const { member, admin } = knockers;
    return {
      member,
      admin,
      slug,
      vmId: vms[VMS / 2]?.id ?? "",
      tokens: await addReaders(db, project, readers),
      person: await addPerson(db, project),
      testFile,
    };
  } finally {
    await db.$disconnect();
  }
}

async function addProject(db: Db, slug: string): Promise<string> {
  return (await db.project.create({ data: { id: newId(), slug, name: slug } })).id;
}

function vmRow(projectId: string, index: number) {
  const id = newId();
  return {
    id,
    projectId,
    hostId: "local",
    uuid: randomUUID(),
    domainName: `p-${id}`,
    name: `vm-${String(index).padStart(4, "0")}`,
    firmware: "bios",
    vcpus: 2,
    memoryKib: 1_048_576,
    maxMemoryKib: 1_048_576,
    lifecycle: "ready",
    createdById: "bench",
    createdAt: new Date(Date.now() - 1_000 * (VMS - index)),
  };
}

function domainXml({ domainName, uuid }: { domainName: string; uuid: string }): string {
  return `<domain type="test"><name>${domainName}</name><uuid>${uuid}</uuid><memory>1048576</memory><vcpu>2</vcpu><os><type>hvm</type></os></domain>`;
}

async function addReaders(db: Db, projectId: string, count: number): Promise<string[]> {
  const readers = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    name: `Reader ${index}`,
    secret: newTokenSecret(),
    role: projectRoles[index % projectRoles.length] ?? "viewer",
  }));
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db.user.createMany({
    data: readers.map(({ id, name }) => ({ id, name, email: `${id}@example.org` })),
  });
  await db.membership.createMany({
    data: readers.map(({ id, role }) => ({ projectId, userId: id, role })),
  });
  await db.apiToken.createMany({
    data: readers.map(({ id, name, secret }) => ({
      id: newId(),
      tokenHash: hashOfToken(secret) ?? "",
      hint: hintOfToken(secret),
      name,
      userId: id,
      scopes: '["read"]',
      expiresAt,
    })),
  });
  return readers.map(({ secret }) => secret);
}

async function addPerson(db: Db, projectId: string): Promise<Inventory["person"]> {
  const person = { email: "person@example.org", password: randomBytes(12).toString("hex") };
  await db.user.create({
    data: {
      id: newId(),
      email: person.email,
      name: "Person",
      passwordHash: await hashPassword(person.password),
      memberships: { create: { projectId, role: "member" } },
    },
  });
  return person;
}
