export interface WebmSettings {
  codec: "vp09.00.51.08" | "vp8";
  width: number;
  height: number;
  bitrateMode: "quantizer" | "variable";
  bitrate?: number;
  latencyMode: "quality";
}

/** Why a browser makes no video; null when it does. */
export type NoWebm = "insecure" | "missing" | null;

/** How this browser encodes videos of this size best; null where it cannot. */
export async function webmSettings(size: {
  width: number;
  height: number;
}): Promise<WebmSettings | null> {
  const common = { ...size, latencyMode: "quality" } as const;
  // Letters need bits where they change, and none where they stand.
  const bitrate = Math.max(1_000_000, size.width * size.height * 4);
  const wishes: WebmSettings[] = [
    { ...common, codec: "vp09.00.51.08", bitrateMode: "quantizer" },
    { ...common, codec: "vp09.00.51.08", bitrateMode: "variable", bitrate },
    { ...common, codec: "vp8", bitrateMode: "variable", bitrate },
  ];
  for (const wish of wishes) {
    const { supported } = await VideoEncoder.isConfigSupported(wish).catch(() => ({
      supported: false,
    }));
    if (supported) return wish;
  }
  return null;
}

/** Whether this page's browser makes videos, and if not, why. */
export async function whyNoWebm(size: { width: number; height: number }): Promise<NoWebm> {
  if (!window.isSecureContext) return "insecure";
  if (typeof VideoEncoder === "undefined" || typeof VideoFrame === "undefined") return "missing";
  return (await webmSettings(size)) === null ? "missing" : null;
}
