import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { useErrorText } from "@/components/ui/use-error-text";
import type { EjectAction, PowerAction } from "@/components/vm/types";
import { usePower } from "@/components/vm/use-power";
import type { VmDetail, VmView } from "@/lib/model/vm";
import type { PowerVerb } from "@/lib/model/vm-state";
import type { ControlAction } from "./console-screen-props";
import { saveScreenshot } from "./save-screenshot";
import type { Viewer } from "./viewer";

interface ActsOf {
  vm: VmView;
  power: PowerAction;
  eject: EjectAction;
  onEjected: (vm: VmDetail) => void;
  control: ControlAction;
}

/** What a console's bar does beyond its own picture, and what went wrong with it. */
export function useActs(of: ActsOf, viewer: RefObject<Viewer | null>) {
  const { vm } = of;
  const t = useTranslations("console.notice");
  const errorText = useErrorText();
  const { run, busy } = usePower(of.power);
  const [ejecting, setEjecting] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);

  async function power(verb: PowerVerb) {
    viewer.current?.focus();
    setNotice(await run(vm, verb));
  }

  async function eject() {
    setEjecting(true);
    const result = await callAction(() => of.eject({ vmId: vm.id }));
    setEjecting(false);
    if (result.ok) of.onEjected(result.value);
    setNotice(result.ok ? null : errorText(result.error.message));
  }

  async function control(to: string | null) {
    const result = await callAction(() => of.control({ vmId: vm.id, consoleId: to }));
    setNotice(result.ok ? null : errorText(result.error.message));
  }

  async function screenshot() {
    const shown = viewer.current;
    if (!shown) return;
    await saveScreenshot(shown, vm.name, new Date()).catch(() => setNotice(t("screenshotFailed")));
  }

  return {
    notice,
    setNotice,
    starting: busy.has(vm.id),
    ejecting,
    power: (verb: PowerVerb) => void power(verb),
    eject: () => void eject(),
    control: (to: string | null) => void control(to),
    screenshot: () => void screenshot(),
  };
}
