"use client";

import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { ImageKind } from "@/lib/model/image";
import { isUnderWay, type UploadItem, uploadItems } from "./upload-items";

const none: readonly UploadItem[] = [];

/** The upload code and its protocol library come when they are first wanted. */
export const uploadRunner = () => import("./upload-runner");

/** The project's uploads of this tab, and what can be done with them. */
export function useUploads(projectId: string, kind: ImageKind) {
  const all = useSyncExternalStore(uploadItems.subscribe, uploadItems.get, () => none);
  const underWay = all.some(isUnderWay);

  useEffect(() => {
    if (!underWay) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [underWay]);

  const start = useCallback(
    async (file: File) => (await uploadRunner()).startUpload({ projectId, kind }, file),
    [projectId, kind],
  );
  return {
    items: all.filter((item) => item.projectId === projectId && item.kind === kind),
    start,
    pause: async (key: string) => (await uploadRunner()).pauseUpload(key),
    resume: async (key: string) => (await uploadRunner()).resumeUpload(key),
    cancel: async (key: string) => (await uploadRunner()).cancelUpload(key),
    hide: (key: string) => uploadItems.remove(key),
  };
}
