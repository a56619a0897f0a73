import { z } from "zod";
import { type FreezeView, freezeSchema } from "@/lib/model/guest/freeze";
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

const freezeViewSchema = z
  .object({
    vmId: idSchema,
    until: z.iso
      .datetime()
      .nullable()
      .describe("When the portal thaws by itself; null: not frozen by it."),
  })
  .meta({ id: "Freeze" }) satisfies z.ZodType<FreezeView>;

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
  getVmFreeze: operation({
    method: "GET",
    path: "/vms/{vmId}/guest/freeze",
    tag: "VMs",
    summary: "Show whether the guest's file systems are frozen",
    permission: "vm.read",
    params,
    status: 200,
    response: freezeViewSchema,
    problems: [],
    example,
  }),
  freezeVmGuest: operation({
    method: "PUT",
    path: "/vms/{vmId}/guest/freeze",
    tag: "VMs",
    summary: "Freeze file systems inside the guest",
    description:
      "By the guest's agent: they are written out and take no more writes until they are thawed, " +
      "by the portal itself when the time is over.",
    permission: "vm.guest",
    params,
    body: freezeSchema,
    status: 200,
    response: freezeViewSchema,
    problems: [...problems, "conflict.rule"],
    example: { ...example, seconds: 60, mountpoints: ["/"] },
  }),
  thawVmGuest: operation({
    method: "DELETE",
    path: "/vms/{vmId}/guest/freeze",
    tag: "VMs",
    summary: "Thaw the guest's file systems",
    description: "All of them, whoever froze them; when none is frozen nothing happens.",
    permission: "vm.guest",
    params,
    status: 200,
    response: freezeViewSchema,
    problems,
    example,
  }),
} as const;
