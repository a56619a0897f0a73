import { z } from "zod";
import { nicTimes, type VmNicView } from "@/lib/model/nic";

const limitSchema = z
  .object({
    average: z.int().describe("KiB per second."),
    peak: z.int().nullable().describe("KiB per second, for a moment."),
    burst: z.int().nullable().describe("KiB that may go at peak speed."),
  })
  .nullable();

const settingShape = {
  network: z.string(),
  model: z.string(),
  linkUp: z.boolean().describe("Whether its cable is plugged in."),
  limits: z
    .object({ inbound: limitSchema, outbound: limitSchema })
    .describe("What its traffic is held to; null: nothing."),
};

export const nicSchema = z
  .object({
    mac: z.string(),
    ...settingShape,
    addresses: z.array(z.string()),
    when: z.enum(nicTimes).describe("Whether what runs has it, or the next start, or both."),
    next: z.object(settingShape).nullable().describe("At its next start, where that differs."),
  })
  .meta({ id: "VmNic" }) satisfies z.ZodType<VmNicView>;
