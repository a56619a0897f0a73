/** Who is said to have started VMs after a boot, in tasks and in the audit log. */
export const startOrderActor = { userId: null, name: "start order", ip: "" };
