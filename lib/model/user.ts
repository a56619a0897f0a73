/** What a person is in the installation, besides the roles in projects. */
export const userRights = ["none", "auditor", "admin"] as const;
export type UserRight = (typeof userRights)[number];

/** What the list of users can be narrowed to. */
export const userFilters = ["all", "admins", "auditors", "disabled", "one_factor"] as const;
export type UserFilter = (typeof userFilters)[number];
