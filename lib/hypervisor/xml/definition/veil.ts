import { hiddenValue } from "@/lib/model/definition";
import { AppError } from "@/lib/model/errors";
import type { XmlElement, XmlNode } from "../tree";
import { findUnusual } from "./find-unusual";
import { elementsOf, unitsOf } from "./units";

/**
 * A definition for somebody who is not to know the host: whatever is beyond the allow-list (paths,
 * sockets, labels, taps, limits) is there, and its content is hidden.
 */
export function veiled(root: XmlElement): XmlElement {
  const whole = new Set<XmlElement>();
  const attributes = new Map<XmlElement, Set<string>>();
  const texts = new Set<XmlElement>();
  for (const { kind, element, name } of findUnusual(root)) {
    if (kind === "element") whole.add(element);
    else if (name === null) texts.add(element);
    else attributes.set(element, (attributes.get(element) ?? new Set()).add(name));
  }
  // Attributes of the domain itself are looked at in a unit of their own.
  const { id: _ofThisRun, ...own } = root.attributes;
  const isNamespace = (name: string) => name.startsWith("xmlns");
  const shown = Object.entries(own).filter(([name]) => name === "type" || isNamespace(name));
  const hide = (element: XmlElement): XmlElement => {
    if (whole.has(element)) return { ...element, attributes: {}, children: [hiddenValue] };
    const names = attributes.get(element);
    return {
      name: element.name,
      attributes: Object.fromEntries(
        Object.entries(element.attributes).map(([name, value]) => [
          name,
          names?.has(name) ? hiddenValue : value,
        ]),
      ),
      children: element.children.map((child) => {
        if (typeof child === "object") return hide(child);
        return texts.has(element) ? hiddenValue : child;
      }),
    };
  };
  return { ...hide(root), attributes: Object.fromEntries(shown) };
}

/**
 * Puts what was hidden back: a hidden value takes the one that `current` has in the same place.
 * Throws `input.invalid` where there is none.
 */
export function unveiled(typed: XmlElement, current: XmlElement): XmlElement {
  const known = readersUnits(current);
  const full = new Map<XmlElement, XmlElement>();
  for (const { key, element } of unitsOf(typed).values()) {
    full.set(element, merged(element, known.get(key) ?? null, key));
  }
  const children = (parent: XmlElement): XmlNode[] =>
    parent.children.map((child) => {
      if (typeof child === "string") return child;
      return child.name === "devices"
        ? { ...child, children: children(child) }
        : (full.get(child) ?? child);
    });
  return { ...typed, children: children(typed) };
}

/** The current parts by the names that a reader knows them by: what tells them apart may be hidden. */
function readersUnits(current: XmlElement): Map<string, XmlElement> {
  const shown = [...unitsOf(veiled(current)).keys()];
  const units = [...unitsOf(current).values()];
  return new Map([
    ...units.map(({ key, element }) => [key, element] as const),
    ...units.flatMap(({ element }, n) => {
      const key = shown[n];
      return key === undefined ? [] : [[key, element] as const];
    }),
  ]);
}

function merged(typed: XmlElement, current: XmlElement | null, path: string): XmlElement {
  if (isHidden(typed)) return current ?? unknown(path);
  const attributes = Object.entries(typed.attributes).map(([name, value]) => {
    if (value !== hiddenValue) return [name, value] as const;
    return [name, current?.attributes[name] ?? unknown(`${path}@${name}`)] as const;
  });
  const seen = new Map<string, number>();
  const children = typed.children.map((child) => {
    if (typeof child === "string") return child;
    const nth = seen.get(child.name) ?? 0;
    seen.set(child.name, nth + 1);
    const alike = current && elementsOf(current).filter((each) => each.name === child.name);
    return merged(child, alike?.[nth] ?? null, `${path}/${child.name}`);
  });
  return { name: typed.name, attributes: Object.fromEntries(attributes), children };
}

/** Of an element whose text alone is hidden the attributes are known, or are hidden as well. */
function isHidden({ children }: XmlElement): boolean {
  return children.length === 1 && children[0] === hiddenValue;
}

function unknown(path: string): never {
  const key = "definition.hidden";
  throw new AppError({
    code: "input.invalid",
    message: `nothing stands at ${path} for what is hidden`,
    userMessage: { key, values: { path } },
    fields: { xml: { key, values: { path } } },
  });
}
