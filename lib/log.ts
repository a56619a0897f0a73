import pino from "pino";
import { env } from "@/lib/env";
import { once } from "@/lib/runtime/once";

export type Logger = pino.Logger;

/** The process's logger. Secrets never belong in a log line; these paths are a safety net. */
export function logger(): Logger {
  return once("log", () =>
    pino({
      level: env().LOG_LEVEL,
      redact: ["password", "*.password", "token", "*.token", "ticket", "*.ticket", "*.cookie"],
    }),
  );
}
