import type { ApiWorld } from "../api-world";

/** The host does not answer. */
export const away = (api: ApiWorld) => {
  api.world.host.connection = "unreachable";
};

/** The VM is being deleted. */
export const deleting = ({ world, ids }: ApiWorld) =>
  world.db.vm.update({ where: { id: ids.vmId }, data: { lifecycle: "deleting" } });

/** The project has nothing left of its quota. */
export const full = ({ world }: ApiWorld) =>
  world.db.project.update({
    where: { id: world.project },
    data: { maxVms: 0, maxVcpus: 0, maxImages: 0 },
  });

/** As many disks are being written on the host as may be. */
export const busyHost = ({ world, ids }: ApiWorld) =>
  world.db.task.createMany({
    data: ["a", "b"].map((id) => ({
      id,
      projectId: world.project,
      kind: "disk.compact",
      input: "{}",
      hostId: "local",
      targetId: ids.vmId,
      targetName: "n",
      actorId: "a",
      actorName: "a",
    })),
  });
