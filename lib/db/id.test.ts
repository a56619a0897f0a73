import { expect, it } from "vitest";
import { newId } from "./id";

it("makes ids that differ and are safe in file names, libvirt names and URLs", () => {
  const ids = new Set(Array.from({ length: 10_000 }, newId));
  expect(ids.size).toBe(10_000);
  expect([...ids].filter((id) => !/^[0-9abcdefghjkmnpqrstvwxyz]{10}$/.test(id))).toEqual([]);
});
