import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { permissions } from "@/lib/policies/permissions";
import { populate } from "./testing/populate";
import { installationUseCases, isWrite, useCases } from "./testing/use-cases";
import { makeWorld } from "./testing/world";

const all = [...useCases, ...installationUseCases];
const writes = all.filter(([, permission]) => isWrite(permission));

/** Rights that only widen what another right gives. */
const widening = ["vm.edit_definition"];

/** Rights to write on a host itself, which here cannot be called: an integration test has them. */
const onHost = ["host.tune"];

/** Modules that write and leave the row to another, and which that is. */
const partsOfOthers: Record<string, string> = {
  "audit/chain-older-rows.ts": "writes the log itself",
  "disk/mark-disk.ts": "the verb that the disk is taken for",
  "factor/recovery-codes.ts": "the verb that makes, renews or removes a second factor",
  "factor/start-totp.ts": "confirm-totp: until then nothing has changed",
  "factor/take-code.ts": "the sign-in or proof that the code is for",
  "factor/take-passkey.ts": "the sign-in or proof that the passkey is for",
  "idempotency/keys.ts": "the request that the key belongs to",
  "image/upload/finish-upload.ts": "begin-upload; the rest is a task, which is kept",
  "image/forget-appliance.ts": "delete-image, or import-vm, which may ask for it",
  "image/upload/store.ts": "begin-upload",
  "invitation/join-as-stranger.ts": "use-up",
  "project/join-project.ts": "add-member, or use-up of an invitation",
  "project/membership.ts": "the verb that ends or lowers the membership",
  "recording/mend-recordings.ts": "the recording that was cut off",
  "recording/recordings.ts": "open-console, which says that it is recorded",
  "recording/sweep-recordings.ts": "set-policy, which says how long recordings stay",
  "start-order/notice-boot.ts": "vm-start-in-order, the task that starts each VM",
  "start-order/start-due.ts": "vm-start-in-order, the task that starts each VM",
  "user/create-first-admin.ts": "setup-admin, or ensure-admin-from-env",
  "user/open-session.ts": "the way of signing in",
  "vm/add-new-vm.ts": "reserve-vm, clone-vm, import-vm or restore-backup",
  "vm-backup/enqueue-backup-deletion.ts": "delete-backup, or retain-backups",
  "vm-backup/reserve-backup.ts": "create-backup, or run-schedules",
  "vm/definition/take-words.ts": "define-vm",
  "watch/deliver-hooks.ts": "fire-watch, whose call it makes",
  "watch/may-watch.ts": "the verb that has taken the right away",
  "watch/run-watches.ts": "fire-watch; that a watch's time is over is no deed",
  "vm/rescue/way-back.ts": "start-rescue or end-rescue",
  "vm/reserve-sizes.ts": "resize-vm",
};

/** The program's own text, without tests and what is made by tools. */
function sources(...folders: string[]): { path: string; text: string }[] {
  const root = join(import.meta.dirname, "..", "..");
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter(
        (path) => /\.(tsx?|mjs)$/.test(path) && !/\.test\.ts$|testing\/|generated\//.test(path),
      )
      .map((path) => ({
        path: join(folder, path),
        text: readFileSync(join(root, folder, path), "utf8"),
      })),
  );
}

describe("the audit log", () => {
  it.each(writes)("has a row of every write: %s", async (_name, _permission, call) => {
    const world = await makeWorld();
    const ids = await populate(world);
    // The host of this world takes no calls: what fails there must be in the log, too.
    await Promise.resolve(call(world.admin, ids)).catch(() => undefined);
    const rows = await world.db.auditEvent.findMany({ where: { outcome: { not: "refused" } } });
    expect(rows).toMatchObject([
      { seq: 1, actorId: world.admin.actor.userId, requestId: world.admin.requestId },
    ]);
  });

  it("is looked at for every right to write that a use case asks for", () => {
    const text = sources("lib/services")
      .map((each) => each.text)
      .join("\n");
    const asked = (Object.keys(permissions) as (keyof typeof permissions)[]).filter(
      (each) => isWrite(each) && text.includes(`"${each}"`),
    );
    const tried = new Set(all.map(([, permission]) => permission));
    expect(
      asked.filter((each) => !tried.has(each) && !widening.concat(onHost).includes(each)),
    ).toEqual([]);
  });

  it("is written by every module that writes, or by the one whose part it is", () => {
    const writes = /\b(db|tx)\.\w+\.(create|update|delete|upsert)\w*\(/;
    const silent = sources("lib/services")
      .filter(
        ({ text }) => writes.test(text) && !/\b(writeAudit|audited|auditRefusal)\(/.test(text),
      )
      .map(({ path }) => path.replace("lib/services/", ""));
    expect(silent.sort()).toEqual(Object.keys(partsOfOthers).sort());
  });

  it("has no door by which a row is changed or removed", () => {
    // Gives rows without a place theirs, before the chain has a first row.
    const chained = ["lib/services/audit/chain-older-rows.ts"];
    const doors = sources("lib", "app", "server", "scripts").filter(({ path, text }) => {
      const changes = /\bauditEvent\s*\.\s*(update|delete|upsert)/.test(text);
      const raw = /(UPDATE|DELETE FROM|REPLACE INTO|DROP TABLE|TRIGGER)[^;]*AuditEvent/i.test(text);
      return (changes || raw) && !chained.includes(path);
    });
    expect(doors.map((each) => each.path)).toEqual([]);
  });
});
