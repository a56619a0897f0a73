import type { ActionResult } from "@/lib/model/result";
import type { TokenScope } from "@/lib/policies/permissions";
import type { NewToken } from "@/lib/policies/token";

/** What the page's server does; the page hands it down. */
export interface TokenActions {
  create(input: {
    projectId: string | null;
    name: string;
    scopes: TokenScope[];
    expiresInDays: number;
  }): Promise<ActionResult<NewToken>>;
  revoke(input: { tokenId: string }): Promise<ActionResult<void>>;
}
