import { expect, it } from "vitest";
import { readHostTopology } from "./host-topology";

const cell = (id: number, cpus: string) =>
  `<cell id='${id}'><memory unit='KiB'>4096</memory><cpus num='4'>${cpus}</cpus></cell>`;
const cpu = (id: number, core: number, siblings: string, socket = 0) =>
  `<cpu id='${id}' socket_id='${socket}' die_id='0' core_id='${core}' siblings='${siblings}'/>`;
const capabilities = (cells: string) =>
  `<capabilities><host><topology><cells num='2'>${cells}</cells></topology></host></capabilities>`;

it("threads of a core stand together, in cells", () => {
  const one = cpu(0, 0, "0,2") + cpu(1, 1, "1,3") + cpu(2, 0, "0,2") + cpu(3, 1, "1,3");
  const other = `${cpu(4, 0, "4", 1)}<cpu id='5'/>`;
  expect(readHostTopology(capabilities(cell(0, one) + cell(1, other)))).toEqual([
    {
      cell: 0,
      memoryKib: 4096,
      cores: [
        { socket: 0, core: 0, cpus: [0, 2] },
        { socket: 0, core: 1, cpus: [1, 3] },
      ],
    },
    // One that is offline is no place to run on.
    { cell: 1, memoryKib: 4096, cores: [{ socket: 1, core: 0, cpus: [4] }] },
  ]);
});

it("virtual machines may give every CPU the same core: siblings tell them apart", () => {
  const cells = readHostTopology(capabilities(cell(0, cpu(0, 0, "0") + cpu(1, 0, "1"))));
  expect(cells[0]?.cores.map(({ cpus }) => cpus)).toEqual([[0], [1]]);
});

it("another document is an error, a host that tells nothing has no cells", () => {
  expect(() => readHostTopology("<domain/>")).toThrow("tells of no host");
  expect(readHostTopology("<capabilities><host/></capabilities>")).toEqual([]);
});
