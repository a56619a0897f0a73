import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import { acceptedLocale, locales, matchLocale, messageAreas } from "./locales";

const messages = fileURLToPath(new URL("../messages", import.meta.url));

describe("acceptedLocale", () => {
  it.each([
    [null, "en"],
    ["", "en"],
    ["de-DE,de;q=0.9", "en"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["zh-Hant-TW", "zh-CN"],
    ["en;q=0.5, zh;q=0.9", "zh-CN"],
    ["zh;q=0, en", "en"],
    ["fr, en-GB;q=0.7", "en"],
  ])("%s gives %s", (header, expected) => {
    expect(acceptedLocale(header)).toBe(expected);
  });

  it("does not take a tag for a language that only starts alike", () => {
    expect(matchLocale("english")).toBeNull();
    expect(matchLocale("zhx")).toBeNull();
  });
});

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value] as [string, string]]
      : leaves(value, `${prefix}${key}.`),
  );
}

/** Names interpolated by a message, `{name}` and `{name, plural, …}` alike, and its tags. */
function placeholders(message: string): string[] {
  const names = [...message.matchAll(/\{\s*([a-zA-Z]\w*)\s*[,}]/g)].map((match) => match[1] ?? "");
  const tags = [...message.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`);
  return [...new Set([...names, ...tags])].sort();
}

function catalogue(locale: string, area: string): Map<string, string> {
  return new Map(leaves(JSON.parse(readFileSync(`${messages}/${locale}/${area}.json`, "utf8"))));
}

describe("message catalogues", () => {
  it("has a file for each area and no other", () => {
    const expected = messageAreas.map((area) => `${area}.json`).sort();
    for (const locale of locales)
      expect(readdirSync(`${messages}/${locale}`).sort()).toEqual(expected);
  });

  it.each([...messageAreas])("%s says the same things in every language", (area) => {
    const english = catalogue("en", area);
    const chinese = catalogue("zh-CN", area);
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, message] of english) {
      expect(message.trim(), `${area}.${key}`).not.toBe("");
      // A Chinese plural needs no branches, so only the names must agree.
      expect(placeholders(chinese.get(key) ?? ""), `${area}.${key}`).toEqual(placeholders(message));
    }
  });

  it.each([...locales])("%s has no message that the build cannot compile", (locale) => {
    for (const area of messageAreas) {
      for (const [key, message] of catalogue(locale, area)) {
        expect(() => compile(message), `${area}.${key}`).not.toThrow();
      }
    }
  });
});
