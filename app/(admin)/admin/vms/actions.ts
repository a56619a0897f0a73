"use server";

import { action } from "@/app/action";
import { adoptionSchema } from "@/lib/model/adoption";
import { adoptVm } from "@/lib/services/adoption/adopt-vm";
import { planAdoption } from "@/lib/services/adoption/plan-adoption";

export const planAdoptionAction = action(adoptionSchema, planAdoption);
export const adoptVmAction = action(adoptionSchema, adoptVm);
