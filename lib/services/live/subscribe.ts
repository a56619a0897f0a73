import { consoleSessions } from "@/lib/console/sessions";
import type { Prisma } from "@/lib/db/generated/client";
import { notFound } from "@/lib/model/errors";
import type { LiveEvent } from "@/lib/model/live-event";
import type { Actor } from "@/lib/policies/actor";
import { assertCan, can } from "@/lib/policies/can";
import { isOutside } from "@/lib/policies/is-outside";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";
import { toHostNotice } from "../host/host-notice";
import { countImageUsers } from "../image/image-users";
import { toImageView } from "../image/to-image-view";
import { taskInclude, toTaskView } from "../task/to-task-view";
import { hardwareOf } from "../vm/hardware-of";
import { toVmView } from "../vm/to-vm-view";
import { viewersOf } from "../vm/viewers-of";
import { toWatchView } from "../watch/to-watch-view";
import { actorNow } from "./actor-now";
import { type BusMessage, onBus } from "./bus";
import { Coalescer } from "./coalesce";
import { Revisions } from "./revisions";
import { snapshot } from "./snapshot";

/** At most seven events a second for one object. */
const intervalMs = 150;
/** For what another process changed; this one's own changes come by the bus at once. */
const recheckMs = 3_000;
/** For so long a watch that has fired is told to pages that are opened later. */
const watchesToldMs = 24 * 3_600_000;

type Send = (event: LiveEvent) => void;

/** What a stream follows. */
export interface LiveInput {
  projectId: string | null;
  /** Hosts and the guests of all projects, too: for administrators. */
  installation?: boolean;
}

/**
 * Sends a snapshot of the project and then its changes: guests by libvirt's events, tasks and
 * images by the database's; and revisions of what only the server renders. The actor's rights are
 * looked up again when they change and every few seconds: `rights_changed` says that the role is
 * another; once there is none, `access_ended` or `signed_out` is the last event. Throws `not_found`
 * or `auth.forbidden` at once when the actor may not look. Returns the function that ends it.
 */
export function subscribe(ctx: Context, input: LiveInput, send: Send): () => void {
  const { projectId, installation = false } = input;
  if (projectId === null && !installation) throw notFound("no project");
  const mine = scope(ctx.actor).projectId;
  if (projectId !== null && mine && !mine.in.includes(projectId)) {
    throw notFound(`project ${projectId}`);
  }
  if (projectId !== null) assertCan(ctx.actor, "vm.read", projectId);
  if (installation) assertCan(ctx.actor, "host.read");
  const stream = new LiveStream({ ...ctx }, { projectId, installation }, send);
  stream.start();
  return () => stream.stop();
}

function mayFollow(actor: Actor, { projectId, installation }: LiveInput): boolean {
  return (
    (projectId === null || can(actor, "vm.read", projectId)) &&
    (!installation || can(actor, "host.read"))
  );
}

class LiveStream {
  private readonly stops: (() => void)[] = [];
  /** libvirt UUID → VM id, for the project's own VMs. */
  private vmIds = new Map<string, string>();
  /** VM id → revision of the hardware that its pages have been told of. */
  private hardware = new Map<string, string>();
  /** Hosts whose guests' states were known when their VMs were last sent. */
  private connected = new Set<string>();
  private stopped = false;
  /** Events wait for the snapshot, so that nothing older overtakes it. */
  private ready = false;
  private waiting = new Set<string>();
  private readonly changes: Coalescer;
  /** Empty where no project is followed: nothing is of that one. */
  private readonly projectId: string;
  private readonly revisions: Revisions;

  constructor(
    private readonly ctx: Context,
    private readonly input: Required<LiveInput>,
    private readonly send: Send,
  ) {
    this.projectId = input.projectId ?? "";
    this.revisions = new Revisions(ctx, input.projectId, input.installation);
    this.changes = new Coalescer(intervalMs, (key) => this.run(this.sendChange(key)));
  }

  start(): void {
    const { hosts } = this.ctx;
    this.stops.push(
      onBus((message) => this.onMessage(message)),
      hosts.onChange((host, change) => {
        if (change.type === "vm") this.askVm(change.vm.uuid);
        else if (change.type === "vm.removed") this.askVm(change.uuid);
        else if (change.type === "resync") this.ask("all:");
        else this.ask(`host:${host.id}`);
        for (const of of this.revisions.touchedBy(host, change)) this.ask(`revision:${of}`);
      }),
      ...hosts.list().map((host) => host.inventory.attend()),
      consoleSessions().onChange(({ vmId, projectId }) => {
        if (projectId === this.projectId) this.ask(`consoles:${vmId}`);
      }),
    );
    const recheck = setInterval(() => this.run(this.recheck()), recheckMs);
    recheck.unref();
    this.stops.push(() => clearInterval(recheck));
    this.run(this.open());
  }

  stop(): void {
    this.stopped = true;
    this.changes.stop();
    for (const stop of this.stops.splice(0)) stop();
  }

  private async open(): Promise<void> {
    await this.sendSnapshot();
    for (const of of this.revisions.kinds) await this.sendRevision(of);
    const lately = new Date(this.ctx.clock().getTime() - watchesToldMs);
    await this.sendWatches({ firedAt: { gt: lately }, createdById: this.ctx.actor.userId });
    this.ready = true;
    for (const key of this.waiting) this.changes.ask(key);
    this.waiting.clear();
  }

  private onMessage(message: BusMessage): void {
    if (message.type === "rights") {
      if (message.userId === this.ctx.actor.userId) this.run(this.recheck());
      return;
    }
    if (message.type === "watch") {
      if (message.userId === this.ctx.actor.userId && message.projectId === this.projectId)
        this.ask(`watch:${message.watchId}`);
      return;
    }
    if (!("projectId" in message)) return;
    const guest = message.type === "vm" || message.type === "vm.removed";
    if (guest && this.input.installation) this.ask("revision:guests");
    if (message.projectId !== this.projectId) return;
    if (guest || message.type === "disk") this.ask("revision:disks");
    // Whether a backup's VM is still there is shown with it.
    if (guest || message.type === "backup") this.ask("revision:backups");
    if (message.type === "vm" || message.type === "vm.removed") this.ask(`vm:${message.vmId}`);
    else if (message.type === "task") this.ask(`task:${message.taskId}`);
    else if (message.type !== "disk" && message.type !== "backup")
      this.ask(`image:${message.imageId}`);
  }

  private askVm(uuid: string): void {
    const id = this.vmIds.get(uuid);
    if (id !== undefined) this.ask(`vm:${id}`);
  }

  private ask(key: string): void {
    if (this.stopped) return;
    if (this.ready) this.changes.ask(key);
    else this.waiting.add(key);
  }

  private async sendChange(key: string): Promise<void> {
    const [kind, id = ""] = key.split(":", 2);
    if (kind === "vm") await this.sendVm(id);
    else if (kind === "task") await this.sendTask(id);
    else if (kind === "image") await this.sendImage(id);
    else if (kind === "watch") await this.sendWatches({ id });
    else if (kind === "host") await this.sendHost(id);
    else if (kind === "consoles") this.sendConsoles(id);
    else if (kind === "revision") await this.sendRevision(id);
    else await this.sendSnapshot();
  }

  private async sendSnapshot(): Promise<void> {
    const { db } = this.ctx;
    const rows = await db.vm.findMany({
      where: { projectId: this.projectId },
      select: { id: true, uuid: true },
    });
    this.vmIds = new Map(rows.map((row) => [row.uuid, row.id]));
    const event = await snapshot(this.ctx, this.input.projectId);
    this.hardware = new Map(event.vms.map((vm) => [vm.id, vm.hardware]));
    const reached = event.hosts.filter((host) => host.connection === "connected");
    this.connected = new Set(reached.map((host) => host.id));
    this.emit(event);
    const open = consoleSessions().list({ projectId: this.projectId });
    for (const vmId of new Set(open.map((each) => each.vmId))) this.sendConsoles(vmId);
  }

  private sendConsoles(vmId: string): void {
    if (!can(this.ctx.actor, "vm.console", this.projectId)) return;
    this.emit({ type: "consoles", vmId, consoles: viewersOf(vmId, this.projectId) });
  }

  private async sendVm(id: string): Promise<void> {
    const { db, hosts } = this.ctx;
    const row = await db.vm.findFirst({ where: { id, projectId: this.projectId } });
    if (row) {
      this.vmIds.set(row.uuid, row.id);
      const host = hosts.get(row.hostId);
      const live = host?.inventory.get(row.uuid) ?? null;
      const vm = toVmView(row, live, host);
      if (this.hardware.get(id) !== vm.hardware) {
        const hardware = await hardwareOf(this.ctx, row, live);
        this.hardware.set(id, vm.hardware);
        this.emit({ type: "vm.hardware", id, revision: vm.hardware, hardware });
      }
      this.emit({ type: "vm", vm });
      return;
    }
    this.hardware.delete(id);
    for (const [uuid, vmId] of this.vmIds) if (vmId === id) this.vmIds.delete(uuid);
    this.emit({ type: "vm.removed", id });
  }

  private async sendTask(id: string): Promise<void> {
    const row = await this.ctx.db.task.findFirst({
      where: { id, projectId: this.projectId },
      include: taskInclude,
    });
    if (row) this.emit({ type: "task", task: toTaskView(row) });
  }

  private async sendImage(id: string): Promise<void> {
    const { db, hosts } = this.ctx;
    const row = await db.image.findFirst({ where: { id, projectId: this.projectId } });
    if (!row) {
      this.emit({ type: "image.removed", id });
      return;
    }
    const users = countImageUsers(hosts, [row]);
    this.emit({ type: "image", image: toImageView(row, users.get(row.id) ?? 0) });
  }

  private async sendWatches(where: Prisma.ScreenWatchWhereInput): Promise<void> {
    const { actor } = this.ctx;
    if (!can(actor, "vm.screen", this.projectId) || isOutside(actor, this.projectId)) return;
    const rows = await this.ctx.db.screenWatch.findMany({
      where: { ...where, vm: { projectId: this.projectId } },
      include: { vm: { select: { name: true } } },
      orderBy: { firedAt: "asc" },
    });
    for (const row of rows) this.emit({ type: "watch", watch: toWatchView(row) });
  }

  private async sendHost(id: string): Promise<void> {
    const host = this.ctx.hosts.get(id);
    if (!host) return;
    const inDetail = can(this.ctx.actor, "host.read");
    this.emit({ type: "host", host: toHostNotice(host, inDetail) });
    // What is known of its VMs comes and goes with the host.
    if ((host.connection === "connected") !== this.connected.has(id)) await this.sendSnapshot();
  }

  private async sendRevision(kind: string): Promise<void> {
    const of = this.revisions.kinds.find((each) => each === kind);
    const event = of && (await this.revisions.next(of));
    if (event) this.emit(event);
  }

  private async recheck(): Promise<void> {
    const actor = await actorNow(this.ctx);
    if (this.stopped) return;
    if (actor !== null && mayFollow(actor, this.input)) {
      const before = rightsKey(this.ctx.actor, this.projectId);
      this.ctx.actor = actor;
      if (rightsKey(actor, this.projectId) !== before) this.emit({ type: "rights_changed" });
      return;
    }
    this.emit({ type: actor === null ? "signed_out" : "access_ended" });
    this.stop();
  }

  private emit(event: LiveEvent): void {
    if (!this.stopped) this.send(event);
  }

  /** A failed look-up must not end the stream: the next change tries again. */
  private run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!this.stopped) this.ctx.log.warn({ err: error }, "a live event could not be sent");
    });
  }
}

/** What decides which controls a page of the project offers. */
function rightsKey({ isAdmin, isAuditor, memberships }: Actor, projectId: string): string {
  const role = memberships.find((each) => each.projectId === projectId)?.role ?? "";
  return `${isAdmin} ${isAuditor} ${role}`;
}
