import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { ensureSetupLink } from "@/lib/auth/ensure-setup-link";
import { oidcSettings } from "@/lib/auth/oidc";
import { startSessionSweep } from "@/lib/auth/session-sweep";
import { flushTokenUses } from "@/lib/auth/token-uses";
import { databaseUrl, db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Env } from "@/lib/env";
import { startHosts, stopHosts } from "@/lib/hypervisor/hosts";
import { logger } from "@/lib/log";
import { mailer } from "@/lib/mail/mailer";
import { flushRefusals } from "@/lib/services/audit/audit-refusal";
import { sealOlderRows } from "@/lib/services/audit/seal-older-rows";
import { startScheduleSweep } from "@/lib/services/backup-schedule/start-schedule-sweep";
import { startThawSweep } from "@/lib/services/freeze/start-thaw-sweep";
import { markDraining } from "@/lib/services/host/readiness";
import { startLeaseSweep } from "@/lib/services/lease/start-lease-sweep";
import { startOrderSweep } from "@/lib/services/start-order/start-order-sweep";
import { ensureAdminFromEnv } from "@/lib/services/user/ensure-admin-from-env";
import { startWatchSweep } from "@/lib/services/watch/start-watch-sweep";
import { startReconciler, stopReconciler } from "@/lib/tasks/reconcile";
import { startTaskRunner, stopTaskRunner } from "@/lib/tasks/runner";
import { stopConsoles } from "./console-upgrade";
import { keepHostsReady } from "./keep-hosts-ready";
import { recordConsoles } from "./record-consoles";

export interface Running {
  /** Begins what nobody at a page waits for: tasks, the reconciler and the sweeps. */
  work(): void;
  /** Prints the one-time set-up link while there is no administrator. */
  greet(address: string): Promise<void>;
  /** Lets go of consoles, tasks and hosts, in that order. */
  stop(): Promise<void>;
}

const taskDrainMs = 5_000;

/**
 * Brings the process up: data directory, database, hosts. Hosts connect in the background, so that
 * a libvirt that is away does not keep the portal from starting; tasks begin with `work`.
 */
export async function boot(settings: Env): Promise<Running> {
  mkdirSync(settings.PORTICO_DATA, { recursive: true, mode: 0o700 });
  // Settings that cannot be used stop the start, and not the first who signs in.
  oidcSettings();
  const applied = await migrate(databaseUrl());
  const log = logger();
  if (applied.length > 0) log.info({ applied }, "database migrated");
  const sealed = await sealOlderRows(db());
  if (sealed > 0) log.info({ rows: sealed }, "older rows of the audit log sealed");
  await ensureAdminFromEnv(db(), settings);

  const record = await localHost(settings.PORTICO_LIBVIRT_URI);
  const hosts = startHosts([record], {
    virtTypeSetting: settings.PORTICO_VIRT_TYPE,
    consoleDir: settings.PORTICO_CONSOLE_DIR ?? null,
  });
  const releaseHosts = keepHostsReady(hosts);
  const stopRecordings = await recordConsoles({ db: db(), hosts, log });
  const stops: (() => void)[] = [];

  return {
    work() {
      const deps = { db: db(), hosts, log };
      startTaskRunner(deps);
      startReconciler(deps);
      stops.push(
        startSessionSweep(db()),
        startLeaseSweep({ ...deps, mail: mailer() }),
        startScheduleSweep(deps),
        startOrderSweep(deps),
        startThawSweep(deps),
        startWatchSweep(deps),
      );
    },
    async greet(address) {
      const link = await ensureSetupLink(db(), address);
      if (link === null) return;
      process.stdout.write(`\nNobody administers this portal yet. Open this link once:\n${link}\n`);
    },
    async stop() {
      markDraining();
      for (const stop of stops) stop();
      await stopConsoles();
      await stopRecordings();
      stopReconciler();
      await stopTaskRunner(taskDrainMs);
      releaseHosts();
      await stopHosts();
      await flushRefusals(db());
      await flushTokenUses(db());
      await db().$disconnect();
    },
  };
}

/** The host that `PORTICO_LIBVIRT_URI` names, as a row; its URI follows the setting. */
async function localHost(uri: string): Promise<{ id: string; name: string; uri: string }> {
  return db().host.upsert({
    where: { id: "local" },
    create: { id: "local", name: hostname(), uri },
    update: { uri },
  });
}
