import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { reasons } from "@/app/why-not";
import { HugePagesCard } from "@/components/tuning/huge-pages-card";
import { QueuesCard } from "@/components/tuning/queues-card";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { VirshLine } from "@/components/ui/virsh-line";
import { isAppError } from "@/lib/model/errors";
import type { HostTuning } from "@/lib/model/tuning";
import type { Context } from "@/lib/services/context";
import { getHostTuning } from "@/lib/services/tuning/get-host-tuning";
import { adminPage } from "../../admin-page";
import { setHugePagesAction, setSchedulerAction } from "./actions";

interface TuningPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tuning"))("title") };
}

export default async function TuningPage({ params }: TuningPageProps) {
  const { id: hostId } = await params;
  const ctx = await adminPage();
  const [t, why, tuning] = await Promise.all([
    getTranslations("tuning"),
    reasons(ctx),
    orNotFound(readNow(ctx, hostId)),
  ]);
  const forbidden = why("host.tune");
  return (
    <div className="flex max-w-4xl flex-col gap-5 p-4 md:p-6">
      <Link href="/admin/hosts" className="text-13 text-muted hover:underline">
        {t("back")}
      </Link>
      <PageHeader
        title={t("titleOf", { name: tuning?.name ?? hostId })}
        description={t("description")}
      />
      {tuning === null ? (
        <Callout tone="warn" role="status">
          {t("unreachable")}
        </Callout>
      ) : (
        <>
          <HugePagesCard tuning={tuning} forbidden={forbidden} set={setHugePagesAction} />
          <QueuesCard tuning={tuning} forbidden={forbidden} set={setSchedulerAction} />
          <VirshLine commands={tuning.commands} />
        </>
      )}
    </div>
  );
}

/** Null for a host that does not answer: the page says so. */
async function readNow(ctx: Context, hostId: string): Promise<HostTuning | null> {
  try {
    return await getHostTuning(ctx, { hostId });
  } catch (error) {
    const refused = isAppError(error, "auth.forbidden") || isAppError(error, "not_found");
    if (refused || !isAppError(error)) throw error;
    return null;
  }
}
