import { type StrokeTable, strokeTable } from "./layout";
import { br } from "./layouts/br";
import { ch } from "./layouts/ch";
import { de } from "./layouts/de";
import { es } from "./layouts/es";
import { fr } from "./layouts/fr";
import { gb } from "./layouts/gb";
import { it } from "./layouts/it";
import { jp } from "./layouts/jp";
import { ru } from "./layouts/ru";
import { se } from "./layouts/se";
import { tr } from "./layouts/tr";
import { us } from "./layouts/us";

/** What each layout's keys make. */
export const layoutKeys = { us, gb, de, fr, es, it, br, se, ch, ru, tr, jp } as const;

export type LayoutId = keyof typeof layoutKeys;

export const layoutIds = Object.keys(layoutKeys) as readonly LayoutId[];

const tables = new Map<LayoutId, StrokeTable>();

/** By character, the strokes that make it on a layout. */
export function tableOf(id: LayoutId): StrokeTable {
  const known = tables.get(id);
  if (known) return known;
  const made = strokeTable(layoutKeys[id]);
  tables.set(id, made);
  return made;
}
