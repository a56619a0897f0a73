import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasonsOn } from "@/app/why-not";
import { ForbiddenConsole } from "@/components/console/forbidden-console";
import { LiveConsole } from "@/components/console/live-console";
import { can } from "@/lib/policies/can";
import { isOutside } from "@/lib/policies/is-outside";
import { getRecordingPolicy } from "@/lib/services/recording/get-policy";
import { cancelTaskAction } from "../../../activity/actions";
import { ejectMediaAction, insertMediaAction, powerVmAction } from "../../actions";
import { setBootOrderAction } from "../../disk-actions";
import { setClipboardAction } from "../hardware/actions";
import { vmPage } from "../vm-page";
import {
  addWatchAction,
  createConsoleShareAction,
  listConsoleSharesAction,
  listWatchesAction,
  removeWatchAction,
  revokeConsoleShareAction,
  setConsoleControlAction,
} from "./actions";

const shares = {
  list: listConsoleSharesAction,
  create: createConsoleShareAction,
  revoke: revokeConsoleShareAction,
};

interface ConsolePageProps {
  params: Promise<{ project: string; id: string }>;
  searchParams: Promise<{ alone?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm"))("tabs.console") };
}

const watches = { list: listWatchesAction, add: addWatchAction, remove: removeWatchAction };

export default async function ConsolePage({ params, searchParams }: ConsolePageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const why = await reasonsOn(ctx, vm);
  const forbidden = why("vm.console");
  const outside = isOutside(ctx.actor, project.id);
  if (forbidden !== null) return <ForbiddenConsole reason={forbidden} />;
  const { mode } = await getRecordingPolicy(ctx, { projectId: project.id });
  return (
    <LiveConsole
      detail={vm}
      project={{ id: project.id, slug: project.slug }}
      powerForbidden={why("vm.power")}
      mayEject={can(ctx.actor, "vm.media", project.id)}
      start={{
        insert: insertMediaAction,
        setBootOrder: setBootOrderAction,
        mediaForbidden: why("vm.media"),
        bootForbidden: why("vm.boot"),
      }}
      mayCancel={can(ctx.actor, "task.cancel", project.id)}
      power={powerVmAction}
      eject={ejectMediaAction}
      cancelTask={cancelTaskAction}
      control={setConsoleControlAction}
      setClipboard={setClipboardAction}
      clipboardForbidden={why("vm.clipboard")}
      shares={outside ? null : shares}
      watches={outside ? null : watches}
      recordsScreens={mode !== "off"}
      alone={(await searchParams).alone === "1"}
    />
  );
}
