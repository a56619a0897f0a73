import { z } from "zod";
import type { ScreenWatch } from "@/lib/db/generated/client";
import { type LayoutId, layoutIds } from "@/lib/model/keyboard/layouts";
import type { HookState, WatchEnd, WatchKind, WatchView } from "@/lib/model/watch/watch";

/** The texts of a row. */
export function textsOf({ texts }: Pick<ScreenWatch, "texts">): string[] {
  return z.array(z.string()).parse(JSON.parse(texts));
}

/** The layout of a row's keys. */
export function layoutOf({ layout }: Pick<ScreenWatch, "layout">): LayoutId {
  return layoutIds.find((each) => each === layout) ?? "us";
}

export function toWatchView(row: ScreenWatch & { vm: { name: string } }): WatchView {
  const { hookState, firedAt } = row;
  return {
    id: row.id,
    vmId: row.vmId,
    vmName: row.vm.name,
    name: row.name,
    kind: row.kind as WatchKind,
    texts: textsOf(row),
    stillSeconds: row.stillSeconds,
    again: row.again,
    keys: row.keys,
    layout: layoutOf(row),
    hookUrl: row.hookUrl,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ended: row.ended as WatchEnd | null,
    firedAt: firedAt?.toISOString() ?? null,
    firedText: row.firedText,
    fires: row.fires,
    hook:
      hookState === null
        ? null
        : { state: hookState as HookState, tries: row.hookTries, answer: row.hookAnswer },
  };
}
