import type { ReactNode } from "react";
import { useOrganisation, type Permission } from "../lib/organisation";
import { NotAllowed } from "../ui/states";

/** A page for members with a right; others hear that it takes one, instead of a page that fails. */
export function Needs({ right, children }: { right: Permission; children: ReactNode }) {
  const { can } = useOrganisation();
  return can(right) ? children : <NotAllowed />;
}
