import type { ActionResult } from "@/lib/model/result";
import type { ProjectRole } from "@/lib/policies/permissions";

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: ProjectRole;
  disabled: boolean;
}

export interface OpenInvitation {
  id: string;
  email: string;
  role: ProjectRole | null;
  /** Makes an administrator or auditor, too: only administrators get its link. */
  isAdmin: boolean;
  isAuditor: boolean;
  invitedByName: string;
  expiresAt: string;
  expired: boolean;
}

/** What the inviter gets once: whether a mail went out, else the link's path. */
export interface InvitationLink {
  invitation: { id: string; email: string };
  /** Null where mails are sent and nobody asked to see it. */
  path: string | null;
  mailed: boolean;
}

/** The server actions behind the members' page. */
export interface MemberActions {
  invite: (input: {
    email: string;
    projectId: string;
    role: ProjectRole;
  }) => Promise<ActionResult<InvitationLink>>;
  add: (input: {
    email: string;
    projectId: string;
    role: ProjectRole;
  }) => Promise<ActionResult<null>>;
  resend: (input: {
    invitationId: string;
    showLink?: boolean;
  }) => Promise<ActionResult<InvitationLink>>;
  revoke: (input: { invitationId: string }) => Promise<ActionResult<void>>;
  changeRole: (input: {
    projectId: string;
    userId: string;
    role: ProjectRole;
  }) => Promise<ActionResult<void>>;
  remove: (input: { projectId: string; userId: string }) => Promise<ActionResult<void>>;
  leave: (input: { projectId: string }) => Promise<ActionResult<void>>;
}
