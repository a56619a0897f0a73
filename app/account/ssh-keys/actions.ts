"use server";

import { action } from "@/app/action";
import { addSshKeySchema } from "@/lib/model/ssh-key";
import { addSshKey } from "@/lib/services/user/add-ssh-key";
import { removeSshKey, removeSshKeySchema } from "@/lib/services/user/remove-ssh-key";

export const addSshKeyAction = action(addSshKeySchema, addSshKey);

export const removeSshKeyAction = action(removeSshKeySchema, removeSshKey);
