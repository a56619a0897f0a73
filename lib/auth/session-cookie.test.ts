import { encode } from "next-auth/jwt";
import { expect, it, vi } from "vitest";
import { deviceCookieName, knownDevice, sealDevice } from "./device-cookie";
import { authSecret } from "./secret";
import { formerSessionCookie, sealSession, sessionCookie, unsealSession } from "./session-cookie";
import { visitCookie } from "./visit-cookie";

const { name } = sessionCookie();

it("over https it is Secure, host-only and out of reach for scripts; over http not Secure", () => {
  expect(sessionCookie("https://cloud.example.org")).toEqual({
    name: "__Host-portico-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
  });
  expect(sessionCookie("http://localhost:3000").options).toMatchObject({
    httpOnly: true,
    secure: false,
  });
});

it("below a path it goes nowhere else, and what the root's was called is known", () => {
  const origin = "https://www.example.org";
  expect(sessionCookie(origin, "/cloud")).toEqual({
    name: "__Secure-portico-session",
    options: { httpOnly: true, sameSite: "lax", path: "/cloud", secure: true },
  });
  expect(formerSessionCookie(origin, "/cloud")).toEqual(sessionCookie(origin, ""));
  expect(formerSessionCookie(origin, "")).toBeNull();
  expect(formerSessionCookie("http://localhost:3000", "/cloud")).toBeNull();
  expect(visitCookie("a", origin, "/cloud").options.path).toBe("/cloud/share");
});

it("carries the secret of the session and nothing readable", async () => {
  const sealed = await sealSession("the-secret");
  expect(sealed).not.toContain("the-secret");
  expect(await unsealSession(`a=b; ${name}=${sealed}; c=d`)).toBe("the-secret");
});

it("takes the cookie that next-auth itself makes", async () => {
  const token = await encode({ token: { sid: "s" }, secret: authSecret(), maxAge: 60 });
  expect(await unsealSession(`${name}=${token}`)).toBe("s");
});

it.each([
  ["forged", async () => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.BBBB.CCCC"],
  ["alg none", async () => `${btoa('{"alg":"none"}')}.${btoa('{"sid":"s"}')}.`],
  ["another key", () => encode({ token: { sid: "s" }, secret: "another secret", maxAge: 60 })],
  ["expired", () => encode({ token: { sid: "s" }, secret: authSecret(), maxAge: -60 })],
  ["a device note", () => sealDevice("user")],
  ["no session in it", () => encode({ token: { sub: "s" }, secret: authSecret(), maxAge: 60 })],
  ["a number in it", () => encode({ token: { sid: 7 }, secret: authSecret(), maxAge: 60 })],
  ["truncated", async () => (await sealSession("s")).slice(0, -4)],
  ["huge", async () => "x".repeat(1_000_000)],
  ["the bare secret", async () => "s"],
])("a cookie that is %s names no session", async (_what, make) => {
  expect(await unsealSession(`${name}=${await make()}`)).toBeNull();
});

it("a session id in another cookie, or none, names no session", async () => {
  const sealed = await sealSession("s");
  expect(await unsealSession(`x${name}=${sealed}`)).toBeNull();
  expect(await unsealSession(null)).toBeNull();
  expect(await unsealSession("")).toBeNull();
});

it("a device note names its account, and a session cookie is none", async () => {
  const cookie = `${deviceCookieName()}=${await sealDevice("user")}`;
  expect(await knownDevice(cookie)).toMatchObject({ userId: "user" });
  expect(await knownDevice(`${deviceCookieName()}=${await sealSession("user")}`)).toBeNull();
  vi.setSystemTime(Date.now() + 366 * 24 * 3_600_000);
  expect(await knownDevice(cookie)).toBeNull();
  vi.useRealTimers();
});
