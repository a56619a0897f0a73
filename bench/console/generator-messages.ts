/** What the target behind the proxies does with its clients. */
export type TargetMode =
  | "flood"
  | "echo"
  | "sink"
  | "stalled"
  /** Half a mebibyte, and then nothing. */
  | "once"
  /** Two kibibytes a second. */
  | "drip";

/** What a browser shows to be let in. */
export interface Admission {
  cookie: string;
  ticket: string;
}

/** What the bench asks of the generator; each is answered by one number. */
export type GeneratorRequest =
  /** Listens as the target on a unix socket. */
  | { op: "listen"; path: string }
  /** Opens consoles; answered when all are open. `port` null: straight to the target. */
  | {
      op: "open";
      port: number | null;
      framed: boolean;
      consoles: number;
      mode: TargetMode;
      /** One for each console: with them, both sides go through RFB's handshake first. */
      admissions?: Admission[];
    }
  /** Bytes that the clients have got, framing included, or that the target has got. */
  | { op: "received"; side: "clients" | "target" }
  /** Clients stop or go on reading. */
  | { op: "pause" }
  | { op: "resume" }
  /** Every client sends so many 6-byte messages: all together, or one each millisecond. */
  | { op: "type"; pace: "burst" | "single"; count: number }
  /** Every client sends this many bytes in large messages, as far as they are taken. */
  | { op: "send"; bytes: number }
  /** Median round trip of a 10-byte message in microseconds. */
  | { op: "roundTrip"; count: number }
  | { op: "close" };

export type GeneratorAnswer = { value: number } | { error: string };
