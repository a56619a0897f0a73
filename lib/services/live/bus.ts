import { once } from "@/lib/runtime/once";

/** What changed in the database; libvirt's own changes come from the inventory instead. */
export type BusMessage =
  | { type: "vm"; projectId: string; vmId: string }
  | { type: "vm.removed"; projectId: string; vmId: string }
  | { type: "task"; projectId: string | null; taskId: string }
  | { type: "image"; projectId: string; imageId: string }
  | { type: "image.removed"; projectId: string; imageId: string }
  /** A disk that no VM has has come, changed or gone. */
  | { type: "disk"; projectId: string }
  /** A VM's backup has come, changed or gone. */
  | { type: "backup"; projectId: string }
  /** A watch that this person made has fired. */
  | { type: "watch"; projectId: string; userId: string; watchId: string }
  /** What a person may has changed, in a project or (null) in the installation. */
  | { type: "rights"; projectId: string | null; userId: string }
  /** A task waits for a runner. */
  | { type: "task.queued" }
  /** Somebody wants a task stopped. */
  | { type: "task.cancel"; taskId: string };

type Listener = (message: BusMessage) => void;

function listeners(): Set<Listener> {
  return once("live.bus", () => new Set<Listener>());
}

/** Tells every listener of this process. A listener must not throw. */
export function publish(message: BusMessage): void {
  for (const listener of [...listeners()]) listener(message);
}

/** Returns the unsubscribe function. */
export function onBus(listener: Listener): () => void {
  listeners().add(listener);
  return () => {
    listeners().delete(listener);
  };
}

/**
 * Calls the listener when somebody's rights have changed, or a VM has left its project and with
 * it those who may reach it; returns the function that stops it.
 */
export function onRightsChanged(listener: () => void): () => void {
  return onBus((message) => {
    if (message.type === "rights" || message.type === "vm.removed") listener();
  });
}
