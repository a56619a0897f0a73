import type { Image } from "@/lib/db/generated/client";
import type { Appliance, ApplianceView } from "@/lib/model/appliance";
import { type ImageState, type ImageView, imageKinds, osFamilies } from "@/lib/model/image";

/** A row as it is shown; `usedBy` counts the drives that hold it. */
export function toImageView(row: Image, usedBy: number): ImageView {
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    kind: imageKinds.find((each) => each === row.kind) ?? "iso",
    state: row.state as ImageState,
    sizeBytes: Number(row.sizeBytes),
    receivedBytes: Number(row.receivedBytes),
    sha256: row.sha256,
    volumeLabel: row.volumeLabel,
    osFamily: osFamilies.find((each) => each === row.osFamily) ?? "other",
    bootable: { bios: row.bootBios, uefi: row.bootUefi },
    appliance: row.appliance === null ? null : shown(JSON.parse(row.appliance) as Appliance),
    error: row.error === null ? null : (JSON.parse(row.error) as ImageView["error"]),
    uploadedBy: row.uploadedBy,
    createdAt: row.createdAt.toISOString(),
    usedBy,
  };
}

/** Where its disks lie in the file is nobody's business but the import's. */
function shown(appliance: Appliance): ApplianceView {
  return { ...appliance, disks: appliance.disks.map(({ offset: _, ...disk }) => disk) };
}
