import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Db, openDb } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { startWorld } from "../helpers/world";
import type { PrivateHost } from "../host/private-host";
import { builtActions } from "./build-doors";
import { type Movements, watchMovements } from "./movements";
import { addKnockers, type Knocker, type Projects, type Role } from "./roles";
import type { Cell } from "./row";
import { thingsOf } from "./things";

export interface AccessWorld {
  db: Db;
  knockers: Record<Role, Knocker>;
  movements: Movements;
  projects: Projects;
  /** A knock by this role at an object of the own project or of the other. */
  cell(role: Role, where: keyof Projects): Cell;
  stop(): Promise<void>;
}

/** A portal with two projects and one person of each role. */
export async function startAccessWorld(): Promise<AccessWorld> {
  // The same key here and there: sessions are made by rows, without signing in.
  const secret = randomBytes(48).toString("base64url");
  process.env.NEXTAUTH_SECRET = secret;
  const { host, portal, stop } = await startWorld("access", { NEXTAUTH_SECRET: secret });
  const db = openDb(`file:${join(portal.dataDir, "portico.db")}`);
  const slugs = { own: "one", foreign: "two" };
  const projects = {
    own: await addProject(db, slugs.own),
    foreign: await addProject(db, slugs.foreign),
  };
  const knockers = await addKnockers(db, projects);
  const actions = builtActions();
  const defined = new Map<string, Promise<string>>();
  return {
    db,
    knockers,
    movements: await watchMovements(db),
    projects,
    cell(role, where) {
      const other = where === "own" ? "foreign" : "own";
      return {
        origin: portal.origin,
        db,
        who: knockers[role],
        project: { id: projects[where], slug: slugs[where] },
        definedVm() {
          const made = defined.get(where) ?? defineVm(db, host, projects[where]);
          defined.set(where, made);
          return made;
        },
        things: thingsOf(db, projects[where]),
        otherThings: thingsOf(db, projects[other]),
        projects,
        action(name) {
          const found = actions.get(name);
          if (found === undefined) throw new Error(`the build has no action ${name}`);
          return found;
        },
        atDoor: () => Promise.resolve(),
      };
    },
    async stop() {
      await db.$disconnect();
      await stop();
    },
  };
}

async function addProject(db: Db, slug: string): Promise<string> {
  const data = { id: newId(), slug, name: `Canary of ${slug}` };
  return (await db.project.create({ data })).id;
}

/** A VM's row with a domain behind it, which the portal has noticed. */
async function defineVm(db: Db, host: PrivateHost, projectId: string): Promise<string> {
  const { id } = await thingsOf(db, projectId).vm();
  const { uuid, domainName } = await db.vm.findUniqueOrThrow({ where: { id } });
  const file = join(await mkdtemp(join(tmpdir(), "portico-access-")), "domain.xml");
  await writeFile(
    file,
    `<domain type="qemu"><name>${domainName}</name><uuid>${uuid}</uuid>
       <memory>65536</memory><os><type>hvm</type></os></domain>`,
  );
  await host.virsh(["define", file]);
  await rm(dirname(file), { recursive: true });
  return id;
}
