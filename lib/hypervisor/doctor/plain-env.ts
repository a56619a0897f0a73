/** The environment of the programs we ask: English texts, and the folders of system programs. */
export const plainEnv: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
};
