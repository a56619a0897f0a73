import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { ImageView } from "@/lib/model/image";
import type { HostNotice, LiveEvent, RevisionOf } from "@/lib/model/live-event";
import type { TaskView } from "@/lib/model/task";
import type { VmHardware, VmView } from "@/lib/model/vm";
import type { WatchView } from "@/lib/model/watch/watch";

export interface LiveState {
  /** Whether a snapshot has come: before that, pages show what the server rendered. */
  ready: boolean;
  /** Why nothing more comes; null while the stream goes on. */
  ended: "signed_out" | "access_ended" | null;
  /** Counts how often the reader's rights have changed since the page was made. */
  rightsChanges: number;
  vms: ReadonlyMap<string, VmView>;
  /** VMs that were here and went: not the same as one that is not known yet. */
  goneVms: ReadonlySet<string>;
  /** Of VMs whose hardware has changed while this page was open, by VM id. */
  hardware: ReadonlyMap<string, { revision: string; hardware: VmHardware }>;
  tasks: ReadonlyMap<string, TaskView>;
  images: ReadonlyMap<string, ImageView>;
  hosts: ReadonlyMap<string, HostNotice>;
  revisions: ReadonlyMap<RevisionOf, string>;
  /** Who is at the consoles of VMs, as far as anybody was. */
  consoles: ReadonlyMap<string, ConsoleViewers>;
  /** The reader's watches of the project that have fired within a day. */
  watches: ReadonlyMap<string, WatchView>;
}

export const emptyLiveState: LiveState = {
  ready: false,
  ended: null,
  rightsChanges: 0,
  vms: new Map(),
  goneVms: new Set(),
  hardware: new Map(),
  tasks: new Map(),
  images: new Map(),
  hosts: new Map(),
  revisions: new Map(),
  consoles: new Map(),
  watches: new Map(),
};

function byId<T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function goneAfter(before: LiveState, present: readonly VmView[]): ReadonlySet<string> {
  const gone = new Set([...before.goneVms, ...before.vms.keys()]);
  for (const vm of present) gone.delete(vm.id);
  return gone;
}

type Collection = "watches" | "vms" | "consoles" | "hardware" | "tasks" | "images" | "hosts";
type Items<M> = M extends ReadonlyMap<string, infer T> ? Map<string, T> : never;

/** Applies events in order, copying each collection at most once however many events come. */
export function applyEvents(state: LiveState, events: readonly LiveEvent[]): LiveState {
  let next = state;
  const copied = new Set<Collection>();

  function collection<K extends Collection>(name: K): Items<LiveState[K]> {
    if (!copied.has(name)) {
      copied.add(name);
      next = { ...next, [name]: new Map<string, unknown>(next[name]) };
    }
    return next[name] as Items<LiveState[K]>;
  }

  for (const event of events) {
    switch (event.type) {
      case "snapshot":
        copied.clear();
        next = {
          ...next,
          ready: true,
          ended: null,
          vms: byId(event.vms),
          goneVms: goneAfter(next, event.vms),
          tasks: byId(event.tasks),
          images: byId(event.images),
          hosts: byId(event.hosts),
          consoles: new Map(),
        };
        break;
      case "vm":
        collection("vms").set(event.vm.id, event.vm);
        break;
      case "vm.removed":
        collection("vms").delete(event.id);
        next = { ...next, goneVms: new Set([...next.goneVms, event.id]) };
        break;
      case "vm.hardware":
        collection("hardware").set(event.id, event);
        break;
      case "task":
        collection("tasks").set(event.task.id, event.task);
        break;
      case "image":
        collection("images").set(event.image.id, event.image);
        break;
      case "image.removed":
        collection("images").delete(event.id);
        break;
      case "host":
        collection("hosts").set(event.host.id, event.host);
        break;
      case "consoles":
        collection("consoles").set(event.vmId, event.consoles);
        break;
      case "watch":
        collection("watches").set(event.watch.id, event.watch);
        break;
      case "rights_changed":
        next = { ...next, rightsChanges: next.rightsChanges + 1 };
        break;
      case "revision":
        next = { ...next, revisions: new Map(next.revisions).set(event.of, event.revision) };
        break;
      case "signed_out":
      case "access_ended":
        next = { ...next, ended: event.type };
        break;
    }
  }
  return next;
}
