export interface PaletteEntry {
  group: "vms" | "pages" | "actions" | "projects";
  label: string;
  detail: string;
  href: string;
}

const MOST = 40;

/** How well a text fits: 0 not at all, higher is better. */
function rank(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return 3;
  return /[\s\-_./]/.test(text[at - 1] ?? "") ? 2 : 1;
}

/** Entries in which every word of the query occurs, best fits first; all when it is empty. */
export function searchEntries(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = entries.map((entry, index) => {
    const label = entry.label.toLowerCase();
    const detail = entry.detail.toLowerCase();
    const scores = words.map((word) => Math.max(rank(label, word), rank(detail, word)));
    return { entry, index, score: Math.min(...scores, 3), sum: scores.reduce((a, b) => a + b, 0) };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.sum - a.sum || a.index - b.index)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}
