import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { keepCheck } from "@/app/(auth)/session-cookies";
import { noteRefusal, visitorContext } from "@/app/session";
import { authOptions } from "@/lib/auth/config";
import { oidcProviderId } from "@/lib/auth/oidc";
import { oidcLinkCookieName } from "@/lib/auth/oidc-link";
import { checkOrigin, originFacts } from "@/lib/auth/origin";
import { countOidc } from "@/lib/auth/rate-limit";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { httpStatusOf, isAppError } from "@/lib/model/errors";
import { nextAuthDoor } from "@/lib/services/user/next-auth-door";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: RouteContext): Promise<Response> {
  const visitor = await visitorContext();
  const [action, provider] = (await context.params).nextauth;
  if (provider === oidcProviderId) await countOidc(visitor.ip);
  const response = await NextAuth(authOptions(nextAuthDoor(visitor, keepCheck)))(request, context);
  // Whatever came of it: the wish to link is used up.
  const jar = await cookies();
  if (action === "callback" && jar.has(oidcLinkCookieName())) {
    // A Secure cookie is only replaced by one with the same flags.
    jar.set(oidcLinkCookieName(), "", { ...sessionCookie().options, maxAge: 0 });
  }
  return response;
}

function refusing(work: typeof handle): typeof handle {
  return async (request, context) => {
    try {
      return await work(request, context);
    } catch (error) {
      if (!isAppError(error)) throw error;
      await noteRefusal(error, "sign_in");
      return Response.json({ code: error.code }, { status: httpStatusOf[error.code] });
    }
  };
}

export const GET = refusing(handle);

export const POST = refusing(async (request, context) => {
  checkOrigin(originFacts(request.headers));
  return handle(request, context);
});
