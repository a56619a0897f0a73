import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OidcTestProvider, startOidcProvider } from "@/e2e/helpers/oidc-provider";
import { oidcLinkCookieName, sealOidcLink } from "@/lib/auth/oidc-link";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { oidcRolesSchema } from "@/lib/model/oidc-roles";
import { addProject } from "@/lib/services/testing/world";
import { actorWith, person, signedInContext } from "@/lib/services/user/testing/people";
import { Browser } from "./testing/browser";
import { type PortalDoor, startPortalDoor } from "./testing/portal-door";

let provider: OidcTestProvider;
let door: PortalDoor;
let db: Db;

const ada = {
  email: "ada@example.org",
  email_verified: true,
  name: "Ada Lovelace",
  groups: ["ops", "web"],
};

beforeAll(async () => {
  provider = await startOidcProvider();
});

afterAll(() => provider.stop());

beforeEach(async () => {
  db = await tempDb();
  await addProject(db, "shop");
  door = await startPortalDoor(db);
  provider.trust(door.origin);
  provider.people.clear();
  provider.people.set("ada-at-provider", { ...ada });
  door.settings = {
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    name: "Provider",
    scope: "openid email profile",
    groupsClaim: "groups",
    roles: oidcRolesSchema.parse('{"ops":"auditor","web":"shop:member"}'),
    signUp: true,
  };
  return () => door.stop();
});

/** Goes to the provider's login page; the URL there, with state, nonce and challenge behind it. */
async function toProvider(browser: Browser): Promise<URL> {
  const csrf = await browser.open(`${door.origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const url = `${door.origin}/api/auth/signin/oidc`;
  const started = await browser.open(url, { csrfToken, callbackUrl: "/p/shop" });
  return Browser.location(started, url);
}

/** Signs in at the provider; the address that it sends the browser back to, not yet opened. */
async function backFromProvider(browser: Browser, subject: string): Promise<URL> {
  let at = await toProvider(browser);
  for (;;) {
    const form = at.pathname.startsWith("/login/") ? { sub: subject } : undefined;
    at = Browser.location(await browser.open(at, form), at);
    if (at.origin === door.origin) return at;
  }
}

/** The whole way; where the browser ends, and who it is then. */
async function signIn(subject: string, browser = new Browser()) {
  const back = await backFromProvider(browser, subject);
  const answer = await browser.open(back);
  const to = Browser.location(answer, back);
  const cookie = browser.cookies(door.origin);
  return { browser, to: to.pathname + to.search, actor: await actorWith(db, cookie, new Date()) };
}

const refused = { to: "/sign-in?error=refused", actor: null };

describe("signing in by OIDC", () => {
  it("makes an account bound to issuer and subject, with the roles of its groups", async () => {
    const { to, actor } = await signIn("ada-at-provider");
    expect(to).toBe("/p/shop");
    expect(actor).toMatchObject({
      email: ada.email,
      name: ada.name,
      isAdmin: false,
      isAuditor: true,
      memberships: [{ role: "member" }],
    });
    expect(await db.externalIdentity.findMany()).toMatchObject([
      { issuer: provider.issuer, subject: "ada-at-provider", userId: actor?.userId },
    ]);
    expect(await db.user.findFirst()).toMatchObject({ passwordHash: null });
  });

  it("takes away at the next sign-in what the groups no longer give", async () => {
    const before = await signIn("ada-at-provider");
    provider.people.set("ada-at-provider", { ...ada, groups: [] });
    const { actor } = await signIn("ada-at-provider");
    expect(actor).toMatchObject({ isAuditor: false, memberships: [] });
    expect(actor?.userId).toBe(before.actor?.userId);
    const actions = await db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(actions.map((each) => each.action)).toEqual([
      "user.sign_up",
      "user.set_right",
      "member.add",
      "session.sign_in",
      "user.set_right",
      "member.remove",
      "session.sign_in",
    ]);
  });

  it("sends a challenge, a state and a nonce, and takes the answer once", async () => {
    const browser = new Browser();
    const asked = await toProvider(browser);
    expect(asked.searchParams.get("code_challenge_method")).toBe("S256");
    for (const name of ["code_challenge", "state", "nonce"]) {
      expect(asked.searchParams.get(name)?.length, name).toBeGreaterThanOrEqual(43);
    }
    const back = await backFromProvider(browser, "ada-at-provider");
    await browser.open(back);
    const again = Browser.location(await browser.open(back), back);
    expect(again.searchParams.get("error")).toBe("OAuthCallback");
  });

  it.each([
    ["with a wrong state", (back: URL) => back.searchParams.set("state", "A".repeat(43))],
    ["without a state", (back: URL) => back.searchParams.delete("state")],
    ["with a made-up code", (back: URL) => back.searchParams.set("code", "A".repeat(43))],
  ])("does not sign in an answer %s", async (_name, spoil) => {
    const browser = new Browser();
    const back = await backFromProvider(browser, "ada-at-provider");
    spoil(back);
    const to = Browser.location(await browser.open(back), back);
    expect(to.searchParams.get("error")).toBe("OAuthCallback");
    expect(await db.user.count()).toBe(0);
    expect(await db.session.count()).toBe(0);
  });

  it("does not take an answer that another browser asked for", async () => {
    const back = await backFromProvider(new Browser(), "ada-at-provider");
    const to = Browser.location(await new Browser().open(back), back);
    expect(to.searchParams.get("error")).toBe("OAuthCallback");
    expect(await db.session.count()).toBe(0);
  });
});

describe("who has no account is refused, and nothing moves", () => {
  it.each([
    ["where strangers get none", { signUp: false }, ada],
    ["when the address is not verified", {}, { ...ada, email_verified: false }],
    ["when there is no address", {}, { ...ada, email: "" }],
  ])("%s", async (_name, settings, claims) => {
    if (door.settings) door.settings = { ...door.settings, ...settings };
    provider.people.set("ada-at-provider", claims);
    expect(await signIn("ada-at-provider")).toMatchObject(refused);
    expect(await db.user.count()).toBe(0);
  });

  it.each([true, false])(
    "take-over: an account with the same address stays its owner's (verified: %s)",
    async (email_verified) => {
      await person(db);
      const before = await db.user.findMany();
      provider.people.set("mallory", { ...ada, email_verified, groups: ["ops"] });
      expect(await signIn("mallory")).toMatchObject(refused);
      expect(await db.user.findMany()).toEqual(before);
      expect(await db.externalIdentity.count()).toBe(0);
      expect(await db.session.count()).toBe(0);
    },
  );

  it("a disabled account stays out, in the same words", async () => {
    await signIn("ada-at-provider");
    await db.user.updateMany({ data: { disabledAt: new Date() } });
    expect(await signIn("ada-at-provider")).toMatchObject(refused);
  });

  it("the same subject of another issuer is somebody else", async () => {
    const known = await person(db, { email: "bob@example.org" });
    await db.externalIdentity.create({
      data: { issuer: "https://other.example.org", subject: "ada-at-provider", userId: known.id },
    });
    const { actor } = await signIn("ada-at-provider");
    expect(actor?.userId).not.toBe(known.id);
  });
});

it("who has set up a second factor here is asked for it too: no session yet", async () => {
  await signIn("ada-at-provider");
  await db.session.deleteMany();
  await db.user.updateMany({ data: { totpSecret: "s", totpConfirmedAt: new Date() } });
  expect(await signIn("ada-at-provider")).toMatchObject({ to: "/sign-in/verify", actor: null });
  expect(await db.session.count()).toBe(0);
  expect(await db.signInCheck.count()).toBe(1);
});

describe("linking an account", () => {
  /** A browser in which Ada is signed in by her password, and wants to link. */
  async function linking(sessionOf = "ada@example.org") {
    await person(db);
    await person(db, { email: "bob@example.org" });
    const password = "correct horse battery staple";
    const { ctx, cookie } = await signedInContext(db, { email: "ada@example.org", password });
    const noted = await signedInContext(db, { email: sessionOf, password });
    const browser = new Browser();
    const [name = "", value = ""] = cookie.split(/=(.*)/s);
    browser.setCookie(door.origin, name, value);
    const note = sessionOf === "ada@example.org" ? ctx : noted.ctx;
    browser.setCookie(door.origin, oidcLinkCookieName(), await sealOidcLink(note.actor.sessionId));
    await db.session.updateMany({
      data: { seenAt: new Date(), expiresAt: new Date("2099-01-01") },
    });
    return { browser, userId: ctx.actor.userId };
  }

  it("is what whoever is signed in chose: the next OIDC sign-in finds it", async () => {
    const { browser, userId } = await linking();
    const linked = await signIn("ada-at-provider", browser);
    expect(linked).toMatchObject({ to: "/p/shop", actor: { userId, isAuditor: true } });
    expect((await signIn("ada-at-provider")).actor?.userId).toBe(userId);
    expect(await db.user.count()).toBe(2);
  });

  it("does nothing when the wish was another session's", async () => {
    const { browser } = await linking("bob@example.org");
    expect((await signIn("ada-at-provider", browser)).to).toBe(refused.to);
    expect(await db.externalIdentity.count()).toBe(0);
  });

  it("takes no identity that is another account's", async () => {
    provider.people.set("ada-at-provider", { ...ada, email: "other@example.org" });
    const { actor } = await signIn("ada-at-provider");
    const { browser } = await linking();
    expect((await signIn("ada-at-provider", browser)).to).toBe("/account?oidc=refused");
    expect(await db.externalIdentity.findMany()).toMatchObject([{ userId: actor?.userId }]);
  });

  it("a note that we did not seal is no wish", async () => {
    const { browser } = await linking();
    browser.setCookie(door.origin, oidcLinkCookieName(), await sealSession("x"));
    expect(sessionCookie().name).not.toBe(oidcLinkCookieName());
    expect((await signIn("ada-at-provider", browser)).to).toBe(refused.to);
    expect(await db.externalIdentity.count()).toBe(0);
  });
});
