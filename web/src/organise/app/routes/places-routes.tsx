import { useParams } from "@tanstack/react-router";
import { PlanPage } from "../../features/places/plan-page";
import { PlansPage } from "../../features/places/plans-page";
import { VenuesPage } from "../../features/places/venues-page";
import { Needs } from "../needs";

export function VenuesRoute() {
  return (
    <Needs right="venues.read">
      <VenuesPage />
    </Needs>
  );
}

export function PlansRoute() {
  return (
    <Needs right="plans.read">
      <PlansPage />
    </Needs>
  );
}

export function PlanRoute() {
  const { plan } = useParams({ from: "/$org/plans/$plan" });
  return (
    <Needs right="plans.read">
      <PlanPage key={plan} planId={plan} />
    </Needs>
  );
}
