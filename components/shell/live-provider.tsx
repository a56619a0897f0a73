"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { leave } from "@/components/ui/leave";
import { useRefresh } from "@/components/ui/use-refresh";
import { type ConsoleViewers, noViewers } from "@/lib/model/console-viewer";
import type { ImageView } from "@/lib/model/image";
import type { HostNotice, LiveEvent, RevisionOf } from "@/lib/model/live-event";
import type { TaskView } from "@/lib/model/task";
import type { VmHardware, VmView } from "@/lib/model/vm";
import type { WatchView } from "@/lib/model/watch/watch";
import { emptyLiveState, type LiveState } from "./live-state";
import { createLiveStore, type LiveStatus, type LiveStore } from "./live-store";

const LiveContext = createContext<LiveStore | null>(null);

interface LiveProviderProps {
  /** Null where no project is open. */
  projectId: string | null;
  /** Whether hosts and all guests are followed, too; only administrators may. */
  installation: boolean;
  children: ReactNode;
}

/** Follows what is open by server-sent events; everything below sees changes within a moment. */
export function LiveProvider({ projectId, installation, children }: LiveProviderProps) {
  const [store] = useState(createLiveStore);
  const { refresh } = useRefresh();

  useEffect(() => {
    const query = new URLSearchParams();
    if (projectId !== null) query.set("project", projectId);
    if (installation) query.set("area", "admin");
    return query.size === 0 ? undefined : store.connect(`/api/events?${query}`);
  }, [store, projectId, installation]);

  useEffect(() => {
    let seen = store.state().rightsChanges;
    return store.subscribe(() => {
      const { ended, rightsChanges } = store.state();
      if (ended === "signed_out") leave();
      // The server says what is left of this page: nothing of it stays in the browser's memory.
      if (ended === "access_ended") window.location.reload();
      if (rightsChanges === seen) return;
      seen = rightsChanges;
      refresh();
    });
  }, [store, refresh]);

  return <LiveContext.Provider value={store}>{children}</LiveContext.Provider>;
}

const nothing = () => () => {};

function useLiveState(): LiveState {
  const store = useContext(LiveContext);
  return useSyncExternalStore(
    store?.subscribe ?? nothing,
    store?.state ?? (() => emptyLiveState),
    () => emptyLiveState,
  );
}

/** How the stream stands. */
export function useLiveStatus(): LiveStatus {
  const store = useContext(LiveContext);
  return useSyncExternalStore<LiveStatus>(
    store?.subscribe ?? nothing,
    store?.status ?? (() => "connecting"),
    () => "connecting",
  );
}

/** Gives the function that puts an action's result into the store at once. */
export function useLivePut(): (event: LiveEvent) => void {
  const store = useContext(LiveContext);
  return store?.put ?? (() => {});
}

/** For who hears the portal by other ways than the live events: those are asked for at once then. */
export function usePortalAnswers(): () => void {
  const store = useContext(LiveContext);
  return store?.portalAnswers ?? (() => {});
}

function useLiveList<T>(
  pick: (state: LiveState) => ReadonlyMap<string, T>,
  initial: readonly T[],
): readonly T[] {
  const state = useLiveState();
  const map = pick(state);
  return useMemo(() => (state.ready ? [...map.values()] : initial), [state.ready, map, initial]);
}

const pickVms = (state: LiveState) => state.vms;
const pickTasks = (state: LiveState) => state.tasks;
const pickImages = (state: LiveState) => state.images;
const pickHosts = (state: LiveState) => state.hosts;

/** The project's VMs: as the server rendered them, then live. */
export function useLiveVms(initial: readonly VmView[]): readonly VmView[] {
  return useLiveList(pickVms, initial);
}

/** One VM; null once it was removed. */
export function useLiveVm<T extends VmView>(initial: T): VmView | null {
  const state = useLiveState();
  if (state.goneVms.has(initial.id)) return null;
  return state.vms.get(initial.id) ?? initial;
}

/** The hardware that goes by that revision, when the stream has told it. */
export function useLiveHardware(vmId: string, revision: string): VmHardware | null {
  const told = useLiveState().hardware.get(vmId);
  return told?.revision === revision ? told.hardware : null;
}

/** What a page of that kind would be called now; null as long as the stream has not told. */
export function useLiveRevision(of: RevisionOf): string | null {
  return useLiveState().revisions.get(of) ?? null;
}

/** Who is at a VM's consoles; nobody for readers who may not be there. */
export function useLiveConsoles(vmId: string): ConsoleViewers {
  return useLiveState().consoles.get(vmId) ?? noViewers;
}

const pickWatches = (state: LiveState) => state.watches;
const noWatches: readonly WatchView[] = [];

/** The reader's watches of the project that have fired within a day. */
export function useFiredWatches(): readonly WatchView[] {
  return useLiveList(pickWatches, noWatches);
}

export function useLiveTasks(initial: readonly TaskView[]): readonly TaskView[] {
  return useLiveList(pickTasks, initial);
}

export function useLiveImages(initial: readonly ImageView[]): readonly ImageView[] {
  return useLiveList(pickImages, initial);
}

export function useHostNotices(initial: readonly HostNotice[]): readonly HostNotice[] {
  return useLiveList(pickHosts, initial);
}
