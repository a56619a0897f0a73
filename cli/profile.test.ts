import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { profilePath, readProfile, removeProfile, saveProfile } from "./profile";

const one = { url: "https://one.example.org", token: "portico_a", project: "shop" };
const two = { url: "http://127.0.0.1:3000", token: "portico_b" };

it("keeps sign-ins for their person alone; the last one is current", async () => {
  const env = { XDG_CONFIG_HOME: await tempDir() };
  await expect(readProfile(env)).rejects.toThrow(/portico login/);
  await saveProfile(env, "one", one);
  await saveProfile(env, "two", two);
  expect(await readProfile(env)).toEqual({ ...two, project: undefined });
  expect(await readProfile(env, "one")).toEqual(one);
  expect((await stat(profilePath(env))).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(profilePath(env)))).mode & 0o777).toBe(0o700);
  expect(await removeProfile(env, "two")).toBe(true);
  expect(await removeProfile(env, "two")).toBe(false);
  expect(await readProfile(env)).toEqual(one);
  expect(await readFile(profilePath(env), "utf8")).not.toContain("portico_b");
});

it("takes both from the environment before any file, for programs", async () => {
  const env = { XDG_CONFIG_HOME: await tempDir(), PORTICO_URL: two.url, PORTICO_TOKEN: "t" };
  expect(await readProfile(env)).toEqual({ url: two.url, token: "t", project: undefined });
  await expect(readProfile({ ...env, PORTICO_URL: "ftp://x" })).rejects.toThrow(/PORTICO_URL=ftp/);
});

it("says what to do with a damaged file, and keeps it", async () => {
  const env = { XDG_CONFIG_HOME: await tempDir() };
  await mkdir(dirname(profilePath(env)), { recursive: true });
  await writeFile(profilePath(env), "{");
  await expect(saveProfile(env, "one", one)).rejects.toThrow(/sign in again/);
  expect(await readFile(profilePath(env), "utf8")).toBe("{");
});
