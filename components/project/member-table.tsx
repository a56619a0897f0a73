"use client";

import { LogOut, UserMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonButton } from "@/components/ui/reason-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { RoleSelect } from "./role-select";
import type { Member, MemberActions } from "./types";
import { useChange } from "./use-change";

interface MemberTableProps {
  project: { id: string; name: string };
  members: Member[];
  /** The signed-in person. */
  ownId: string;
  forbidden: { manage: string | null; leave: string | null };
  actions: Pick<MemberActions, "changeRole" | "remove" | "leave">;
}

/** Who is in the project, as what; roles and the way out for those who may. */
export function MemberTable({ project, members, ownId, forbidden, actions }: MemberTableProps) {
  const t = useTranslations("project.members");
  const router = useRouter();
  const { busy, run } = useChange();
  const [asking, setAsking] = useState<Member | null>(null);
  const leaving = asking?.userId === ownId;

  async function confirmed(member: Member) {
    setAsking(null);
    if (member.userId !== ownId) {
      const input = { projectId: project.id, userId: member.userId };
      await run(() => actions.remove(input), t("removed", { name: member.name }));
    } else if (await run(() => actions.leave({ projectId: project.id }))) router.push("/");
  }

  return (
    <>
      <Table aria-label={t("title")}>
        <thead>
          <tr>
            <Th>{t("name")}</Th>
            <Th className="max-md:hidden">{t("email")}</Th>
            <Th>{t("role")}</Th>
            <Th className="w-0">
              <span className="sr-only">{t("actions")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              own={member.userId === ownId}
              busy={busy}
              forbidden={forbidden}
              onRole={(role) =>
                run(
                  () => actions.changeRole({ projectId: project.id, userId: member.userId, role }),
                  t("roleChanged", { name: member.name }),
                )
              }
              onEnd={() => setAsking(member)}
            />
          ))}
        </tbody>
      </Table>
      {asking && (
        <ConfirmDialog
          danger
          title={
            leaving
              ? t("leaveTitle", { project: project.name })
              : t("removeTitle", { name: asking.name })
          }
          body={leaving ? t("leaveBody") : t("removeBody")}
          confirm={leaving ? t("leave") : t("remove")}
          onClose={() => setAsking(null)}
          onConfirm={() => void confirmed(asking)}
        />
      )}
    </>
  );
}

interface MemberRowProps {
  member: Member;
  own: boolean;
  busy: boolean;
  forbidden: MemberTableProps["forbidden"];
  onRole: (role: Member["role"]) => void;
  onEnd: () => void;
}

function MemberRow({ member, own, busy, forbidden, onRole, onEnd }: MemberRowProps) {
  const t = useTranslations("project.members");
  const role = useTranslations("project.role");
  const { name, email } = member;
  return (
    <Tr>
      <th scope="row" className="min-w-28 max-w-64 px-3 py-2 text-left font-normal">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="break-words font-medium text-sm">{name}</span>
          {own && <Badge>{t("you")}</Badge>}
          {member.disabled && <Badge tone="warn">{t("disabled")}</Badge>}
        </span>
        <span className="block break-all text-13 text-muted md:hidden">{email}</span>
      </th>
      <Td className="break-all max-md:hidden">{email}</Td>
      <Td className="w-36 sm:w-44">
        {forbidden.manage === null ? (
          <RoleSelect
            aria-label={t("roleOf", { name })}
            disabled={busy}
            value={member.role}
            onRole={onRole}
          />
        ) : (
          role(member.role)
        )}
      </Td>
      <Td>
        <span className="flex justify-end">
          {own ? (
            <ReasonButton
              size="sm"
              variant="dangerQuiet"
              align="end"
              busy={busy}
              icon={<LogOut aria-hidden="true" />}
              disabledReason={forbidden.leave}
              onClick={onEnd}
            >
              <span className="max-sm:sr-only">{t("leave")}</span>
            </ReasonButton>
          ) : (
            <ReasonButton
              size="sm"
              variant="dangerQuiet"
              align="end"
              busy={busy}
              aria-label={t("removeOf", { name })}
              icon={<UserMinus aria-hidden="true" />}
              disabledReason={forbidden.manage}
              onClick={onEnd}
            >
              <span className="max-sm:sr-only">{t("remove")}</span>
            </ReasonButton>
          )}
        </span>
      </Td>
    </Tr>
  );
}
