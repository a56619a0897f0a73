/** The stem with the first number that makes a name which no snapshot has. */
export function freeName(taken: readonly { name: string }[], stem: string): string {
  const names = new Set(taken.map((each) => each.name));
  for (let n = 1; ; n += 1) {
    const name = `${stem}-${n}`;
    if (!names.has(name)) return name;
  }
}
