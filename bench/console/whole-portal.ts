import { createServer, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { startSession } from "@/lib/auth/session";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import { consoleLimits, consoleSessions } from "@/lib/console/sessions";
import { issueTicket } from "@/lib/console/ticket";
import { databaseUrl, db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { migrate } from "@/lib/db/migrate";
import { consoleDeps } from "@/server/console-deps";
import { handleConsoleUpgrade } from "@/server/console-upgrade";
import { fakeHosts } from "@/server/testing/fake-hosts";
import type { Admission } from "./generator-messages";

/**
 * Consoles as the portal opens them: a database with people, sessions, VMs and tickets, Origin,
 * limits, RFB's filter, audit, and the watch over rights. Only libvirt is not there: every guest has
 * the same socket. `node whole-portal.js <port> <unix socket>`; GET /admissions?count=N makes that
 * many tickets, for as many people and VMs as the limits ask for, and GET /collect collects garbage.
 */
const [port, path = ""] = process.argv.slice(2);
const mostConsoles = 1_000;

interface Person {
  userId: string;
  sessionId: string;
  cookie: string;
}

const hosts = fakeHosts();
const people: Person[] = [];
const vms: { id: string; uuid: string }[] = [];
const projectId = newId();

async function addPerson(): Promise<void> {
  const userId = newId();
  const memberships = { create: { projectId, role: "member" as const } };
  const email = `${userId}@example.org`;
  await db().user.create({ data: { id: userId, email, name: userId, memberships } });
  const facts = { userId, ip: "127.0.0.1", userAgent: "bench", now: new Date() };
  const { sessionId, secret } = await startSession(db(), facts);
  people.push({
    userId,
    sessionId,
    cookie: `${sessionCookie().name}=${await sealSession(secret)}`,
  });
}

async function addVm(): Promise<void> {
  const [id, uuid] = [newId(), crypto.randomUUID()];
  const sizes = { firmware: "bios", vcpus: 1, memoryKib: 1024 };
  const names = { name: id, domainName: `p-${id}`, lifecycle: "ready", createdById: "bench" };
  await db().vm.create({ data: { id, uuid, projectId, hostId: "local", ...sizes, ...names } });
  hosts.start(uuid, path);
  vms.push({ id, uuid });
}

async function prepare(): Promise<void> {
  await migrate(databaseUrl());
  await db().host.create({ data: { id: "local", name: "local", uri: "test:///default" } });
  await db().project.create({ data: { id: projectId, slug: projectId, name: projectId } });
  for (let made = 0; made < mostConsoles / consoleLimits.perUser; made += 1) await addPerson();
  for (let made = 0; made < mostConsoles / consoleLimits.perVm; made += 1) await addVm();
}

async function admissions(count: number): Promise<Admission[]> {
  // Places of the consoles before have to be free.
  while (consoleSessions().count() > 0) await delay(10);
  const made: Admission[] = [];
  for (let at = 0; at < count; at += 1) {
    const person = people[at % people.length];
    const vm = vms[at % vms.length];
    if (person === undefined || vm === undefined) throw new Error("nobody is there");
    const grant = { vmId: vm.id, bootId: hosts.bootIdOf(vm.uuid), viewOnly: false };
    made.push({ cookie: person.cookie, ticket: await issueTicket(db(), person, grant) });
  }
  return made;
}

/** Twice: what a first collection finalizes is garbage of the second, and V8 shrinks its heap by steps. */
async function collect(): Promise<boolean> {
  for (let turn = 0; turn < 2; turn += 1) {
    global.gc?.();
    await delay(100);
  }
  return true;
}

function answer(res: ServerResponse, work: Promise<unknown>): void {
  work.then(
    (value) => res.end(JSON.stringify(value)),
    (error: unknown) => res.writeHead(500).end(String(error)),
  );
}

await prepare();
const deps = consoleDeps({ hosts, consoleEndpoint: async (_, uuid) => hosts.endpoint(uuid) });
const server = createServer((req, res) => {
  if (req.url === "/collect") {
    answer(res, collect());
    return;
  }
  const count = Number(new URL(req.url ?? "/", "http://bench").searchParams.get("count"));
  answer(res, admissions(count));
});
server.on("upgrade", (req, socket, head) => handleConsoleUpgrade(req, socket, head, deps));
server.listen(Number(port), "127.0.0.1");
