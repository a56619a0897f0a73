import { z } from "zod";

/** Whom the installation asks for a second factor at sign-in. */
export const secondFactorRules = ["nobody", "admins", "everyone"] as const;
export type SecondFactorRule = (typeof secondFactorRules)[number];

/** Every setting that an administrator changes while the portal runs: what fits, and the default. */
export const settingSchemas = {
  requireSecondFactor: z.enum(secondFactorRules).default("nobody"),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: z.output<(typeof settingSchemas)[K]> };

export const settingKeys = Object.keys(settingSchemas) as SettingKey[];

/** Whether this person must have a second factor; "admins" means all who see everything. */
export function mustHaveSecondFactor(
  rule: SecondFactorRule,
  person: { isAdmin: boolean; isAuditor: boolean },
): boolean {
  if (rule === "admins") return person.isAdmin || person.isAuditor;
  return rule === "everyone";
}
