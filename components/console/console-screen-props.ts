import type { ReactNode } from "react";
import type { EjectAction, PowerAction } from "@/components/vm/types";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { ActionResult } from "@/lib/model/result";
import type { VideoView } from "@/lib/model/video";
import type { VmDetail, VmView } from "@/lib/model/vm";
import type { ClipboardSetting } from "./clipboard/clipboard-state";
import type { OpenTicket } from "./connection-state";
import type { ShareActions } from "./share-types";
import type { WatchActions } from "./watch/types";

export type ControlAction = (input: {
  vmId: string;
  consoleId: string | null;
}) => Promise<ActionResult<ConsoleViewers>>;

export interface ConsoleScreenProps {
  vm: VmView;
  /** The VM was deleted while the page was open. */
  removed: boolean;
  /** What shows its screen; null while nothing is known of it. */
  video: VideoView | null;
  /** The page's live events come in. */
  portalHeard: boolean;
  onConnected: () => void;
  openTicket: OpenTicket;
  /** The console's own path, under which a link may have begun it. */
  href: string;
  power: PowerAction;
  /** Why the person may not use power verbs; null when allowed. */
  powerForbidden: string | null;
  /** Name of what is in the drive; null when it is empty or the person may not eject. */
  media: string | null;
  eject: EjectAction;
  onEjected: (vm: VmDetail) => void;
  /** What the guest starts from, and how that is changed; null where the person may not. */
  start: ReactNode;
  /** Shown while the VM is being made. */
  waiting: ReactNode;
  /** Who is at the VM's consoles. */
  consoles: ConsoleViewers;
  control: ControlAction;
  /** Whether the guest shares its clipboard. */
  clipboard: ClipboardSetting;
  /** Links for who may watch without an account; null when the person may make none. */
  shares: ShareActions | null;
  /** Null when the person may have nothing watched. */
  watches: WatchActions | null;
  /** What is said of the screen in any case, above it. */
  sign: ReactNode;
  /** The same console in a tab of its own; null when this is that tab. */
  popOutHref: string | null;
}
