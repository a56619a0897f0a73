import { z } from "zod";
import { balloonStates, type MemoryView } from "@/lib/model/guest/memory";
import { idSchema } from "./fields";
import { operation } from "./operation";

const kib = z.int().nullable();

const memorySchema = z
  .object({
    vmId: idSchema,
    balloon: z
      .enum(balloonStates)
      .describe(
        "Whether the guest tells: it has no balloon, nobody asks it, no driver answers, or it does.",
      ),
    periodSeconds: z.int().describe("How often QEMU asks the guest; 0: it does not."),
    toldAt: z.iso.datetime().nullable().describe("When the guest told last."),
    figures: z
      .object({
        actualKib: kib.describe("What the balloon leaves to the guest."),
        availableKib: kib.describe("All that the guest's system can use."),
        usableKib: kib.describe("Free for programs without swapping, caches included."),
        unusedKib: kib.describe("Left wholly unused."),
        diskCachesKib: kib.describe("Copies of disk content, given back when memory is short."),
        swapInKib: kib.describe("Read back from the guest's swap since its start."),
        swapOutKib: kib.describe("Written to the guest's swap since its start."),
        majorFaults: kib.describe("Accesses that had to wait for a disk."),
        minorFaults: kib.describe("Accesses that the guest's kernel settled without a disk."),
        residentKib: kib.describe("What its process has of the host's memory."),
      })
      .describe("Null: not told."),
    commands: z.array(z.string()).describe("The same by hand."),
  })
  .meta({ id: "GuestMemory" }) satisfies z.ZodType<MemoryView>;

/** What a guest's balloon tells. */
export const guestMemoryOperations = {
  getVmMemory: operation({
    method: "GET",
    path: "/vms/{vmId}/memory",
    tag: "VMs",
    summary: "Show a running guest's memory",
    description:
      "As its balloon tells it. A balloon that nobody asks is asked from now on, when the caller " +
      "may resize the VM.",
    permission: "vm.read",
    params: z.strictObject({ vmId: idSchema }),
    status: 200,
    response: memorySchema,
    problems: [
      "vm.bad_state",
      "host.unreachable",
      "host.outcome_unknown",
      "host.refused",
      "host.timeout",
    ],
    example: { vmId: "k3m9x2a7pq" },
  }),
} as const;
