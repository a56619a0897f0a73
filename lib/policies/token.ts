import { z } from "zod";
import { type TokenScope, tokenScopes } from "./permissions";

export const tokenLimits = {
  nameLength: 60,
  /** Days a token may live at most, and lives unless asked otherwise. */
  maxDays: 365,
  defaultDays: 90,
  /** Living tokens of one person, or of one project. */
  perHolder: 50,
} as const;

/** A name that people tell their tokens apart by. */
export const tokenNameSchema = z
  .string("field.token_name.required")
  .trim()
  .min(1, "field.token_name.required")
  .max(tokenLimits.nameLength, "field.token_name.too_long")
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]+$/u, "field.token_name.characters");

export const tokenScopesSchema = z
  .array(z.enum(tokenScopes), "field.token_scopes.required")
  .min(1, "field.token_scopes.required")
  .max(tokenScopes.length);

export const tokenDaysSchema = z
  .number("field.token_days.range")
  .int("field.token_days.range")
  .min(1, "field.token_days.range")
  .max(tokenLimits.maxDays, "field.token_days.range");

/** What a project's token may be given: it never reaches beyond its project. */
export const projectTokenScopes: readonly TokenScope[] = tokenScopes.filter(
  (each) => each !== "admin.write",
);

/** A token as it is shown: never the token itself. */
export interface TokenView {
  id: string;
  name: string;
  /** Its first characters. */
  hint: string;
  /** Null for a personal token. */
  projectId: string | null;
  /** Who made it, or took it over. */
  madeBy: string;
  scopes: TokenScope[];
  createdAt: string;
  expiresAt: string;
  expired: boolean;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
}

/** A new token, the only time that it is shown. */
export interface NewToken {
  token: TokenView;
  secret: string;
}
