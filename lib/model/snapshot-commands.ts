import type { SnapshotDisk, SnapshotSet, SnapshotView } from "./snapshot";
import type { CreatePlan, DeletePlan } from "./snapshot-plan";
import { virshLine } from "./virsh-line";

/** Where a pool's folder is asked for by the shell: its path is the host's own business. */
function folderLine(disk: SnapshotDisk): string {
  const path = virshLine(["vol-path", "--pool", disk.pool ?? "", disk.volume ?? ""]);
  return `folder=$(dirname "$(${path})")`;
}

/** What taking a snapshot stands for. */
export function createCommands(
  { vm }: SnapshotSet,
  plan: CreatePlan,
  given: { name: string; description: string },
): string[] {
  const name = given.name.trim() || "NAME";
  const line = virshLine([
    "snapshot-create-as",
    vm.domainName,
    name,
    ...(given.description.trim() === "" ? [] : ["--description", given.description.trim()]),
    ...(plan.storage === "external" ? ["--disk-only", "--atomic"] : []),
    plan.quiesce && "--quiesce",
  ]);
  const [first] = vm.disks;
  if (plan.storage !== "external" || first === undefined) return [line];
  const specs = vm.disks.map(
    ({ target }) => `--diskspec "${target},snapshot=external,file=$folder/${target}.${name}.qcow2"`,
  );
  return [folderLine(first), [line, ...specs].join(" ")];
}

/** What giving another description stands for: virsh opens an editor. */
export function editCommands({ vm }: SnapshotSet, name: string): string[] {
  return [virshLine(["snapshot-edit", vm.domainName, name])];
}

/**
 * What a revert stands for. Of files on top libvirt 9 has no command of its own: the VM gets new
 * files on top of those of the snapshot, and its definition.
 */
export function revertCommands(
  { vm }: SnapshotSet,
  to: SnapshotView,
  plan: { runs: boolean; cutsOff: boolean },
  first: string | null,
): string[] {
  const domain = vm.domainName;
  const before = first === null ? [] : [virshLine(["snapshot-create-as", domain, first])];
  if (to.storage !== "external") {
    return [...before, virshLine(["snapshot-revert", domain, to.name, "--force"])];
  }
  const files = to.disks.map(({ target, pool, volume }) =>
    virshLine([
      "vol-create-as",
      pool ?? "",
      `${target}.new.qcow2`,
      "0",
      ...["--format", "qcow2", "--backing-vol", volume ?? "", "--backing-vol-format", "qcow2"],
    ]),
  );
  return [
    ...before,
    ...(plan.cutsOff ? [virshLine(["destroy", domain])] : []),
    ...files,
    `${virshLine(["snapshot-dumpxml", domain, to.name])} > snapshot.xml`,
    "# domain.xml: the <domain> of snapshot.xml, its disks on the new files",
    virshLine(["define", "domain.xml"]),
    virshLine(["snapshot-create", domain, "snapshot.xml", "--redefine", "--current"]),
    ...(plan.runs ? [virshLine(["start", domain])] : []),
  ];
}

/** What a deletion stands for, one line a step. */
export function deleteCommands({ vm, snapshots }: SnapshotSet, plan: DeletePlan): string[] {
  return plan.steps.flatMap(({ name, how }) => {
    const line = ["snapshot-delete", vm.domainName, name];
    if (how !== "drop") return [virshLine(line)];
    const disks = snapshots.find((each) => each.name === name)?.disks ?? [];
    const files = disks.map(({ pool, volume }) =>
      virshLine(["vol-delete", "--pool", pool ?? "", volume ?? ""]),
    );
    return [virshLine([...line, "--metadata"]), ...files];
  });
}
