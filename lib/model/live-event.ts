import type { ConsoleViewers } from "./console-viewer";
import type { HostView } from "./host";
import type { ImageView } from "./image";
import type { TaskView } from "./task";
import type { VmHardware, VmView } from "./vm";
import type { WatchView } from "./watch/watch";

/**
 * What `/api/events` sends, one JSON object per server-sent event. A `snapshot` opens every
 * connection, so that a browser that was away needs nothing else; then come single objects.
 */
export type LiveEvent =
  | { type: "snapshot"; vms: VmView[]; tasks: TaskView[]; images: ImageView[]; hosts: HostNotice[] }
  | { type: "vm"; vm: VmView }
  | { type: "vm.removed"; id: string }
  /** Comes before the `vm` that has it as its `hardware`; never with a snapshot. */
  | { type: "vm.hardware"; id: string; revision: string; hardware: VmHardware }
  | { type: "task"; task: TaskView }
  | { type: "image"; image: ImageView }
  | { type: "image.removed"; id: string }
  | { type: "host"; host: HostNotice }
  | { type: "revision"; of: RevisionOf; revision: string }
  /** Only to readers who may open that console. */
  | { type: "consoles"; vmId: string; consoles: ConsoleViewers }
  /** A watch that the reader made has fired. */
  | { type: "watch"; watch: WatchView }
  /** What the reader may in the project is another than when the page was made. */
  | { type: "rights_changed" }
  /** The reader may not see the project any more; nothing follows. */
  | { type: "access_ended" }
  /** The reader's session has ended; nothing follows. */
  | { type: "signed_out" };

/**
 * Pages that only the server renders. The stream names what they would show now; a page that was
 * rendered under another name asks for itself anew.
 */
export type RevisionOf = "networks" | "disks" | "backups" | "hosts" | "guests";

/** The part of a host that every member may know. */
export type HostNotice = Pick<
  HostView,
  "id" | "connection" | "connectionError" | "syncedAt" | "virt" | "mode"
>;
