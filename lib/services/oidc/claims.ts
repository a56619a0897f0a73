import { z } from "zod";
import { emailSchema, personNameSchema } from "@/lib/model/person";

const id = z.string().min(1).max(255);

const schema = z.object({
  iss: z.string().min(1).max(1_000),
  sub: id,
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
  name: z.unknown().optional(),
  preferred_username: z.unknown().optional(),
});

const groupsSchema = z.array(z.string().max(256)).max(2_000);

/** Whom the provider vouches for, as far as we make use of it. */
export interface OidcPerson {
  issuer: string;
  subject: string;
  /** Null unless the provider says that it belongs to the person. */
  verifiedEmail: string | null;
  name: string | null;
  groups: readonly string[];
}

/** Reads the provider's claims; null when they are not those of a person. */
export function readClaims(claims: unknown, groupsClaim: string): OidcPerson | null {
  const parsed = schema.safeParse(claims);
  if (!parsed.success) return null;
  const { iss, sub, email, email_verified, name, preferred_username } = parsed.data;
  const address = emailSchema.safeParse(email);
  return {
    issuer: iss,
    subject: sub,
    verifiedEmail: address.success && email_verified === true ? address.data : null,
    name: firstName([name, preferred_username]),
    groups: groupsOf((claims as Record<string, unknown>)[groupsClaim]),
  };
}

function firstName(given: unknown[]): string | null {
  for (const each of given) {
    const name = personNameSchema.safeParse(each);
    if (name.success) return name.data;
  }
  return null;
}

/** One group may come as a text; anything else is no group, and gives nothing. */
function groupsOf(claim: unknown): string[] {
  const groups = groupsSchema.safeParse(typeof claim === "string" ? [claim] : claim);
  return groups.success ? groups.data : [];
}
