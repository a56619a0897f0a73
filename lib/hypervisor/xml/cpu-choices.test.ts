import { expect, it } from "vitest";
import { readCpuChoices } from "./cpu-choices";

it("modes that are supported and models that are usable, each once and by name", () => {
  const xml = `<domainCapabilities><cpu>
    <mode name='host-passthrough' supported='no'/>
    <mode name='maximum' supported='yes'><enum name='maximumMigratable'/></mode>
    <mode name='host-model' supported='yes'><model fallback='forbid'>EPYC-Rome</model></mode>
    <mode name='custom' supported='yes'>
      <model usable='yes' vendor='unknown'>qemu64</model>
      <model usable='no' vendor='Intel'>Skylake-Server</model>
      <model usable='unknown' vendor='AMD'>EPYC</model>
      <model usable='yes' vendor='Intel'>Nehalem</model>
      <model usable='yes' vendor='Intel'>Nehalem</model>
    </mode>
  </cpu></domainCapabilities>`;
  expect(readCpuChoices(xml)).toEqual({
    modes: ["host-model", "maximum"],
    models: ["Nehalem", "qemu64"],
  });
});

it("a host that tells of no processors offers none; another document is an error", () => {
  expect(readCpuChoices("<domainCapabilities/>")).toEqual({ modes: [], models: [] });
  expect(() => readCpuChoices("<capabilities/>")).toThrow("tells no models");
});
