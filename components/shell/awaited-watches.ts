/** What this tab waits to be told, by id until when: only then does it listen out of sight. */
const awaitedKey = "portico.watches.awaited";
/** What this browser has been told. */
const toldKey = "portico.watches.told";
const mostTold = 100;

function read<T>(storage: Storage, key: string, otherwise: T): T {
  try {
    return JSON.parse(storage.getItem(key) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Has this tab listen on when it is out of sight, as far as the desktop may be told. */
export function awaitWatch(watch: { id: string; expiresAt: string }): void {
  const awaited = read<Record<string, string>>(sessionStorage, awaitedKey, {});
  const all = { ...awaited, [watch.id]: watch.expiresAt };
  sessionStorage.setItem(awaitedKey, JSON.stringify(all));
}

export function awaitWatchNoMore(id: string): void {
  const { [id]: _gone, ...rest } = read<Record<string, string>>(sessionStorage, awaitedKey, {});
  sessionStorage.setItem(awaitedKey, JSON.stringify(rest));
}

/** Whether there is something to tell the desktop while nobody looks at this tab. */
export function awaitsWatch(now: Date = new Date()): boolean {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return false;
  const ends = Object.values(read<Record<string, string>>(sessionStorage, awaitedKey, {}));
  return ends.some((end) => new Date(end) > now);
}

/** Whether this browser is to tell it now: once, in whichever tab. */
export function isNews(key: string): boolean {
  const told = read<string[]>(localStorage, toldKey, []);
  if (told.includes(key)) return false;
  localStorage.setItem(toldKey, JSON.stringify([...told, key].slice(-mostTold)));
  return true;
}
