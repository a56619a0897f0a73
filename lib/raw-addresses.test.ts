import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** What runs in browsers, or is written into what they get. */
function pages(): string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.tsx"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed
    .split("\n")
    .filter((path) => /^(app|components)\//.test(path))
    .filter((path) => !/(\.test\.tsx?|\/route\.ts)$/.test(path));
}

/**
 * Where a browser gets an address that Next does not complete. What follows has to be the helper,
 * or plainly no path: a part of the page, another site, data.
 */
const places = [
  /\bfetch\(\s*/g,
  /\bnew EventSource\(\s*/g,
  // What is built is addressed by the builder.
  /\bnew URL\(\s*(?!"[^"]+",\s*import\.meta\.url)/g,
  /\bsendBeacon\(\s*/g,
  /\bwindow\.open\(\s*/g,
  /\blocation\.(?:assign|replace)\(\s*/g,
  /\blocation(?:\.href)?\s*=(?!=)\s*/g,
  /\bendpoint:\s*/g,
  /<a\s(?:[^>]|=>)*?\bhref=\{?/g,
  /<(?:img|video|audio|source|iframe|link|script)\s(?:[^>]|=>)*?\b(?:src|href)=\{?/g,
  /<form\s(?:[^>]|=>)*?\baction=(?=")/g,
];

const complete =
  /^(?:withBase\(|new URL\("[^"]+", import\.meta\.url\)|url \?\? withBase\(|["'`](?:#|https?:|data:|mailto:))/;

function rawIn(text: string): string[] {
  return places
    .flatMap((place) => [...text.matchAll(place)])
    .map((match) => ({ match, rest: text.slice(match.index + match[0].length).split("\n", 1)[0] }))
    .filter(({ rest }) => !complete.test(rest ?? ""))
    .map(({ match, rest }) => `${match[0]}${rest}`);
}

test("what a page asks for by itself goes through withBase", () => {
  const found = pages().flatMap((path) =>
    rawIn(readFileSync(join(root, path), "utf8")).map((raw) => `${path}: ${raw}`),
  );
  expect(found).toEqual([]);
});

test("a raw address is found where one is", () => {
  for (const raw of [
    'await fetch("/api/x", { method: "POST" })',
    "await fetch(\n  href)",
    "new EventSource(url)",
    "window.location.assign(`/p`)",
    'location.href = "/sign-in"',
    "window.open(popOut)",
    "new URL(path, window.location.href)",
    '<a\n onClick={() => go()}\n href="/docs">',
    "<a href={`/problems`}>",
    '<form method="post" action="/sign-out">',
  ]) {
    expect(rawIn(raw), raw).toHaveLength(1);
  }
  for (const fine of [
    "await fetch(withBase(href))",
    '<a href="#content">',
    "<a href={`#top`}>",
    "<form action={submit}>",
    'new URL("./read-text.worker.ts", import.meta.url)',
    'fetch(new URL("a-package/data.gz", import.meta.url))',
  ]) {
    expect(rawIn(fine), fine).toEqual([]);
  }
});
