import type { XmlElement } from "./tree";

/** Child elements of that name, in order. */
export function childrenOf(parent: XmlElement | null, name: string): XmlElement[] {
  if (parent === null) return [];
  return parent.children.filter(
    (child): child is XmlElement => typeof child === "object" && child.name === name,
  );
}

/** The first element under a path of names ("devices/graphics"), or null. */
export function find(parent: XmlElement | null, path: string): XmlElement | null {
  let found = parent;
  for (const name of path.split("/")) found = childrenOf(found, name)[0] ?? null;
  return found;
}

/** All text directly inside an element, or null when there is none. */
export function textOf(found: XmlElement | null): string | null {
  if (found === null) return null;
  const text = found.children.filter((child) => typeof child === "string").join("");
  return text === "" ? null : text;
}

/** An attribute of an element that may be absent. */
export function attribute(found: XmlElement | null, name: string): string | null {
  return found?.attributes[name] ?? null;
}

/** A whole number of an attribute or text; null when absent or not a number. */
export function wholeNumber(text: string | null): number | null {
  if (text === null || !/^\s*\d{1,15}\s*$/.test(text)) return null;
  return Number(text);
}

const bytesPerUnit: Record<string, number> = {
  b: 1,
  bytes: 1,
  k: 1024,
  kib: 1024,
  kb: 1000,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  mb: 1000 ** 2,
  g: 1024 ** 3,
  gib: 1024 ** 3,
  gb: 1000 ** 3,
  t: 1024 ** 4,
  tib: 1024 ** 4,
  tb: 1000 ** 4,
};

/** A size element such as `<memory unit='KiB'>` in bytes; `defaultUnit` where it names none. */
export function sizeBytesOf(found: XmlElement | null, defaultUnit: "KiB" | "bytes"): number | null {
  const count = wholeNumber(textOf(found));
  if (count === null) return null;
  const unit = (attribute(found, "unit") ?? defaultUnit).toLowerCase();
  const factor = bytesPerUnit[unit];
  return factor === undefined ? null : count * factor;
}
