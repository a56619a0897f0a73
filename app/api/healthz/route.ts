export const dynamic = "force-dynamic";

/** The process answers: nothing more is said, to anybody. */
export function GET(): Response {
  return new Response("ok\n", {
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
