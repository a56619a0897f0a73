import { isLibvirtError } from "@/lib/libvirt";

const wireKinds: readonly string[] = ["unreachable", "closed", "outcome_unknown", "aborted"];

/**
 * Whether an error means that the connection is gone. Any other is about the one object that was
 * read (libvirt refused it, its XML is odd), and must not cost a host all its other objects.
 */
export function isWireFailure(error: unknown): boolean {
  return isLibvirtError(error) && wireKinds.includes(error.kind);
}

export function isTimeout(error: unknown): boolean {
  return isLibvirtError(error) && error.kind === "timeout";
}
