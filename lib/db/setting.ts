import { type SettingKey, type Settings, settingSchemas } from "@/lib/model/setting";
import type { Db } from "./client";

/** A setting's value now; its default while nobody has set it, or when the row fits no more. */
export async function readSetting<K extends SettingKey>(
  db: Pick<Db, "setting">,
  key: K,
): Promise<Settings[K]> {
  const row = await db.setting.findUnique({ where: { key } });
  const schema = settingSchemas[key];
  const kept = schema.safeParse(row === null ? undefined : parsed(row.value));
  return kept.success ? kept.data : schema.parse(undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
