import { z } from "zod";
import { forgetSession } from "@/app/(auth)/session-cookies";
import { enrolmentAction } from "@/app/action";
import { basePath } from "@/lib/base-path";
import { httpStatusOf } from "@/lib/model/errors";
import { signOut } from "@/lib/services/user/sign-out";

const end = enrolmentAction(z.undefined(), async (ctx) => {
  await signOut(ctx);
  await forgetSession();
});

// Below a path the origin's storage is the neighbours', too: the page takes its own out of it.
const emptied = basePath === "" ? '"cache", "storage"' : '"cache"';

/**
 * Ends this session and empties the browser of what it has kept of our pages, also where the
 * session had ended before. Cookies of theme, language and the known browser stay. A route and no
 * action: after an action the page that must go would be rendered once more.
 */
export async function POST(): Promise<Response> {
  const result = await end(undefined);
  const ended = result.ok || result.error.code === "auth.required";
  return Response.json(result, {
    status: result.ok ? 200 : httpStatusOf[result.error.code],
    headers: {
      "Cache-Control": "no-store",
      ...(ended && { "Clear-Site-Data": emptied }),
    },
  });
}
