import { z } from "zod";
import { action } from "@/app/action";
import { answerResult } from "@/app/answer-result";
import { openConsole } from "@/lib/services/vm/open-console";

const openTicket = action(z.object({ vmId: z.string().min(1).max(40) }), openConsole);

/** A one-time ticket for the VM's console, as an ActionResult; the status says the same. */
export async function POST(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return answerResult(await openTicket({ vmId: (await params).id }));
}
