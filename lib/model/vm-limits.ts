/**
 * Hard caps of a single VM, whatever the quota says. Apart from the schemas, so that a page
 * that needs only figures does not load a schema library into the browser.
 */
export const vmLimits = {
  vcpus: { min: 1, max: 64 },
  memoryMib: { min: 64, max: 1_048_576 },
  diskGib: { min: 1, max: 16_384 },
  nameLength: 60,
  descriptionLength: 1_000,
  tags: 16,
  tagLength: 32,
} as const;
