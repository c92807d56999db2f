import { useSearch } from "@tanstack/react-router";
import { RegisterForm } from "@/features/account/components/register-form";
import { useWayOn } from "../use-way-on";

export default function RegisterRoute() {
  const { to } = useSearch({ from: "/register" });
  return <RegisterForm to={to} onDone={useWayOn(to)} />;
}
