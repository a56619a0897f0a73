import { expect, it } from "vitest";
import { LibvirtError } from "@/lib/libvirt";
import { toAppError } from "../errors";
import type { LinkedHost } from "../link";
import { refreshPool } from "./files";

/** A host that refuses so often to look through its pool. */
function refusing(times: number, libvirtCode: number) {
  let asked = 0;
  const call = async (name: string) => {
    if (name !== "storagePoolRefresh") return { pool: { name: "p", uuid: "u" } };
    asked += 1;
    const said = new LibvirtError("refused", "pool 'p' has asynchronous jobs running.", {
      libvirtCode,
    });
    if (asked <= times) throw toAppError(said, name);
    return {};
  };
  return { host: { link: { call } } as unknown as LinkedHost, asked: () => asked };
}

it("a pool in which somebody's file is being made is looked through a moment later", async () => {
  const { host, asked } = refusing(2, 1);
  await refreshPool(host, "p");
  expect(asked()).toBe(3);
});

it("what libvirt refuses for good is told at once", async () => {
  const { host, asked } = refusing(1, 88);
  await expect(refreshPool(host, "p")).rejects.toMatchObject({ code: "host.refused" });
  expect(asked()).toBe(1);
});
