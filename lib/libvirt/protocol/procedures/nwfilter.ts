import { flags, list, needResults, text, u32, uuid } from "../../xdr/codec";
import { call } from "../call";
import { nwfilterBindingRef, nwfilterRef } from "../types";

/** Network filters and what they are bound to. */
export const nwfilterProcedures = {
  nwfilterLookupByName: call(175, { name: text }, { nwfilter: nwfilterRef }),
  nwfilterLookupByUuid: call(176, { uuid }, { nwfilter: nwfilterRef }),
  nwfilterGetXmlDesc: call(177, { nwfilter: nwfilterRef, flags }, { xml: text }),
  nwfilterDefineXml: call(180, { xml: text }, { nwfilter: nwfilterRef }),
  nwfilterUndefine: call(181, { nwfilter: nwfilterRef }),
  connectListAllNwfilters: call(
    286,
    { needResults, flags },
    { filters: list(nwfilterRef, 16384), ret: u32 },
  ),
  nwfilterBindingLookupByPortDev: call(397, { name: text }, { nwfilter: nwfilterBindingRef }),
  nwfilterBindingGetXmlDesc: call(398, { nwfilter: nwfilterBindingRef, flags }, { xml: text }),
  nwfilterBindingCreateXml: call(399, { xml: text, flags }, { nwfilter: nwfilterBindingRef }),
  nwfilterBindingDelete: call(400, { nwfilter: nwfilterBindingRef }),
  connectListAllNwfilterBindings: call(
    401,
    { needResults, flags },
    { bindings: list(nwfilterBindingRef, 16384), ret: u32 },
  ),
  nwfilterDefineXmlFlags: call(431, { xml: text, flags }, { nwfilter: nwfilterRef }),
};
