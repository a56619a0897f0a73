import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { ProjectRole } from "@/lib/policies/permissions";

const gib = 1024 ** 3;
const hashOf = (text: string) => createHash("sha256").update(text).digest("base64url");

/** Makes rows of one project, as the use cases leave them; no domain or file stands behind them. */
export function thingsOf(db: Db, projectId: string) {
  return {
    /** A VM that is ready; libvirt does not have it, so that whoever may act learns just that. */
    async vm(): Promise<{ id: string; name: string }> {
      const id = newId();
      const name = `vm-${id}`;
      await db.vm.create({
        data: {
          id,
          projectId,
          hostId: "local",
          uuid: randomUUID(),
          domainName: `p-${id}`,
          name,
          firmware: "bios",
          vcpus: 1,
          memoryKib: 262_144,
          maxMemoryKib: 262_144,
          lifecycle: "ready",
          createdById: "matrix",
          disks: {
            create: {
              id: newId(),
              projectId,
              hostId: "local",
              pool: "portico-disks",
              volume: `p-${id}-0.qcow2`,
              format: "qcow2",
              target: "vda",
              capacityBytes: BigInt(gib),
            },
          },
        },
      });
      return { id, name };
    },

    /** A disk that was kept when its VM was deleted; there is no volume of that name. */
    async keptDisk(): Promise<string> {
      const id = newId();
      await db.disk.create({
        data: {
          id,
          projectId,
          hostId: "local",
          pool: "portico-disks",
          volume: `p-${id}-0.qcow2`,
          format: "qcow2",
          target: "vda",
          capacityBytes: BigInt(gib),
          keptFrom: "old",
          keptAt: new Date(),
        },
      });
      return id;
    },

    /** A link to a VM's screen that nobody has the secret of. */
    async consoleShare(vmId: string): Promise<{ id: string }> {
      const id = newId();
      await db.consoleShare.create({
        data: {
          id,
          tokenHash: hashOf(randomBytes(32).toString("base64url")),
          vmId,
          projectId,
          name: "support",
          createdById: "matrix",
          createdByName: "Matrix",
          expiresAt: new Date(Date.now() + 3_600_000),
        },
      });
      return { id };
    },

    /** A backup of a VM that is gone; there are no files of that name. */
    async backup(): Promise<string> {
      const id = newId();
      await db.backup.create({
        data: {
          id,
          projectId,
          hostId: "local",
          vmId: newId(),
          vmName: "old",
          state: "ready",
          definition: `<domain type="qemu"><name>p-${id}</name><uuid>${randomUUID()}</uuid></domain>`,
          pool: "portico-backups",
          volume: `b-${id}.xml`,
          ran: false,
          createdById: "matrix",
          createdByName: "matrix",
        },
      });
      return id;
    },

    /** A recording that has ended; there is no file of that name. */
    async recording(): Promise<string> {
      const id = newId();
      const now = new Date();
      const times = { startedAt: now, endedAt: now, segments: 1 };
      await db.recording.create({
        data: { id, projectId, vmId: newId(), vmName: "old", ...times },
      });
      return id;
    },

    async vmWithSchedule(): Promise<string> {
      const { id: vmId } = await this.vm();
      const by = { createdById: "matrix", createdByName: "matrix" };
      const nextAt = new Date(Date.now() + 86_400_000);
      await db.backupSchedule.create({ data: { vmId, every: "day", nextAt, ...by } });
      return vmId;
    },

    async watch(): Promise<{ vmId: string; watchId: string }> {
      const { id: vmId } = await this.vm();
      const watchId = newId();
      const by = { createdById: "matrix", createdByName: "matrix" };
      const expiresAt = new Date(Date.now() + 86_400_000);
      const data = { id: watchId, vmId, name: "w", kind: "off", expiresAt, ...by };
      await db.screenWatch.create({ data });
      return { vmId, watchId };
    },

    /** A VM's file that nobody has looked at, so that whoever may import it learns just that. */
    async appliance(): Promise<string> {
      const id = await this.image();
      await db.image.update({ where: { id }, data: { kind: "appliance", pool: null } });
      return id;
    },

    async image(state: "ready" | "uploading" = "ready"): Promise<string> {
      const id = newId();
      const stored = state === "ready" ? { pool: "portico-images", volume: `${id}.iso` } : {};
      await db.image.create({
        data: {
          id,
          projectId,
          name: `${id}.iso`,
          state,
          sizeBytes: 1_000n,
          receivedBytes: state === "ready" ? 1_000n : 0n,
          uploadedById: "matrix",
          uploadedBy: "matrix",
          ...stored,
        },
      });
      return id;
    },

    /** A task that waits for a host which does not exist: it can be cancelled. */
    async task(): Promise<string> {
      const id = newId();
      const input = { vmId: id, hostId: "nowhere", uuid: randomUUID(), keepDisks: false };
      await db.task.create({
        data: {
          id,
          projectId,
          kind: "vm.create",
          state: "queued",
          input: JSON.stringify(input),
          hostId: "nowhere",
          targetId: id,
          targetName: id,
          actorId: "matrix",
          actorName: "matrix",
        },
      });
      return id;
    },

    /** Somebody who is in no project. */
    async person(): Promise<{ id: string; email: string }> {
      const id = newId();
      const email = `${id}@example.org`;
      await db.user.create({ data: { id, email, name: id } });
      return { id, email };
    },

    /** A second member, whom nobody will miss. */
    async member(role: ProjectRole = "viewer"): Promise<string> {
      const id = newId();
      await db.user.create({
        data: {
          id,
          email: `${id}@example.org`,
          name: id,
          memberships: { create: { projectId, role } },
        },
      });
      return id;
    },

    /** An open invitation; the secret is what its link carries. */
    async invitation(): Promise<{ id: string; secret: string }> {
      const id = newId();
      const secret = randomBytes(32).toString("base64url");
      await db.invitation.create({
        data: {
          id,
          tokenHash: hashOf(secret),
          email: `${id}@example.org`,
          projectId,
          role: "viewer",
          invitedById: "matrix",
          invitedByName: "matrix",
          expiresAt: new Date(Date.now() + 3_600_000),
        },
      });
      return { id, secret };
    },

    /** A token of the project, made by one of its members. */
    async token(): Promise<string> {
      const id = newId();
      const userId = await this.member("owner");
      await db.apiToken.create({
        data: {
          id,
          tokenHash: hashOf(id),
          hint: "portico_x",
          name: id,
          userId,
          projectId,
          scopes: '["read"]',
          expiresAt: new Date(Date.now() + 3_600_000),
        },
      });
      return id;
    },
  };
}

export type Things = ReturnType<typeof thingsOf>;
