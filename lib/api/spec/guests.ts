import { z } from "zod";
import { type GuestView, guestPasswordSchema, guestUserSchema } from "@/lib/model/guest/guest";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";

const params = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };
const problems: readonly ProblemCode[] = [
  "vm.bad_state",
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
];

const guestSchema = z
  .object({
    vmId: idSchema,
    hostname: z.string().nullable(),
    os: z.string().nullable(),
    kernel: z.string().nullable(),
    architecture: z.string().nullable(),
    timezone: z.string().nullable(),
    users: z
      .array(z.object({ name: z.string(), since: z.iso.datetime().nullable() }))
      .describe("Who is signed in inside the guest."),
    filesystems: z.array(
      z.object({
        mountpoint: z.string(),
        type: z.string(),
        totalBytes: z.int().nullable(),
        usedBytes: z.int().nullable(),
        disks: z.array(z.string()).describe("Targets of the VM's disks that it lies on."),
      }),
    ),
    interfaces: z.array(
      z.object({ name: z.string(), mac: z.string().nullable(), addresses: z.array(z.string()) }),
    ),
    commands: z.array(z.string()).describe("The same by hand."),
  })
  .meta({ id: "Guest" }) satisfies z.ZodType<GuestView>;

/** What the agent inside a guest tells and does. */
export const guestOperations = {
  getVmGuest: operation({
    method: "GET",
    path: "/vms/{vmId}/guest",
    tag: "VMs",
    summary: "Show what the guest's agent tells",
    description: "All of it is the guest's own word. Needs qemu-guest-agent inside the guest.",
    permission: "vm.read",
    params,
    status: 200,
    response: guestSchema,
    problems,
    example,
  }),
  setVmGuestPassword: operation({
    method: "PUT",
    path: "/vms/{vmId}/guest/password",
    tag: "VMs",
    summary: "Set an account's password inside the guest",
    description: "By the guest's agent; the password is kept nowhere.",
    permission: "vm.guest",
    params,
    body: z.strictObject({ user: guestUserSchema, password: guestPasswordSchema }),
    status: 204,
    problems,
    example: { ...example, user: "root", password: "correct horse battery staple" },
  }),
} as const;
