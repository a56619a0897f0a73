import { type CpuChoices, cpuModes } from "@/lib/model/cpu";
import { attribute, childrenOf, find, textOf } from "./query";
import { parseXml } from "./tree";

/**
 * Processors of a host's domain capabilities: modes that are supported and models that are usable
 * on it. Throws an Error on what is no such document.
 */
export function readCpuChoices(xml: string): CpuChoices {
  const root = parseXml(xml);
  if (root.name !== "domainCapabilities") throw new Error(`XML of <${root.name}> tells no models`);
  const supported = childrenOf(find(root, "cpu"), "mode").filter(
    (mode) => attribute(mode, "supported") === "yes",
  );
  const named = supported.filter((mode) => attribute(mode, "name") === "custom");
  const models = named
    .flatMap((mode) => childrenOf(mode, "model"))
    .filter((model) => attribute(model, "usable") === "yes")
    .map((model) => textOf(model)?.trim() ?? "")
    .filter((name) => name !== "");
  return {
    modes: cpuModes.filter((each) => supported.some((mode) => attribute(mode, "name") === each)),
    models: [...new Set(models)].sort(),
  };
}
