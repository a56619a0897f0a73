import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { pagePathHeader } from "@/lib/auth/request-headers";
import { securityHeaders } from "@/lib/auth/security-headers";
import { env } from "@/lib/env";

/**
 * Puts the security headers on every answer, with a fresh nonce that Next gives to its scripts,
 * and tells pages their own path. It guards nothing: every page, action and route asks for the
 * actor itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const { PORTICO_ORIGIN, NODE_ENV } = env();
  const headers = securityHeaders({
    nonce: randomBytes(16).toString("base64"),
    host: request.headers.get("host"),
    https: PORTICO_ORIGIN?.startsWith("https://") ?? false,
    development: NODE_ENV === "development",
  });
  const forward = new Headers(request.headers);
  // Next reads the nonce from here.
  forward.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
  forward.set(pagePathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers: forward } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = {
  // Built files are the same for everybody and run nothing by themselves.
  // Below a path the start page itself is no match of the second.
  matcher: ["/", "/((?!_next/static|_next/image).*)"],
};
