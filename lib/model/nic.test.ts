import { expect, it } from "vitest";
import { nicLimitsSchema } from "./nic";

it("limits: what is not named is libvirt's choice, and a peak is not below the average", () => {
  expect(nicLimitsSchema.parse({ inbound: { average: 10 }, outbound: null })).toEqual({
    inbound: { average: 10, peak: null, burst: null },
    outbound: null,
  });
  const wrong = (average: number, peak: number | null = null) =>
    nicLimitsSchema.safeParse({ inbound: { average, peak }, outbound: null }).error?.issues[0];
  expect(wrong(10, 9)).toMatchObject({ message: "field.nic_limit.peak" });
  expect(wrong(10, 10)).toBeUndefined();
  expect(wrong(0)).toMatchObject({ message: "field.nic_limit.range" });
  expect(wrong(4_000_001)).toMatchObject({ message: "field.nic_limit.range" });
});
