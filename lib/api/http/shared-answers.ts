import { Remembered } from "@/lib/runtime/remembered";
import { SharedWork } from "@/lib/runtime/shared-work";
import type { Context } from "@/lib/services/context";
import { SeenHosts } from "@/lib/services/seen-hosts";
import type { Answer } from "./answer";

/** Bytes of answers that are kept at most. */
const mostKept = 32 * 1024 * 1024;
/** Characters of an answer that is kept as a text. */
const mostText = 4_096;

interface Kept {
  answer: Answer;
  hosts: SeenHosts;
}

/**
 * Answers that people with the same rights share. Who asks while one is made waits for the next
 * one; a kept one is given as long as no row and nothing of the hosts that it shows has changed.
 * So no answer is older than its question.
 */
export class SharedAnswers {
  private readonly work = new SharedWork<Answer>();
  private readonly keptWork = new SharedWork<Kept>();
  private readonly kept: Remembered<Kept>;

  /** `version` names the state of the database. */
  constructor(version: () => string | Promise<string>) {
    this.kept = new Remembered<Kept>({
      version,
      holds: ({ hosts }) => hosts.unchanged(),
      size: ({ answer }) => answer.body?.length ?? 0,
      most: mostKept,
    });
  }

  /** The answer for a key, at once where it is kept; `make` gets the context that the answer is to be made with. */
  ask(
    ctx: Context,
    asked: { key: string; keep: boolean },
    make: (ctx: Context) => Promise<Answer>,
  ): Answer | Promise<Answer> {
    const { key, keep } = asked;
    if (!keep) return this.work.ask(key, () => make(ctx));
    const run = () => this.keptWork.ask(key, () => watched(ctx, make));
    const kept = this.kept.ask(key, run);
    return kept instanceof Promise ? kept.then(({ answer }) => answer) : kept.answer;
  }
}

async function watched(ctx: Context, make: (ctx: Context) => Promise<Answer>): Promise<Kept> {
  const hosts = new SeenHosts(ctx.hosts);
  const answer = await make({ ...ctx, hosts });
  const { body } = answer;
  // As bytes, so that they are not made of the text again for every reader; a short text goes out
  // in one piece with the headers, which costs less.
  const isLong = typeof body === "string" && body.length > mostText;
  return { answer: isLong ? { ...answer, body: Buffer.from(body) } : answer, hosts };
}
