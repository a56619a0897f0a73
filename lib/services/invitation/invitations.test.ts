import { describe, expect, it } from "vitest";
import type { Mail } from "@/lib/mail/mailer";
import type { Context } from "../context";
import { proofMs } from "../factor/assert-proved";
import { changeRole } from "../project/change-role";
import { removeMember } from "../project/remove-member";
import { everything, makeWorld, type World } from "../testing/world";
import { actorWith, cookieOf, goodPassword, visitor } from "../user/testing/people";
import { acceptInvitation } from "./accept-invitation";
import { createInvitation, createInvitationSchema } from "./create-invitation";
import { joinAsStranger } from "./join-as-stranger";
import { listInvitations } from "./list-invitations";
import { readInvitation } from "./read-invitation";
import { resendInvitation } from "./resend-invitation";
import { revokeInvitation } from "./revoke-invitation";

type Input = Parameters<typeof createInvitation>[1];

function invite(world: World, differs: Partial<Input> = {}, ctx: Context = world.owner) {
  return createInvitation(ctx, {
    email: "new@example.org",
    projectId: world.project,
    role: "member",
    isAdmin: false,
    isAuditor: false,
    ...differs,
  });
}

const tokenOf = ({ path }: { path: string | null }) => (path ?? "").replace("/invite/", "");
const days = (count: number) => new Date(Date.now() + count * 24 * 3_600_000);
const stranger = { name: "Nora New", password: goodPassword, locale: "en" } as const;

describe("an invitation", () => {
  it("is a link of 32 random bytes of which the hash is stored, for seven days", async () => {
    const world = await makeWorld();
    const made = await invite(world);
    const token = tokenOf(made);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const row = await world.db.invitation.findFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(JSON.stringify(await world.db.auditEvent.findMany())).not.toContain(token);
    expect(made.invitation).not.toHaveProperty("tokenHash");
    const later = (clock: Date) => readInvitation({ db: world.db, clock: () => clock }, token);
    expect(await later(days(6.9))).toMatchObject({ email: "new@example.org", role: "member" });
    expect(await later(days(7.1))).toBeNull();
  });

  it("looks the same whether the address has an account or not", async () => {
    const world = await makeWorld();
    const shapes = [];
    for (const email of ["nobody@example.org", world.outsider.actor.email]) {
      const { invitation, mailed } = await invite(world, { email });
      shapes.push({ ...invitation, id: "", email: "", createdAt: "", expiresAt: "", mailed });
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it("replaces an earlier one to the same address, and needs no second one for a member", async () => {
    const world = await makeWorld();
    const first = await invite(world);
    await invite(world, { role: "viewer" });
    expect(await readInvitation(world.owner, tokenOf(first))).toBeNull();
    expect(await listInvitations(world.owner, { projectId: world.project })).toMatchObject([
      { role: "viewer", expired: false },
    ]);
    await expect(invite(world, { email: world.member.actor.email })).rejects.toMatchObject({
      code: "conflict.exists",
      userMessage: { key: "member.exists" },
    });
  });

  it("is mailed where mail is set, from the configured address, and its link not shown", async () => {
    const world = await makeWorld();
    const mails: Mail[] = [];
    const origin = "https://cloud.example.org";
    const send = async (mail: Mail) => void mails.push(mail);
    const ctx = { ...world.owner, mail: { origin, send } };
    const sent = await invite(world, {}, ctx);
    expect(sent).toMatchObject({ mailed: true, path: null });
    expect(mails).toMatchObject([{ to: "new@example.org" }]);
    const [, token = ""] =
      mails[0]?.text.match(/https:\/\/cloud\.example\.org\/invite\/(\S+)/) ?? [];
    expect(await readInvitation(world.owner, token)).not.toBeNull();
    const again = await resendInvitation(ctx, { invitationId: sent.invitation.id });
    expect(again).toMatchObject({ mailed: true, path: null });
    const refuse = async () => {
      throw new Error("no such relay");
    };
    const unsent = await invite(world, {}, { ...world.owner, mail: { origin, send: refuse } });
    expect(unsent).toMatchObject({ mailed: false, path: null });
  });

  it("shows its link instead to who asks for it, and the audit log says so", async () => {
    const world = await makeWorld();
    const mails: Mail[] = [];
    const send = async (mail: Mail) => void mails.push(mail);
    const ctx = { ...world.owner, mail: { origin: "https://cloud.example.org", send } };
    const { invitation } = await invite(world, {}, ctx);
    const shown = await resendInvitation(ctx, { invitationId: invitation.id, showLink: true });
    expect(shown.mailed).toBe(false);
    expect(await readInvitation(world.owner, tokenOf(shown))).not.toBeNull();
    expect(tokenOf(await invite(world, { showLink: true }, ctx))).not.toBe("");
    expect(mails).toHaveLength(1);
    const rows = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map((row) => row.detail?.includes("linkShown"))).toEqual([false, true, true]);
  });

  it("V6.3.8: its page does not tell whether the address has an account", async () => {
    const world = await makeWorld();
    const offers = [];
    for (const email of ["nobody@example.org", world.outsider.actor.email]) {
      const offer = await readInvitation(world.owner, tokenOf(await invite(world, { email })));
      expect(offer).toMatchObject({ email });
      offers.push({ ...offer, email: "", expiresAt: "" });
    }
    expect(offers[0]).toEqual(offers[1]);
  });

  it("into the installation is for administrators", async () => {
    const world = await makeWorld();
    const before = await everything(world.db);
    const wants: Partial<Input>[] = [
      { projectId: null, role: null },
      { isAdmin: true },
      { isAuditor: true },
    ];
    for (const want of wants) {
      for (const ctx of [world.owner, world.auditor]) {
        await expect(invite(world, want, ctx)).rejects.toMatchObject({ code: "auth.forbidden" });
      }
    }
    expect(await everything(world.db)).toEqual(before);
    await invite(world, { projectId: null, role: null, isAuditor: true }, world.admin);
    expect(await listInvitations(world.auditor, { projectId: null })).toHaveLength(1);
    await expect(listInvitations(world.owner, { projectId: null })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
  });

  it("taken back or sent again, the old link leads nowhere", async () => {
    const world = await makeWorld();
    const first = await invite(world);
    const { id: invitationId } = first.invitation;
    const second = await resendInvitation(world.owner, { invitationId });
    expect(await readInvitation(world.owner, tokenOf(first))).toBeNull();
    expect(await readInvitation(world.owner, tokenOf(second))).not.toBeNull();
    await revokeInvitation(world.owner, { invitationId });
    expect(await readInvitation(world.owner, tokenOf(second))).toBeNull();
    for (const again of [revokeInvitation, resendInvitation]) {
      await expect(again(world.owner, { invitationId })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    const actions = await world.db.auditEvent.findMany({ orderBy: { id: "asc" } });
    expect(new Set(actions.map((each) => each.action))).toEqual(
      new Set(["invitation.create", "invitation.resend", "invitation.revoke"]),
    );
  });

  it("that makes an administrator gives its link to administrators only", async () => {
    const world = await makeWorld();
    const { invitation } = await invite(world, { isAdmin: true }, world.admin);
    const before = await everything(world.db);
    await expect(
      resendInvitation(world.owner, { invitationId: invitation.id }),
    ).rejects.toMatchObject({ code: "auth.forbidden" });
    expect(await everything(world.db)).toEqual(before);
    await resendInvitation(world.admin, { invitationId: invitation.id });
  });

  it("with rights in the installation wants a recent proof, also for a new link", async () => {
    const world = await makeWorld();
    const late = { ...world.admin, clock: () => new Date(Date.now() + proofMs) };
    const proveAgain = { userMessage: { key: "auth.prove_again" } };
    for (const right of [{ isAdmin: true }, { isAuditor: true }]) {
      await expect(invite(world, right, late)).rejects.toMatchObject(proveAgain);
    }
    expect(await world.db.invitation.count()).toBe(0);
    const { invitation } = await invite(world, { isAdmin: true }, world.admin);
    await expect(resendInvitation(late, { invitationId: invitation.id })).rejects.toMatchObject(
      proveAgain,
    );
  });

  it("makes nobody an administrator and an auditor", () => {
    const both = { email: "new@example.org", isAdmin: true, isAuditor: true };
    expect(createInvitationSchema.safeParse(both).success).toBe(false);
  });

  it("dies with its giver's right, whatever took that", async () => {
    const world = await makeWorld();
    const { db, project: projectId } = world;
    const { userId } = world.owner.actor;
    const good = (made: { path: string | null }) => readInvitation(world.admin, tokenOf(made));
    const byDisabled = await invite(world, { email: "1@example.org" });
    await db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await good(byDisabled)).toBeNull();
    await db.user.update({ where: { id: userId }, data: { disabledAt: null } });
    expect(await good(byDisabled)).not.toBeNull();
    await changeRole(world.admin, { projectId, userId, role: "member" });
    await changeRole(world.admin, { projectId, userId, role: "owner" });
    expect(await good(byDisabled)).toBeNull();
    const byRemoved = await invite(world, { email: "2@example.org" });
    await removeMember(world.admin, { projectId, userId });
    expect(await good(byRemoved)).toBeNull();
  });
});

describe("accepting", () => {
  it("makes a signed-in person a member, once, whichever address was invited", async () => {
    const world = await makeWorld();
    const token = tokenOf(await invite(world));
    const { userId } = world.outsider.actor;
    expect(await acceptInvitation(world.outsider, { token })).toEqual({
      projectId: world.project,
      slug: "one",
    });
    const { project: projectId } = world;
    expect(
      await world.db.membership.findUnique({ where: { projectId_userId: { projectId, userId } } }),
    ).toMatchObject({ role: "member" });
    await expect(acceptInvitation(world.viewer, { token })).rejects.toMatchObject({
      code: "not_found",
      userMessage: { key: "invitation.gone" },
    });
  });

  it("raises a role and never lowers it", async () => {
    const world = await makeWorld();
    const roleOf = async (ctx: Context) => {
      const { userId } = ctx.actor;
      const where = { projectId_userId: { projectId: world.project, userId } };
      return (await world.db.membership.findUnique({ where }))?.role;
    };
    await acceptInvitation(world.viewer, { token: tokenOf(await invite(world)) });
    expect(await roleOf(world.viewer)).toBe("member");
    await acceptInvitation(world.owner, { token: tokenOf(await invite(world)) });
    expect(await roleOf(world.owner)).toBe("owner");
  });

  it("of one link by twenty at once lets one in", async () => {
    const world = await makeWorld();
    const token = tokenOf(await invite(world));
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => acceptInvitation(world.outsider, { token })),
    );
    expect(answers.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await world.db.auditEvent.count({ where: { action: "invitation.accept" } })).toBe(1);
  });

  it("is for people, not for their programs", async () => {
    const world = await makeWorld();
    const token = tokenOf(await invite(world));
    const program = { id: "t", name: "ci", scopes: ["project.write"] as const, projectId: null };
    const ctx = { ...world.outsider, actor: { ...world.outsider.actor, token: program } };
    await expect(acceptInvitation(ctx, { token })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    expect(await readInvitation(world.owner, token)).not.toBeNull();
  });

  it("gives the installation's rights that it promises", async () => {
    const world = await makeWorld();
    const made = await invite(world, { projectId: null, role: null, isAuditor: true }, world.admin);
    expect(await acceptInvitation(world.outsider, { token: tokenOf(made) })).toEqual({
      projectId: null,
      slug: null,
    });
    const { userId: id } = world.outsider.actor;
    expect(await world.db.user.findUnique({ where: { id } })).toMatchObject({
      isAuditor: true,
      isAdmin: false,
    });
  });
});

describe("an auditor's invitation", () => {
  it("lowers no administrator, and an administrator's ends being an auditor", async () => {
    const world = await makeWorld();
    const admins = { projectId: null, role: null };
    const rightsOf = async ({ actor }: Context) => {
      const { isAdmin, isAuditor } = await world.db.user.findUniqueOrThrow({
        where: { id: actor.userId },
      });
      return { isAdmin, isAuditor };
    };
    const asAuditor = await invite(world, { ...admins, isAuditor: true }, world.admin);
    await acceptInvitation(world.admin, { token: tokenOf(asAuditor) });
    expect(await rightsOf(world.admin)).toEqual({ isAdmin: true, isAuditor: false });
    const asAdmin = await invite(world, { ...admins, isAdmin: true }, world.admin);
    await acceptInvitation(world.auditor, { token: tokenOf(asAdmin) });
    expect(await rightsOf(world.auditor)).toEqual({ isAdmin: true, isAuditor: false });
  });
});

describe("a stranger", () => {
  it("gets an account for the invited address and is signed in", async () => {
    const world = await makeWorld();
    const token = tokenOf(await invite(world));
    const from = visitor(world.db, { clock: () => new Date() });
    const { signedIn, accepted } = await joinAsStranger(from, { token, ...stranger });
    expect(accepted.slug).toBe("one");
    expect(await actorWith(world.db, await cookieOf(signedIn), new Date())).toMatchObject({
      email: "new@example.org",
      name: "Nora New",
      isAdmin: false,
      memberships: [{ projectId: world.project, role: "member" }],
    });
    await expect(joinAsStranger(from, { token, ...stranger })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("with a weak password may try again; with the address of an account must sign in", async () => {
    const world = await makeWorld();
    const from = visitor(world.db, { clock: () => new Date() });
    const token = tokenOf(await invite(world));
    await expect(
      joinAsStranger(from, { token, ...stranger, password: "short" }),
    ).rejects.toMatchObject({ code: "input.invalid" });
    const users = await world.db.user.count();
    const theirs = tokenOf(await invite(world, { email: world.outsider.actor.email }));
    await expect(joinAsStranger(from, { token: theirs, ...stranger })).rejects.toMatchObject({
      code: "conflict.exists",
      userMessage: { key: "invitation.account_exists" },
    });
    expect(await world.db.user.count()).toBe(users);
    await joinAsStranger(from, { token, ...stranger });
  });

  it("finds nothing behind a link that is made up", async () => {
    const world = await makeWorld();
    const before = await everything(world.db);
    const from = visitor(world.db);
    expect(await readInvitation(from, "made-up")).toBeNull();
    await expect(joinAsStranger(from, { token: "made-up", ...stranger })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await everything(world.db)).toEqual(before);
  });
});
