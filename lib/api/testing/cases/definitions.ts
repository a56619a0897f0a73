import type { definitionOperations } from "../../spec/definitions";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const withXml = (api: ApiWorld) => ({ ...ofVm(api), xml: "<domain type='qemu'/>" });
const nobody = { vmId: "nobody0000" };
const hostile = {
  xml: "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><domain>&e;</domain>",
};

export const definitionCases: CasesOf<typeof definitionOperations> = {
  getVmDefinition: {
    as: "viewer",
    input: ofVm,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
      ["input.invalid", { at: "yesterday" }],
    ],
  },
  planVmDefinition: {
    as: "owner",
    input: withXml,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["input.invalid", hostile],
    ],
  },
  defineVm: {
    as: "owner",
    input: withXml,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["input.invalid", hostile],
      ["input.invalid", { xml: "<network/>" }],
    ],
  },
  previewVmChange: {
    as: "viewer",
    input: (api) => ({ ...ofVm(api), change: { verb: "ejectVmMedia", input: {} } }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
      ["input.invalid", { change: { verb: "deleteVm", input: {} } }],
      ["input.invalid", { change: { verb: "setVmNicLink", input: { mac: "x", up: true } } }],
    ],
  },
  revertVmPending: {
    as: "member",
    input: ofVm,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
    ],
  },
};
