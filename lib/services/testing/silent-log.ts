import pino from "pino";
import type { Logger } from "@/lib/log";

/** A logger for tests whose failures are on purpose. */
export const silentLog: Logger = pino({ level: "silent" });
