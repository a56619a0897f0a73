import { describe, expect, it } from "vitest";
import { tempDb } from "@/lib/db/testing/temp-db";
import { challengeMs, makeChallenge, openChallenge, spendChallenge } from "./challenge";

const now = new Date();
const later = (ms: number) => new Date(now.getTime() + ms);
const use = { purpose: "register", holder: "session-1" } as const;

describe("a challenge", () => {
  it("is known again by its note, for five minutes", async () => {
    const { challenge, ticket } = await makeChallenge(use, now);
    expect(await openChallenge(ticket, use, later(challengeMs - 1))).toBe(challenge);
    expect(await openChallenge(ticket, use, later(challengeMs))).toBeNull();
  });

  it("is for one purpose and one session only", async () => {
    const { ticket } = await makeChallenge(use, now);
    expect(await openChallenge(ticket, { ...use, holder: "session-2" }, now)).toBeNull();
    expect(await openChallenge(ticket, { ...use, purpose: "prove" }, now)).toBeNull();
    expect(await openChallenge(ticket, { purpose: "sign-in", holder: "" }, now)).toBeNull();
  });

  it("tampered cookie: refuses every changed character and whatever is no note", async () => {
    const { ticket } = await makeChallenge(use, now);
    // The last character of each part carries bits that no byte is made of.
    const places = [...ticket].flatMap((each, index) =>
      each === "." || /^(\.|$)/.test(ticket.slice(index + 1)) ? [] : [index],
    );
    for (const index of places.filter((_each, count) => count % 7 === 0)) {
      const other = ticket[index] === "A" ? "B" : "A";
      const changed = ticket.slice(0, index) + other + ticket.slice(index + 1);
      expect(await openChallenge(changed, use, now), `character ${index}`).toBeNull();
    }
    for (const none of [null, "", "x", "a.b.c.d.e"]) {
      expect(await openChallenge(none, use, now)).toBeNull();
    }
  });

  it("works once, also when two requests use it at the same time", async () => {
    const db = await tempDb();
    await db.user.create({ data: { id: "ada", email: "ada@example.org", name: "Ada" } });
    const { challenge } = await makeChallenge(use, now);
    const spent = await Promise.all([
      spendChallenge(db, challenge, "ada", now),
      spendChallenge(db, challenge, "ada", now),
    ]);
    expect(spent.sort()).toEqual([false, true]);
    expect(await spendChallenge(db, challenge, "ada", later(challengeMs - 1))).toBe(false);
    const rows = await db.signInCheck.findMany();
    expect(JSON.stringify(rows)).not.toContain(challenge);
  });

  it("leaves no mark once it could not be shown again", async () => {
    const db = await tempDb();
    await db.user.create({ data: { id: "ada", email: "ada@example.org", name: "Ada" } });
    await spendChallenge(db, "one", "ada", now);
    await spendChallenge(db, "two", "ada", later(challengeMs));
    expect(await db.signInCheck.count()).toBe(1);
  });
});
