import { z } from "zod";
import { action } from "@/app/action";
import { answerResult } from "@/app/answer-result";
import { openConsole } from "@/lib/services/vm/open-console";

const openTicket = action(
  z.object({
    vmId: z.string().min(1).max(40),
    kind: z.literal("serial"),
    takeOver: z.boolean(),
  }),
  openConsole,
);

/**
 * A one-time ticket for the VM's serial port, as an ActionResult; the status says the same.
 * `?takeOver=1` ends the reading of whoever has it.
 */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const takeOver = new URL(request.url).searchParams.get("takeOver") === "1";
  return answerResult(await openTicket({ vmId: (await params).id, kind: "serial", takeOver }));
}
