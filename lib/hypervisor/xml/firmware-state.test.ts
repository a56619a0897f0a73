import { expect, it } from "vitest";
import { firmwareStateOf, withVariables } from "./firmware-state";

const named = `<domain><os><loader>/code.fd</loader><nvram template="/t.fd">/n/a_VARS.fd</nvram></os>
<devices><tpm model="tpm-crb"><backend type="emulator" version="2.0"/></tpm></devices></domain>`;
const automatic = '<domain><name>p-a</name><os firmware="efi"><type>hvm</type></os></domain>';

it("finds the variables and an emulated TPM", () => {
  expect(firmwareStateOf(named, "/lib")).toEqual({
    keeps: true,
    variables: "/n/a_VARS.fd",
    plain: true,
    tpm: true,
  });
  const passed = '<domain><devices><tpm><backend type="passthrough"/></tpm></devices></domain>';
  expect(firmwareStateOf(passed, "/lib")).toMatchObject({
    keeps: false,
    variables: null,
    tpm: false,
  });
  const source = named.replace(">/n/a_VARS.fd<", ' type="file"><source file="/n/a_VARS.fd"/><');
  expect(firmwareStateOf(source, null)).toMatchObject({ variables: "/n/a_VARS.fd", plain: true });
  expect(withVariables(source, "/n/b")).toContain('/t.fd">/n/b</nvram>');
  const far = named.replace("<nvram ", '<nvram type="network" ');
  expect(firmwareStateOf(far, null).plain).toBe(false);
  const qcow2 = named.replace("<nvram ", '<nvram format="qcow2" ');
  expect(firmwareStateOf(qcow2, null).plain).toBe(false);
});

it("takes libvirt's own name for a file that it is to choose, where its folder is known", () => {
  expect(firmwareStateOf(automatic, "/lib").variables).toBe("/lib/p-a_VARS.fd");
  expect(firmwareStateOf(automatic, null)).toMatchObject({ keeps: true, variables: null });
  const stateless = automatic.replace("<type>", '<loader stateless="yes"/><type>');
  expect(firmwareStateOf(stateless, "/lib")).toMatchObject({ keeps: false, variables: null });
});

it("puts the variables into another file, where there are any", () => {
  const xml = withVariables(named, "/n/b_VARS.fd");
  expect(firmwareStateOf(xml, null).variables).toBe("/n/b_VARS.fd");
  expect(xml).toContain("/t.fd");
  expect(firmwareStateOf(withVariables(automatic, "/n/c"), null).variables).toBe("/n/c");
  expect(withVariables("<domain/>", "/n/b")).toBe("<domain/>");
});
