import { z } from "zod";

/** How a signed-in person proves once more who they are. */
export const proofSchema = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("password"),
    password: z.string().min(1, "field.password.required").max(1_000, "field.password.wrong"),
  }),
]);
export type Proof = z.infer<typeof proofSchema>;

/** What a person could prove it with. */
export interface ProofWays {
  password: boolean;
}
