"use server";

import { action } from "@/app/action";
import { setSetting, setSettingSchema } from "@/lib/services/setting/set-setting";

export const setSettingAction = action(setSettingSchema, setSetting);
