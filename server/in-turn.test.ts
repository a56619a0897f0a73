import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { deviceCookieName, sealDevice } from "@/lib/auth/device-cookie";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import { doorBusyText } from "@/lib/model/door-busy";
import { Turns } from "./in-turn";

/** A door to forms behind which nothing ends before the test says so. */
async function door() {
  const turns = new Turns(false);
  const inside: (() => void)[] = [];
  const server = http.createServer((req, res) => {
    const form = turns.form(async (_req, answer) => {
      await new Promise<void>((resolve) => inside.push(resolve));
      answer.end("done");
    });
    void form(req, res);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const knock = (cookie = "") =>
    fetch(`http://127.0.0.1:${port}/sign-in`, { method: "POST", headers: { cookie } });
  return { inside, knock };
}

it("strangers come in one after the other; the eleventh who waits is told to come again", async () => {
  const { inside, knock } = await door();
  const first = knock();
  await expect.poll(() => inside.length).toBe(1);
  const waiting = Array.from({ length: 10 }, () => knock());
  const refused = await Promise.race([...waiting, knock(), knock()]);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(refused.headers.get("content-type")).toBe("text/plain");
  expect(await refused.text()).toBe(doorBusyText);
  inside[0]?.();
  expect(await (await first).text()).toBe("done");
  for (const each of waiting) each.catch(() => undefined);
});

it("who has signed in, and a browser that did before, do not stand in the strangers' line", async () => {
  const { inside, knock } = await door();
  const waiting = Array.from({ length: 12 }, () => knock());
  for (const each of waiting) each.catch(() => undefined);
  await expect.poll(() => inside.length).toBeGreaterThan(0);
  const before = inside.length;
  const person = knock(`${sessionCookie().name}=${await sealSession("secret")}`);
  await expect.poll(() => inside.length).toBeGreaterThan(before);
  const known = knock(`${deviceCookieName()}=${await sealDevice("somebody")}`);
  const release = setInterval(() => inside.splice(0).forEach((end) => void end()), 1);
  onTestFinished(() => clearInterval(release));
  expect(await (await person).text()).toBe("done");
  expect(await (await known).text()).toBe("done");
});
