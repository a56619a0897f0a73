/**
 * Started by a test as a portal of its own: `creator.ts <database> <project> <name> <count>`. Asks
 * for all VMs at once and prints how each ask ended.
 */
import { openDb } from "@/lib/db/client";
import { isAppError } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { FakeHosts } from "../../testing/fake-hosts";
import { silentLog } from "../../testing/silent-log";
import { createVm } from "../../vm/create-vm";

const [url = "", projectId = "", name = "", count = "0"] = process.argv.slice(2);
const db = openDb(url);
const hosts = new FakeHosts();
hosts.add("local");
const actor: Actor = {
  userId: name,
  sessionId: name,
  email: `${name}@example.org`,
  name,
  isAdmin: false,
  isAuditor: false,
  memberships: [{ projectId, role: "member" }],
  ip: "127.0.0.1",
  token: null,
};
const ctx = {
  actor,
  db,
  hosts,
  mail: null,
  clock: () => new Date(),
  log: silentLog,
  requestId: name,
};
const asks = Array.from({ length: Number(count) }, (_, index) =>
  createVm(ctx, {
    projectId,
    name: `${name}-${index}`,
    imageId: null,
    vcpus: 1,
    memoryMib: 512,
    diskGib: 1,
    diskFormat: "qcow2",
    network: "default",
    firmware: "bios",
  }).then(
    () => "made",
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  ),
);
process.stdout.write(JSON.stringify(await Promise.all(asks)));
await db.$disconnect();
