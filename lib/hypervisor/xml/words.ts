import { element, type XmlElement } from "./tree";

/** The definition with another title and description; an empty one is none. */
export function withWords(
  root: XmlElement,
  words: { title: string; description: string },
): XmlElement {
  const said = Object.entries(words)
    .filter(([, text]) => text !== "")
    .map(([name, text]) => element(name, {}, [text]));
  const others = root.children.filter(
    (child) => typeof child === "string" || !Object.hasOwn(words, child.name),
  );
  return { ...root, children: [...others, ...said] };
}
