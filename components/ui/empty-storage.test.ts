import { expect, it } from "vitest";
import { emptyStorage } from "./empty-storage";

/** As browsers have it, as far as it is used. */
function storage(...names: string[]): Storage {
  const kept = new Map(names.map((name) => [name, "x"]));
  return {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    removeItem: (name: string) => void kept.delete(name),
    getItem: (name: string) => kept.get(name) ?? null,
  } as Storage;
}

const namesIn = (store: Storage) => Array.from(store, (_, index) => store.key(index));

it("takes out everything of the portal's, and nothing of its neighbours'", () => {
  const ours = ["portico.keyCombos", "portico.keyboard.v1", "tus::portico|p|a.iso|1|2::77"];
  const local = storage(...ours, "wiki.draft", "tus::wiki|x", "porticoes", "my.portico.notes");
  const session = storage("portico.watches.awaited", "cart");
  emptyStorage([local, session]);
  for (const name of ours) expect(local.getItem(name), name).toBeNull();
  expect(namesIn(local)).toHaveLength(4);
  expect(namesIn(session)).toEqual(["cart"]);
});
