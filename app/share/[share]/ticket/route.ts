import { z } from "zod";
import { publicAction } from "@/app/action";
import { answerResult } from "@/app/answer-result";
import { openSharedScreen } from "@/lib/services/console-share/open-shared-screen";
import { screenVisitor } from "../../screen-visitor";

const ask = publicAction(z.object({ shareId: z.string().min(1).max(40) }), async (input) =>
  openSharedScreen(await screenVisitor(), input),
);

/** A one-time ticket for a shared screen, as an ActionResult; the status says the same. */
export async function POST(
  _request: Request,
  { params }: { params: Promise<{ share: string }> },
): Promise<Response> {
  return answerResult(await ask({ shareId: (await params).share }));
}
