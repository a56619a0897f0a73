/** How the names begin under which this portal, and its uploads, keep something in a browser. */
const own = /^(?:tus::)?portico[.|]/;

/** Takes out what the portal has kept here, of an origin that others keep something in, too. */
export function emptyStorage(stores: Storage[] = [localStorage, sessionStorage]): void {
  for (const store of stores) {
    const names = Array.from(store, (_, index) => store.key(index) ?? "");
    for (const name of names.filter((each) => own.test(each))) store.removeItem(name);
  }
}
