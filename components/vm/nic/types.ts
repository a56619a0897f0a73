import type { NicLimits, NicModel, VmNicView } from "@/lib/model/nic";
import type { ActionResult } from "@/lib/model/result";
import type { VmDetail } from "@/lib/model/vm";

/** What can be done to a VM's network cards: the server actions. */
export interface NicActions {
  add: (input: {
    vmId: string;
    network: string;
    model: NicModel;
  }) => Promise<ActionResult<VmDetail>>;
  remove: (input: { vmId: string; mac: string }) => Promise<ActionResult<VmDetail>>;
  move: (input: { vmId: string; mac: string; network: string }) => Promise<ActionResult<VmDetail>>;
  setModel: (input: {
    vmId: string;
    mac: string;
    model: NicModel;
  }) => Promise<ActionResult<VmDetail>>;
  setLimits: (input: { vmId: string; mac: string } & NicLimits) => Promise<ActionResult<VmDetail>>;
  setLink: (input: { vmId: string; mac: string; up: boolean }) => Promise<ActionResult<VmDetail>>;
}

/** What a dialog about one card gets. */
export interface NicDialogProps {
  vm: VmDetail;
  nic: VmNicView;
  /** The host's active networks. */
  networks: readonly string[];
  actions: NicActions;
  onClose: () => void;
}
