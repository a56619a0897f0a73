import type { WatchKind } from "@/lib/model/watch/watch";

export const presetIds = ["asks", "finished", "panic", "login", "own"] as const;
export type PresetId = (typeof presetIds)[number];

export interface Preset {
  kind: WatchKind;
  /** One a line. */
  texts: string;
  still: string;
}

/** What people want to be told, as conditions. */
export const presets: Readonly<Record<PresetId, Preset>> = {
  // An installer at work moves something all the time.
  asks: { kind: "screen", texts: "", still: "30" },
  finished: { kind: "off", texts: "", still: "" },
  panic: {
    kind: "screen",
    texts: "Kernel panic\nnot syncing\nemergency mode\nOops:*[#\nGuru Meditation",
    still: "",
  },
  login: { kind: "screen", texts: "login:", still: "" },
  own: { kind: "screen", texts: "", still: "" },
};
