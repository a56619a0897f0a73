"use client";

import type { RefObject } from "react";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import { ClipboardDialog } from "./clipboard/clipboard-dialog";
import type { ClipboardSetting } from "./clipboard/clipboard-state";
import type { SharedClipboard } from "./clipboard/use-clipboard-sync";
import { CombosDialog } from "./combos-dialog";
import type { OwnCombo } from "./own-combos";
import { ShareDialog } from "./share-dialog";
import type { ShareActions } from "./share-types";
import { TextDialog } from "./text/text-dialog";
import { TypeDialog } from "./type-dialog";
import type { Viewer } from "./viewer";
import type { WatchActions } from "./watch/types";
import { WatchDialog } from "./watch/watch-dialog";

/** What a console's bar opens over the screen. */
export type ConsoleDialog = "clipboard" | "type" | "combos" | "text" | "share" | "watch";

interface ConsoleDialogsProps {
  /** The one that is open. */
  shown: ConsoleDialog | null;
  onClose: () => void;
  vmId: string;
  viewer: RefObject<Viewer | null>;
  /** Why nothing can be sent to the guest; null when it can. */
  noInput: string | null;
  clipboard: ClipboardSetting;
  sharedClipboard: SharedClipboard;
  combos: readonly OwnCombo[];
  onCombos: (combos: readonly OwnCombo[]) => void;
  consoles: ConsoleViewers;
  /** Null when the person may make no links. */
  shares: ShareActions | null;
  /** Null when the person may have nothing watched. */
  watches: WatchActions | null;
}

/** The dialogs of a console, one at a time. */
export function ConsoleDialogs(props: ConsoleDialogsProps) {
  const { shown, onClose, vmId, viewer, noInput, shares, watches } = props;
  if (shown === "clipboard") {
    return (
      <ClipboardDialog
        setting={props.clipboard}
        shared={props.sharedClipboard}
        disabledReason={noInput}
        onSend={(text) => viewer.current?.sendClipboard(text)}
        onClose={onClose}
      />
    );
  }
  if (shown === "combos") {
    return <CombosDialog combos={props.combos} onChange={props.onCombos} onClose={onClose} />;
  }
  if (shown === "text") return <TextDialog viewer={viewer} onClose={onClose} />;
  if (shown === "type") {
    return <TypeDialog vmId={vmId} viewer={viewer} disabledReason={noInput} onClose={onClose} />;
  }
  if (shown === "watch" && watches) {
    return <WatchDialog vmId={vmId} actions={watches} onClose={onClose} />;
  }
  if (shown === "share" && shares) {
    return <ShareDialog vmId={vmId} consoles={props.consoles} actions={shares} onClose={onClose} />;
  }
  return null;
}
