import { basePath, withBase } from "@/lib/base-path";
import { env } from "@/lib/env";
import { sharePath } from "@/lib/model/console-share";

export interface VisitCookie {
  name: string;
  options: { httpOnly: true; sameSite: "strict"; path: string; secure: boolean };
}

/**
 * The cookie in which a browser keeps the secret of its visit to one link. It goes with nothing
 * but requests below the shared page, and with none that another site starts.
 */
export function visitCookie(
  shareId: string,
  origin = env().PORTICO_ORIGIN,
  base = basePath,
): VisitCookie {
  const secure = origin?.startsWith("https://") ?? false;
  return {
    name: `${prefixOf(secure)}${shareId}`,
    options: { httpOnly: true, sameSite: "strict", path: withBase(sharePath, base), secure },
  };
}

const prefixOf = (secure: boolean) => `${secure ? "__Secure-" : ""}portico-visit-`;
const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** The secrets of all visits in a Cookie header, of whatever looks like one; newest last. */
export function visitSecretsIn(header: string | null | undefined): string[] {
  const secrets: string[] = [];
  for (const part of (header ?? "").split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    const own = name.startsWith(prefixOf(true)) || name.startsWith(prefixOf(false));
    if (own && secretPattern.test(value)) secrets.push(value);
  }
  return secrets;
}
