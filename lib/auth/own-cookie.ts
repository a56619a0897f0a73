import { basePath } from "@/lib/base-path";
import { env } from "@/lib/env";

export interface OwnCookie {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: string; secure: boolean };
}

/**
 * Name and flags of a cookie that goes to the whole portal. Over https it is Secure and has the
 * `__Host-` prefix, with which no sister domain and no plain-http page can plant one. That prefix
 * demands the path "/": below a path the cookie would go to all that the host serves besides, and
 * so it is `__Secure-` there, and goes to the portal's path alone.
 */
export function ownCookie(name: string, origin = env().PORTICO_ORIGIN, base = basePath): OwnCookie {
  const secure = origin?.startsWith("https://") ?? false;
  const prefix = base === "" ? "__Host-" : "__Secure-";
  return {
    name: secure ? `${prefix}${name}` : name,
    options: { httpOnly: true, sameSite: "lax", path: base || "/", secure },
  };
}
