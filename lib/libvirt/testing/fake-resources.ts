import { networkEvents, poolEvents } from "../protocol/events";
import type { PoolRef, VolumeRef } from "../protocol/types";
import type { Handlers } from "./fake-handlers";
import { CODE, element, type FakeState, type FakeVolume, Refusal } from "./fake-state";

const NETWORK_STARTED = 2;
const PIECE_BYTES = 65_536;
const NO_SPACE = 38;
const STREAM_DOMAIN = 38;

/** The fake daemon's networks, pools and volumes. */
export const resourceHandlers: Handlers = {
  connectListAllNetworks: (_args, { state }) => ({
    nets: state.networks,
    ret: state.networks.length,
  }),
  networkLookupByName({ name }, { state }) {
    const net = state.networks.find((network) => network.name === name);
    if (net === undefined) throw new Refusal(CODE.noNetwork, "Network not found", 19);
    return { net };
  },
  networkIsActive: () => ({ active: 1 }),
  networkGetXmlDesc: ({ net }) => ({ xml: `<network><name>${net.name}</name></network>` }),
  networkDestroy({ net }, { emit }) {
    emit(networkEvents.lifecycle, { net, event: NETWORK_STARTED + 1, detail: 0 });
  },
  networkCreate({ net }, { emit }) {
    emit(networkEvents.lifecycle, { net, event: NETWORK_STARTED, detail: 0 });
  },

  connectListAllStoragePools: (_args, { state }) => ({
    pools: state.pools,
    ret: state.pools.length,
  }),
  storagePoolLookupByName: ({ name }, { state }) => ({ pool: poolByName(state, name) }),
  storagePoolGetInfo: () => ({
    state: 2,
    capacity: 100n << 30n,
    allocation: 0n,
    available: 100n << 30n,
  }),
  storagePoolRefresh({ pool }, { emit }) {
    emit(poolEvents.refresh, { pool });
  },
  storagePoolListAllVolumes({ pool }, { state }) {
    const vols = [...state.volumes.values()].map((volume) => volumeRef(pool, volume));
    return { vols, ret: vols.length };
  },
  storageVolCreateXml({ pool, xml }, { state }) {
    const name = element(xml, "name") ?? "";
    const content = Buffer.alloc(Number(element(xml, "capacity") ?? 0));
    const volume = { name, key: `/fake/${pool.name}/${name}`, content };
    state.volumes.set(volume.key, volume);
    return { vol: volumeRef(pool, volume) };
  },
  storageVolLookupByName({ pool, name }, { state }) {
    return { vol: volumeRef(pool, state.volume({ key: `/fake/${pool.name}/${name}` })) };
  },
  storageVolGetInfo({ vol }, { state }) {
    const { length } = state.volume(vol).content;
    return { type: 0, capacity: BigInt(length), allocation: BigInt(length) };
  },
  storageVolDelete({ vol }, { state }) {
    state.volumes.delete(state.volume(vol).key);
  },
  storageVolUpload({ vol, offset, length }, { state, open }) {
    const { content } = state.volume(vol);
    let position = Number(offset);
    const end = length === 0n ? content.length : position + Number(length);
    open({
      onData(bytes) {
        if (position + bytes.length > end) {
          throw new Refusal(
            NO_SPACE,
            "cannot write to stream: No space left on device",
            STREAM_DOMAIN,
          );
        }
        bytes.copy(content, position);
        position += bytes.length;
        return undefined;
      },
    });
  },
  storageVolDownload({ vol, offset, length }, { state, open }) {
    const { content } = state.volume(vol);
    const start = Number(offset);
    const end = length === 0n ? content.length : start + Number(length);
    open({ source: pieces(content.subarray(start, end)) });
  },
};

function* pieces(content: Buffer): Iterable<Buffer> {
  for (let start = 0; start < content.length; start += PIECE_BYTES) {
    yield content.subarray(start, start + PIECE_BYTES);
  }
}

function poolByName(state: FakeState, name: string): PoolRef {
  const pool = state.pools.find((candidate) => candidate.name === name);
  if (pool === undefined) throw new Refusal(CODE.noPool, "Storage pool not found", 18);
  return pool;
}

function volumeRef(pool: PoolRef, { name, key }: FakeVolume): VolumeRef {
  return { pool: pool.name, name, key };
}
