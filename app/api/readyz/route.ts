import { readiness } from "@/lib/services/host/readiness";

export const dynamic = "force-dynamic";

/** 200 when this portal can serve, otherwise 503; counts only, since anybody may ask. */
export async function GET(): Promise<Response> {
  const state = await readiness();
  return Response.json(state, {
    status: state.ready ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
