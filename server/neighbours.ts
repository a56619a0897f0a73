import type { Env } from "@/lib/env";

/** What a portal below a path of a host shares with whatever else is there: for the operator. */
export function neighbours(settings: Pick<Env, "PORTICO_ORIGIN" | "PORTICO_BASE_PATH">): string[] {
  const { PORTICO_ORIGIN: origin, PORTICO_BASE_PATH: path } = settings;
  if (path === "") return [];
  return [
    `This portal shares ${origin} with whatever else is served there. Browsers keep paths apart ` +
      "for nothing: a script in any page of that address may act here as whoever is signed in, " +
      "up to the screens of machines. Give the portal a name of its own where you can " +
      "(docs/security.md, Below a path).",
  ];
}
