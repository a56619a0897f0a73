import type { Prisma, Vm } from "@/lib/db/generated/client";

/** A VM's tags, sorted. */
export function tagsOf(row: Pick<Vm, "tags">): string[] {
  return JSON.parse(row.tags);
}

/** Tags as their row keeps them: each once, sorted. */
export function toTags(tags: readonly string[]): string {
  return JSON.stringify([...new Set(tags)].sort());
}

/** The VMs that have the tag. Its characters have no meaning of their own in JSON or a search. */
export function withTag(tag: string): Prisma.VmWhereInput {
  return { tags: { contains: JSON.stringify(tag) } };
}
