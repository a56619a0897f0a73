import { join } from "node:path";
import { env } from "@/lib/env";

/** Folder of the parts of uploads that are still under way. */
export function uploadsFolder(): string {
  return join(env().PORTICO_DATA, "uploads");
}
