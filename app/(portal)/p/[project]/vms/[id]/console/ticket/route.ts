import { z } from "zod";
import { action } from "@/app/action";
import { answerResult } from "@/app/answer-result";
import { openConsole } from "@/lib/services/vm/open-console";

const openTicket = action(
  z.object({ vmId: z.string().min(1).max(40), viewOnly: z.boolean(), ahead: z.boolean() }),
  openConsole,
);

/**
 * A one-time ticket for the VM's console, as an ActionResult; the status says the same. With
 * `?viewOnly=1` for one that only watches, whatever its page does. With `?ahead=1` for a link that
 * is pointed at: whether it will be used is yet to be seen.
 */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const viewOnly = asked.get("viewOnly") === "1";
  const ahead = asked.get("ahead") === "1";
  return answerResult(await openTicket({ vmId: (await params).id, viewOnly, ahead }));
}
