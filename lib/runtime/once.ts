/**
 * One object per process under a name. Next evaluates a module in several copies
 * (server entry, pages, routes), and only `globalThis` is shared among them.
 */
export function once<T>(name: string, make: () => T): T {
  const store = globalThis as unknown as { __portico?: Map<string, unknown> };
  store.__portico ??= new Map();
  if (!store.__portico.has(name)) store.__portico.set(name, make());
  return store.__portico.get(name) as T;
}
