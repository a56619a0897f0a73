import { flags, i32, list, optional, text } from "../../xdr/codec";
import { call } from "../call";

/** What a connection says before and after everything else. Only the client itself calls these. */
export const handshakeProcedures = {
  connectOpen: call(1, { name: optional(text), flags }),
  connectClose: call(2, {}),
  authList: call(66, {}, { types: list(i32, 20) }),
  authPolkit: call(70, {}, { complete: i32 }),
};
