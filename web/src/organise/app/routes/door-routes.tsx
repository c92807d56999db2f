import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { problemOf } from "@/api/problem";
import { checkInsQuery } from "../../api/door";
import { DoorPage } from "../../features/door/door-page";
import { useOrganisation } from "../../lib/organisation";
import { Loading, NotFound } from "../../ui/states";
import { Needs } from "../needs";

export function DoorRoute() {
  return (
    <Needs right="checkin.scan">
      <Door />
    </Needs>
  );
}

function Door() {
  const { event } = useParams({ from: "/$org/door/$event" });
  const { org } = useOrganisation();
  const { data, error } = useQuery(checkInsQuery(org, event));
  if (problemOf(error)?.status === 404) return <NotFound />;
  if (data === undefined) return <Loading />;
  return <DoorPage event={event} counts={data} />;
}
