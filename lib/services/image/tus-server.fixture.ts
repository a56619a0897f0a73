import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import type { Actor } from "@/lib/policies/actor";
import { silentLog } from "../testing/silent-log";
import { makeWorld, type World } from "../testing/world";
import { createUploadHandler } from "./tus-server";

export const run = promisify(execFile);

interface Portal {
  world: World;
  url: string;
  uploadsDir: string;
  /** Who sends requests from now on. */
  as(actor: Actor | null): void;
  /** A new handler over the same rows and files, as after a restart. */
  restart(): void;
}

export async function startPortal(): Promise<Portal> {
  const world = await makeWorld();
  const uploadsDir = join(await tempDir(), "uploads");
  let actor: Actor | null = world.member.actor;
  const make = () =>
    createUploadHandler({
      db: world.db,
      hosts: world.hosts,
      log: silentLog,
      clock: () => new Date(),
      uploadsDir,
      actorOf: async () => actor,
    });
  let handler = make();
  const server = http.createServer((req, res) => {
    handler(req, res).catch((error: unknown) => res.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    world,
    uploadsDir,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    as: (next) => {
      actor = next;
    },
    restart: () => {
      handler = make();
    },
  };
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

interface Ask {
  headers?: Record<string, string | null>;
  body?: Buffer;
  /** Leave the connection after this many bytes of the body, without an end. */
  cutAfter?: number;
}

export function ask(
  portal: Portal,
  method: string,
  path: string,
  options: Ask = {},
): Promise<Answer> {
  const given: Record<string, string | null> = {
    "tus-resumable": "1.0.0",
    origin: portal.url,
    cookie: "portico-session=x",
    ...options.headers,
  };
  const headers = Object.fromEntries(
    Object.entries(given).filter((each): each is [string, string] => each[1] !== null),
  );
  return new Promise((resolve, reject) => {
    const req = http.request(`${portal.url}${path}`, { method, headers }, (res) => {
      let body = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => {
        body += chunk;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
      res.on("error", reject);
    });
    req.on("error", reject);
    if (options.cutAfter !== undefined && options.body) {
      req.write(options.body.subarray(0, options.cutAfter), () => {
        setTimeout(() => req.destroy(new Error("cut")), 20);
      });
    } else req.end(options.body);
  });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

export function begin(
  portal: Portal,
  size: number | string,
  options: { filename?: string; projectId?: string; kind?: string; body?: Buffer } = {},
): Promise<Answer> {
  const { filename = "debian.iso", projectId = portal.world.project, kind, body } = options;
  const words = [`filename ${base64(filename)}`, `projectId ${base64(projectId)}`];
  if (kind !== undefined) words.push(`kind ${base64(kind)}`);
  const bytes = body && {
    "content-type": "application/offset+octet-stream",
    "content-length": String(size),
  };
  return ask(portal, "POST", "/api/uploads", {
    body,
    headers: {
      ...bytes,
      "upload-length": String(size),
      "upload-metadata": words.join(),
    },
  });
}

export async function begun(portal: Portal, size: number): Promise<string> {
  const answer = await begin(portal, size);
  expect(answer.status).toBe(201);
  return answer.headers.location ?? "";
}

export function send(
  portal: Portal,
  path: string,
  offset: number,
  body: Buffer,
  options: Ask = {},
) {
  return ask(portal, "PATCH", path, {
    ...options,
    body,
    headers: {
      "upload-offset": String(offset),
      "content-type": "application/offset+octet-stream",
      "content-length": String(body.length),
      ...options.headers,
    },
  });
}

export async function offsetOf(portal: Portal, path: string): Promise<number> {
  const answer = await ask(portal, "HEAD", path);
  expect(answer.status).toBe(200);
  return Number(answer.headers["upload-offset"]);
}

export const idOf = (path: string) => path.split("/").at(-1) ?? "";

export async function makeIso(): Promise<Buffer> {
  const folder = await tempDir();
  await mkdir(join(folder, "tree"));
  await writeFile(join(folder, "tree", "payload.bin"), randomBytes(1_500_000));
  const path = join(folder, "x.iso");
  const args = ["-as", "mkisofs", "-quiet", "-V", "TEST", "-o", path, join(folder, "tree")];
  await run("xorriso", args);
  return readFile(path);
}

export async function imageOf(portal: Portal, path: string) {
  return portal.world.db.image.findUniqueOrThrow({ where: { id: idOf(path) } });
}

export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
