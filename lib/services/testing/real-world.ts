import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import type { SupervisedHost } from "@/lib/hypervisor/host";
import type { Host, Hosts } from "@/lib/hypervisor/types";
import type { Context } from "../context";
import { addPerson, addProject } from "./world";

export interface RealWorld {
  db: Db;
  hosts: Hosts;
  project: string;
  member: Context;
  admin: Context;
}

/** One connected host as the set that services and tasks are given. */
export function hostsOf(host: SupervisedHost): Hosts {
  return {
    get: (id) => (id === host.id ? host : null),
    list: () => [host],
    onChange: (listener) => host.inventory.onChange((change) => listener(host as Host, change)),
  };
}

/** A database with a project, a member and an administrator, on a real host. */
export async function makeRealWorld(host: SupervisedHost): Promise<RealWorld> {
  const db = await tempDb();
  const hosts = hostsOf(host);
  await db.host.create({ data: { id: host.id, name: host.name, uri: "test" } });
  const project = await addProject(db, "real");
  const member = await addPerson(db, hosts, "member", { [project]: "member" });
  const admin = await addPerson(db, hosts, "admin", {}, { isAdmin: true });
  return { db, hosts, project, member, admin };
}
