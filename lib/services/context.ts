import type { Db } from "@/lib/db/client";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import type { Mailer } from "@/lib/mail/mailer";
import type { Actor } from "@/lib/policies/actor";

/** What every use case gets first: who acts, and the doors to the outside. */
export interface Context {
  actor: Actor;
  db: Db;
  hosts: Hosts;
  /** Null where no mail server is set. */
  mail: Mailer | null;
  clock: () => Date;
  log: Logger;
  requestId: string;
}
