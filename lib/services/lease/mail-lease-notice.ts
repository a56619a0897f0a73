import type { Vm } from "@/lib/db/generated/client";
import { mailText } from "@/lib/mail/mail-text";
import { leaseGraceDays } from "@/lib/model/lease";
import type { LeaseDeps } from "./sweep-leases";

/**
 * Mails everybody who can extend the lease, in his own language. A mail that does not go out is
 * logged and not repeated: the page says the same.
 */
export async function mailLeaseNotice(
  { db, mail, log }: Pick<LeaseDeps, "db" | "mail" | "log">,
  vm: Vm,
): Promise<void> {
  if (mail === null || vm.leaseEndsAt === null) return;
  const project = await db.project.findUniqueOrThrow({
    where: { id: vm.projectId },
    select: {
      name: true,
      slug: true,
      memberships: {
        where: { role: { in: ["member", "owner"] }, user: { disabledAt: null } },
        select: { user: { select: { email: true, locale: true } } },
      },
    },
  });
  const link = `${mail.origin}/p/${project.slug}/vms/${vm.id}`;
  const kind = vm.locked ? "lease.notice_locked" : "lease.notice";
  for (const { user } of project.memberships) {
    const values = {
      vm: vm.name,
      project: project.name,
      end: inWords(vm.leaseEndsAt, user.locale),
      graceDays: leaseGraceDays,
      link,
    };
    try {
      await mail.send({ to: user.email, ...mailText(user.locale, kind, values) });
    } catch (error) {
      log.warn({ err: error, vmId: vm.id }, "the notice of a lease was not mailed");
    }
  }
}

/** With its time zone, for nobody knows where the mail is read. */
function inWords(at: Date, locale: string): string {
  const format = { dateStyle: "full", timeStyle: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, format).format(at);
}
