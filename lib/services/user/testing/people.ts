import { hashPassword } from "@/lib/auth/password";
import { actorOfRequest } from "@/lib/auth/request-actor";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Hosts } from "@/lib/hypervisor/types";
import { logger } from "@/lib/log";
import type { Context } from "@/lib/services/context";
import type { SignedIn } from "../admit-user";
import { signIn } from "../sign-in";
import type { Visitor } from "../visitor";

export const goodPassword = "correct horse battery staple";

/** The time of the tests' clocks. */
export const noon = new Date("2030-06-01T12:00:00.000Z");

export function later(ms: number): Date {
  return new Date(noon.getTime() + ms);
}

export function visitor(db: Db, differs: Partial<Visitor> = {}): Visitor {
  return {
    db,
    mail: null,
    clock: () => noon,
    requestId: newId(),
    ip: "192.0.2.10",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    cookie: null,
    ...differs,
  };
}

interface Person {
  email: string;
  name: string;
  isAdmin: boolean;
  password: string | null;
  disabledAt: Date | null;
}

export async function person(db: Db, differs: Partial<Person> = {}) {
  const { password, ...rest } = {
    email: "ada@example.org",
    name: "Ada",
    isAdmin: false,
    password: goodPassword,
    disabledAt: null,
    ...differs,
  };
  const passwordHash = password === null ? null : await hashPassword(password);
  return db.user.create({ data: { id: newId(), ...rest, passwordHash } });
}

/** The Cookie header of a browser that holds this session. */
export async function cookieOf(signedIn: Pick<SignedIn, "secret">): Promise<string> {
  return `${sessionCookie().name}=${await sealSession(signedIn.secret)}`;
}

/** Who a browser with this Cookie header is at `now`. */
export function actorWith(db: Db, cookie: string | null, now: Date = noon) {
  return actorOfRequest({ cookie, ip: "192.0.2.10", userAgent: "test" }, db, now);
}

/** Signs in and gives the context of a request in that session. */
export async function signedInContext(
  db: Db,
  input = { email: "ada@example.org", password: goodPassword },
): Promise<{ ctx: Context; cookie: string }> {
  const cookie = await cookieOf(await signIn(visitor(db), input));
  const actor = await actorWith(db, cookie);
  if (actor === null) throw new Error("signing in gave no actor");
  const ctx: Context = {
    actor,
    db,
    // Accounts have nothing to do with hosts: touching them fails the test.
    hosts: undefined as unknown as Hosts,
    mail: null,
    clock: () => noon,
    log: logger(),
    requestId: newId(),
  };
  return { ctx, cookie };
}
