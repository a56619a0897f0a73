import NextAuth from "next-auth";
import { noteRefusal, visitorContext } from "@/app/session";
import { authOptions } from "@/lib/auth/config";
import { checkOrigin, originFacts } from "@/lib/auth/origin";
import { isAppError } from "@/lib/model/errors";
import { nextAuthDoor } from "@/lib/services/user/next-auth-door";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: RouteContext): Promise<Response> {
  const handler = NextAuth(authOptions(nextAuthDoor(await visitorContext())));
  return handler(request, context);
}

export const GET = handle;

export async function POST(request: Request, context: RouteContext): Promise<Response> {
  try {
    checkOrigin(originFacts(request.headers));
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteRefusal(error, "sign_in");
    return Response.json({ code: error.code }, { status: 403 });
  }
  return handle(request, context);
}
