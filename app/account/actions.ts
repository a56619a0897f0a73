"use server";

import { action } from "@/app/action";
import { changeEmail, changeEmailSchema } from "@/lib/services/user/change-email";
import { changeName, changeNameSchema } from "@/lib/services/user/change-name";

export const changeNameAction = action(changeNameSchema, changeName);

export const changeEmailAction = action(changeEmailSchema, changeEmail);
