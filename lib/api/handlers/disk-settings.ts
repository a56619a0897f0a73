import { planDiskSettings } from "@/lib/services/disk/plan-disk-settings";
import { setDiskSettings } from "@/lib/services/disk/set-disk-settings";
import type { diskSettingsOperations } from "../spec/disk-settings";
import type { HandlersOf } from "./handler";
import { toDetail } from "./views";

export const diskSettingsHandlers: HandlersOf<keyof typeof diskSettingsOperations> = {
  planDiskSettings: async (ctx, input, say) => {
    const { invalid: _told, problem, ...plan } = await planDiskSettings(ctx, input);
    return { ...plan, problem: problem && say(problem) };
  },
  setDiskSettings: async (ctx, input, say) => toDetail(await setDiskSettings(ctx, input), say),
};
