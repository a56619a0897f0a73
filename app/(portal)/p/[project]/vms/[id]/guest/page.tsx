import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { reasonsOn } from "@/app/why-not";
import { GuestPanel } from "@/components/guest/guest-panel";
import { isAppError, type UserMessage } from "@/lib/model/errors";
import type { GuestView } from "@/lib/model/guest/guest";
import type { Context } from "@/lib/services/context";
import { getFreeze } from "@/lib/services/freeze/get-freeze";
import { getGuest } from "@/lib/services/vm/get-guest";
import { vmPage } from "../vm-page";
import { freezeGuestAction, setGuestPasswordAction, thawGuestAction } from "./actions";

interface GuestPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("guest") };
}

export default async function GuestPage({ params }: GuestPageProps) {
  const { project: slug, id } = await params;
  const { ctx, vm } = await vmPage(slug, id);
  const [freeze, why] = await Promise.all([
    orNotFound(getFreeze(ctx, { vmId: vm.id })),
    reasonsOn(ctx, vm),
  ]);
  // A frozen guest's agent refuses everything but thawing.
  const { view, failure } =
    freeze.until === null ? await orNotFound(readNow(ctx, vm.id)) : { view: null, failure: null };
  return (
    <GuestPanel
      detail={vm}
      view={view}
      failure={failure}
      freeze={freeze}
      forbidden={why("vm.guest")}
      setPassword={setGuestPasswordAction}
      freezeGuest={freezeGuestAction}
      thawGuest={thawGuestAction}
    />
  );
}

/** A guest without an agent, or one that is off, has a page that says what to do. */
async function readNow(
  ctx: Context,
  vmId: string,
): Promise<{ view: GuestView | null; failure: UserMessage | null }> {
  try {
    return { view: await getGuest(ctx, { vmId }), failure: null };
  } catch (error) {
    if (!isAppError(error) || error.code === "not_found") throw error;
    return { view: null, failure: error.userMessage };
  }
}
