import { join } from "node:path";
import { env } from "@/lib/env";

/** Folder of the recordings' files, the portal's alone. */
export function recordingsFolder(): string {
  return join(env().PORTICO_DATA, "recordings");
}

const ending = ".rfb";

export function recordingFile(folder: string, id: string): string {
  return join(folder, `${id}${ending}`);
}

/** The id of the recording that a file of the folder belongs to; null for what is none. */
export function idOfFile(name: string): string | null {
  return name.endsWith(ending) ? name.slice(0, -ending.length) : null;
}
