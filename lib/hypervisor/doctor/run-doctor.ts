import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseUri } from "@/lib/libvirt";
import type { DoctorCheck, DoctorReport } from "@/lib/model/doctor";
import { worst } from "./check";
import { checkCpu, cpuFlag } from "./check-cpu";
import { checkFilter } from "./check-filter";
import { checkKvm, checkKvmHidden } from "./check-kvm";
import { checkDhcp, checkNetwork } from "./check-network";
import { checkConsoles, checkData } from "./check-rights";
import { checkPools, checkSpace } from "./check-storage";
import { checkLibvirt, checkQemu, qemuVersionOf } from "./check-versions";
import { type LibvirtReading, readLibvirt } from "./read-libvirt";
import {
  availableBytes,
  dnsmasqOf,
  nameOf,
  outputOf,
  rightsOf,
  textOf,
  uidOf,
} from "./read-machine";
import { type KvmTry, tryKvm } from "./try-kvm";

export interface DoctorInputs {
  uri: string;
  dataDir: string;
  /** Folder of the VNC sockets; null when libvirt chooses. */
  consoleDir: string | null;
  virtTypeSetting: "auto" | "kvm" | "qemu";
}

/**
 * Looks at this machine and its libvirt, from the processor to the rights of the folders; on a
 * remote URI only at what libvirt can tell. Changes nothing, takes some seconds, and rejects only
 * for a URI that cannot be parsed.
 */
export async function runDoctor(inputs: DoctorInputs): Promise<DoctorReport> {
  const uri = parseUri(inputs.uri);
  const isLocal = uri.transport === "unix" && uri.driver === "qemu";
  const reading = await readLibvirt(inputs.uri);
  const here = isLocal ? await checksOfMachine(inputs, reading, uri.session) : [];
  const checks = [...here, ...checksOfLibvirt(inputs, reading, { isLocal, session: uri.session })];
  const rights = isLocal ? [await consolesOf(inputs, reading, uri.session)] : [];
  const all = [...checks, await spaceOf(inputs, reading), dataOf(inputs), ...rights];
  return { checkedAt: new Date().toISOString(), status: worst(all), checks: all };
}

const systemd = (): boolean => existsSync("/run/systemd/system");
const ownUid = (): number => process.getuid?.() ?? 0;

/** The account of the guests, by libvirt's word or, when it is silent, by the usual name. */
function guestAccount(reading: LibvirtReading): { name: string; uid: number } {
  const uid = reading.guestUid ?? uidOf("libvirt-qemu") ?? 0;
  return { name: nameOf(uid), uid };
}

/** Where rights are missing, whether rights alone would mend it: root tries too. */
async function tryKvmAs(asUser: string | null): Promise<KvmTry> {
  const tried = await tryKvm({ asUser });
  if (asUser === null || tried.result !== "no_permission") return tried;
  const asRoot = await tryKvm({ asUser: null });
  return asRoot.result === "probe_failed" ? asRoot : tried;
}

async function checksOfMachine(
  inputs: DoctorInputs,
  reading: LibvirtReading,
  session: boolean,
): Promise<DoctorCheck[]> {
  const cpuinfo = textOf("/proc/cpuinfo");
  const account = guestAccount(reading);
  const asUser = session || ownUid() !== 0 ? null : account.name;
  const [tried, version] = await Promise.all([
    tryKvmAs(asUser),
    outputOf("qemu-system-x86_64", ["--version"]),
  ]);
  const kvm = checkKvm({
    tried,
    user: asUser ?? nameOf(ownUid()),
    flag: cpuFlag(cpuinfo),
    session,
    setting: inputs.virtTypeSetting,
  });
  const broken = tried.result === "no_permission" || tried.result === "probe_failed";
  const hidden = broken && reading.answer.answers && !session;
  return [
    checkCpu(cpuinfo, tried.result === "works"),
    kvm,
    ...(hidden ? [checkKvmHidden(reading.believesInKvm, systemd())] : []),
    checkQemu(qemuVersionOf(version)),
  ];
}

function checksOfLibvirt(
  inputs: DoctorInputs,
  reading: LibvirtReading,
  place: { isLocal: boolean; session: boolean },
): DoctorCheck[] {
  const { session } = place;
  const mode = session ? "session" : place.isLocal ? "system" : "elsewhere";
  const libvirt = checkLibvirt(reading.answer, { mode, systemd: systemd() });
  if (!reading.answer.answers) return [libvirt];
  const { networks, pools } = reading;
  // A socket that was named is another place's: its dnsmasq is not among our processes.
  const dnsmasq = inputs.uri === "qemu:///system" ? dnsmasqOf("default") : null;
  return [
    libvirt,
    checkNetwork(networks, inputs.uri, session),
    checkDhcp({ networks, uri: inputs.uri, session, dnsmasq }),
    checkFilter(reading.cleanTraffic, session),
    checkPools(pools, inputs.uri),
  ];
}

async function spaceOf(inputs: DoctorInputs, reading: LibvirtReading): Promise<DoctorCheck> {
  const own = await availableBytes(inputs.dataDir);
  const pools = reading.pools.filter((pool) => pool.active && pool.role !== "other");
  const data = own === null ? [] : [{ name: inputs.dataDir, availableBytes: own }];
  return checkSpace([...pools, ...data]);
}

function dataOf({ dataDir }: DoctorInputs): DoctorCheck {
  const secretsPath = join(dataDir, "secrets.env");
  return checkData({
    path: dataDir,
    folder: rightsOf(dataDir),
    secretsPath,
    secrets: rightsOf(secretsPath),
    ownUid: ownUid(),
  });
}

async function consolesOf(
  { consoleDir }: DoctorInputs,
  reading: LibvirtReading,
  session: boolean,
): Promise<DoctorCheck> {
  const acl = consoleDir === null ? "" : await outputOf("getfacl", ["-cpE", consoleDir]);
  return checkConsoles({
    path: consoleDir,
    folder: consoleDir === null ? null : rightsOf(consoleDir),
    ownUid: ownUid(),
    qemu: session ? null : guestAccount(reading),
    acl: acl ?? "",
  });
}
