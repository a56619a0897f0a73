import { describe, expect, it } from "vitest";
import { startSession } from "@/lib/auth/session";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import { addImage, addVm } from "@/lib/services/testing/world";
import { openApiDocument } from "../openapi/document";
import { type ApiWorld, makeApiWorld } from "../testing/api-world";
import { expectProblemOf, expectSuccess } from "../testing/contract";
import { countRequest, rateLimit } from "./rate-limit";

async function member(): Promise<ApiWorld & { token: string }> {
  const api = await makeApiWorld();
  return { ...api, token: await api.tokenOf(api.world.member) };
}

async function cookieOf(api: ApiWorld): Promise<string> {
  const { userId } = api.world.member.actor;
  const facts = { userId, ip: "127.0.0.1", userAgent: "test", now: new Date() };
  const { secret } = await startSession(api.world.db, facts);
  return `${sessionCookie().name}=${await sealSession(secret)}`;
}

/** The token with another last character. */
const forged = (token: string) => token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");

describe("who asks", () => {
  it.each([
    ["nothing", () => ({})],
    ["a token in a cookie", (t: string) => ({ cookie: `portico-session=${t}; token=${t}` })],
    ["a token as a basic password", (t: string) => ({ authorization: `Basic ${btoa(`x:${t}`)}` })],
    ["another header", (t: string) => ({ "x-api-key": t, "x-auth-token": t })],
    ["a forged token", (t: string) => ({ authorization: `Bearer ${forged(t)}` })],
  ])("%s is nobody: 401 with what is asked for", async (_what, headers) => {
    const api = await member();
    const reply = await api.send("GET", "/whoami", { headers: headers(api.token) });
    expectProblemOf(reply, "auth.required");
    expect(reply.headers["www-authenticate"]).toBe('Bearer realm="portico"');
  });

  it("a token in the query is nobody either", async () => {
    const api = await member();
    const reply = await api.send("GET", `/whoami?access_token=${api.token}&token=${api.token}`);
    expectProblemOf(reply, "auth.required");
  });

  it("a revoked, expired or disabled person's token is nobody at once", async () => {
    const api = await member();
    const who = () => api.send("GET", "/whoami", { token: api.token });
    expectSuccess("whoAmI", await who());
    const { db } = api.world;
    const { userId } = api.world.member.actor;
    await db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expectProblemOf(await who(), "auth.required");
    await db.user.update({ where: { id: userId }, data: { disabledAt: null } });
    await db.apiToken.updateMany({ where: { userId }, data: { expiresAt: new Date() } });
    expectProblemOf(await who(), "auth.required");
  });

  it("a browser's session may read, and writes from its own pages only", async () => {
    const api = await makeApiWorld();
    const cookie = await cookieOf(api);
    expectSuccess("whoAmI", await api.send("GET", "/whoami", { headers: { cookie } }));
    const path = `/tasks/${api.ids.taskId}/cancel`;
    for (const origin of [undefined, "null", "https://evil.example"]) {
      const headers: Record<string, string> =
        origin === undefined ? { cookie } : { cookie, origin };
      expectProblemOf(await api.send("POST", path, { headers }), "auth.forbidden");
    }
    const reply = await api.send("POST", path, { headers: { cookie, origin: api.url } });
    expectSuccess("cancelTask", reply);
  });

  it("a bad Authorization is not made good by a cookie", async () => {
    const api = await makeApiWorld();
    const headers = { cookie: await cookieOf(api), authorization: "Bearer x" };
    expectProblemOf(await api.send("GET", "/whoami", { headers }), "auth.required");
  });
});

describe("what is sent", () => {
  it.each([
    ["another type", { "content-type": "text/plain" }, "{}", "request.media_type"],
    [
      "a form",
      { "content-type": "application/x-www-form-urlencoded" },
      "a=1",
      "request.media_type",
    ],
    [
      "another charset",
      { "content-type": "application/json; charset=latin1" },
      "{}",
      "request.media_type",
    ],
    ["no JSON", {}, "{", "request.malformed"],
    ["no UTF-8", {}, "\ud800", "request.malformed"],
    ["a list", {}, "[]", "input.invalid"],
    ["a text", {}, '"x"', "input.invalid"],
    ["null", {}, "null", "input.invalid"],
    ["deep nesting", {}, `${"[".repeat(50_000)}${"]".repeat(50_000)}`, "input.invalid"],
    ["a prototype", {}, '{"__proto__":{"isAdmin":true}}', "input.invalid"],
    ["too much", {}, `{"name":"${"x".repeat(256 * 1024)}"}`, "request.too_large"],
  ] as const)("%s is refused", async (_what, headers, text, code) => {
    const api = await member();
    const reply = await api.send("POST", "/vms", { token: api.token, headers, text });
    expectProblemOf(reply, code);
    expect(await api.world.db.vm.count()).toBe(1);
  });

  it("too much in chunks is refused, too", async () => {
    const api = await member();
    const text = `{"name":"${"x".repeat(300 * 1024)}"}`;
    const reply = await fetch(`${api.url}/api/v1/vms`, {
      method: "POST",
      headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json" },
      body: new Blob([text]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(reply.status).toBe(413);
  });

  it("a query twice, and a body where none is taken, are refused", async () => {
    const api = await member();
    const { token } = api;
    const twice = await api.send("GET", "/vms?limit=1&limit=2", { token });
    expect(expectProblemOf(twice, "input.invalid").errors).toHaveProperty("limit");
    const more = { token, body: { force: true } };
    const stop = await api.send("POST", `/vms/${api.ids.vmId}/shutdown`, more);
    expect(expectProblemOf(stop, "input.invalid").errors).toHaveProperty("force");
  });

  it("the words of a refusal are in the language that is asked for", async () => {
    const api = await member();
    const ask = (language: string) =>
      api.send("GET", "/vms/nobody", {
        token: api.token,
        headers: { "accept-language": language },
      });
    const english = expectProblemOf(await ask("en"), "not_found");
    const chinese = expectProblemOf(await ask("zh-CN,zh;q=0.9"), "not_found");
    expect(english.detail).toMatch(/^There is nothing here/);
    expect(chinese.detail).toMatch(/\p{Script=Han}/u);
    expect(chinese.title).toBe(english.title);
  });
});

describe("lists", () => {
  it.each(["createdAt", "-createdAt", "name", "-name"])(
    "by %s: pages follow each other without a gap or a repetition",
    async (sort) => {
      const api = await member();
      const at = new Date(2_000_000_000_000);
      for (let n = 0; n < 11; n += 1) {
        // Equal times and names of both cases, so that the ids decide.
        await addVm(api.world, {
          createdAt: new Date(at.getTime() + (n % 3)),
          name: `v${n % 4}${n}`,
        });
      }
      const seen: { id: string; name: string; createdAt: string }[] = [];
      let cursor = "";
      do {
        const query = `/vms?sort=${sort}&limit=4&projectId=${api.ids.projectId}${cursor}`;
        const { body } = await api.send("GET", query, { token: api.token });
        const page = body as { items: typeof seen; nextCursor: string | null };
        seen.push(...page.items);
        cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
      } while (cursor !== "");
      expect(new Set(seen.map((each) => each.id)).size).toBe(12);
      const field = sort.endsWith("name") ? "name" : "createdAt";
      const keys = seen.map((each) => each[field]);
      const sorted = [...keys].sort();
      expect(keys).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
    },
  );

  it("by state: pages of what the inventory says, which no row knows", async () => {
    const api = await member();
    for (let n = 0; n < 5; n += 1) await addVm(api.world);
    const ask = async (query: string) => {
      const { body } = await api.send("GET", `/vms?${query}`, { token: api.token });
      return body as { items: { state: string }[]; nextCursor: string | null };
    };
    expect((await ask("state=running")).items).toHaveLength(1);
    const first = await ask("state=missing&limit=3");
    expect(first.items.map((each) => each.state)).toEqual(["missing", "missing", "missing"]);
    const second = await ask(`state=missing&limit=3&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{}, {}], nextCursor: null });
  });

  it("images and members have pages, too; a cursor of another order is refused", async () => {
    const api = await member();
    const { token } = api;
    for (let n = 0; n < 3; n += 1) await addImage(api.world, { name: `i${n}` });
    for (const path of ["/images?sort=name", `/projects/${api.ids.projectId}/members?sort=name`]) {
      const names: string[] = [];
      let cursor = "";
      do {
        const { body } = await api.send("GET", `${path}&limit=2${cursor}`, { token });
        const page = body as { items: { name: string }[]; nextCursor: string | null };
        names.push(...page.items.map((each) => each.name));
        if (page.nextCursor !== null) {
          const other = path.replace("sort=name", "sort=-name");
          const reply = await api.send("GET", `${other}&cursor=${page.nextCursor}`, { token });
          expectProblemOf(reply, "input.invalid");
        }
        cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
      } while (cursor !== "");
      expect(names.length).toBeGreaterThan(2);
      expect(names).toEqual([...names].sort());
    }
  });

  it("without a project, everything that one sees and nothing else", async () => {
    const api = await makeApiWorld();
    const own = await addVm({ db: api.world.db, project: api.world.otherProject });
    const token = await api.tokenOf(api.world.outsider);
    for (const path of ["/vms", "/tasks", "/images"]) {
      const { body } = await api.send("GET", path, { token });
      const ids = (body as { items: { id: string }[] }).items.map((each) => each.id);
      expect(ids).toEqual(path === "/vms" ? [own.id] : []);
    }
  });
});

it("too many requests are refused for a while, of this token alone", async () => {
  const api = await member();
  const first = await api.send("GET", "/whoami", { token: api.token });
  expect(Number(first.headers["ratelimit-remaining"])).toBe(rateLimit.requests - 1);
  const { id } = (first.body as { token: { id: string } }).token;
  for (let n = 1; n < rateLimit.requests; n += 1) await countRequest(`token:${id}`);
  const refused = await api.send("GET", "/whoami", { token: api.token });
  expectProblemOf(refused, "rate.limited");
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  const other = await api.tokenOf(api.world.viewer);
  expect((await api.send("GET", "/whoami", { token: other })).status).toBe(200);
});

it("many readers at once get the same answer as one", async () => {
  const api = await member();
  const ask = () => api.send("GET", "/vms", { token: api.token });
  const alone = await ask();
  const together = await Promise.all(Array.from({ length: 50 }, ask));
  expect(new Set(together.map((reply) => reply.text))).toEqual(new Set([alone.text]));
  await api.world.db.membership.deleteMany({ where: { userId: api.world.member.actor.userId } });
  expect((await ask()).body).toEqual({ items: [], nextCursor: null });
});

it("the document is public, the same everywhere, and complete", async () => {
  const api = await makeApiWorld();
  const reply = await api.send("GET", "/openapi.json");
  expect(reply).toMatchObject({ status: 200, body: JSON.parse(JSON.stringify(openApiDocument())) });
  const text = reply.text;
  const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]);
  const { schemas } = openApiDocument().components;
  expect(Object.keys(schemas)).toEqual(expect.arrayContaining([...new Set(named)]));
  expect(text).not.toContain("$defs");
});
