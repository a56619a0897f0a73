import type { Image } from "@/lib/db/generated/client";
import { type ImageState, type ImageView, osFamilies } from "@/lib/model/image";

/** A row as it is shown; `usedBy` counts the drives that hold it. */
export function toImageView(row: Image, usedBy: number): ImageView {
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    state: row.state as ImageState,
    sizeBytes: Number(row.sizeBytes),
    receivedBytes: Number(row.receivedBytes),
    sha256: row.sha256,
    volumeLabel: row.volumeLabel,
    osFamily: osFamilies.find((each) => each === row.osFamily) ?? "other",
    bootable: { bios: row.bootBios, uefi: row.bootUefi },
    error: row.error === null ? null : (JSON.parse(row.error) as ImageView["error"]),
    uploadedBy: row.uploadedBy,
    createdAt: row.createdAt.toISOString(),
    usedBy,
  };
}
