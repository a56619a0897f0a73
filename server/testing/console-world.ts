import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished, vi } from "vitest";
import { actorOfApiRequest } from "@/lib/auth/api-actor";
import { actorOfRequest } from "@/lib/auth/request-actor";
import { startSession } from "@/lib/auth/session";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import { onSessionEnded } from "@/lib/auth/session-events";
import type { ConsoleAudit, ConsoleDeps, ConsoleRefusal } from "@/lib/console/deps";
import { ConsoleSessions } from "@/lib/console/sessions";
import { issueTicket } from "@/lib/console/ticket";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { tempDb, tempDir } from "@/lib/db/testing/temp-db";
import type { Actor } from "@/lib/policies/actor";
import type { ProjectRole } from "@/lib/policies/permissions";
import { onRightsChanged } from "@/lib/services/live/bus";
import { unixServer } from "@/lib/websockify/testing/proxy";
import { handleConsoleUpgrade, stopConsoles } from "../console-upgrade";
import { type FakeHosts, fakeHosts } from "./fake-hosts";

/** A signed-in user: the actor, and the Cookie header of the browser. */
export interface Person {
  actor: Actor;
  cookie: string;
}

/** A guest with a VNC server of its own on a unix socket. */
export interface Guest {
  vmId: string;
  uuid: string;
  /** What reached the VNC server, of all its clients in turn. */
  received: Buffer[];
  clients: Socket[];
  path: string;
}

export interface World {
  db: Db;
  port: number;
  host: string;
  hosts: FakeHosts;
  deps: ConsoleDeps;
  sessions: ConsoleSessions;
  audit: ConsoleAudit[];
  refused: ConsoleRefusal[];
  /** Everything that was logged, as text. */
  logged: string[];
  project(): Promise<string>;
  person(projectId: string, role?: ProjectRole): Promise<Person>;
  guest(projectId: string, serve?: (socket: Socket) => void): Promise<Guest>;
  /** A ticket for this start of the guest. */
  ticket(person: Person, guest: Guest): Promise<string>;
}

const greet = (socket: Socket) => socket.write("RFB 003.008\n");

/** The parts around a console, all real but libvirt: server, sockets, database, sessions. */
export async function consoleWorld(change: Partial<ConsoleDeps> = {}): Promise<World> {
  vi.stubEnv("NEXTAUTH_SECRET", "only-for-tests-".repeat(4));
  vi.stubEnv("PORTICO_DATA", join(await tempDir(), "data"));
  const db = await tempDb();
  const hosts = fakeHosts();
  const sessions = new ConsoleSessions();
  const audit: ConsoleAudit[] = [];
  const refused: ConsoleRefusal[] = [];
  const logged: string[] = [];
  const deps: ConsoleDeps = {
    db,
    hosts,
    sessions,
    origin: undefined,
    log: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
    actorOf: async (facts) => actorOfApiRequest(facts, db),
    consoleEndpoint: async (_, uuid) => hosts.endpoint(uuid),
    openSerial: () => Promise.reject(new Error("no test of this file has a serial port")),
    onSessionEnded,
    onRightsChanged,
    audit: async (event) => void audit.push(event),
    refused: async (event) => void refused.push(event),
    ...change,
  };
  const server = createServer();
  server.on("upgrade", (req, socket, head) => handleConsoleUpgrade(req, socket, head, deps));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await db.host.create({ data: { id: "local", name: "local", uri: "test:///default" } });
  onTestFinished(async () => {
    await stopConsoles(sessions);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    db,
    port,
    host: `127.0.0.1:${port}`,
    hosts,
    deps,
    sessions,
    audit,
    refused,
    logged,
    project: () => makeProject(db),
    person: (projectId, role = "member") => makePerson(db, projectId, role),
    guest: (projectId, serve = greet) => makeGuest(db, hosts, projectId, serve),
    ticket: (person, guest) =>
      issueTicket(db, person.actor, {
        vmId: guest.vmId,
        bootId: hosts.bootIdOf(guest.uuid),
        viewOnly: false,
      }),
  };
}

async function makeProject(db: Db): Promise<string> {
  const id = newId();
  await db.project.create({ data: { id, slug: id, name: id } });
  return id;
}

async function makePerson(db: Db, projectId: string, role: ProjectRole): Promise<Person> {
  const userId = newId();
  await db.user.create({
    data: {
      id: userId,
      email: `${userId}@example.org`,
      name: userId,
      memberships: { create: { projectId, role } },
    },
  });
  const facts = { userId, ip: "127.0.0.1", userAgent: "test", now: new Date() };
  const { secret } = await startSession(db, facts);
  const cookie = `${sessionCookie().name}=${await sealSession(secret)}`;
  const actor = await actorOfRequest({ cookie, ip: "127.0.0.1", userAgent: "test" }, db);
  if (actor === null) throw new Error("the session that was just made is not accepted");
  return { actor, cookie };
}

async function makeGuest(
  db: Db,
  hosts: FakeHosts,
  projectId: string,
  serve: (socket: Socket) => void,
): Promise<Guest> {
  const id = newId();
  const uuid = crypto.randomUUID();
  const received: Buffer[] = [];
  const clients: Socket[] = [];
  const { path } = await unixServer((socket) => {
    clients.push(socket);
    socket.on("data", (chunk) => received.push(chunk));
    serve(socket);
  });
  await db.vm.create({
    data: {
      id,
      projectId,
      hostId: "local",
      uuid,
      domainName: `p-${id}`,
      name: id,
      firmware: "bios",
      vcpus: 1,
      memoryKib: 1024,
      lifecycle: "ready",
      createdById: "test",
    },
  });
  hosts.start(uuid, path);
  return { vmId: id, uuid, received, clients, path };
}
