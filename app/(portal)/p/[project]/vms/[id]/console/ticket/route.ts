import { z } from "zod";
import { action } from "@/app/action";
import { answerResult } from "@/app/answer-result";
import { openConsole } from "@/lib/services/vm/open-console";

const openTicket = action(
  z.object({ vmId: z.string().min(1).max(40), viewOnly: z.boolean() }),
  openConsole,
);

/**
 * A one-time ticket for the VM's console, as an ActionResult; the status says the same. With
 * `?viewOnly=1` for one that only watches, whatever its page does.
 */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const viewOnly = new URL(request.url).searchParams.get("viewOnly") === "1";
  return answerResult(await openTicket({ vmId: (await params).id, viewOnly }));
}
