import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { originFacts } from "@/lib/auth/origin";
import { type RelyingParty, relyingParty } from "@/lib/auth/relying-party";
import { personOfRequest, type RequestFacts, type RequestPerson } from "@/lib/auth/request-actor";
import { clientAddressHeader, pagePathHeader } from "@/lib/auth/request-headers";
import { AppError } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { auditRefusal, type Door, isRefusal } from "@/lib/services/audit/audit-refusal";
import type { Context } from "@/lib/services/context";
import { makeContext, makeVisitor } from "@/lib/services/make-context";
import type { Visitor } from "@/lib/services/user/visitor";

/** What the current request says about its sender. */
export async function requestFacts(): Promise<RequestFacts> {
  const all = await headers();
  return {
    cookie: all.get("cookie"),
    ip: all.get(clientAddressHeader) ?? "unknown",
    userAgent: all.get("user-agent"),
  };
}

/** The portal as the sender's browser sees it, for passkeys; null where they cannot work. */
export async function requestRelyingParty(): Promise<RelyingParty | null> {
  return relyingParty(originFacts(await headers()));
}

/** Who sends the current request and whether they must enrol first. Looked up once per request. */
export const requestPerson = cache(
  async (): Promise<RequestPerson | null> => personOfRequest(await requestFacts()),
);

/** Who sends the current request, or null; also while they must set up a second factor first. */
export async function requestActor(): Promise<Actor | null> {
  const person = await requestPerson();
  return person === null || person.mustEnrol ? null : person.actor;
}

/**
 * For pages: who looks at it. Sends others to the sign-in page or to the enrolment of a second
 * factor, and back here afterwards.
 */
export async function requireActor(): Promise<Actor> {
  const person = await requestPerson();
  if (person !== null && !person.mustEnrol) return person.actor;
  const door = person === null ? "/sign-in" : "/second-factor";
  const path = (await headers()).get(pagePathHeader);
  redirect(path ? `${door}?callbackUrl=${encodeURIComponent(path)}` : door);
}

/** For pages: the context of a signed-in person; sends others to the sign-in page. */
export async function pageContext(): Promise<Context> {
  return makeContext(await requireActor());
}

/**
 * For actions and route handlers: the context. Throws `auth.required` (401) without a session,
 * `auth.forbidden` while a second factor is required that the person has not set up.
 */
export async function requestContext(): Promise<Context> {
  const person = await requestPerson();
  if (person?.mustEnrol) {
    throw new AppError({
      code: "auth.forbidden",
      message: `${person.actor.userId} must set up a second factor first`,
      userMessage: { key: "auth.enrol_first" },
    });
  }
  return enrolmentContext();
}

/** The same for what a person does to set up a second factor, required or not. */
export async function enrolmentContext(): Promise<Context> {
  const person = await requestPerson();
  if (person !== null) return makeContext(person.actor);
  throw new AppError({ code: "auth.required", message: "no session" });
}

/** Writes down that the current request was turned away. Other errors are passed over. */
export async function noteRefusal(error: unknown, door: Door): Promise<void> {
  if (!isRefusal(error, door)) return;
  const person = await requestPerson();
  const who = person === null ? await visitorContext() : makeContext(person.actor);
  await auditRefusal(who, error, door);
}

/** For signing in and setting up: a request that needs nobody signed in. */
export async function visitorContext(): Promise<Visitor> {
  return makeVisitor(await requestFacts());
}
