import { z } from "zod";
import { diskBuses, diskCaches } from "@/lib/model/disk-settings";
import { settingFields, settingWarnings } from "@/lib/model/disk-settings-plan";

/** What virsh has set may be anything. */
export const diskSettingsView = z.object({
  bus: z.string().describe(`${diskBuses.join(", ")}, or what virsh has set.`),
  cache: z
    .string()
    .describe(`${diskCaches.join(", ")}; \`default\` leaves it to QEMU, which takes writeback.`),
  discard: z.string().describe("`unmap`: blocks that the guest gives up go back to the host."),
  serial: z.string().nullable().describe("What the guest reads as its serial number."),
});

export const diskSettingsPlanSchema = z
  .object({
    when: z.enum(["now", "next_boot", "refused", "unchanged"]),
    changes: z.array(
      z.object({
        field: z.enum(settingFields),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    ),
    wanted: diskSettingsView.describe("All that the disk has afterwards."),
    warnings: z
      .array(z.enum(settingWarnings))
      .describe(
        "`bus_system`: without a driver for the new bus the guest does not find its system and does " +
          "not start; `bus_data`: nor this disk; `bus_names`: the guest may name it otherwise; " +
          "`virtio_only`: an I/O thread and queues go; " +
          "`no_unplug`: a running guest cannot let go of it there; `serial_names`: names by serial " +
          "number change; `snapshots`: going back to one brings back its settings; " +
          "`direct_io_unknown`: the next start shows whether the host's files allow it.",
      ),
    problem: z.string().nullable().describe("Why nothing would be done."),
    directIo: z
      .boolean()
      .nullable()
      .describe("Whether `none` and `directsync` work there; null where nobody can tell."),
  })
  .meta({ id: "DiskSettingsPlan" });
