import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { actorOfRequest, type RequestFacts } from "@/lib/auth/request-actor";
import { clientAddressHeader, pagePathHeader } from "@/lib/auth/request-headers";
import { AppError } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
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

/** Who sends the current request, or null. Looked up once per request. */
export const requestActor = cache(
  async (): Promise<Actor | null> => actorOfRequest(await requestFacts()),
);

/** For pages: who looks at it. Sends others to the sign-in page, and back here afterwards. */
export async function requireActor(): Promise<Actor> {
  const actor = await requestActor();
  if (actor !== null) return actor;
  const path = (await headers()).get(pagePathHeader);
  redirect(path ? `/sign-in?callbackUrl=${encodeURIComponent(path)}` : "/sign-in");
}

/** For pages: the context of a signed-in person; sends others to the sign-in page. */
export async function pageContext(): Promise<Context> {
  return makeContext(await requireActor());
}

/** For actions and route handlers: the context, or `auth.required` (401) without a session. */
export async function requestContext(): Promise<Context> {
  const actor = await requestActor();
  if (actor !== null) return makeContext(actor);
  throw new AppError({ code: "auth.required", message: "no session" });
}

/** For signing in and setting up: a request that needs nobody signed in. */
export async function visitorContext(): Promise<Visitor> {
  return makeVisitor(await requestFacts());
}
