import { describe, expect, it } from "vitest";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import type { Mail } from "@/lib/mail/mailer";
import { requestReset } from "./request-reset";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import { noon, person, visitor } from "./testing/people";

const origin = "https://cloud.example.org";

/** Somebody at a portal with mail, and what it has sent. */
function mailing(db: Db, differs: Parameters<typeof visitor>[1] = {}) {
  const sent: Mail[] = [];
  const mail = { origin, send: async (each: Mail) => void sent.push(each) };
  return { stranger: visitor(db, { mail, ...differs }), sent };
}

async function ask(stranger: ReturnType<typeof visitor>, email = "ada@example.org") {
  const work = await requestReset(stranger, { email });
  await work();
}

describe("a forgotten password", () => {
  it("is replaced by a link that comes by mail, at the configured address", async () => {
    const db = await tempDb();
    await person(db);
    const { stranger, sent } = mailing(db);
    await ask(stranger);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.to).toBe("ada@example.org");
    const token = sent[0]?.text.match(/https:\/\/cloud\.example\.org\/reset\/([\w-]{43})\n/)?.[1];
    const password = "another long pass phrase";
    await resetPassword(stranger, { token: token ?? "", password });
    await signIn(visitor(db), { email: "ada@example.org", password });
    expect(JSON.stringify(await db.auditEvent.findMany())).not.toContain(token);
  });

  it.each([
    ["does not exist", null],
    ["is disabled", { disabledAt: noon }],
    ["has no password, since it signs in elsewhere", { password: null }],
  ])("enumeration: an account that %s gets the same answer, no mail, no row", async (_, who) => {
    const db = await tempDb();
    if (who !== null) await person(db, who);
    const { stranger, sent } = mailing(db);
    // What is answered is settled before anything is looked up: the work comes afterwards.
    const work = await requestReset(stranger, { email: "ada@example.org" });
    await work();
    expect(sent).toEqual([]);
    expect(await db.passwordReset.count()).toBe(0);
    const rows = await db.auditEvent.findMany();
    expect(rows).toMatchObject([{ action: "user.request_reset", outcome: "refused" }]);
    expect(JSON.stringify(rows)).not.toContain("ada@example.org");
  });

  it("answers before it looks: what it answers with touches no database", async () => {
    const { stranger } = mailing(undefined as unknown as Db);
    expect(await requestReset(stranger, { email: "ada@example.org" })).toBeTypeOf("function");
  });

  it("fills no mailbox: three mails an hour, and the fourth asker is told nothing else", async () => {
    const db = await tempDb();
    await person(db);
    const { stranger, sent } = mailing(db);
    for (let index = 0; index < 5; index++) {
      await ask({ ...stranger, ip: `192.0.2.${index}` });
    }
    expect(sent).toHaveLength(3);
    expect(await db.passwordReset.count()).toBe(3);
  });

  it("is asked for ten times an hour from one place, for whichever addresses", async () => {
    const { stranger } = mailing(await tempDb());
    for (let index = 0; index < 10; index++) await ask(stranger, `a${index}@example.org`);
    await expect(ask(stranger)).rejects.toMatchObject({ code: "rate.limited" });
  });

  it("says where no mail is set that an administrator makes the link", async () => {
    const db = await tempDb();
    await person(db);
    await expect(ask(visitor(db))).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "user.no_mail" },
    });
    expect(await db.passwordReset.count()).toBe(0);
  });
});
